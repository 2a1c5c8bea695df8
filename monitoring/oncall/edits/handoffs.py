"""The turns of a layer as instants, and the local times by which the catalog writes them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from monitoring.model.local_time import LocalDateTime, instants
from monitoring.model.oncall import MAX_TURN, ActiveLayer
from monitoring.oncall.clock import in_zone, instant, wall, wall_clock
from monitoring.oncall.rotation import rotation

AHEAD = 2 * MAX_TURN.seconds
"""How far ahead turns are followed."""


class Turn(NamedTuple):
    """The turn with a number, counted from the anchor: from `start` to just before `end`, and whose it is."""

    number: int
    start: int
    end: int
    person: str


def turns(layer: ActiveLayer, zone_name: str, since: int) -> Iterator[Turn]:
    """The turns of a layer that begin at an instant or after it, as long as the layer exists; none is empty."""
    turning, begins = rotation(layer), instant(layer.start)
    first = max(since, begins)
    last = first + AHEAD if turning.until is None else min(first + AHEAD, turning.until)
    clock = wall_clock(zone_name, first, max(first, last) + MAX_TURN.seconds)
    number = max((clock.wall(first) - turning.anchor) // turning.turn - 1, 0)
    while (start := max(clock.instant(turning.anchor + number * turning.turn), begins)) < last:
        number += 1
        end = clock.instant(turning.anchor + number * turning.turn)
        end = end if turning.until is None else min(end, turning.until)
        if first <= start < end:
            yield Turn(number - 1, start, end, layer.people[(number - 1) % len(layer.people)])


def local_time(moment: int, zone_name: str) -> LocalDateTime:
    """An instant as the catalog writes it; with its distance from UTC where the clock shows that time twice."""
    aware = in_zone(moment, zone_name)
    shown = aware.replace(tzinfo=None, fold=0)
    return LocalDateTime(shown, aware.utcoffset() if len(instants(shown, zone_name)) > 1 else None)


def keeps_time(turn: Turn, layer: ActiveLayer, zone_name: str) -> bool:
    """Whether the clock shows the time at which a turn begins; one in a skipped hour begins when the clock jumps.

    Only from such a time a new layer counts its turns as this one does.
    """
    expected = wall(layer.layer.anchor.wall) + turn.number * layer.layer.turn.seconds
    return wall(local_time(turn.start, zone_name).wall) == expected
