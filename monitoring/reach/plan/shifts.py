"""A shift-based schedule of a Plan as a timeline: its events by PagerDuty's own fields, their recurrences by RFC 5545.

An event's occurrences are counted from its `startTime`; `effectiveSince` and `effectiveUntil` cut them off (PagerDuty's
API description of 2026-08-14, Event). They keep their times on the wall, as handoffs do everywhere in the proof.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import takewhile
from typing import Any

from dateutil.rrule import rrulestr

from monitoring.model.scalars import zone
from monitoring.oncall.clock import DAY, WallClock, instant, wall, wall_clock
from monitoring.oncall.timeline import Shift, Timeline, timeline_of
from monitoring.plan import Resource

MemberReader = Callable[[Any], str]
"""The person whom an event's member refers to; ValueError where that is nobody who is looked up."""

_ONCE = re.compile(r"\bCOUNT=1\b")
EVERY_MEMBER = "every_member_assignment_strategy"
ROTATING = "rotating_member_assignment_strategy"


def shift_timeline(resource: Resource, person: MemberReader, start: int, end: int) -> Timeline:
    """Who is on call between two instants; KeyError, TypeError or ValueError where an event cannot be followed."""
    zone_name = str(resource.inputs["timeZone"])
    events = [_event(event, zone_name, person) for event in _events(resource.inputs)]
    earliest = min([start, *(event.first - DAY for event in events)])
    clock = wall_clock(zone_name, earliest, end)
    shifts = sorted(shift for event in events for shift in _shifts(event, clock, start, end))
    return timeline_of(_without_doubles(shifts), start, end)


def _events(inputs: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    return (event for rotation in inputs["rotations"] for event in rotation["events"])


@dataclass(frozen=True, slots=True)
class _Event:
    """An event in seconds: `first` on the wall; the rest as instants; each turn is `shifts_each` occurrences long.

    The first occurrence is between the instants of `first_shift`, and the others `length` long on the wall.
    """

    first: int
    length: int
    first_shift: tuple[int, int]
    since: int
    until: int | None
    rule: str
    last: int | None
    exceptions: frozenset[int]
    people: tuple[str | None, ...]
    shifts_each: int


def _event(event: Mapping[str, Any], zone_name: str, person: MemberReader) -> _Event:
    first, length, first_shift = _first(event, zone_name)
    rule, last = _rule(event["recurrences"])
    _require_length(length, rule, f'the event of "{event["startTime"]}" has no length on the clock of {zone_name}')
    strategy = _only_strategy(event)
    people = tuple(_member(member, person) for member in strategy["members"])
    exceptions = frozenset(_exceptions(event["recurrences"]))
    _require_followed(str(strategy["type"]), people, exceptions)
    until = event.get("effectiveUntil")
    return _Event(
        first=first,
        length=length,
        first_shift=first_shift,
        since=instant(datetime.fromisoformat(event["effectiveSince"])),
        until=instant(datetime.fromisoformat(until)) if until else None,
        rule=rule,
        last=last,
        exceptions=exceptions,
        people=people,
        shifts_each=max(1, int(strategy.get("shiftsPerMember", 1))),
    )


def _only_strategy(event: Mapping[str, Any]) -> Mapping[str, Any]:
    strategies: Sequence[Mapping[str, Any]] = event["assignmentStrategies"]
    if len(strategies) != 1:
        raise ValueError(f"an event has one way to assign its members, and this has {len(strategies)}")
    return strategies[0]


def _first(event: Mapping[str, Any], zone_name: str) -> tuple[int, int, tuple[int, int]]:
    """The first wall time of an event, its length there, and the instants between which it is the first time."""
    start, end = (datetime.fromisoformat(event[name]) for name in ("startTime", "endTime"))
    begin, finish = instant(start), instant(end)
    if finish <= begin:
        raise ValueError(f'the event of "{event["startTime"]}" does not end after it begins')
    first, last = (wall(each.astimezone(zone(zone_name)).replace(tzinfo=None)) for each in (start, end))
    return first, last - first, (begin, finish)


def _require_length(length: int, rule: str, why: str) -> None:
    """ValueError where an event that comes again would end as it begins: in an hour that comes twice."""
    if length <= 0 and not _ONCE.search(rule):
        raise ValueError(why)


def _rule(lines: Sequence[str]) -> tuple[str, int | None]:
    """The one RRULE without its bound, and the bound as an instant."""
    rules = [line.removeprefix("RRULE:") for line in lines if line.startswith("RRULE:")]
    others = [line for line in lines if not line.startswith(("RRULE:", "EXDATE:"))]
    if len(rules) != 1 or others:
        raise ValueError(f"a recurrence is one RRULE with EXDATE in UTC, and this is {', '.join(lines)}")
    parts = dict(part.split("=", 1) for part in rules[0].split(";"))
    last = parts.pop("UNTIL", None)
    if parts.get("FREQ") not in ("DAILY", "WEEKLY"):
        raise ValueError(f'"{rules[0]}" comes neither by days nor by weeks')
    return ";".join(f"{name}={value}" for name, value in parts.items()), _basic(last) if last else None


def _exceptions(lines: Iterable[str]) -> Iterator[int]:
    excepted = (line.removeprefix("EXDATE:") for line in lines if line.startswith("EXDATE:"))
    return (_basic(moment) for line in excepted for moment in line.split(","))


def _basic(text: str) -> int:
    """An instant as RFC 5545 writes it in UTC; ValueError for a local one."""
    if not re.fullmatch(r"\d{8}T\d{6}Z", text):
        raise ValueError(f'"{text}" is no instant in UTC, like 20260302T080000Z')
    return instant(datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC))


