"""Shifts that change hands: what two timelines of one schedule say differently."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import starmap
from typing import NamedTuple

from monitoring.oncall.clock import WEEK
from monitoring.oncall.timeline import Timeline, side_by_side

NEAR = 12 * WEEK
"""For how long nights and weekends before and after a change are compared, and within which moved shifts begin."""


class MovedShift(NamedTuple):
    """From `start` to just before `end`, `was` had the schedule and `becomes` has it; None is nobody."""

    start: int
    end: int
    was: str | None
    becomes: str | None


def listed(shifts: Iterable[MovedShift], end: int) -> tuple[MovedShift, ...]:
    """The moved shifts of a table that reaches to an instant: those that begin before it, each up to its own end."""
    return tuple(shift for shift in shifts if shift.start < end)


def moved_shifts(before: Timeline, after: Timeline) -> tuple[MovedShift, ...]:
    """The stretches that both timelines know and in which another person holds the schedule, in order.

    Each is as long as neither the old holder nor the new one changes.
    """
    return tuple(shift for shift in starmap(MovedShift, side_by_side(before, after)) if shift.was != shift.becomes)
