"""From the catalog: for each rule the chain that leads to people, and for all of them who can be asked when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from monitoring.errors import Source
from monitoring.model.catalog import Catalog
from monitoring.model.effective import EffectiveRule, acts_in, effective_rules
from monitoring.model.oncall import Person, Schedule
from monitoring.model.oncall import Policy as PolicyWords
from monitoring.model.service import Rule
from monitoring.model.severity import Severity, Waking
from monitoring.naming.pager_service import pager_service
from monitoring.oncall.clock import DAY, instant, midnight
from monitoring.oncall.rotation import timeline
from monitoring.oncall.timeline import Timeline
from monitoring.reach.detection import Detection, detection
from monitoring.reach.escalation import Ask, Contact, Policy, Reachable, Step, step

FARTHEST = 366 * DAY  # nobody plans who is on call when a policy has been asking for a year


@dataclass(frozen=True, slots=True)
class Hop:
    """One border on the way from a rule to a human, what is said there, and where that stands."""

    name: str
    said: str
    source: Source


@dataclass(frozen=True, slots=True)
class Break:
    """A hop that leads nowhere, why, and what would fix it."""

    hop: str
    why: str
    fix: str
    source: Source


@dataclass(frozen=True, slots=True)
class Page:
    """A PagerDuty service that a rule arrives at: whom it asks, and how urgently."""

    service: str
    policy: str
    urgency: str


@dataclass(frozen=True, slots=True)
class Mute:
    """A planned window in which a rule's signal is silent."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Chain:
    """A rule with everything that lies between it and people.

    `waking` is what its severity promises, `None` where it promises to wake nobody; `capped` says that its environment
    pages nobody; `since` and `until` bound the instants for which it is so (a rule's trial has an end).
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
    pages: tuple[Page, ...] = ()
    others: tuple[str, ...] = ()
    capped: bool = False
    on_trial: bool = False
    mutes: tuple[Mute, ...] = ()
    breaks: tuple[Break, ...] = ()
    since: int | None = None
    until: int | None = None


@dataclass(frozen=True, slots=True)
class Roster:
    """Who can be asked between two instants: policies with their timelines, and people's own contact rules.

    `zones` names the time zone of each schedule and person, `titles` what people call them.
    """

    start: int
    end: int
    policies: Mapping[str, Policy]
    timelines: Mapping[str, Timeline]
    people: Mapping[str, Reachable]
    zones: Mapping[str, str]
    sources: Mapping[tuple[str, str], Source] = field(default_factory=dict, repr=False)

    def zone(self, policy: str) -> str:
        """The time zone in which a policy is talked about: that of the first schedule or person that it asks."""
        return self.zones[self.policies[policy].steps[0].asks[0].name]


@dataclass(frozen=True, slots=True)
class Standing:
    """What of a roster is the same at every instant: people's own rules, and where all of it stands."""

    people: Mapping[str, Reachable]
    sources: Mapping[tuple[str, str], Source]


def standing(catalog: Catalog) -> Standing:
    """What does not change with time, made once where many rosters are asked of one catalog."""
    people = {name: reachable(person) for name, person in catalog.oncall.people.items()}
    return Standing(people, dict(_sources(catalog)))


def roster(
    catalog: Catalog,
    start: int,
    end: int,
    policies: Iterable[str] | None = None,
    known: Standing | None = None,
) -> Roster:
    """Everybody whom these policies ask (all of them by default), until the last of them has given up after `end`."""
    words = catalog.oncall.policies
    chosen = {name: words[name] for name in (words if policies is None else policies)}
    last = end + min(max((_longest(policy) for policy in chosen.values()), default=0), FARTHEST)
    timelines = {name: _timeline(catalog, name, start, last) for name in _duties(chosen.values())}
    same = known or standing(catalog)
    return Roster(
        start=start,
        end=end,
        policies={name: _policy(name, policy, timelines) for name, policy in chosen.items()},
        timelines=timelines,
        people=same.people,
        zones={name: _duty(catalog, name).time_zone for name in timelines},
        sources=same.sources,
    )


