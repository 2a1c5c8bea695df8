"""Rotations: people in turns, in the hours of a week that count, laid over one another.

Assumed throughout, and printed with every proof: a handoff keeps its wall-clock time, so that a turn across a change of
the clock lasts an hour more or less; a turn that is no multiple of a day is counted on the wall clock too. Of what
repeats, a local time that the clock skips is the instant at which it jumps, and of a time that comes twice the first
counts. The catalog's dated times, such as an anchor, are always exactly one instant.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from monitoring.model.oncall import ActiveLayer, Schedule
from monitoring.model.week import Window
from monitoring.oncall.clock import DAY, WallClock, instant, wall, wall_clock, weekday
from monitoring.oncall.timeline import IntervalT, Shift, Timeline, joined, overlay, timeline_of


class Rotation(NamedTuple):
    """People in turns, counted from a wall time; `windows` None means always, `since` and `until` are instants."""

    anchor: int
    turn: int
    people: tuple[str, ...]
    windows: tuple[Window, ...] | None = None
    since: int | None = None
    until: int | None = None


def rotation(active: ActiveLayer) -> Rotation:
    """What a layer of the catalog says; it does not exist before its anchor."""
    return Rotation(
        anchor=wall(active.layer.anchor.wall),
        turn=active.layer.turn.seconds,
        people=active.people,
        windows=tuple(hours.window for hours in active.layer.only) or None,
        since=instant(active.start),
        until=None if active.end is None else instant(active.end),
    )


def timeline(schedule: Schedule, start: int, end: int) -> Timeline:
    """Who is on call by a schedule from an instant to just before another; ValueError where they do not run forward."""
    return layers_timeline(schedule.active_layers, schedule.time_zone, start, end)


def layers_timeline(layers: Iterable[ActiveLayer], zone_name: str, start: int, end: int) -> Timeline:
    """Who is on call by layers of the catalog in one zone."""
    return rotations_timeline(map(rotation, layers), zone_name, start, end)


def rotations_timeline(rotations: Iterable[Rotation], zone_name: str, start: int, end: int) -> Timeline:
    """Who is on call by rotations in one zone, of which a later one wins over an earlier one."""
    if start >= end:
        raise ValueError("a timeline ends after it begins")
    clock = wall_clock(zone_name, start, end)
    layers = (list(turn_shifts(layer, clock, start, end)) for layer in rotations)
    return timeline_of(overlaid([shifts for shifts in layers if shifts]), start, end)


def overlaid(layers: list[list[IntervalT]]) -> list[IntervalT]:
    """Layers as one, joined in pairs, so that the cost of many short ones is not the square of their shifts."""
    while len(layers) > 1:
        pairs = [overlay(below, above) for below, above in zip(layers[::2], layers[1::2], strict=False)]
        layers = pairs + layers[len(pairs) * 2 :]
    return layers[0] if layers else []


def turn_shifts(rotation: Rotation, clock: WallClock, start: int, end: int) -> Iterator[Shift]:
    """The turns of one rotation between two instants, each cut to the windows; what touches is not joined."""
    first = start if rotation.since is None else max(start, rotation.since)
    last = end if rotation.until is None else min(end, rotation.until)
    if first >= last:
        return
    # A day more on both sides, since a clock can be set by as much.
    turns = list(_turns(rotation, clock.wall(first) - DAY, clock.wall(last) + DAY))
    for begin, finish, person in turns if rotation.windows is None else _within(turns, rotation.windows):
        opens, closes = max(clock.instant(begin), first), min(clock.instant(finish), last)
        if opens < closes:
            yield Shift(opens, closes, person)


def _turns(rotation: Rotation, first: int, last: int) -> Iterator[Shift]:
    """Whose turn it is, in wall times; counted from the anchor, so a distant anchor costs nothing."""
    number = (first - rotation.anchor) // rotation.turn
    begin = rotation.anchor + number * rotation.turn
    while begin < last:
        person = rotation.people[number % len(rotation.people)]
        yield Shift(max(begin, first), min(begin + rotation.turn, last), person)
        begin, number = begin + rotation.turn, number + 1


def _within(turns: Sequence[Shift], windows: Sequence[Window]) -> Iterator[Shift]:
    """The parts of turns that lie in the windows, in wall times."""
    hours = _hours(windows, turns[0].start, turns[-1].end)
    position = 0
    for opens, closes in hours:
        while turns[position].end <= opens:
            position += 1
        index = position
        while index < len(turns) and turns[index].start < closes:
            yield Shift(max(turns[index].start, opens), min(turns[index].end, closes), turns[index].person)
            index += 1


def _hours(windows: Sequence[Window], first: int, last: int) -> list[tuple[int, int]]:
    """The windows of each day between two wall times, joined where they touch."""
    longest = max(window.length for window in windows)
    days = range((first - longest) // DAY * DAY, last + DAY, DAY)
    opened = sorted(
        (day + window.start, day + window.start + window.length)
        for window in windows
        for day in days
        if weekday(day) in window.weekdays
    )
    return joined((max(opens, first), min(closes, last)) for opens, closes in opened if opens < last and closes > first)
