"""Two schedules that are to hold two people: when the same person holds both, who did not before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import NamedTuple

from monitoring.model.oncall import Oncall
from monitoring.oncall.timeline import Shift, Timeline, side_by_side, timeline_of


class DoubleShift(NamedTuple):
    """A stretch in which one person holds two schedules."""

    schedules: tuple[str, str]
    shift: Shift


def newly_same(oncall: Oncall, before: Mapping[str, Timeline], after: Mapping[str, Timeline]) -> Iterator[DoubleShift]:
    """Where one person holds two schedules of a policy after a change, and held only one of them before it."""
    for pair in sorted(_asked_together(oncall)):
        first, second = pair
        earlier = _together(before[first], before[second])
        for shift in _together(after[first], after[second]):
            if not any(_holds(known, shift) for known in earlier):
                yield DoubleShift(pair, shift)


def _asked_together(oncall: Oncall) -> set[tuple[str, str]]:
    """The schedules that one step asks, or two steps of which one follows the other."""
    pairs: set[tuple[str, str]] = set()
    for policy in oncall.policies.values():
        for step, after in zip(policy.steps, (*policy.steps[1:], None), strict=True):
            near = dict.fromkeys(ask for ask in (*step.ask, *(after.ask if after else ())) if ask in oncall.schedules)
            pairs |= {(min(pair), max(pair)) for pair in combinations(near, 2)}
    return pairs


def _together(first: Timeline, second: Timeline) -> list[Shift]:
    """The stretches in which two timelines of the same time name the same person."""
    same = (Shift(start, end, person) for start, end, person, other in side_by_side(first, second) if person == other)
    return [shift for shift in timeline_of(same, first.start, first.end) if shift.person is not None]


def _holds(whole: Shift, part: Shift) -> bool:
    return whole.person == part.person and whole.start <= part.start and part.end <= whole.end
