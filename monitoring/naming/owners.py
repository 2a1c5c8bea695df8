"""From a resource back to the catalog: the entry that a type and a name belong to.

A name is looked up among all that the catalog can become, in every environment, during a trial and after it. So ids
that begin like one another stay apart, which no reading of the name alone could do. Only what the catalog no longer
becomes (a test of a method that was taken out) is found by how its name begins.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple, get_args

from monitoring.errors import Source
from monitoring.model.burn_rates import PAGE, TICKET
from monitoring.model.catalog import Catalog
from monitoring.model.effective import EffectiveRule, TenantScope, acting_id, rules_everywhere
from monitoring.model.oncall import Policy, Schedule
from monitoring.model.signals.uptime_pages import Method
from monitoring.naming import type_tokens as of
from monitoring.naming.downtimes import window_mutes
from monitoring.naming.names import (
    burn_name,
    dashboard_name,
    former_route_names,
    has_dashboard,
    later_test_name,
    route_name,
    service_dashboard_name,
)
from monitoring.naming.pager_service import integration_name, pager_service, slack_connection_name
from monitoring.naming.rule_resources import rule_resources

SENDERS = ("sentry", "datadog")
"""The vendors that send to PagerDuty, as the names of its integrations have them."""
KINDS = {
    of.SCHEDULE: "schedule",
    of.SHIFT_BASED_SCHEDULE: "schedule",
    of.ESCALATION_POLICY: "policy",
    of.TEAM: "team",
    of.DOWNTIME: "maintenance",
    of.DASHBOARD: "platform",
    of.SLACK_CHANNEL: "platform",
    of.TEAMS_CHANNEL: "platform",
    of.WEBHOOK: "platform",
    of.SYNTHETICS_VARIABLE: "platform",
    of.SERVICE: "service",
    of.SERVICE_INTEGRATION: "service",
    of.SERVICE_OBJECT: "service",
    of.SENTRY_ROW: "service",
    of.NOTIFICATION_RULE: "service",
}
"""The kind of entry that a resource of a type belongs to, where that is no rule."""

Key = tuple[str, str]
"""A type token and a name."""


class Owner(NamedTuple):
    """The catalog's entry that a resource belongs to, by kind and name; of a rule also the id with which it acts."""

    kind: str
    entry: str
    acting_id: str = ""


PLATFORM = Owner("platform", "")


class Owners(NamedTuple):
    """The owner of everything that a catalog can become, and the entries in whose names others may begin."""

    catalog: Catalog
    by_key: Mapping[Key, Owner]
    by_start: Mapping[str, Mapping[str, Owner]]

    def owner_of(self, type_: str, name: str) -> Owner:
        """Whose a resource is; the platform's where it is nobody else's."""
        kind = KINDS.get(type_, "rule")
        return self.by_key.get((type_, name)) or _nearest(self.by_start.get(kind, {}), name)

    def source_of(self, type_: str, name: str) -> Source:
        """Where the entry stands to which a resource belongs."""
        owner = self.owner_of(type_, name)
        return self.catalog.at(owner.kind, owner.entry)


def _nearest(owners: Mapping[str, Owner], name: str) -> Owner:
    """The owner with the longest id that a name is, or begins with."""
    starts = (id_ for id_ in owners if name == id_ or name.startswith(f"{id_}-"))
    return owners.get(max(starts, key=len, default=""), PLATFORM)


def owners(catalog: Catalog) -> Owners:
    """The owners of what a catalog becomes; what a name means today goes before what it meant before a renaming."""
    rules = rules_at_any_time(catalog)
    by_key: dict[Key, Owner] = {}
    for key, owner in (*_current(catalog, rules), *_former(catalog, rules)):
        by_key.setdefault(key, owner)
    return Owners(catalog, by_key, _by_start(catalog, rules))


def rules_at_any_time(catalog: Catalog) -> tuple[EffectiveRule, ...]:
    """Every rule as it acts in each environment, before its trial ends and after."""
    in_trial = any(rule.trial_until for _, rule in catalog.each_rule())
    return tuple(rule for day in (date.min, date.max)[: 1 + in_trial] for rule in rules_everywhere(catalog, day))


def _by_start(catalog: Catalog, rules: Iterable[EffectiveRule]) -> Mapping[str, Mapping[str, Owner]]:
    named = {"service": catalog.services, "maintenance": catalog.maintenance}
    starts = {kind: {name: Owner(kind, name) for name in entries} for kind, entries in named.items()}
    return {**starts, "rule": {rule.id: _owner(rule) for rule in rules}}


def _owner(rule: EffectiveRule) -> Owner:
    return Owner("rule", rule.rule.id, rule.id)


def clashes(catalog: Catalog, rules: Sequence[EffectiveRule]) -> Iterator[tuple[Key, Owner, Owner]]:
    """Each type and name that two entries would have, each pair of entries once, with the one that comes first.

    The rules are those whose resources stand side by side, or one after the other.
    """
    first: dict[Key, Owner] = {}
    seen: set[tuple[Owner, Owner]] = set()
    for key, owner in _current(catalog, rules):
        pair = first.setdefault(key, owner), owner
        if pair[0] != owner and pair not in seen:
            seen.add(pair)
            yield key, *pair


# --- what the catalog becomes ----------------------------------------------------------------------------------