def _duties(policies: Iterable[PolicyWords]) -> list[str]:
    """Every schedule and person that these policies ask."""
    return sorted({name for policy in policies for each in policy.steps for name in each.ask})


def duty_roster(catalog: Catalog) -> Roster:
    """The policies without a calendar: each schedule is asked as one person, as slow to reach as its slowest one."""
    words = catalog.oncall.policies
    timelines = {name: always(name, 0, FARTHEST) for name in _duties(words.values())}
    return Roster(
        start=0,
        end=FARTHEST,
        policies={name: _policy(name, policy, timelines) for name, policy in words.items()},
        timelines=timelines,
        people={name: _slowest(catalog, name) for name in timelines},
        zones={name: _duty(catalog, name).time_zone for name in timelines},
    )


def _slowest(catalog: Catalog, name: str) -> Reachable:
    """By what everybody of a duty is reached, and when at the latest."""
    duty = _duty(catalog, name)
    people = [duty] if isinstance(duty, Person) else [catalog.oncall.people[each] for each in duty.people]
    contacts = [reachable(person) for person in people]
    return Reachable(_shared([each.high for each in contacts]), _shared([each.low for each in contacts]))


def _shared(rules: Sequence[tuple[Contact, ...]]) -> tuple[Contact, ...]:
    """The channels that all of them have, each as late as it is for any of them."""
    channels = set.intersection(*({contact.channel for contact in contacts} for contacts in rules))
    every = [contact for contacts in rules for contact in contacts]
    latest = [Contact(name, max(each.after for each in every if each.channel == name)) for name in channels]
    return tuple(sorted(latest, key=lambda contact: (contact.after, contact.channel)))


def _longest(policy: PolicyWords) -> int:
    return (1 + policy.extra_rounds) * sum(each.escalate_after.seconds for each in policy.steps) + 1


def _duty(catalog: Catalog, name: str) -> Schedule | Person:
    return catalog.oncall.schedules.get(name) or catalog.oncall.people[name]


def _timeline(catalog: Catalog, name: str, start: int, end: int) -> Timeline:
    duty = _duty(catalog, name)
    return always(name, start, end) if isinstance(duty, Person) else timeline(duty, start, end)


def always(person: str, start: int, end: int) -> Timeline:
    """The timeline of somebody who is asked by name, and so is always on call."""
    return Timeline((start,), (person,), end)


def reachable(person: Person) -> Reachable:
    """A person's own rules as the catalog declares them."""
    high, low = (
        tuple(sorted((Contact(kind.value, after.seconds) for kind, after in rules.items()), key=_by_time))
        for rules in (person.contact.high, person.contact.low)
    )
    return Reachable(high, low)


def _by_time(contact: Contact) -> int:
    return contact.after


def _policy(name: str, words: PolicyWords, timelines: Mapping[str, Timeline]) -> Policy:
    expires = words.acknowledgement_expires
    return Policy(
        name=name,
        steps=tuple(_step(each.ask, each.escalate_after.seconds, timelines) for each in words.steps),
        rounds=1 + words.extra_rounds,
        acknowledgement_expires=None if expires == "never" else expires.seconds,
    )


def _step(asked: Iterable[str], delay: int, timelines: Mapping[str, Timeline]) -> Step:
    return step(tuple(Ask(name, timelines[name]) for name in asked), delay)


def _sources(catalog: Catalog) -> Iterator[tuple[tuple[str, str], Source]]:
    for name, policy in catalog.oncall.policies.items():
        yield ("policy", name), catalog.at("policy", name)
        for number in range(len(policy.steps)):
            yield ("step", f"{name} {number}"), catalog.at("policy", name, "steps", number, "ask")
    for name in catalog.oncall.schedules:
        yield ("schedule", name), catalog.at("schedule", name)
    for name in catalog.oncall.people:
        yield ("person", name), catalog.at("person", name, "contact")


# --- chains ----------------------------------------------------------------------------------------------------


