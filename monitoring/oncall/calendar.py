"""Who is on call now and next, and week by week."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from monitoring.model.oncall import Schedule
from monitoring.oncall.clock import DAY, WEEK, second_of_week, wall_clock
from monitoring.oncall.rotation import timeline
from monitoring.oncall.timeline import Shift

AROUND = 400 * DAY
"""How far a shift is followed before and after an instant; the longest turn is 365 days."""


class OpenShift(NamedTuple):
    """A shift; None for a start or an end that is more than a year away."""

    start: int | None
    end: int | None
    person: str | None


@dataclass(frozen=True, slots=True)
class CurrentShift:
    """Who holds a schedule at an instant, and who holds it next; None where that is more than a year away."""

    schedule: str
    now: OpenShift | None
    next: OpenShift | None


@dataclass(frozen=True, slots=True)
class CalendarWeek:
    """The shifts of one week of a schedule, cut to the week; it begins on Monday in the schedule's time zone."""

    monday: int
    shifts: tuple[Shift, ...]


def current_shift(name: str, schedule: Schedule, moment: int, person: str | None = None) -> CurrentShift:
    """Who holds a schedule at an instant, and next; of one person only that person's shifts."""
    first, last = moment - AROUND, moment + AROUND
    held = [shift for shift in timeline(schedule, first, last) if person in (None, shift.person)]
    now = next((shift for shift in held if shift.start <= moment < shift.end), None)
    after = next((shift for shift in held if shift.start > moment), None)
    return CurrentShift(name, now and _open(now, first, last), after and _open(after, first, last))


def _open(shift: Shift, first: int, last: int) -> OpenShift:
    return OpenShift(
        None if shift.start == first else shift.start, None if shift.end == last else shift.end, shift.person
    )


def shifts_from(schedule: Schedule, moment: int) -> Iterator[OpenShift]:
    """The shift that runs at an instant and those after it within a year, each from its own start to its own end."""
    first, last = moment - AROUND, moment + AROUND
    return (_open(shift, first, last) for shift in timeline(schedule, first, last) if shift.end > moment)


def weeks(schedule: Schedule, start: int, end: int) -> Iterator[CalendarWeek]:
    """Every week that has a part between two instants, with the shifts in that part."""
    clock = wall_clock(schedule.time_zone, start, end)
    monday = clock.wall(start) - second_of_week(clock.wall(start))
    while (begins := clock.instant(monday)) < end:
        monday += WEEK
        ends = clock.instant(monday)
        if ends > start:
            yield CalendarWeek(begins, tuple(timeline(schedule, max(begins, start), min(ends, end))))
