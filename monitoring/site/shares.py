"""The shifts of one person in all schedules, and the longest time without rest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from monitoring.oncall.timeline import Timeline, joined


class HeldShift(NamedTuple):
    """A shift of a person in a schedule."""

    start: int
    end: int
    schedule: str


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


def longest_duty(shifts: Iterable[HeldShift]) -> tuple[int, int] | None:
    """The longest time without rest, the first of several; None where there is no shift."""
    return max(busy(shifts), key=lambda span: span[1] - span[0], default=None)
