"""When a schedule has nobody on call, also where a later step of a policy carries the hole and every promise holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from monitoring.model.catalog import Catalog
from monitoring.oncall.clock import in_zone, iso
from monitoring.oncall.rotation import timeline
from monitoring.oncall.timeline import Shift
from monitoring.reach.formatting import exact_length, listed, wall_clock

MAX_HOURS = 4
MAX_STRETCHES = 100
"""Stretches of one hole or witness in JSON; how many are left out is said beside them."""


@dataclass(frozen=True, slots=True)
class UncoveredSchedule:
    """A schedule and every stretch between two instants in which nobody is on call there."""

    schedule: str
    zone: str
    stretches: tuple[Shift, ...]

    @property
    def seconds(self) -> int:
        """All stretches together."""
        return sum(stretch.end - stretch.start for stretch in self.stretches)


def uncovered_schedules(catalog: Catalog, start: int, end: int) -> Iterator[UncoveredSchedule]:
    """The schedules that have nobody at some instant of a span, in the catalog's order."""
    for name, schedule in catalog.oncall.schedules.items():
        gaps = timeline(schedule, start, end).gaps()
        if gaps:
            yield UncoveredSchedule(name, schedule.time_zone, gaps)


def uncovered_line(uncovered: UncoveredSchedule) -> str:
    """The hole of a schedule in one sentence: how long in all, and when, the most frequent hours first."""
    hours: dict[str, list[Shift]] = {}
    for stretch in uncovered.stretches:
        hours.setdefault(_hours(stretch, uncovered.zone), []).append(stretch)
    ordered = sorted(hours.items(), key=lambda item: -len(item[1]))
    shown = [_often(text, stretches, uncovered.zone) for text, stretches in ordered[:MAX_HOURS]]
    more = f", and {len(ordered) - MAX_HOURS} more" if len(ordered) > MAX_HOURS else ""
    what = f'Nobody is on call in "{uncovered.schedule}" for {exact_length(uncovered.seconds)} in all'
    return f"{what}: {', '.join(shown)}{more}."


def uncovered_json(uncovered: UncoveredSchedule) -> dict[str, Any]:
    """The same as plain data: the first stretches, and how many there are beside them."""
    stretches = uncovered.stretches
    return {
        "schedule": uncovered.schedule,
        "seconds": uncovered.seconds,
        "stretches": [{"from": iso(begin), "to": iso(end)} for begin, end, _ in stretches[:MAX_STRETCHES]],
        "left-out": max(len(stretches) - MAX_STRETCHES, 0),
    }


def _hours(stretch: Shift, zone_name: str) -> str:
    """A stretch by the clock on the wall: 22:00 to 06:00; with its days where it is longer than to the next day."""
    begin, end = (in_zone(moment, zone_name) for moment in (stretch.start, stretch.end))
    days = (end.date() - begin.date()).days
    if days <= 1:
        return f"{begin:%H:%M} to {end:%H:%M}"
    return f"{begin:%a %H:%M} to {end:%a %H:%M}" + (f", {days // 7} weeks later" if days >= 7 else "")


def _often(hours: str, stretches: list[Shift], zone_name: str) -> str:
    """The hours with how often and on which weekdays they come, or with their dates where they come once."""
    if len(stretches) == 1:
        return " to ".join(wall_clock(moment, zone_name) for moment in stretches[0][:2])
    begun = (in_zone(stretch.start, zone_name) for stretch in stretches)
    weekdays = sorted({(begin.isoweekday(), f"{begin:%a}") for begin in begun})
    days = "every day" if len(weekdays) == 7 else listed([name for _, name in weekdays])
    return f"{hours} ({len(stretches)} times{'' if hours[0].isalpha() else f', on {days}'})"
