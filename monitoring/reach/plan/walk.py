"""The proof over a Plan: what was declared, followed by the vendors' own fields, against what the catalog promises.

A rule is found by its id, which is its resources' name for ever; from there on nothing of ours is believed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from monitoring.errors import Source
from monitoring.model.catalog import Catalog
from monitoring.model.service import Rule
from monitoring.naming.owners import Owners, owners
from monitoring.naming.type_tokens import ALERT, DOWNTIME, MONITOR, SERVICE, SYNTHETICS_TEST
from monitoring.oncall.clock import instant, midnight
from monitoring.plan import Plan, Resource
from monitoring.reach.escalation import EscalationPolicy, Groups
from monitoring.reach.formatting import length, local_and_utc
from monitoring.reach.paths import (
    AlertPath,
    BrokenHop,
    MutedWindow,
    OnCallData,
    PagedService,
    chains,
    oncall_data,
    rules_to_prove,
)
from monitoring.reach.plan.oncall import Asked, Unresolved, asked_by, mapped, referred, texts, title
from monitoring.reach.plan.routing import Way, tags, ways
from monitoring.reach.plan.timing import delaying_settings, takes
from monitoring.reach.proof import YEAR, Proof, prove, waking_channels

FIRES = (MONITOR, SYNTHETICS_TEST, ALERT)


def prove_plan(plan: Plan, catalog: Catalog, *, environment: str, today: date, horizon: int = YEAR) -> Proof:
    """The proof of a Plan: the catalog's promises, kept or not by what the Plan declares.

    What a rule becomes when its trial ends is not in a Plan, and so is left to the proof of the catalog.
    """
    start = midnight(today)
    asked = asked_by(plan, catalog, start, start + horizon)
    promised = [chain for chain in chains(catalog, environment, today) if chain.since is None]
    policies = sorted({page.policy for chain in promised for page in chain.pages})
    two = _Both(plan, asked, oncall_data(catalog, start, start + horizon, policies))
    fires = _fires(plan, [chain.rule for chain in promised], owners(catalog))
    return prove(
        [_chain(two, one, fires[one.rule], _expected(catalog.rules[one.catalog_rule][1])) for one in promised],
        asked.oncall_data,
        environment,
        rules_to_prove(catalog, environment),
        waking_channels(promise.wakes for promise in catalog.severities.values()),
    )


@dataclass(frozen=True)
class _Both:
    """A plan with the people whom it asks, and those whom the catalog promises to ask."""

    plan: Plan
    asked: Asked
    promised: OnCallData


def _fires(plan: Plan, rules: Iterable[str], known: Owners) -> Mapping[str, list[Resource]]:
    """What can fire, by the id with which its rule acts."""
    firing: dict[str, list[Resource]] = {rule: [] for rule in rules}
    for resource in plan.resources:
        acting_id = known.owner_of(resource.type, resource.name).acting_id
        if resource.type in FIRES and acting_id in firing:
            firing[acting_id].append(resource)
    return firing


def _expected(rule: Rule) -> int:
    return len(rule.uptime.methods) if rule.uptime else 1


def _chain(two: _Both, chain: AlertPath, fires: Sequence[Resource], expected: int) -> AlertPath:
    """The chain with the plan's pages and mutes, and a break for each thing that is not as it should be."""
    found = [_readable(two.asked, way) for resource in fires for way in ways(two.plan, resource, chain.rule)]
    pages = list(dict.fromkeys(way for way in found if isinstance(way, PagedService)))
    mutes = sorted({mute for resource in fires for mute in _mutes(two, resource)}, key=_start)
    lost = [
        *_too_few(fires, expected),
        *(one for resource in fires for one in _slower(two.plan, resource, chain)),
        *(way for way in found if isinstance(way, Unresolved)),
        *_pages_unlike(two, chain, pages),
        *_mutes_unlike(two.promised, chain, mutes),
    ]
    source = Source(f"plan {two.plan.stack}")
    breaks = dict.fromkeys(BrokenHop(one.hop, one.why, one.fix, source) for one in lost)
    return replace(chain, pages=tuple(pages), mutes=tuple(mutes), breaks=tuple(breaks), until=None)


def _readable(asked: Asked, way: Way) -> Way:
    """The way itself, or why the policy at its end cannot be read."""
    return asked.lost.get(way.policy, way) if isinstance(way, PagedService) else way


def _too_few(fires: Sequence[Resource], expected: int) -> Iterator[Unresolved]:
    if len(fires) < expected:
        why = f"the plan declares {len(fires)} of {expected} resources that fire for it"
        yield Unresolved("signal", why, "declare the others")


def _slower(plan: Plan, resource: Resource, chain: AlertPath) -> Iterator[Unresolved]:
    found, said = takes(plan, resource), chain.detection.seconds
    if found is not None and said is not None and found > said:
        why = f'"{resource.name}" takes up to {length(found)} as declared, and the catalog says {length(said)}'
        yield Unresolved("signal", why, "declare its window, interval and retries as the catalog has them")


