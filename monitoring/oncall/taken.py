"""Who is on call at the moment at which a change is deployed, and would not be without it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from monitoring.model.oncall import Oncall, Schedule
from monitoring.oncall.calendar import AROUND
from monitoring.oncall.moved import moved_shifts
from monitoring.oncall.rotation import timeline
from monitoring.oncall.timeline import Timeline


@dataclass(frozen=True, slots=True)
class TakenShift:
    """A schedule that somebody else holds from a moment on; `end` is None for more than a year, None is nobody."""

    schedule: str
    time_zone: str
    was: str | None
    becomes: str | None
    end: int | None


def taken_shifts(before: Oncall, after: Oncall, moment: int) -> Iterator[TakenShift]:
    """The schedules that change hands at a moment, under their new names; those that are gone come last.

    A schedule that is new changes nobody's hands.
    """
    earlier = {name: _earlier(name, schedule, before) for name, schedule in after.schedules.items()}
    gone = before.schedules.keys() - {was for was in earlier.values() if was}
    for name, was in earlier.items():
        if was is not None:
            yield from _taken(name, before.schedules[was], after.schedules[name], moment)
    for name in sorted(gone):
        yield from _taken(name, before.schedules[name], None, moment)


def _earlier(name: str, schedule: Schedule, before: Oncall) -> str | None:
    """What a schedule was called before; None for a new one."""
    return next((known for known in (name, *schedule.formerly) if known in before.schedules), None)


def _taken(name: str, before: Schedule, after: Schedule | None, moment: int) -> Iterator[TakenShift]:
    end = moment + AROUND
    becomes = Timeline((moment,), (None,), end) if after is None else timeline(after, moment, end)
    for first in moved_shifts(timeline(before, moment, end), becomes)[:1]:
        if first.start == moment:
            zone_name = (after or before).time_zone
            yield TakenShift(name, zone_name, first.was, first.becomes, None if first.end == end else first.end)
