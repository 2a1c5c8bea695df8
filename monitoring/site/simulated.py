"""What the scripts simulate from: who has each schedule when, the policies, people's contacts, and the rules' paths.

A page that is opened from a file may fetch nothing, so the whole year lies in one script.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from monitoring.model.oncall import Schedule
from monitoring.oncall.clock import in_zone, wall_clock
from monitoring.oncall.rotation import timeline
from monitoring.reach.drill import AROUND, drill_duration, posted
from monitoring.reach.escalation import EscalationPolicy, NotificationRule
from monitoring.reach.mutes import muted_windows
from monitoring.reach.outage import FIRST_MINUTES, MANY, failing_with
from monitoring.reach.paths import MAX_SPAN, AlertPath, PagedService, notification_rules, oncall_data
from monitoring.reach.windows import planned_windows
from monitoring.reach.zones import first_zone, page_zone
from monitoring.site import names
from monitoring.site.addresses import person_page, rule_page, schedule_page
from monitoring.site.data import SiteData


def simulated(data: SiteData) -> dict[str, Any]:
    """Everything that the pages' scripts know; instants are seconds since 1970, lengths seconds."""
    start, end = data.proof.start, data.proof.end
    known = oncall_data(data.catalog, start, start + 1)
    last = min(end + drill_duration(known.policies.values(), ()) + AROUND, end + MAX_SPAN)
    schedules = data.catalog.oncall.schedules
    return {
        "today": data.today.isoformat(),
        "start": start,
        "end": end,
        "last": last,
        "zones": {zone: list(_offsets(zone, start - AROUND, last)) for zone in sorted(_zones(data))},
        "people": {name: _person(data, name) for name in data.catalog.oncall.people},
        "schedules": {name: _schedule(name, schedule, start - AROUND, last) for name, schedule in schedules.items()},
        "policies": {name: _policy(data, policy) for name, policy in known.policies.items()},
        "windows": dict(_windows(data)),
        "rules": list(_rules(data)),
        "services": {name: _service(data, name) for name in data.catalog.services},
        "outage": {"seconds": FIRST_MINUTES, "incidents": MANY, "zone": first_zone(data.catalog)},
    }


def _windows(data: SiteData) -> Iterator[tuple[str, list[tuple[int, int, int, str]]]]:
    """Each window, and its openings in the span: begin, end, the end of what is sure, and what is muted alone."""
    for name, mute in planned_windows(data.proof).items():
        openings = muted_windows((mute,), data.proof.start, data.proof.end)
        yield name, [(opening.start, opening.end, opening.sure_end, opening.only) for opening in openings]


def _zones(data: SiteData) -> set[str]:
    oncall = data.catalog.oncall
    people = {person.time_zone for person in oncall.people.values()}
    return {"Etc/UTC", *people, *(schedule.time_zone for schedule in oncall.schedules.values())}


def _offsets(zone: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """From when the zone's clock has which distance from UTC, and what it is called then."""
    clock = wall_clock(zone, start, end)
    for begins, offset in zip(clock.starts, clock.offsets, strict=True):
        yield begins, offset, f"{in_zone(begins, zone):%Z}"


def _person(data: SiteData, name: str) -> dict[str, Any]:
    person = data.catalog.oncall.people[name]
    own = notification_rules(person)
    return {"name": person.name, "page": person_page(name), "high": _contacts(own.high), "low": _contacts(own.low)}


def _contacts(rules: Iterable[NotificationRule]) -> list[tuple[str, int]]:
    return [(rule.channel, rule.after) for rule in rules]


def _schedule(name: str, schedule: Schedule, start: int, end: int) -> dict[str, Any]:
    line = timeline(schedule, start, end)
    people = sorted({person for person in line.people if person is not None})
    return {
        "title": schedule.title or name,
        "page": schedule_page(name),
        "zone": schedule.time_zone,
        "people": people,
        "starts": line.starts,
        "holders": [-1 if person is None else people.index(person) for person in line.people],
    }


def _policy(data: SiteData, policy: EscalationPolicy) -> dict[str, Any]:
    return {
        "title": data.catalog.oncall.policies[policy.name].title or policy.name,
        "steps": [{"ask": [target.name for target in step.targets], "delay": step.delay} for step in policy.steps],
        "rounds": policy.rounds,
        "expires": policy.acknowledgement_expires,
        "resolves": policy.resolves_after,
    }


def _service(data: SiteData, name: str) -> dict[str, Any]:
    failing = failing_with(data.catalog, name)
    return {"title": data.catalog.services[name].title, "failing": failing}


def _rules(data: SiteData) -> Iterator[dict[str, Any]]:
    titles = {rule.id: rule.rule.title for rule in data.rules}
    for proved in sorted(data.proof.rules, key=lambda proved: (proved.path.severity.rank, proved.path.rule)):
        yield _rule(data, proved.path, titles[proved.path.rule]) | {"worst": proved.first.at if proved.first else None}


def _page(data: SiteData, page: PagedService) -> dict[str, Any]:
    """A page, with the stretches of the year in which it is of low urgency where support hours decide that."""
    known = {"service": page.service, "policy": page.policy, "urgency": page.urgency}
    return known | {"low": page.hours.low(data.proof.start, data.proof.end)} if page.hours else known


# long: one line a field
def _rule(data: SiteData, path: AlertPath, title: str) -> dict[str, Any]:
    service, rule = data.catalog.rules[path.catalog_rule]
    others = names.shared_receivers(data.catalog, path)
    return {
        "id": path.rule,
        "title": title,
        "page": rule_page(path.rule),
        "severity": path.severity.value,
        "detects": path.detection.seconds,
        "others": list(map(str, others)),
        "posts": list(map(posted, others)),
        "reminds": path.reminds_every if path.repeats else 0,
        "remindsAtMost": path.reminds_at_most,
        "pages": [_page(data, page) for page in path.pages],
        "mutes": [mute.name for mute in path.mutes],
        "spared": [{"name": mute.name, "why": mute.why} for mute in path.spared],
        "zone": page_zone(data.catalog, path),
        "service": service.service,
        "catalogRule": path.catalog_rule,
        "same": rule.same_symptom_as,
        "parts": rule.signal.parts,
        "since": path.since,
        "until": path.until,
    }
