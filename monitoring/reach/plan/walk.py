"""The proof over a Plan: what was declared, followed by the vendors' own fields, against what the catalog promises.

A rule is found by its id, which is its resources' name for ever; from there on nothing of ours is believed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from monitoring.errors import Source
from monitoring.model.catalog import Catalog
from monitoring.model.platform import Platform
from monitoring.model.service import Rule
from monitoring.naming.owners import Owners, owners
from monitoring.naming.type_tokens import (
    ALERT,
    ESCALATION_POLICY,
    MONITOR,
    SCHEDULES,
    SERVICE,
    SERVICE_INTEGRATION,
    SYNTHETICS_TEST,
)
from monitoring.oncall.clock import midnight
from monitoring.plan import Plan, Resource
from monitoring.reach.escalation import EscalationPolicy, Groups
from monitoring.reach.formatting import exact_length, length, local_and_utc
from monitoring.reach.paths import (
    AlertPath,
    BrokenHop,
    OnCallData,
    PagedService,
    alert_paths,
    oncall_data,
)
from monitoring.reach.plan.environments import elsewhere
from monitoring.reach.plan.monitor_options import options_unlike
from monitoring.reach.plan.muting import downtimes, mutes_of, mutes_unlike, unfit_downtime
from monitoring.reach.plan.oncall import PlannedOnCall, planned_oncall, title
from monitoring.reach.plan.routing import Way, ways
from monitoring.reach.plan.timing import delaying_settings, detection_seconds, reminders_unlike
from monitoring.reach.plan.unresolved import Unresolved
from monitoring.reach.proof import YEAR, Proof, promises_of, prove

FIRES = (MONITOR, SYNTHETICS_TEST, ALERT, SERVICE_INTEGRATION)


def prove_plan(plan: Plan, catalog: Catalog, *, environment: str, today: date, horizon: int = YEAR) -> Proof:
    """The proof of a Plan: the catalog's promises, kept or not by what the Plan declares.

    What a rule becomes when its trial ends is not in a Plan, and so is left to the proof of the catalog.
    """
    start = midnight(today)
    planned = planned_oncall(plan, catalog, start, start + horizon)
    paths = [path for path in alert_paths(catalog, environment, today) if path.since is None]
    policies = sorted({page.policy for path in paths for page in path.pages})
    known = owners(catalog)
    promised = oncall_data(catalog, start, start + horizon, policies)
    walk = _Walk(plan, planned, promised, known, catalog.platform, environment)
    fires = _fires(plan, [path.rule for path in paths], known)
    declared = [_walked(walk, path, fires[path.rule], catalog.rules[path.catalog_rule][1]) for path in paths]
    promises = replace(promises_of(catalog, environment, today), names=_catalog_names(plan, known))
    return prove(declared, planned.oncall_data, promises)


def _catalog_names(plan: Plan, known: Owners) -> Mapping[str, str]:
    """The catalog's names of policies and schedules, by the titles that PagerDuty shows."""
    return {
        title(resource): known.owner_of(resource.type, resource.name).entry or resource.name
        for type_ in (ESCALATION_POLICY, *SCHEDULES)
        for resource in plan.of_type(type_)
    }


@dataclass(frozen=True)
class _Walk:
    """A plan with the people whom it asks, those whom the catalog promises to ask, and the environment it is for."""

    plan: Plan
    planned: PlannedOnCall
    promised: OnCallData
    owners: Owners
    platform: Platform
    environment: str


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


def _walked(walk: _Walk, path: AlertPath, fires: Sequence[Resource], rule: Rule) -> AlertPath:
    """The path with the plan's pages and mutes, and a break for each thing that is not as it should be."""
    all_ways = [_readable(walk.planned, way) for resource in fires for way in ways(walk.plan, resource, path.rule)]
    pages = list(dict.fromkeys(way for way in all_ways if isinstance(way, PagedService)))
    muted = [downtime for resource in fires for downtime in downtimes(walk.plan, resource)]
    mutes = dict.fromkeys(mute for downtime in muted for mute in mutes_of(downtime, walk.owners, walk.promised))
    unresolved = [
        *_too_few(fires, _expected(rule)),
        *(problem for resource in fires for problem in _slower(walk.plan, resource, path)),
        *(problem for resource in fires for problem in options_unlike(resource, rule.signal)),
        *(problem for resource in fires for problem in reminders_unlike(resource, path)),
        *(problem for resource in fires for problem in elsewhere(walk.plan, resource, walk.platform, walk.environment)),
        *(way for way in all_ways if isinstance(way, Unresolved)),
        *_pages_unlike(walk, path, pages),
        *(problem for downtime in muted for problem in unfit_downtime(downtime)),
        *mutes_unlike(walk.promised, path, mutes),
    ]
    source = Source(f"plan {walk.plan.stack}")
    breaks = dict.fromkeys(BrokenHop(problem.hop, problem.why, problem.fix, source) for problem in unresolved)
    return path._replace(pages=tuple(pages), mutes=tuple(mutes), breaks=tuple(breaks), until=None)


