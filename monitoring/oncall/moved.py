"""Shifts that change hands: what two timelines of one schedule say differently."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from monitoring.oncall.clock import WEEK
from monitoring.oncall.timeline import Timeline

NEAR = 12 * WEEK
"""For how long shifts, nights and weekends before and after a change are compared."""


class MovedShift(NamedTuple):
    """From `start` to just before `end`, `was` had the schedule and `becomes` has it; None is nobody."""

    start: int
    end: int
    was: str | None
    becomes: str | None


def moved_shifts(before: Timeline, after: Timeline) -> tuple[MovedShift, ...]:
    """The stretches that both timelines know and in which another person holds the schedule, in order.

    Each is as long as neither the old holder nor the new one changes.
    """
    return tuple(pair for pair in _pairs(before, after) if pair.was != pair.becomes)


def _pairs(before: Timeline, after: Timeline) -> Iterator[MovedShift]:
    start, end = max(before.start, after.start), min(before.end, after.end)
    starts = {moment for moment in (*before.starts, *after.starts) if start < moment < end}
    edges = [*sorted(starts | {start}), end] if start < end else []
    for begin, finish in pairwise(edges):
        yield MovedShift(begin, finish, before.at(begin), after.at(begin))
