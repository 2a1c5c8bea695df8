"""Nothing is declared that nothing uses: what is left over misleads whoever reads the catalog, or was forgotten."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from monitoring.checks._case import Case, Finding, Subjects, found
from monitoring.model.signals import MetricSignal, RawQuery, SentrySignal, Slo, Uptime

DECLARED = {
    "person": "give them a turn, a step or a role, or take them out",
    "schedule": "let a step or a role ask it, or take it out",
    "policy": "let a route page it, or take it out",
    "team": "give it a service or a rule, or take it out",
    "tenant": "write a rule for-each-tenant of its plan, or take it out",
    "project": "write a rule on it, or take it out",
    "metric": "write a rule on it, or take it out",
    "environment": "let a rule act in it, or take it out",
    "service": "give it rules, ask for its health, or let a service depend on it",
}


def _declared(case: Case) -> Mapping[str, Mapping[str, object]]:
    catalog = case.catalog
    return {
        "person": catalog.oncall.people,
        "schedule": catalog.oncall.schedules,
        "policy": catalog.oncall.policies,
        "team": catalog.teams,
        "tenant": catalog.tenants,
        "project": catalog.platform.sentry.projects,
        "metric": catalog.platform.datadog.metrics,
        "environment": catalog.platform.environments,
        "service": catalog.services,
    }


ABOUT = Subjects(
    "declared names",
    lambda case: frozenset(f"{kind} {name}" for kind, name in case.catalog.sources.entries if kind in DECLARED),
)


def looks(case: Case) -> Iterator[str | Finding]:
    """Looks at each declared name; finds those that nothing else in the catalog mentions."""
    used = _used(case)
    for kind, names in _declared(case).items():
        for name in names:
            yield f"{kind} {name}"
            if name not in used[kind]:
                what = f"nothing uses this {kind}"
                yield found(case, kind, name, key=f"unused {kind}", what=what, remedy=DECLARED[kind])


def _used(case: Case) -> Mapping[str, set[str]]:
    oncall = case.catalog.oncall
    asked = {ask for policy in oncall.policies.values() for step in policy.steps for ask in step.ask}
    in_roles = {ask for role in oncall.roles.values() for ask in role.ask}
    turns = {name for schedule in oncall.schedules.values() for name in schedule.people}
    routes = [route for team in case.catalog.teams.values() for route in team.routes.values()]
    return {
        "person": asked | turns | in_roles,
        "schedule": asked | in_roles,
        "policy": {route.page for route in routes if route.page},
        "team": _used_teams(case),
        "tenant": _used_tenants(case),
        "project": {one.project for _, _, one in case.watches if isinstance(one, SentrySignal)},
        "metric": _used_metrics(case),
        "environment": _used_environments(case),
        "service": _used_services(case),
    }


def _used_teams(case: Case) -> set[str]:
    owners = {service.team for service in case.catalog.services.values()}
    return owners | {rule.team for rule in case.written["team"] if rule.team}


def _used_tenants(case: Case) -> set[str]:
    plans = {rule.for_each_tenant.plan for rule in case.written["for_each_tenant"] if rule.for_each_tenant}
    return {name for name, tenant in case.catalog.tenants.items() if tenant.plan in plans}


def _used_metrics(case: Case) -> set[str]:
    single = {signal.name for _, _, signal in case.watching(MetricSignal)}
    pairs = {part.name for _, _, signal in case.watching(Slo) for part in (signal.good, signal.total)}
    queries = " ".join(signal.query for _, _, signal in case.watching(RawQuery))
    return single | pairs | {name for name in case.catalog.platform.datadog.metrics if name in queries}


def _used_environments(case: Case) -> set[str]:
    names = case.catalog.platform.environments
    return {name for name in names if any(name in case.places_of(rule) for _, rule, _ in case.watches)}


def _used_services(case: Case) -> set[str]:
    services = case.catalog.services
    asked = {
        component
        for _, _, signal in case.watching(Uptime)
        if signal.asks.health
        for component in signal.asks.health.components
    }
    needed = {name for service in services.values() for name in service.depends_on}
    return needed | {name for name, service in services.items() if service.rules or service.health in asked}
