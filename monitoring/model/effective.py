"""Rules as they act: one for each tenant, in one environment, on one day, with the receivers that this leaves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cache
from typing import NamedTuple

from monitoring.model.catalog import Catalog
from monitoring.model.platform import Environment, Platform
from monitoring.model.receivers import ReceiverKind, environment_channels, unreached
from monitoring.model.service import Route, Rule, Service, TenantOverride
from monitoring.model.severity import Promise, Severity
from monitoring.model.signals import Cron, Elsewhere, SentrySignal, Signal
from monitoring.model.signals.base import Watcher

NO_ROUTE = Route.model_construct()


class TenantScope(NamedTuple):
    """Whose events count: one listed tenant, or everybody of the plan who is not listed."""

    plan: str
    listed: str | None
    excluding: tuple[str, ...] = ()

    @property
    def suffix(self) -> str:
        """What tells this rule's id from its siblings'."""
        return self.listed or "others"


class EffectiveRule(NamedTuple):
    """A rule as it acts in one environment; everything that a builder or a proof needs to know of it."""

    id: str
    rule: Rule
    service: Service
    team: str
    environment: str
    severity: Severity
    promise: Promise
    route: Route
    tenant_scope: TenantScope | None = None
    in_trial: bool = False

    @property
    def former_ids(self) -> tuple[str, ...]:
        """The ids with which it acted before it was renamed."""
        return tuple(acting_id(old, self.tenant_scope) for old in self.rule.formerly)

    @property
    def watcher(self) -> Watcher:
        """The vendor at which its signal is declared."""
        return self.rule.signal.watcher

    @property
    def pages(self) -> bool:
        """Whether it arrives at an escalation policy."""
        return self.route.page is not None

    @property
    def wakes(self) -> bool:
        """Whether its severity promises to wake a human, and its environment lets it."""
        return self.promise.wakes is not None and self.pages


def effective_rules(catalog: Catalog, environment: str, today: date) -> tuple[EffectiveRule, ...]:
    """Every rule as it acts in an environment on a day, in the catalog's order: once, or once for each tenant."""
    route = _routes_in(catalog, environment)
    return tuple(
        _effective(catalog, service, own, environment, today, route, tenant_scope)
        for service, rule in catalog.each_rule()
        if acts_in(catalog, rule, environment)
        for own, tenant_scope in _expanded(catalog, rule)
    )


def rules_everywhere(catalog: Catalog, today: date) -> tuple[EffectiveRule, ...]:
    """Every rule as it acts in each environment on a day."""
    names = catalog.platform.environments
    return tuple(rule for name in names for rule in effective_rules(catalog, name, today))


def written_to(rules: Iterable[EffectiveRule], watcher: Watcher, kind: ReceiverKind) -> list[str]:
    """The receivers of a kind to which a vendor writes for these rules, each once."""
    return sorted({name for rule in rules if rule.watcher == watcher for name in rule.route.of_kind(kind)})


def secrets_sent(rules: Iterable[EffectiveRule]) -> list[str]:
    """The secrets of a stack's configuration that the tests of these rules send, each once."""
    return sorted({name for rule in rules if rule.rule.uptime for name in rule.rule.uptime.asks.secrets})


def _routes_in(catalog: Catalog, environment: str) -> Callable[[str, Severity, Signal], Route]:
    """The function that gives the route by which a signal arrives, each worked out once."""

    @cache
    def limited(team: str, severity: Severity) -> Route:
        return limited_by_environment(
            catalog.teams[team].routes.get(severity, NO_ROUTE), catalog.environment(environment)
        )

    routes: dict[tuple[str, Severity, Watcher, bool], Route] = {}

    def route(team: str, severity: Severity, signal: Signal) -> Route:
        """The same for all signals of one vendor that send alike."""
        key = team, severity, signal.watcher, signal.sends_events
        if key not in routes:
            routes[key] = carried(catalog.platform, signal, limited(team, severity))
        return routes[key]

    return route