def _member(member: Mapping[str, Any], person: MemberReader) -> str | None:
    return None if member["type"] == "empty_member" else person(member["userId"])


def _require_followed(strategy: str, people: tuple[str | None, ...], exceptions: frozenset[int]) -> None:
    """ValueError where an event has several people at once, or people in turns whose count is not known."""
    if strategy not in (EVERY_MEMBER, ROTATING) or not people:
        raise ValueError(f'an event assigns by "{strategy}" or has no member')
    if strategy == EVERY_MEMBER and len(people) > 1:
        raise ValueError("an event has several people on call at once")
    if len(people) > 1 and exceptions:
        raise ValueError("nobody says whether an exception counts as a shift of the member whose turn it is")


def _shifts(event: _Event, clock: WallClock, start: int, end: int) -> Iterator[Shift]:
    """The shifts of an event that have a part between two instants, with those of nobody."""
    for number, wall_time in enumerate(_starts(event, clock.wall(end) + DAY)):
        begin, finish = clock.instant(wall_time), clock.instant(wall_time + event.length)
        if number == 0:
            begin, finish = event.first_shift
        person = event.people[number // event.shifts_each % len(event.people)]
        kept = begin not in event.exceptions and (event.last is None or begin <= event.last)
        opens = max(begin, event.since)
        closes = finish if event.until is None else min(finish, event.until)
        if kept and person is not None and opens < closes and opens < end and closes > start:
            yield Shift(opens, closes, person)


def _starts(event: _Event, before: int) -> Iterator[int]:
    """The wall times at which an event begins, until one."""
    first = datetime(1970, 1, 1) + timedelta(seconds=event.first)  # noqa: DTZ001
    return takewhile(lambda start: start < before, map(wall, rrulestr(event.rule, dtstart=first)))


def _without_doubles(shifts: Iterable[Shift]) -> Iterator[Shift]:
    """Sorted shifts, of which no two overlap; ValueError where two people are on call at once."""
    before: Shift | None = None
    for shift in shifts:
        if before is not None and shift.start < before.end:
            if shift.person != before.person:
                raise ValueError(f'"{before.person}" and "{shift.person}" are on call at once')
            shift = shift._replace(start=before.end, end=max(before.end, shift.end))
        if shift.start < shift.end:
            yield shift
            before = shift
