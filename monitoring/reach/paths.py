"""From the catalog: for each rule the path that leads to people, and who can be asked when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from monitoring.errors import Source
from monitoring.model.catalog import Catalog
from monitoring.model.detection import Detection
from monitoring.model.effective import EffectiveRule, acts_in, effective_rules
from monitoring.model.oncall import Person, Policy, Schedule, contacts
from monitoring.model.receivers import Receiver
from monitoring.model.reminders import reminder, repeats
from monitoring.model.service import Rule
from monitoring.model.severity import Severity, Waking
from monitoring.naming.downtimes import is_muted, muted_rules, why_spared
from monitoring.naming.pager_service import pager_service
from monitoring.oncall.clock import DAY, midnight
from monitoring.oncall.rotation import Rotation, rotation, rotations_timeline
from monitoring.oncall.timeline import Timeline
from monitoring.oncall.urgency import HIGH, UrgencyHours
from monitoring.reach.detection import detection, faster
from monitoring.reach.escalation import (
    EscalationPolicy,
    EscalationStep,
    NotificationRule,
    NotificationRules,
    Target,
    step,
)
from monitoring.reach.mutes import PlannedMute

MAX_SPAN = 366 * DAY  # nobody plans who is on call when a policy has been asking for a year


@dataclass(frozen=True, slots=True)
class Hop:
    """One border on the way from a rule to a human, what is said there, and where that stands."""

    name: str
    text: str
    source: Source


@dataclass(frozen=True, slots=True)
class BrokenHop:
    """A hop that leads nowhere, why, and what would fix it; `subject` is the rule itself where it is empty."""

    hop: str
    why: str
    fix: str
    source: Source
    subject: str = ""


class PagedService(NamedTuple):
    """A PagerDuty service that a rule arrives at: whom it asks, and how urgently.

    `urgency` is that of its severity; where there are support hours, they decide instead.
    """

    service: str
    policy: str
    urgency: str
    hours: UrgencyHours | None = None

    def urgency_at(self, moment: int) -> str:
        """The urgency with which an incident begins at an instant."""
        return self.hours.urgency_at(moment) if self.hours else self.urgency

    @property
    def can_be_high(self) -> bool:
        """Whether an incident is ever of high urgency."""
        return self.hours is not None or self.urgency == HIGH

    @property
    def loudness(self) -> str:
        """The urgency in words."""
        return "high urgency in support hours and low outside" if self.hours else f"{self.urgency} urgency"


class AlertPath(NamedTuple):
    """A rule with everything that lies between it and people.

    `waking` is what its severity promises, `None` where it promises to wake nobody; `limited_by_environment` says that
    its environment pages nobody; `since` and `until` bound the instants for which it is so (a rule's trial has an end).
    `repeats` says whether its channels are notified again while it lasts, every `reminds_every` seconds.
    `faster` says how to make it fire in time, `maintenance_limit` how many seconds windows may mute it in seven days;
    `spared` are the windows that are about it, or about what it combines, and mute nothing of it.
    """

    rule: str
    catalog_rule: str
    severity: Severity
    waking: Waking | None
    vendor: str
    detection: Detection
    detects_within: int
    reminds_every: int
    source: Source
    pages: tuple[PagedService, ...] = ()
    others: tuple[Receiver, ...] = ()
    limited_by_environment: bool = False
    in_trial: bool = False
    mutes: tuple[PlannedMute, ...] = ()
    spared: tuple[PlannedMute, ...] = ()
    breaks: tuple[BrokenHop, ...] = ()
    faster: str = ""
    reminds_at_most: int | None = None
    repeats: bool = True
    maintenance_limit: int | None = None
    since: int | None = None
    until: int | None = None

    @property
    def wakes(self) -> bool:
        """Whether its severity promises to wake somebody, and it pages."""
        return self.waking is not None and bool(self.pages) and not self.limited_by_environment


@dataclass(frozen=True, slots=True)
class OnCallData:
    """Who can be asked between two instants: policies with their timelines, and people's own contact rules.

    `zones` names the time zone of each schedule and person, `titles` what people call them.
    """

    start: int
    end: int
    policies: Mapping[str, EscalationPolicy]
    timelines: Mapping[str, Timeline]
    people: Mapping[str, NotificationRules]
    zones: Mapping[str, str]
    sources: Mapping[tuple[str, str], Source] = field(default_factory=dict, repr=False)

    def zone(self, policy: str) -> str:
        """The time zone in which a policy is talked about: that of the first schedule or person that it asks."""
        return self.zones[self.policies[policy].steps[0].targets[0].name]


@dataclass(frozen=True, slots=True)
class StaticOnCall:
    """What of `OnCallData` does not change with time: people's rules, schedules' rotations, where everything stands."""

    people: Mapping[str, NotificationRules]
    rotations: Mapping[str, tuple[Rotation, ...]]
    sources: Mapping[tuple[str, str], Source]


def static_oncall(catalog: Catalog) -> StaticOnCall:
    """The part that does not change with time, for a caller who asks for many spans of one catalog."""
    people = {name: notification_rules(person) for name, person in catalog.oncall.people.items()}
    rotations = {name: tuple(map(rotation, each.active_layers)) for name, each in catalog.oncall.schedules.items()}
    return StaticOnCall(people, rotations, dict(_sources(catalog)))


def oncall_data(
    catalog: Catalog,
    start: int,
    end: int,
    policies: Iterable[str] | None = None,
    static: StaticOnCall | None = None,
) -> OnCallData:
    """Everybody whom these policies ask (all of them by default), until the last of them has given up after `end`."""
    words = catalog.oncall.policies
    chosen = {name: words[name] for name in (words if policies is None else policies)}
    last = end + min(max((_longest(policy) for policy in chosen.values()), default=0), MAX_SPAN)
    static = static or static_oncall(catalog)
    zones = {name: _duty(catalog, name).time_zone for name in _duties(chosen.values())}
    timelines = {name: _timeline(static, name, zone_name, start, last) for name, zone_name in zones.items()}
    return OnCallData(
        start=start,
        end=end,
        policies={name: _policy(name, policy, timelines) for name, policy in chosen.items()},
        timelines=timelines,
        people=static.people,
        zones=zones,
        sources=static.sources,
    )


def _duties(policies: Iterable[Policy]) -> list[str]:
    """Every schedule and person that these policies ask."""
    return sorted({name for policy in policies for each in policy.steps for name in each.ask})


def oncall_without_calendar(catalog: Catalog) -> OnCallData:
    """The policies without a calendar: each schedule is asked as one person, as slow to reach as its slowest one."""
    words = catalog.oncall.policies
    timelines = {name: always(name, 0, MAX_SPAN) for name in _duties(words.values())}
    return OnCallData(
        start=0,
        end=MAX_SPAN,
        policies={name: _policy(name, policy, timelines) for name, policy in words.items()},
        timelines=timelines,
        people={name: _slowest(catalog, name) for name in timelines},
        zones={name: _duty(catalog, name).time_zone for name in timelines},
    )


def _slowest(catalog: Catalog, name: str) -> NotificationRules:
    """By what everybody of a duty is reached, and when at the latest."""
    duty = _duty(catalog, name)
    people = [duty] if isinstance(duty, Person) else [catalog.oncall.people[each] for each in duty.people]
    rules = [notification_rules(person) for person in people]
    return NotificationRules(_shared([own.high for own in rules]), _shared([own.low for own in rules]))


def _shared(rules: Sequence[tuple[NotificationRule, ...]]) -> tuple[NotificationRule, ...]:
    """The channels that all of them have, each as late as it is for any of them."""
    channels = set.intersection(*({rule.channel for rule in own} for own in rules))
    latest = [NotificationRule(name, max(_first(own, name) for own in rules)) for name in channels]
    return tuple(sorted(latest, key=lambda contact: (contact.after, contact.channel)))


def _first(rules: Iterable[NotificationRule], channel: str) -> int:
    return min(rule.after for rule in rules if rule.channel == channel)


def _longest(policy: Policy) -> int:
    return (1 + policy.extra_rounds) * sum(each.escalate_after.seconds for each in policy.steps) + 1


def _duty(catalog: Catalog, name: str) -> Schedule | Person:
    return catalog.oncall.schedules.get(name) or catalog.oncall.people[name]


def _timeline(static: StaticOnCall, name: str, zone_name: str, start: int, end: int) -> Timeline:
    rotations = static.rotations.get(name)
    return always(name, start, end) if rotations is None else rotations_timeline(rotations, zone_name, start, end)


def always(person: str, start: int, end: int) -> Timeline:
    """The timeline of somebody who is asked by name, and so is always on call."""
    return Timeline((start,), (person,), end)


def notification_rules(person: Person) -> NotificationRules:
    """A person's own rules as the catalog declares them."""
    high, low = (
        tuple(sorted((NotificationRule(kind.value, after.seconds) for kind, after in contacts(rules)), key=_by_time))
        for rules in (person.contact.high, person.contact.low)
    )
    return NotificationRules(high, low)


def _by_time(contact: NotificationRule) -> int:
    return contact.after


def _policy(name: str, words: Policy, timelines: Mapping[str, Timeline]) -> EscalationPolicy:
    expires, resolves = words.acknowledgement_expires, words.resolves_after
    return EscalationPolicy(
        name=name,
        steps=tuple(_step(each.ask, each.escalate_after.seconds, timelines) for each in words.steps),
        rounds=1 + words.extra_rounds,
        acknowledgement_expires=None if expires == "never" else expires.seconds,
        resolves_after=None if resolves == "never" else resolves.seconds,
    )


def _step(targets: Iterable[str], delay: int, timelines: Mapping[str, Timeline]) -> EscalationStep:
    return step(tuple(Target(name, timelines[name]) for name in targets), delay)


def _sources(catalog: Catalog) -> Iterator[tuple[tuple[str, str], Source]]:
    for name, policy in catalog.oncall.policies.items():
        yield ("policy", name), catalog.at("policy", name)
        for number in range(len(policy.steps)):
            yield ("step", f"{name} {number}"), catalog.at("policy", name, "steps", number, "ask")
    for name in catalog.oncall.schedules:
        yield ("schedule", name), catalog.at("schedule", name)
    for name in catalog.oncall.people:
        yield ("person", name), catalog.at("person", name, "contact")


# --- paths -----------------------------------------------------------------------------------------------------


def alert_paths(catalog: Catalog, environment: str, today: date) -> tuple[AlertPath, ...]:
    """Every rule's path in an environment; a rule on trial has a second one, for when its trial is over."""
    rules = {name: rule for name, (_, rule) in catalog.rules.items()}
    acting = effective_rules(catalog, environment, today)
    ends = {rule.rule.trial_until for rule in acting if rule.in_trial and rule.rule.trial_until}
    later = {end: {rule.id: rule for rule in effective_rules(catalog, environment, end)} for end in ends}
    muted = {name: muted_rules(window, acting) for name, window in catalog.maintenance.items()}
    paths: list[AlertPath] = []
    for rule in acting:
        trial_end = rule.rule.trial_until if rule.in_trial else None
        end_instant = None if trial_end is None else midnight(trial_end)
        paths.append(_alert_path(catalog, rule, rules, muted, until=end_instant))
        if trial_end is not None:
            paths.append(_alert_path(catalog, later[trial_end][rule.id], rules, muted, since=end_instant))
    return tuple(paths)


def rules_to_prove(catalog: Catalog, environment: str) -> int:
    """How many rules act in an environment, those of single tenants included; counted apart from `alert_paths`."""
    return sum(
        1 if rule.for_each_tenant is None else 1 + _tenants_of(catalog, rule.for_each_tenant.plan)
        for service in catalog.services.values()
        for rule in service.rules
        if acts_in(catalog, rule, environment)
    )


def _tenants_of(catalog: Catalog, plan: str) -> int:
    return sum(tenant.plan == plan for tenant in catalog.tenants.values())


# long: one line a field of the path
def _alert_path(
    catalog: Catalog,
    rule: EffectiveRule,
    rules: Mapping[str, Rule],
    muted: Mapping[str, frozenset[str]],
    *,
    since: int | None = None,
    until: int | None = None,
) -> AlertPath:
    promise = rule.promise
    takes = detection(rule.rule, rules, wakes=promise.wakes is not None)
    limited_by_environment = not catalog.environment(rule.environment).pages
    return AlertPath(
        rule=rule.id,
        catalog_rule=rule.rule.id,
        severity=rule.severity,
        waking=promise.wakes,
        vendor=rule.watcher,
        detection=takes,
        detects_within=promise.detects_within.seconds,
        reminds_every=reminder(rule).seconds,
        reminds_at_most=rule.rule.reminds_at_most,
        repeats=repeats(rule),
        source=catalog.at("rule", rule.rule.id),
        pages=_pages(catalog, rule),
        others=rule.route.receivers,
        limited_by_environment=limited_by_environment,
        faster=_faster(catalog, rule, rules, takes),
        maintenance_limit=limit.seconds if (limit := promise.maintenance_limit) else None,
        in_trial=rule.in_trial,
        mutes=tuple(_mutes(catalog, rule)),
        spared=tuple(_spared(catalog, rule, muted)),
        breaks=() if rule.pages or promise.wakes is None or limited_by_environment else (_no_page(catalog, rule),),
        since=since,
        until=until,
    )


def _faster(catalog: Catalog, rule: EffectiveRule, rules: Mapping[str, Rule], takes: Detection) -> str:
    """How to make a signal fire in time; empty where it does."""
    limit = rule.promise.detects_within.seconds
    if takes.is_within(limit):
        return ""
    return faster(rule.rule, rules, catalog.platform.metrics, limit, wakes=rule.promise.wakes is not None)


def _pages(catalog: Catalog, rule: EffectiveRule) -> tuple[PagedService, ...]:
    pager = pager_service(catalog, rule)
    if pager is None:
        return ()
    hours = UrgencyHours(pager.hours.time_zone, pager.hours.window) if pager.hours else None
    return (PagedService(pager.name, pager.policy, pager.urgency, hours),)


def _mutes(catalog: Catalog, rule: EffectiveRule) -> Iterator[PlannedMute]:
    for name, window in catalog.maintenance.items():
        if is_muted(window, rule):
            yield PlannedMute(name, window.times, tuple(sorted(window.where.items())))


def _spared(catalog: Catalog, rule: EffectiveRule, muted: Mapping[str, frozenset[str]]) -> Iterator[PlannedMute]:
    for name, window in catalog.maintenance.items():
        if why := why_spared(window, rule, muted[name]):
            yield PlannedMute(name, window.times, why=why)


def _route_source(catalog: Catalog, rule: EffectiveRule) -> Source:
    return catalog.at("team", rule.team, "routes", rule.severity.value)


def _no_page(catalog: Catalog, rule: EffectiveRule) -> BrokenHop:
    where = f'the {rule.severity} route of team "{rule.team}"'
    others = ", ".join(map(str, rule.route.receivers)) or "nobody"
    caveats = dict.fromkeys(each.kind.caveat for each in rule.route.receivers if each.kind.caveat)
    return BrokenHop(
        "route",
        "; ".join([f"{where} pages nobody and arrives at {others}", *caveats]),
        f"write page: in {where}",
        _route_source(catalog, rule),
        subject=f"{rule.severity} route of {rule.team}",
    )


def hops(catalog: Catalog, environment: str, today: date, name: str) -> Iterator[Hop]:
    """The way of a rule, border by border; nothing where no rule of that name acts."""
    for rule in effective_rules(catalog, environment, today):
        if rule.id == name:
            yield from _hops(catalog, rule)


def _hops(catalog: Catalog, rule: EffectiveRule) -> Iterator[Hop]:
    yield Hop("rule", f'"{rule.rule.title}" is {rule.severity}', catalog.at("rule", rule.rule.id, "severity"))
    yield Hop("team", f'"{rule.team}" owns it', catalog.at("team", rule.team))
    pager = pager_service(catalog, rule)
    if pager is None:
        yield Hop("route", f"{rule.severity} pages nobody", _route_source(catalog, rule))
        return
    yield Hop("route", f'{rule.severity} pages by policy "{pager.policy}"', _route_source(catalog, rule))
    page = _pages(catalog, rule)[0]
    yield Hop("PagerDuty service", f'"{page.service}" at {page.loudness}', catalog.at("service", rule.service.service))
    yield Hop("policy", f'"{pager.policy}"', catalog.at("policy", pager.policy))
