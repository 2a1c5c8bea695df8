"""How far the shares of people are apart, and whose shares are compared: one number for pages, commands and checks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from monitoring.model.oncall import Fairness, Schedule
from monitoring.oncall.clock import DAY, instant
from monitoring.oncall.load import Home, Load, loads
from monitoring.oncall.rotation import timeline
from monitoring.oncall.timeline import Timeline, joined

YEAR = 366 * DAY
"""How far ahead shares are compared, so that every day of a year has come once."""
MEASURES = tuple(Fairness.model_fields)
"""What is compared: hours, nights, weekends, holidays."""


class Spread(NamedTuple):
    """The persons with the most and the least of something, the first of several, and how much each has."""

    most: str
    least: str
    highest: float
    lowest: float

    @property
    def difference(self) -> float:
        """How much more one has than the other."""
        return self.highest - self.lowest


class ScheduleShares(NamedTuple):
    """What each person holds of one schedule between two instants, and how far those who are compared are apart."""

    start: int
    end: int
    loads: tuple[Load, ...]
    spreads: Mapping[str, Spread]
    """By what is compared; empty where fewer than two people are."""
    compared: tuple[str, ...]


def schedule_shares(schedule: Schedule, line: Timeline, people: Mapping[str, Home]) -> ScheduleShares:
    """The shares of a schedule's timeline; `people` says where each of its people lives."""
    held = loads([line], {name: people[name] for name in schedule.people})
    compared = always_in_turn(schedule, line.start, line.end)
    return ScheduleShares(
        start=line.start,
        end=line.end,
        loads=tuple(held.values()),
        spreads=spreads(held[name] for name in compared),
        compared=compared,
    )


def year_shares(schedule: Schedule, people: Mapping[str, Home], start: int) -> ScheduleShares:
    """The shares of a year from an instant on, or from when the schedule begins."""
    begin = max(start, min(instant(layer.start) for layer in schedule.own_layers))
    return schedule_shares(schedule, timeline(schedule, begin, begin + YEAR), people)


def always_in_turn(schedule: Schedule, start: int, end: int) -> tuple[str, ...]:
    """Who takes turns for the whole of a time: nobody who joins or leaves within it, and nobody who only covers."""
    spans = {name: joined(sorted(_in_turn(schedule, name, start, end))) for name in schedule.people}
    return tuple(name for name, in_turn in spans.items() if in_turn == [(start, end)])


def _in_turn(schedule: Schedule, person: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for layer in schedule.own_layers:
        first = max(start, instant(layer.start))
        last = end if layer.end is None else min(end, instant(layer.end))
        if person in layer.people and first < last:
            yield first, last


def spreads(shares: Iterable[Load]) -> dict[str, Spread]:
    """How far people are apart, by what is compared and known of everybody; empty for fewer than two people."""
    compared = list(shares)
    numbers = {measure: {load.person: getattr(load, measure) for load in compared} for measure in MEASURES}
    known = {measure: each for measure, each in numbers.items() if None not in each.values() and len(each) > 1}
    return {measure: _spread(each) for measure, each in known.items()}


def _spread(numbers: Mapping[str, float]) -> Spread:
    most, least = max(numbers, key=numbers.__getitem__), min(numbers, key=numbers.__getitem__)
    return Spread(most, least, numbers[most], numbers[least])
