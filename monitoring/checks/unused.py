"""Nothing is declared that nothing uses: what is left over misleads whoever reads the catalog, or was forgotten."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from monitoring.checks._check import Subjects, catalog_check
from monitoring.checks._context import Context, Finding
from monitoring.model.signals import RawQuery, SentrySignal, Uptime

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
    "recording": "write a rule with asks: {browser: {recording: NAME, path: /}}, or delete the file",
}


def _declared(context: Context) -> Mapping[str, Mapping[str, object]]:
    catalog = context.catalog
    return {
        "person": catalog.oncall.people,
        "schedule": catalog.oncall.schedules,
        "policy": catalog.oncall.policies,
        "team": catalog.teams,
        "tenant": catalog.tenants,
        "project": catalog.platform.projects,
        "metric": catalog.platform.metrics,
        "environment": catalog.platform.environments,
        "service": catalog.services,
        "recording": catalog.recordings,
    }


SUBJECTS = Subjects(
    "declared names",
    lambda context: frozenset(f"{kind} {name}" for kind, name in context.catalog.sources.entries if kind in DECLARED),
)


@catalog_check("unused", about=SUBJECTS)
def unused(context: Context) -> Iterator[str | Finding]:
    """Looks at each declared name; finds those that nothing else in the catalog mentions."""
    used = _used(context)
    for kind, names in _declared(context).items():
        for name in names:
            yield f"{kind} {name}"
            if name not in used[kind]:
                what = f"nothing uses this {kind}"
                yield context.finding(kind, name, key=f"unused {kind}", what=what, remedy=DECLARED[kind])


def _used(context: Context) -> Mapping[str, set[str]]:
    oncall = context.catalog.oncall
    targets = {ask for policy in oncall.policies.values() for step in policy.steps for ask in step.ask}
    in_roles = {ask for role in oncall.roles.values() for ask in role.ask}
    turns = {name for schedule in oncall.schedules.values() for name in schedule.people}
    routes = [route for team in context.catalog.teams.values() for route in team.routes.values()]
    return {
        "person": targets | turns | in_roles,
        "schedule": targets | in_roles,
        "policy": {route.page for route in routes if route.page},
        "team": _used_teams(context),
        "tenant": _used_tenants(context),
        "project": {signal.project for _, _, signal in context.rules if isinstance(signal, SentrySignal)},
        "metric": _used_metrics(context),
        "environment": _used_environments(context),
        "service": _used_services(context),
        "recording": _used_recordings(context),
    }


def _used_teams(context: Context) -> set[str]:
    owners = {service.team for service in context.catalog.services.values()}
    return owners | {rule.team for _, rule, _ in context.rules if rule.team}


def _used_tenants(context: Context) -> set[str]:
    plans = {rule.for_each_tenant.plan for _, rule, _ in context.rules if rule.for_each_tenant}
    return {name for name, tenant in context.catalog.tenants.items() if tenant.plan in plans}


def _used_metrics(context: Context) -> set[str]:
    read = {name for _, _, signal in context.rules for name in signal.metric_names}
    unread = " ".join(signal.query for _, _, signal in context.rules_on(RawQuery) if signal.read is None)
    return read | {name for name in context.catalog.platform.metrics if name in unread}


def _used_environments(context: Context) -> set[str]:
    names = context.catalog.platform.environments
    return {name for name in names if any(name in context.environments_of(rule) for _, rule, _ in context.rules)}


def _used_recordings(context: Context) -> set[str]:
    browsers = (signal.asks.browser for _, _, signal in context.rules_on(Uptime))
    return {browser.recording.name for browser in browsers if browser}


def _used_services(context: Context) -> set[str]:
    services = context.catalog.services
    asserted = {
        component
        for _, _, signal in context.rules
        if signal.health_question
        for component in signal.health_question.components
    }
    needed = {name for service in services.values() for name in service.depends_on}
    return needed | {name for name, service in services.items() if service.rules or service.health in asserted}
