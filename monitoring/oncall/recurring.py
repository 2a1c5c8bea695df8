"""A schedule as shifts that recur, each of one person, of which no two overlap: a later layer's hours are cut out.

Each shift is bound to its own first time and counted from no other, so that whoever begins to follow them later comes
to the same people. Times of day are those of the clock on the wall, as in the rotations from which they are made.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, takewhile
from math import lcm
from typing import NamedTuple

from monitoring.errors import MonitoringError
from monitoring.model.oncall import ActiveLayer, Schedule
from monitoring.oncall.clock import DAY, WEEK, WallClock, instant, second_of_week, wall_clock, weekday
from monitoring.oncall.moved import MovedShift, moved_shifts
from monitoring.oncall.rotation import Rotation, layers_timeline, rotation, timeline
from monitoring.oncall.timeline import joined

Span = tuple[int, int]

MAX_TURNS = 2_000
"""How many turns a layer may take until it repeats; a turn that takes more fits no day and no week, such as 61m."""
_ALWAYS: tuple[Span, ...] = ((0, WEEK),)


class RecurrenceError(MonitoringError):
    """A layer takes too many turns until its people have the same hours again; `layer` is its number, from 1."""

    def __init__(self, layer: int) -> None:
        super().__init__(f"layer {layer} takes more than {MAX_TURNS} turns until its people have the same hours again")
        self.layer = layer


class Recurrence(NamedTuple):
    """Every so many days, or every so many weeks on some weekdays (Monday 1 to Sunday 7)."""

    interval: int
    weekdays: tuple[int, ...] = ()

    @property
    def step(self) -> int:
        """Seconds on the wall after which all of it comes again."""
        return self.interval * (WEEK if self.weekdays else DAY)

    def starts(self, first: int, since: int) -> Iterator[int]:
        """The wall times at which it comes, from `first` on and without end; those long before `since` are left out."""
        monday = first - second_of_week(first)
        time_of_day = second_of_week(first) % DAY
        starts = [monday + (day - 1) * DAY + time_of_day for day in self.weekdays] or [first]
        passed = max(0, (since - first) // self.step - 1) * self.step
        while True:
            yield from (start + passed for start in starts if start + passed >= first)
            passed += self.step


class RecurringShift(NamedTuple):
    """A person's shift, the first time from `start` to `end`; without a recurrence it comes once.

    `last` is the instant at which it begins for the last time, None for never; it does not begin at `exceptions`.
    `layer` is the number of the layer that it comes from, from 1.
    """

    layer: int
    person: str
    start: int
    end: int
    recurrence: Recurrence | None = None
    last: int | None = None
    exceptions: tuple[int, ...] = ()

    @property
    def endless(self) -> bool:
        """Whether it comes for ever."""
        return self.recurrence is not None and self.last is None


class _Piece(NamedTuple):
    """A layer for as long as the same hours of the week are its own; `until` None is for ever."""

    layer: int
    rotation: Rotation
    hours: tuple[Span, ...]
    since: int
    until: int | None


class _Slot(NamedTuple):
    """One person's time of day in a piece: its first wall time, its length on the wall, and when it comes again."""

    piece: _Piece
    person: str
    first: int
    length: int
    recurrence: Recurrence


class _Series(NamedTuple):
    """A slot against a zone's clock, and the stretches in which a cover takes its person's shifts."""

    slot: _Slot
    clock: WallClock
    moved: tuple[MovedShift, ...]

    def seen(self) -> Iterator[Span]:
        """The occurrences that have a part in the piece, as instants; of an endless one until it goes on unchanged."""
        piece = self.slot.piece
        changes = max([piece.since, *(shift.end for shift in self.moved)])
        since = self.clock.wall(piece.since) - self.slot.length - DAY
        for start in self.slot.recurrence.starts(self.slot.first, since):
            span = self.clock.instant(start), self.clock.instant(start + self.slot.length)
            if piece.until is not None and span[0] >= piece.until:
                return
            if max(span[0], piece.since) < span[1]:
                yield span
                if piece.until is None and span[0] >= changes and self.is_named(span):
                    return

    def inside(self, span: Span) -> Span:
        """The part of an occurrence that lies in the piece."""
        begin, end = span
        until = self.slot.piece.until
        return max(begin, self.slot.piece.since), end if until is None else min(end, until)

    def is_named(self, span: Span) -> bool:
        """Whether the clock shows the slot's own times at both ends, and skips neither."""
        first, last = map(self.clock.wall, span)
        return last - first == self.slot.length and first % DAY == self.slot.first % DAY

    def is_kept(self, span: Span) -> bool:
        """Whether all of an occurrence is the slot's own person's."""
        return self.inside(span) == span and not self.changed(span)

    def taker(self, span: Span) -> str | None:
        """Who takes all of an occurrence, or None."""
        parts = self.changed(span)
        whole = len(parts) == 1 and (parts[0].start, parts[0].end) == span == self.inside(span)
        return parts[0].becomes if whole else None

    def changed(self, span: Span) -> tuple[MovedShift, ...]:
        """The parts of an occurrence that a cover takes."""
        begin, end = span
        if not self.moved or end <= self.moved[0].start or begin >= self.moved[-1].end:
            return ()
        return tuple(
            shift._replace(start=max(shift.start, begin), end=min(shift.end, end))
            for shift in self.moved
            if shift.start < end and shift.end > begin
        )


