"""Each person's share of being on call: hours, nights and weekends, by the clock where that person lives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from monitoring.oncall.clock import DAY, HOUR, WEEK, WallClock, wall_clock
from monitoring.oncall.timeline import Timeline, joined

NIGHT_BEGINS, NIGHT_ENDS = 22 * HOUR, 30 * HOUR  # 22:00 to 06:00 of the next day
_SATURDAY = 2 * DAY  # 1970-01-03


@dataclass(frozen=True, slots=True)
class Load:
    """One person's share: seconds on call, and the nights and weekends of which any part was on call."""

    person: str
    seconds: int
    nights: int
    weekends: int

    @property
    def hours(self) -> float:
        """Hours on call, each counted once however many schedules held it."""
        return self.seconds / HOUR


def loads(timelines: Iterable[Timeline], zones: Mapping[str, str]) -> dict[str, Load]:
    """The load of everybody in `zones`, which names each person's time zone; of nobody else."""
    spans: dict[str, list[tuple[int, int]]] = {person: [] for person in zones}
    for timeline in timelines:
        for begin, end, person in timeline:
            if person in spans:
                spans[person].append((begin, end))
    return {person: _load(person, zone, joined(sorted(spans[person]))) for person, zone in zones.items()}


def _load(person: str, zone: str, spans: list[tuple[int, int]]) -> Load:
    if not spans:
        return Load(person, 0, 0, 0)
    clock = wall_clock(zone, spans[0][0], spans[-1][1])
    local = [_local(clock, begin, end) for begin, end in spans]
    return Load(
        person=person,
        seconds=sum(end - begin for begin, end in spans),
        nights=len({night for span in local for night in _touched(span, NIGHT_BEGINS, NIGHT_ENDS, DAY)}),
        weekends=len({weekend for span in local for weekend in _touched(span, _SATURDAY, _SATURDAY + 2 * DAY, WEEK)}),
    )


def _local(clock: WallClock, begin: int, end: int) -> tuple[int, int]:
    return clock.wall(begin), clock.wall(end - 1) + 1


def _touched(span: tuple[int, int], opens: int, closes: int, period: int) -> range:
    """Which repetitions of a window have any part in a span."""
    begin, end = span
    return range((begin - closes) // period + 1, -((opens - end) // period))