def chains(catalog: Catalog, environment: str, today: date) -> tuple[Chain, ...]:
    """Every rule's chain in an environment; a rule on trial has a second one, for when its trial is over."""
    rules = {name: rule for name, (_, rule) in catalog.rules.items()}
    acting = effective_rules(catalog, environment, today)
    ends = {rule.rule.trial_until for rule in acting if rule.on_trial and rule.rule.trial_until}
    later = {end: {rule.id: rule for rule in effective_rules(catalog, environment, end)} for end in ends}
    found: list[Chain] = []
    for rule in acting:
        over = rule.rule.trial_until if rule.on_trial else None
        end = None if over is None else midnight(over)
        found.append(_chain(catalog, rule, rules, until=end))
        if over is not None:
            found.append(_chain(catalog, later[over][rule.id], rules, since=end))
    return tuple(found)


def rules_to_prove(catalog: Catalog, environment: str) -> int:
    """How many rules act in an environment, customers' own ones included; counted apart from `chains`."""
    return sum(
        1 if rule.for_each_tenant is None else 1 + _customers_of(catalog, rule.for_each_tenant.plan)
        for service in catalog.services.values()
        for rule in service.rules
        if acts_in(catalog, rule, environment)
    )


def _customers_of(catalog: Catalog, plan: str) -> int:
    return sum(tenant.plan == plan for tenant in catalog.tenants.values())


# long: one line a field of the chain
def _chain(
    catalog: Catalog,
    rule: EffectiveRule,
    rules: Mapping[str, Rule],
    *,
    since: int | None = None,
    until: int | None = None,
) -> Chain:
    promise, watched_by = rule.promise, vendor(rule)
    capped = not catalog.environment(rule.environment).pages
    others = (*(f"#{channel}" for channel in rule.route.slack), *rule.route.email)
    return Chain(
        rule=rule.id,
        catalog_rule=rule.rule.id,
        severity=rule.severity,
        waking=promise.wakes,
        vendor=watched_by,
        detection=detection(rule.rule, rules, wakes=promise.wakes is not None),
        detects_within=promise.detects_within.seconds,
        reminds_every=(rule.rule.reminds_every or promise.reminds_every).seconds,
        source=catalog.at("rule", rule.rule.id),
        pages=_pages(catalog, rule),
        others=others,
        capped=capped,
        on_trial=rule.on_trial,
        mutes=tuple(_mutes(catalog, rule)) if watched_by == "datadog" else (),
        breaks=() if rule.pages or promise.wakes is None or capped else (_no_page(catalog, rule),),
        since=since,
        until=until,
    )


def vendor(rule: EffectiveRule) -> str:
    """Whose signal it is: sentry or datadog."""
    return "datadog" if rule.watched_by_datadog else "sentry"


def _pages(catalog: Catalog, rule: EffectiveRule) -> tuple[Page, ...]:
    pager = pager_service(catalog, rule)
    return (Page(pager.name, pager.policy, pager.urgency),) if pager else ()


def _mutes(catalog: Catalog, rule: EffectiveRule) -> Iterator[Mute]:
    """Maintenance mutes what Datadog watches; Sentry has no such mute."""
    for name, window in catalog.maintenance.items():
        if rule.service.service in window.services and rule.environment in window.environments:
            yield Mute(name, instant(window.start), instant(window.end))


def _route_source(catalog: Catalog, rule: EffectiveRule) -> Source:
    return catalog.at("team", rule.team, "routes", rule.severity.value)


def _no_page(catalog: Catalog, rule: EffectiveRule) -> Break:
    where = f'the {rule.severity} route of team "{rule.team}"'
    others = ", ".join((*(f"#{channel}" for channel in rule.route.slack), *rule.route.email)) or "nobody"
    return Break(
        "route",
        f"{where} pages nobody and arrives at {others}",
        f"write page: in {where}",
        _route_source(catalog, rule),
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
    service = f'"{pager.name}" at {pager.urgency} urgency'
    yield Hop("pagerduty service", service, catalog.at("service", rule.service.service))
    yield Hop("policy", f'"{pager.policy}"', catalog.at("policy", pager.policy))