# --- who is paged, against the catalog -------------------------------------------------------------------------


def _pages_unlike(two: _Both, chain: AlertPath, pages: Sequence[PagedService]) -> Iterator[Unresolved]:
    if len(pages) > 1:
        named = " and ".join(f'"{page.service}"' for page in pages)
        yield Unresolved("service", f"it arrives at {named}, so people are paged twice", "let one filter match it")
    if chain.pages and not pages:
        yield Unresolved("route", "nothing that it fires arrives at pagerduty", "route it to its service")
    if pages and not chain.pages:
        yield Unresolved("route", f'it arrives at "{pages[0].service}", and the catalog pages nobody', "take it out")
    for said in chain.pages[:1]:
        for page in pages:
            yield from _page_unlike(two, said, page)


def _page_unlike(two: _Both, said: PagedService, page: PagedService) -> Iterator[Unresolved]:
    if page.urgency != said.urgency:
        why = f'the pagerduty service "{page.service}" has {page.urgency} urgency, and {said.urgency} is right'
        yield Unresolved("urgency", why, "declare the urgency of the severity")
    one, other = two.promised.policies[said.policy], two.asked.oncall_data.policies[page.policy]
    yield from _policy_unlike(one, other, two.promised.start, two.promised.zone(said.policy))
    for service in two.plan.of_type(SERVICE):
        if title(service) == page.service:
            yield from delaying_settings(two.plan, service, one.acknowledgement_expires)


def _policy_unlike(said: EscalationPolicy, found: EscalationPolicy, start: int, zone_name: str) -> Iterator[Unresolved]:
    shape, shaped = _shape(said), _shape(found)
    if shape != shaped:
        why = f'the policy "{found.name}" has {shaped}, and the catalog says {shape}'
        yield Unresolved("policy", why, "declare the policy's steps and rounds")
        return
    for number, (one, other) in enumerate(zip(said.steps, found.steps, strict=True), start=1):
        at = _first_unlike(one.groups, other.groups, start)
        if at is not None:
            who, instead = (", ".join(sorted(each.at(at))) or "nobody" for each in (one.groups, other.groups))
            when = local_and_utc(at, zone_name)
            why = f'step {number} of "{found.name}" asks {instead} on {when}, and the catalog says {who}'
            yield Unresolved("schedule", why, "send the layers as the catalog has them")


def _shape(policy: EscalationPolicy) -> str:
    delays = ", ".join(f"{step.delay // 60}m" for step in policy.steps)
    return f"steps of {delays} in {policy.rounds} rounds"


def _first_unlike(one: Groups, other: Groups, start: int) -> int | None:
    """The first instant at which two steps ask different people."""
    end = min(one.end, other.end)
    moments = (moment for moment in sorted({start, *one.starts, *other.starts}) if start <= moment < end)
    return next((moment for moment in moments if set(one.at(moment)) != set(other.at(moment))), None)


# --- what is muted, against the catalog ------------------------------------------------------------------------


def _mutes(two: _Both, resource: Resource) -> Iterator[MutedWindow]:
    for downtime in two.plan.of_type(DOWNTIME) if resource.vendor == "datadog" else ():
        identified = mapped(downtime.inputs.get("monitorIdentifier"))
        wanted = texts(identified.get("monitorTags"))
        one = referred(two.plan, identified.get("monitorId"), resource.type)
        if (wanted and wanted - {"*"} <= tags(resource)) or (one is not None and one.key == resource.key):
            yield _mute(downtime, mapped(downtime.inputs.get("oneTimeSchedule")), two.promised)


def _mute(downtime: Resource, window: Mapping[str, Any], span: OnCallData) -> MutedWindow:
    """The window of a downtime; where it has no end, recurs or cannot be read, it is taken to mute everything."""
    try:
        start, end = (instant(datetime.fromisoformat(window[name])) for name in ("start", "end"))
    except (KeyError, TypeError, ValueError, OverflowError):
        return MutedWindow(downtime.name, span.start, span.end)
    return MutedWindow(downtime.name, start, end)


def _start(mute: MutedWindow) -> int:
    return mute.start


def _mutes_unlike(span: OnCallData, chain: AlertPath, mutes: Iterable[MutedWindow]) -> Iterator[Unresolved]:
    said = {(one.start, one.end) for one in chain.mutes if one.start < span.end and one.end > span.start}
    found = {(one.start, one.end): one.name for one in mutes if one.start < span.end and one.end > span.start}
    for window in sorted(set(found) - said):
        why = f'the downtime "{found[window]}" mutes it, and the catalog knows no such maintenance'
        yield Unresolved("maintenance", why, "take the downtime away, or declare it in maintenance.yaml")
    if said - set(found):
        yield Unresolved("maintenance", "a planned window does not mute it", "declare the downtime")