def acts_in(catalog: Catalog, rule: Rule, environment: str) -> bool:
    """Whether the rule acts in the environment: a cron rule in one alone, every other wherever it is meant.

    A rule whose signal lives elsewhere is nothing but a way to PagerDuty, so it acts where its environment pages.

    A cron monitor of Sentry's is one for all environments, and its check-in slug is unique: a second stack's would get
    another slug, nothing would check in there, and it would never fire (getsentry/sentry, src/sentry/monitors/
    validators.py). It belongs to the environment that owns what is shared, or to the first that the rule is meant for.
    """
    signal = rule.signal
    if isinstance(signal, Elsewhere) and not catalog.environment(environment).pages:
        return False
    if not isinstance(signal, Cron):
        return meant_for(catalog, rule, environment)
    candidates = (catalog.shared_environment, *catalog.platform.environments)
    return environment == next((name for name in candidates if meant_for(catalog, rule, name)), None)


def meant_for(catalog: Catalog, rule: Rule, environment: str) -> bool:
    """Whether the rule names the environment, or names none, and its Sentry project sends from there."""
    if rule.environments is not None and environment not in rule.environments:
        return False
    signal = rule.signal
    if isinstance(signal, SentrySignal):
        return environment in catalog.platform.projects[signal.project].environments
    return True


def _expanded(catalog: Catalog, rule: Rule) -> Iterator[tuple[Rule, TenantScope | None]]:
    each = rule.for_each_tenant
    if each is None:
        yield rule, None
        return
    listed = catalog.tenants_of.get(each.plan, ())
    for name in listed:
        yield overridden(rule, each.except_.get(name)), TenantScope(each.plan, name)
    yield rule, TenantScope(each.plan, None, listed)


def _effective(
    catalog: Catalog,
    service: Service,
    rule: Rule,
    environment: str,
    today: date,
    route: Callable[[str, Severity, Signal], Route],
    tenant_scope: TenantScope | None,
) -> EffectiveRule:
    team = rule.team or service.team
    in_trial = rule.trial_until is not None and today < rule.trial_until
    severity = Severity.P3 if in_trial else rule.severity
    return EffectiveRule(
        id=acting_id(rule.id, tenant_scope),
        rule=rule,
        service=service,
        team=team,
        environment=environment,
        severity=severity,
        promise=catalog.severities[severity],
        route=route(team, severity, rule.signal),
        tenant_scope=tenant_scope,
        in_trial=in_trial,
    )


def carried(platform: Platform, signal: Signal, route: Route) -> Route:
    """What of a route carries a rule: the page, and the receivers to which the vendor of its signal can write."""
    receivers = route.receivers
    reached = [receiver for receiver in receivers if not unreached(platform, signal, receiver)]
    return route if len(reached) == len(receivers) else Route.to(route.page, reached)


def acting_id(rule_id: str, tenant_scope: TenantScope | None) -> str:
    """The id with which a rule acts: its own, or one for each tenant."""
    return f"{rule_id}-{tenant_scope.suffix}" if tenant_scope else rule_id


def overridden(rule: Rule, override: TenantOverride | None) -> Rule:
    """The rule with what one tenant has of its own."""
    if override is None:
        return rule
    own = {name: value for name in override.model_fields_set if (value := getattr(override, name)) is not None}
    return rule.watching(rule.signal.model_copy(update=own))


def limited_by_environment(route: Route, environment: Environment) -> Route:
    """The route as loud as the environment allows: no page and no Opsgenie, its own channel alone, no e-mail.

    The owners of an issue are told as e-mail is: by default Sentry mails them.
    """
    own = environment_channels(environment)
    if (environment.pages and environment.email and not own) or not route.arrives:
        return route
    silent = {ReceiverKind.OPSGENIE} if not environment.pages else set()
    silent |= {ReceiverKind.EMAIL, ReceiverKind.ISSUE_OWNERS} if not environment.email else set()
    spoken = (each for each in route.receivers if each.kind not in silent and not (own and each.kind.is_conversation))
    return Route.to(route.page if environment.pages else None, (*own, *spoken))