def recurring_shifts(schedule: Schedule) -> tuple[RecurringShift, ...]:
    """Who is on call by a schedule, for ever; RecurrenceError where a layer has no rhythm.

    What lasts for ever comes first, so that what is added for a time, or is over, moves nothing else.
    """
    slots = [slot for piece in _pieces(schedule.own_layers) for slot in _slots(piece)]
    moved = _moved(schedule)
    clock = _clock(schedule.time_zone, slots, moved)
    series = [_Series(slot, clock, tuple(change for change in moved if change.was == slot.person)) for slot in slots]
    shifts = [shift for slot_series in series for shift in _shifts(slot_series)]
    return tuple(sorted(shifts, key=lambda shift: (not shift.endless, shift.layer, shift.start, shift.person)))


def _moved(schedule: Schedule) -> tuple[MovedShift, ...]:
    """The stretches in which somebody covers somebody else."""
    times = (local.instant(schedule.time_zone) for cover in schedule.cover for local in (cover.from_, cover.to))
    edges = list(map(instant, times))
    if not edges:
        return ()
    start, end = min(edges), max(edges)
    own = layers_timeline(schedule.own_layers, schedule.time_zone, start, end)
    return moved_shifts(own, timeline(schedule, start, end))


def _clock(zone_name: str, slots: Sequence[_Slot], moved: Sequence[MovedShift]) -> WallClock:
    """The zone's clock for as long as anything is looked at: until the last change, and some repetitions more."""
    begins = [slot.piece.since for slot in slots]
    ends = [*begins, *(slot.piece.until or slot.first for slot in slots), *(change.end for change in moved)]
    longest = max(slot.recurrence.step + slot.length for slot in slots)
    return wall_clock(zone_name, min(begins), max(ends) + 4 * longest)


# --- whose hours of the week are whose -------------------------------------------------------------------------


def _pieces(layers: Sequence[ActiveLayer]) -> Iterator[_Piece]:
    """Each layer in as few pieces as have the same hours of the week."""
    rotations = [rotation(layer) for layer in layers]
    bounds = sorted({bound for layer in rotations for bound in (layer.since, layer.until) if bound is not None})
    stretches = list(zip(bounds, [*bounds[1:], None], strict=True))
    visible = [_visible(rotations, start) for start, _ in stretches]
    for number, layer in enumerate(rotations):
        own = [(hours[number], stretch) for hours, stretch in zip(visible, stretches, strict=True)]
        for hours, group in groupby(own, key=lambda pair: pair[0]):
            parts = [stretch for _, stretch in group]
            if hours:
                yield _Piece(number + 1, layer, hours, parts[0][0], parts[-1][1])


def _visible(rotations: Sequence[Rotation], moment: int) -> list[tuple[Span, ...]]:
    """For each layer the hours of the week that no later one has at an instant; none for one that is not there."""
    visible, taken = [], list[Span]()
    for layer in reversed(rotations):
        hours = _hours(layer) if _is_there(layer, moment) else []
        visible.append(tuple(_without(hours, taken)))
        taken = joined(sorted([*taken, *hours]))
    return visible[::-1]


def _is_there(rotation: Rotation, moment: int) -> bool:
    begun = rotation.since is None or rotation.since <= moment
    return begun and (rotation.until is None or moment < rotation.until)


def _hours(rotation: Rotation) -> list[Span]:
    """A layer's hours as seconds of the week, from Monday to the end of Sunday."""
    if rotation.windows is None:
        return list(_ALWAYS)
    spans = [span for window in rotation.windows for span in window.spans()]
    wrapped = [(0, closes - WEEK) for _, closes in spans if closes > WEEK]
    return joined(sorted([*wrapped, *((opens, min(closes, WEEK)) for opens, closes in spans)]))


def _without(hours: Iterable[Span], taken: Sequence[Span]) -> Iterator[Span]:
    """Hours without those that are taken; both are sorted and do not overlap themselves."""
    for begin, end in hours:
        position = begin
        for opens, closes in taken:
            if closes > position and opens < end:
                if opens > position:
                    yield position, opens
                position = closes
        if position < end:
            yield position, end


# --- whose turn comes again when -------------------------------------------------------------------------------