def _current(catalog: Catalog, rules: Iterable[EffectiveRule]) -> Iterator[tuple[Key, Owner]]:
    yield from _shared(catalog)
    yield from _mutes(catalog, rules)
    arrived: set[tuple[str, ...]] = set()
    for rule in rules:
        yield from ((key, _owner(rule)) for key in _of_rule(rule, rule.id))
        arrival = (rule.service.service, rule.team, rule.severity, rule.environment, rule.route.page or "")
        if arrival not in arrived and _shares_its_way(rule):
            arrived.add(arrival)
            yield from _arrival(catalog, rule)


def _of_rule(rule: EffectiveRule, acting_id: str) -> Iterator[Key]:
    """What a rule becomes at its vendor by one of its ids, and the channels to which PagerDuty posts it."""
    yield from rule_resources(acting_id, rule.rule.signal)
    if not _shares_its_way(rule):
        yield from ((of.SLACK_CONNECTION, slack_connection_name(acting_id, name)) for name in rule.route.slack)


def _shares_its_way(rule: EffectiveRule) -> bool:
    """Whether a rule arrives through what others of its service arrive through, too."""
    return rule.watcher != "pagerduty"


def _arrival(catalog: Catalog, rule: EffectiveRule) -> Iterator[tuple[Key, Owner]]:
    """What a rule shares with all of its service that arrive where it does."""
    service = Owner("service", rule.service.service)
    yield (of.NOTIFICATION_RULE, route_name(rule)), service
    if pager := pager_service(catalog, rule):
        yield from ((key, service) for key in _pager_resources(pager.name))


def _shared(catalog: Catalog) -> Iterator[tuple[Key, Owner]]:
    yield (of.DASHBOARD, dashboard_name(catalog)), PLATFORM
    for name, watched in catalog.services.items():
        if any(has_dashboard(catalog, watched, environment) for environment in catalog.platform.environments):
            yield (of.DASHBOARD, service_dashboard_name(catalog, name)), Owner("service", name)
    for type_, entries in _named_as_entries(catalog).items():
        yield from (((type_, name), Owner(KINDS[type_], name)) for name in entries)


def _mutes(catalog: Catalog, rules: Iterable[EffectiveRule]) -> Iterator[tuple[Key, Owner]]:
    acting = list(rules)
    for name, window in catalog.maintenance.items():
        for environment in window.environments:
            for mute in window_mutes(catalog, name, environment, acting):
                yield (of.DOWNTIME, mute.name), Owner("maintenance", name)


def _named_as_entries(catalog: Catalog) -> Mapping[str, Iterable[str]]:
    """What bears the name of its entry, by type."""
    oncall = catalog.oncall
    schedules = dict.fromkeys(of.SCHEDULES, oncall.schedules)
    return {**schedules, of.ESCALATION_POLICY: oncall.policies, of.TEAM: catalog.teams}


def _pager_resources(service: str) -> Iterator[Key]:
    yield from ((type_, service) for type_ in (of.SERVICE, of.SENTRY_ROW, of.SERVICE_OBJECT))
    yield from ((of.SERVICE_INTEGRATION, integration_name(service, sender)) for sender in SENDERS)


def _former_named(catalog: Catalog) -> Iterator[tuple[str, Mapping[str, Schedule | Policy]]]:
    yield from ((type_, catalog.oncall.schedules) for type_ in of.SCHEDULES)
    yield of.ESCALATION_POLICY, catalog.oncall.policies


def _former(catalog: Catalog, rules: Iterable[EffectiveRule]) -> Iterator[tuple[Key, Owner]]:
    """The same by the names before a renaming."""
    for type_, entries in _former_named(catalog):
        for name, entry in entries.items():
            yield from (((type_, old), Owner(KINDS[type_], name)) for old in entry.formerly)
    for name, renamed in catalog.services.items():
        for old in renamed.formerly:
            yield (of.DASHBOARD, service_dashboard_name(catalog, old)), Owner("service", name)
    for rule in rules:
        for old in rule.former_ids:
            yield from ((key, _owner(rule)) for key in _of_rule(rule, old))
        if not _shares_its_way(rule):
            continue
        service, pager = Owner("service", rule.service.service), pager_service(catalog, rule)
        yield from (((of.NOTIFICATION_RULE, old), service) for old in former_route_names(rule))
        for old in pager.former if pager else ():
            yield from ((key, service) for key in _pager_resources(old))


# --- what is retired -------------------------------------------------------------------------------------------


def retired_names(catalog: Catalog, type_: str) -> frozenset[str]:
    """Every name that a resource of a type may have had of what is retired: a rule, or a resource that is named."""
    return frozenset(name for entry in catalog.accepted.retired for name in _of_entry(catalog, type_, entry))


def _of_entry(catalog: Catalog, type_: str, entry: str) -> Iterator[str]:
    """The names of a type that an entry had, whose signal nobody knows any more."""
    yield entry
    match type_:
        case of.ALERT | of.METRIC_MONITOR:
            yield from (acting_id(entry, TenantScope("", listed)) for listed in (*catalog.tenants, None))
        case of.SYNTHETICS_TEST:
            yield from (later_test_name(entry, method) for method in get_args(Method))
        case of.MONITOR:
            yield from (burn_name(entry, rate) for rate in (*PAGE, *TICKET))
        case of.SERVICE_INTEGRATION:
            yield from (integration_name(entry, sender) for sender in SENDERS)
        case _:
            return
