"""Each person's share of being on call: hours, nights, weekends, public holidays and rest, where that person lives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from monitoring.model.oncall import Person
from monitoring.oncall.clock import DAY, HOUR, WEEK, WallClock, midnight, utc, wall_clock
from monitoring.oncall.public_holidays import public_holidays
from monitoring.oncall.timeline import Timeline, joined

NIGHT_BEGINS, NIGHT_ENDS = 22 * HOUR, 30 * HOUR  # 22:00 to 06:00 of the next day
_SATURDAY = 2 * DAY  # 1970-01-03

COUNTED = (
    "A night is 22:00 to 06:00, a weekend Saturday and Sunday, a public holiday a day of the person's region, all by "
    "the clock where the person lives; each counts when any part of it was on call. "
    "A holiday on a weekend counts as both. Hours are counted once, however many schedules held them."
)
"""What the numbers mean, for whoever reads them."""


class Home(NamedTuple):
    """Where a person lives: the time zone, and the region of the public holidays, None where it is not known."""

    time_zone: str
    region: str | None = None


def homes(people: Mapping[str, Person], *, holidays: bool = True) -> Mapping[str, Home]:
    """Where each person lives; without `holidays` in no known region, so that nobody waits for a list of them."""
    return {name: Home(person.time_zone, person.region if holidays else None) for name, person in people.items()}


class RestTime(NamedTuple):
    """A time between two shifts in which a person is on no schedule."""

    start: int
    end: int

    @property
    def seconds(self) -> int:
        """How long it is."""
        return self.end - self.start


class Load(NamedTuple):
    """One person's share: seconds on call; nights, weekends and holidays of which any part was; the shortest rest."""

    person: str
    seconds: int
    nights: int
    weekends: int
    holidays: int | None = None
    """None where the person's region is not known."""
    rest: RestTime | None = None
    """The shortest time between two shifts, the first of several; None where there are no two."""

    @property
    def hours(self) -> float:
        """Hours on call, each counted once however many schedules held it."""
        return self.seconds / HOUR


def loads(timelines: Iterable[Timeline], people: Mapping[str, Home]) -> dict[str, Load]:
    """The load of everybody in `people`, by the clock and the holidays of each one's home; of nobody else."""
    spans: dict[str, list[tuple[int, int]]] = {person: [] for person in people}
    for timeline in timelines:
        for begin, end, person in timeline:
            if person in spans:
                spans[person].append((begin, end))
    return {person: _load(person, home, joined(sorted(spans[person]))) for person, home in people.items()}


def _load(person: str, home: Home, spans: Sequence[tuple[int, int]]) -> Load:
    if not spans:
        return Load(person, 0, 0, 0, None if home.region is None else 0)
    clock = wall_clock(home.time_zone, spans[0][0], spans[-1][1])
    local = [_local(clock, begin, end) for begin, end in spans]
    return Load(
        person=person,
        seconds=sum(end - begin for begin, end in spans),
        nights=len({night for span in local for night in _touched(span, NIGHT_BEGINS, NIGHT_ENDS, DAY)}),
        weekends=len({weekend for span in local for weekend in _touched(span, _SATURDAY, _SATURDAY + 2 * DAY, WEEK)}),
        holidays=None if home.region is None else _holidays(home.region, local),
        rest=shortest_rest(spans),
    )


def _holidays(region: str, local: Sequence[tuple[int, int]]) -> int:
    """How many public holidays have a part in spans of wall times."""
    first, last = utc(local[0][0]).date(), utc(local[-1][1]).date()
    days = {midnight(day) // DAY for day in public_holidays(region, first, last)}
    return len({day for span in local for day in _touched(span, 0, DAY, DAY) if day in days}) if days else 0


def _local(clock: WallClock, begin: int, end: int) -> tuple[int, int]:
    return clock.wall(begin), clock.wall(end - 1) + 1


def _touched(span: tuple[int, int], opens: int, closes: int, period: int) -> range:
    """Which repetitions of a window have any part in a span."""
    begin, end = span
    return range((begin - closes) // period + 1, -((opens - end) // period))


def shortest_rest(busy: Sequence[tuple[int, int]]) -> RestTime | None:
    """The shortest time between spans that are in order and do not touch, the first of several."""
    rests = (RestTime(before[1], after[0]) for before, after in pairwise(busy))
    return min(rests, key=lambda rest: rest.seconds, default=None)