def _slots(piece: _Piece) -> Iterator[_Slot]:
    """Each person's times in a piece, as few as say all of them."""
    people = _shortest(piece.rotation.people)
    turn = piece.rotation.turn
    cycle = lcm(turn * len(people), DAY if piece.hours == _ALWAYS else WEEK)
    if cycle // turn > MAX_TURNS:
        raise RecurrenceError(piece.layer)
    spans = [
        (people[number % len(people)], begin, end)
        for number in range(cycle // turn)
        for begin, end in _of_turn(piece, piece.rotation.anchor + number * turn)
    ]
    alike = groupby(sorted(spans, key=_time_of_day), key=_time_of_day)
    for (person, _, length), group in alike:
        for first, recurrence in _recurrences([begin for _, begin, _ in group], cycle):
            yield _Slot(piece, person, first, length, recurrence)


def _shortest(people: tuple[str, ...]) -> tuple[str, ...]:
    """The people of a layer without the repetition of all of them."""
    lengths = (length for length in range(1, len(people) + 1) if len(people) % length == 0)
    return next(people[:length] for length in lengths if people[:length] * (len(people) // length) == people)


def _time_of_day(span: tuple[str, int, int]) -> tuple[str, int, int]:
    person, begin, end = span
    return person, begin % DAY, end - begin


def _of_turn(piece: _Piece, begin: int) -> Iterator[Span]:
    """The hours of one turn, as wall times."""
    end = begin + piece.rotation.turn
    if piece.hours == _ALWAYS:
        yield begin, end
        return
    weeks = range(begin - second_of_week(begin), end, WEEK)
    for opens, closes in joined((week + opens, week + closes) for week in weeks for opens, closes in piece.hours):
        if opens < end and closes > begin:
            yield max(opens, begin), min(closes, end)


def _recurrences(starts: Sequence[int], cycle: int) -> Iterator[tuple[int, Recurrence]]:
    """The first time and the recurrence of all wall times of one cycle that have the same time of day."""
    if cycle % WEEK:
        yield from ((start, Recurrence(cycle // DAY)) for start in starts)
        return
    weeks = cycle // WEEK
    by_week: dict[int, list[int]] = {}
    for start in sorted(starts):
        by_week.setdefault((start - second_of_week(start)) // WEEK % weeks, []).append(start)
    weekdays = {week: tuple(sorted(map(weekday, these))) for week, these in by_week.items()}
    if len(by_week) == weeks and len(set(weekdays.values())) == 1:
        (days,) = set(weekdays.values())
        yield min(starts), Recurrence(1) if len(days) == 7 else Recurrence(1, days)
        return
    for week, these in by_week.items():
        yield min(these), Recurrence(weeks, weekdays[week])


# --- against the clock, and with covers ------------------------------------------------------------------------


def _shifts(series: _Series) -> Iterator[RecurringShift]:
    """A slot's recurring shift, what the covers make of it, and what its bounds and the clock cut off."""
    seen = tuple(series.seen())
    kept = [span for span in seen if series.is_kept(span)]
    yield from _repeated(series, series.slot.person, kept, seen, endless=series.slot.piece.until is None)
    for taker, group in groupby(seen, key=series.taker):
        spans = list(group)
        if taker is not None:
            yield from _repeated(series, taker, spans, spans, endless=False)
    for span in seen:
        if not series.is_kept(span) and series.taker(span) is None:
            yield from _parts(series, span)


def _repeated(
    series: _Series, person: str, spans: Sequence[Span], seen: Sequence[Span], *, endless: bool
) -> Iterator[RecurringShift]:
    """Occurrences as one shift that recurs; those before the first that the clock shows as it is meant come once."""
    layer = series.slot.piece.layer
    early = list(takewhile(lambda span: not series.is_named(span), spans))
    regular = spans[len(early) :]
    if len(regular) == 1 and not endless:
        early, regular = [*early, *regular], []
    yield from (RecurringShift(layer, person, *span) for span in early)
    if regular:
        first, last = regular[0], None if endless else regular[-1][0]
        begins = {begin for begin, _ in regular}
        exceptions = [begin for begin, _ in seen if begin > first[0] and begin not in begins]
        before_last = tuple(begin for begin in exceptions if last is None or begin < last)
        yield RecurringShift(layer, person, *first, series.slot.recurrence, last, before_last)


def _parts(series: _Series, span: Span) -> Iterator[RecurringShift]:
    """An occurrence that the bounds or a cover cut, in its parts."""
    layer, person = series.slot.piece.layer, series.slot.person
    position, end = series.inside(span)
    for part in series.changed((position, end)):
        if part.start > position:
            yield RecurringShift(layer, person, position, part.start)
        yield RecurringShift(layer, part.becomes or person, part.start, part.end)
        position = part.end
    if position < end:
        yield RecurringShift(layer, person, position, end)
