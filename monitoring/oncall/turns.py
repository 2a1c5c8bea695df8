"""The turns behind a timeline: whose turn each stretch is, under a name that outlives a change of its times.

A turn is known by its lane and its number. The lane is how many layers lie below its layer at that time, so a layer
that takes over where another ends goes on in the same lane. The number counts turns of that length since a Saturday of
1970, and not since the anchor: it stays the same when the anchor moves by some hours or by whole turns, when people
join or leave, and when a layer that is over is taken out. What is left of a turn beside covers, higher layers and
windows is known by the day of the turn on which it begins; of several such stretches the later ones are counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from monitoring.model.oncall import ActiveLayer, Schedule
from monitoring.oncall.clock import DAY, HOUR, MINUTE, WallClock, instant, wall_clock
from monitoring.oncall.rotation import Rotation, overlaid, rotation, turn_shifts

COUNTED_FROM = 2 * DAY + 3 * HOUR + 30 * MINUTE
"""Saturday 1970-01-03 03:30 on the wall. Whoever hands over between two such moments keeps a turn's number, and nobody
hands over at half past three or moves a weekly handoff over a Saturday."""
AROUND_WINDOW = 9 * DAY
"""The longest window is a week, and a clock may be set by a day."""


class TurnName(NamedTuple):
    """Which turn a stretch is of: the lane of its layer, its number, and the day of the turn on which it begins."""

    lane: int
    number: int
    day: int


class HeldTurn(NamedTuple):
    """A stretch of a turn that one person holds; `instead_of` is the person whose turn it would be without a cover."""

    start: int
    end: int
    person: str
    turn: TurnName
    instead_of: str | None = None
    piece: int = 1
    """Which of several stretches of that name this is, in order of time; a cover's are counted by themselves."""

    @property
    def name(self) -> str:
        """What it is called within its schedule, such as 0-2969, 0-2969-2 or 0-2969-day-3-cover-kit."""
        day = f"-day-{self.turn.day}" if self.turn.day else ""
        cover = f"-cover-{self.person}" if self.instead_of else ""
        return f"{self.turn.lane}-{self.turn.number}{day}{cover}" + (f"-{self.piece}" if self.piece > 1 else "")


def held_turns(schedule: Schedule, start: int, end: int) -> tuple[HeldTurn, ...]:
    """What people hold of turns with a part between two instants, each as a whole, in order of time.

    Together they are the shifts of the timeline; where one person takes two turns in a row, they are two.
    """
    around = max(layer.turn.seconds for layer in schedule.layers) + AROUND_WINDOW
    first, last = start - around, end + around
    clock = wall_clock(schedule.time_zone, first, last)
    lanes = layer_lanes(schedule.own_layers)
    own = {
        id(layer.layer): list(_own_turns(layer, lane, clock, first, last))
        for layer, lane in zip(schedule.own_layers, lanes, strict=True)
    }
    stacked = [list(_held(layer, own[id(layer.layer)])) for layer in schedule.active_layers]
    held = _counted(_merged(overlaid([turns for turns in stacked if turns])))
    return tuple(turn for turn in held if turn.end > start and turn.start < end)


def layer_lanes(layers: Sequence[ActiveLayer]) -> list[int]:
    """For each layer how many lie below it, at most, while it is active."""
    lanes: list[int] = []
    for number, layer in enumerate(layers):
        below = (lane for other, lane in zip(layers[:number], lanes, strict=True) if _overlap(layer, other))
        lanes.append(max(below, default=-1) + 1)
    return lanes


def _overlap(layer: ActiveLayer, other: ActiveLayer) -> bool:
    return (other.end is None or layer.start < other.end) and (layer.end is None or other.start < layer.end)


class _OwnTurn(NamedTuple):
    """A stretch of a layer's turn before anything lies over it, and its number since the anchor."""

    start: int
    end: int
    since_anchor: int
    turn: TurnName


def _own_turns(layer: ActiveLayer, lane: int, clock: WallClock, first: int, last: int) -> Iterator[_OwnTurn]:
    turning = rotation(layer)
    for shift in turn_shifts(turning._replace(since=None, until=None), clock, first, last):
        begins = clock.wall(shift.start)
        number = (begins - turning.anchor) // turning.turn
        yield _OwnTurn(shift.start, shift.end, number, _named(turning, lane, number, begins))


def _named(turning: Rotation, lane: int, number: int, begins: int) -> TurnName:
    """The name of a turn's stretch that begins at a wall time."""
    turn_begins = turning.anchor + number * turning.turn - COUNTED_FROM
    return TurnName(lane, turn_begins // turning.turn, (begins - COUNTED_FROM) // DAY - turn_begins // DAY)


def _held(layer: ActiveLayer, own: Sequence[_OwnTurn]) -> Iterator[HeldTurn]:
    """The stretches of a layer while it is active, with whoever takes them then."""
    since, until = instant(layer.start), None if layer.end is None else instant(layer.end)
    for start, end, number, turn in own:
        begin, finish = max(start, since), end if until is None else min(end, until)
        if begin < finish:
            person, usual = (people[number % len(people)] for people in (layer.people, layer.layer.people))
            yield HeldTurn(begin, finish, person, turn, usual if person != usual else None)


def _merged(turns: Sequence[HeldTurn]) -> Iterator[HeldTurn]:
    """Stretches that touch and are of one turn and one person, as one: a cover of somebody else has parted them."""
    waiting: HeldTurn | None = None
    for turn in turns:
        if waiting is not None and waiting.end == turn.start and waiting[2:] == turn[2:]:
            waiting = waiting._replace(end=turn.end)
            continue
        if waiting is not None:
            yield waiting
        waiting = turn
    if waiting is not None:
        yield waiting


def _counted(turns: Iterator[HeldTurn]) -> Iterator[HeldTurn]:
    """The same with the number of each among those of its name."""
    seen = Counter[tuple[TurnName, str | None]]()
    for turn in turns:
        key = turn.turn, turn.person if turn.instead_of else None
        seen[key] += 1
        yield turn._replace(piece=seen[key])
