"""How on-call time is shared: each person's hours, nights, weekends and rest, and how far apart people are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from monitoring.oncall.load import Load
from monitoring.oncall.timeline import Timeline, joined


class HeldShift(NamedTuple):
    """A shift of a person in a schedule."""

    start: int
    end: int
    schedule: str


@dataclass(frozen=True, slots=True)
class RestTime:
    """A time between two shifts in which a person is on no schedule."""

    start: int
    end: int

    @property
    def seconds(self) -> int:
        """How long it is."""
        return self.end - self.start


def held_shifts(timelines: Mapping[str, Timeline], person: str) -> tuple[HeldShift, ...]:
    """The shifts of a person in all schedules, in order."""
    held = (
        HeldShift(shift.start, shift.end, name)
        for name, line in timelines.items()
        if person in line.people
        for shift in line
        if shift.person == person
    )
    return tuple(sorted(held))


def busy(shifts: Iterable[HeldShift]) -> Sequence[tuple[int, int]]:
    """The times in which a person is on some schedule; shifts that touch or overlap are one."""
    return joined((shift.start, shift.end) for shift in shifts)


def shortest_rest(shifts: Iterable[HeldShift]) -> RestTime | None:
    """The shortest time between two shifts, the first of several; None where there are no two shifts."""
    rests = (RestTime(before[1], after[0]) for before, after in pairwise(busy(shifts)))
    return min(rests, key=lambda rest: rest.seconds, default=None)


def longest_duty(shifts: Iterable[HeldShift]) -> tuple[int, int] | None:
    """The longest time without rest, the first of several; None where there is no shift."""
    return max(busy(shifts), key=lambda span: span[1] - span[0], default=None)


@dataclass(frozen=True, slots=True)
class LoadBalance:
    """How far the busiest and the least busy person of a schedule are apart."""

    hours: float
    nights: int
    weekends: int


def balance(loads: Iterable[Load]) -> LoadBalance | None:
    """The differences between the highest and the lowest share; None for nobody."""
    known = list(loads)
    if not known:
        return None
    hours, nights, weekends = ([getattr(load, name) for load in known] for name in ("hours", "nights", "weekends"))
    return LoadBalance(*(max(numbers) - min(numbers) for numbers in (hours, nights, weekends)))