def _readable(planned: PlannedOnCall, way: Way) -> Way:
    """The way itself, or why the policy at its end cannot be read."""
    return planned.unresolved.get(way.policy, way) if isinstance(way, PagedService) else way


def _too_few(fires: Sequence[Resource], expected: int) -> Iterator[Unresolved]:
    if len(fires) < expected:
        why = f"the plan declares {len(fires)} of {expected} resources that fire for it"
        yield Unresolved("signal", why, "declare the others")


def _slower(plan: Plan, resource: Resource, path: AlertPath) -> Iterator[Unresolved]:
    declared, promised = detection_seconds(plan, resource), path.detection.seconds
    if declared is not None and promised is not None and declared > promised:
        why = f'"{resource.name}" takes up to {length(declared)} as declared, and the catalog says {length(promised)}'
        yield Unresolved("signal", why, "declare its window, interval and retries as the catalog has them")


# --- who is paged, against the catalog -------------------------------------------------------------------------


def _pages_unlike(walk: _Walk, path: AlertPath, pages: Sequence[PagedService]) -> Iterator[Unresolved]:
    if len(pages) > 1:
        named = " and ".join(f'"{page.service}"' for page in pages)
        yield Unresolved("service", f"it arrives at {named}, so people are paged twice", "let one filter match it")
    if path.pages and not pages:
        yield Unresolved("route", "nothing that it fires arrives at pagerduty", "route it to its service")
    if pages and not path.pages:
        yield Unresolved("route", f'it arrives at "{pages[0].service}", and the catalog pages nobody', "take it out")
    for promised in path.pages[:1]:
        for page in pages:
            yield from _page_unlike(walk, promised, page)


def _page_unlike(walk: _Walk, promised: PagedService, page: PagedService) -> Iterator[Unresolved]:
    if (page.hours, page.loudness) != (promised.hours, promised.loudness):
        why = f'the PagerDuty service "{page.service}" has {page.loudness}, and {promised.loudness} is right'
        fix = "declare the support hours of the policy" if promised.hours else "declare the urgency of the severity"
        yield Unresolved("urgency", why, fix)
    policy, declared = walk.promised.policies[promised.policy], walk.planned.oncall_data.policies[page.policy]
    yield from _policy_unlike(policy, declared, walk.promised.start, walk.promised.zone(promised.policy))
    for service in walk.plan.of_type(SERVICE):
        if title(service) == page.service:
            yield from delaying_settings(walk.plan, service, policy)


def _policy_unlike(
    promised: EscalationPolicy, declared: EscalationPolicy, start: int, zone_name: str
) -> Iterator[Unresolved]:
    shape, shaped = _shape(promised), _shape(declared)
    if shape != shaped:
        why = f'the policy "{declared.name}" has {shaped}, and the catalog says {shape}'
        yield Unresolved("policy", why, "declare the policy's steps and rounds")
        return
    for number, (step, declared_step) in enumerate(zip(promised.steps, declared.steps, strict=True), start=1):
        at = _first_unlike(step.groups, declared_step.groups, start)
        if at is not None:
            people, declared_people = (
                ", ".join(sorted(groups.at(at))) or "nobody" for groups in (step.groups, declared_step.groups)
            )
            when = local_and_utc(at, zone_name)
            why = f'step {number} of "{declared.name}" asks {declared_people} on {when}, and the catalog says {people}'
            yield Unresolved("schedule", why, "send the layers as the catalog has them")


def _shape(policy: EscalationPolicy) -> str:
    delays = ", ".join(exact_length(step.delay) for step in policy.steps)
    return f"steps of {delays} in {policy.rounds} {'round' if policy.rounds == 1 else 'rounds'}"


def _first_unlike(promised: Groups, declared: Groups, start: int) -> int | None:
    """The first instant at which two steps ask different people."""
    end = min(promised.end, declared.end)
    moments = (moment for moment in sorted({start, *promised.starts, *declared.starts}) if start <= moment < end)
    return next((moment for moment in moments if set(promised.at(moment)) != set(declared.at(moment))), None)
