"""Timelines: who holds a duty, as half-open intervals over instants that touch and never overlap."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple, Protocol, Self, TypeVar


class Shift(NamedTuple):
    """From `start` to just before `end`, one person, or nobody."""

    start: int
    end: int
    person: str | None


@dataclass(frozen=True, slots=True)
class Timeline:
    """All shifts between two instants: neighbours differ, and together they leave nothing out."""

    starts: tuple[int, ...]
    people: tuple[str | None, ...]
    end: int

    @property
    def start(self) -> int:
        """The first instant that it knows."""
        return self.starts[0]

    def __len__(self) -> int:
        return len(self.starts)

    def __iter__(self) -> Iterator[Shift]:
        return map(Shift, self.starts, (*self.starts[1:], self.end), self.people)

    def at(self, moment: int) -> str | None:
        """Who is on call at an instant; ValueError outside of the timeline."""
        return self.people[self._index(moment)]

    def shift(self, moment: int) -> Shift:
        """The shift in which an instant lies; ValueError outside of the timeline."""
        index = self._index(moment)
        after = self.starts[index + 1] if index + 1 < len(self.starts) else self.end
        return Shift(self.starts[index], after, self.people[index])

    def gaps(self) -> tuple[Shift, ...]:
        """The intervals in which nobody is on call."""
        return tuple(shift for shift in self if shift.person is None)

    def _index(self, moment: int) -> int:
        if not self.start <= moment < self.end:
            raise ValueError(f"the timeline does not reach the instant {moment}")
        return bisect_right(self.starts, moment) - 1


def side_by_side(first: Timeline, second: Timeline) -> Iterator[tuple[int, int, str | None, str | None]]:
    """The stretches that both timelines know, each as long as neither holder changes: start, end, and both holders."""
    start, end = max(first.start, second.start), min(first.end, second.end)
    starts = {moment for moment in (*first.starts, *second.starts) if start < moment < end}
    edges = [*sorted(starts | {start}), end] if start < end else []
    for begin, finish in pairwise(edges):
        yield begin, finish, first.at(begin), second.at(begin)


def timeline_of(shifts: Iterable[Shift], start: int, end: int) -> Timeline:
    """Sorted shifts that do not overlap, cut to a span; what they leave out is nobody's."""
    starts: list[int] = []
    people: list[str | None] = []
    position = start
    for begin, finish, person in _cut(shifts, start, end):
        if begin > position:
            _append(starts, people, position, None)
        _append(starts, people, begin, person)
        position = finish
    if position < end:
        _append(starts, people, position, None)
    return Timeline(tuple(starts), tuple(people), end)


def _cut(shifts: Iterable[Shift], start: int, end: int) -> Iterator[Shift]:
    for begin, finish, person in shifts:
        if begin < end and finish > start and begin < finish:
            yield Shift(max(begin, start), min(finish, end), person)


def _append(starts: list[int], people: list[str | None], begin: int, person: str | None) -> None:
    if not people or people[-1] != person:
        starts.append(begin)
        people.append(person)


class Interval(Protocol):
    """Anything that lasts from an instant to just before another, and can be cut."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...

    def _replace(self, *, start: int = ..., end: int = ...) -> Self: ...


IntervalT = TypeVar("IntervalT", bound=Interval)


def overlay(below: Sequence[IntervalT], above: Sequence[IntervalT]) -> list[IntervalT]:
    """Two layers as one: where both have somebody, the one above wins. Each is sorted and does not overlap itself."""
    merged: list[IntervalT] = []
    waiting = iter(below)
    under = next(waiting, None)
    for over in above:
        while under is not None and under.start < over.start:
            merged.append(under._replace(end=min(under.end, over.start)))
            under = under._replace(start=over.start) if under.end > over.start else next(waiting, None)
        merged.append(over)
        while under is not None and under.start < over.end:
            under = under._replace(start=over.end) if under.end > over.end else next(waiting, None)
    while under is not None:
        merged.append(under)
        under = next(waiting, None)
    return merged


def joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sorted spans as few as possible: those that touch or overlap become one."""
    fewest: list[tuple[int, int]] = []
    for opens, closes in spans:
        if fewest and opens <= fewest[-1][1]:
            fewest[-1] = (fewest[-1][0], max(fewest[-1][1], closes))
        else:
            fewest.append((opens, closes))
    return fewest
