"""When a planned window is open: once, or again and again by the clock on the wall of its time zone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from monitoring.model.local_time import instants
from monitoring.model.scalars import YEARS, zone

EVERY_DAY = frozenset(range(1, 8))
_DAY = timedelta(days=1)
_LAST_DAY = date(YEARS[-1], 12, 31)
MAX_YEARS_AHEAD = 30
"""For how many years a window without an end is held against the changes of its zone's clock."""


class Opening(NamedTuple):
    """From `start` to just before `end`, in UTC, a window is open.

    Where the clock changes inside of it, `latest` is later than `end`: Datadog takes a length, and documents neither
    whether that is time that passes nor whether it is time on the wall. Otherwise the two are the same.
    """

    start: datetime
    end: datetime
    latest: datetime


@dataclass(frozen=True, slots=True)
class OneTime:
    """A window that is open once."""

    start: datetime
    end: datetime

    @property
    def over_at(self) -> datetime:
        """When it is over for ever."""
        return self.end

    def openings(self, start: datetime, end: datetime) -> Iterator[Opening]:
        """Its one opening, where that touches the span."""
        if self.start < end and start < self.end:
            yield Opening(self.start, self.end, self.end)


@dataclass(frozen=True, slots=True)
class Recurring:
    """A window that opens first at `first`, on the wall of its zone, and then after so many days again.

    It opens on these weekdays alone, and until the end of the day `until`.
    """

    zone_name: str
    first: datetime
    length: timedelta
    every: int
    weekdays: frozenset[int] = EVERY_DAY
    until: date | None = None

    def opens_on(self, day: date) -> bool:
        """Whether it opens on a day of its zone."""
        days = (day - self.first.date()).days
        in_time = days >= 0 and day <= (self.until or _LAST_DAY)
        return in_time and days % self.every == 0 and day.isoweekday() in self.weekdays

    def begins(self, since: date) -> Iterator[datetime]:
        """The local times at which it opens, from a day on."""
        first, last = self.first.date(), self.until or _LAST_DAY
        day = first + timedelta(days=-(-max((since - first).days, 0) // self.every) * self.every)
        while day <= last:
            if day.isoweekday() in self.weekdays:
                yield datetime.combine(day, self.first.time())
            day += timedelta(days=self.every)

    def openings(self, start: datetime, end: datetime) -> Iterator[Opening]:
        """Its openings that touch a span, in order."""
        since = (start.astimezone(UTC) - self.length - 2 * _DAY).date()  # no zone is further from UTC than a day
        for local in self.begins(since):
            opening = self._opening(local)
            if opening.start >= end:
                return
            if opening.latest > start:
                yield opening

    def next_local(self, after: datetime) -> datetime | None:
        """The first local time after an instant at which it opens; None where it does not open any more."""
        near = self.begins((after.astimezone(UTC) - 2 * _DAY).date())
        return next((local for local in near if instant_of(local, self.zone_name) > after), None)

    @property
    def last_local(self) -> datetime | None:
        """The local time at which it opens last; None for one without an end."""
        if self.until is None:
            return None
        return max(self.begins(self.until - timedelta(days=max(self.every, 7))), default=None)

    @property
    def over_at(self) -> datetime | None:
        """When it is over for ever; None for one without an end."""
        return None if self.last_local is None else self._opening(self.last_local).latest

    def _opening(self, local: datetime) -> Opening:
        start = instant_of(local, self.zone_name)
        passed, shown = start + self.length, instant_of(local + self.length, self.zone_name)
        return Opening(start, min(passed, shown), max(passed, shown))

    def unclear_local(self) -> datetime | None:
        """The first local time at which it would open or close, and that its zone's clock skips or shows twice."""
        last = self.until or _LAST_DAY
        years = range(self.first.year, min(last.year, self.first.year + MAX_YEARS_AHEAD) + 1)
        days = (day for year in years for day in _days_of_change(self.zone_name, year))
        edges = (edge for day in days for edge in self._edges_on(day))
        return next((edge for edge in edges if len(instants(edge, self.zone_name)) != 1), None)

    def _edges_on(self, day: date) -> Iterator[datetime]:
        closes = self.first + self.length
        if self.opens_on(day):
            yield datetime.combine(day, self.first.time())
        if self.opens_on(day - (closes.date() - self.first.date())):
            yield datetime.combine(day, closes.time())


WindowTimes = OneTime | Recurring


def instant_of(local: datetime, zone_name: str) -> datetime:
    """When a clock shows a time; of one that comes twice the first, and of one that is skipped as if it were not."""
    return local.replace(tzinfo=zone(zone_name)).astimezone(UTC)


@lru_cache(maxsize=4096)
def _days_of_change(zone_name: str, year: int) -> tuple[date, ...]:
    """The local days of a year, and of the nights before and after it, on which a zone's clock may change."""
    rules, first = zone(zone_name), datetime(year, 1, 1, 12, tzinfo=UTC)
    noons = [first + number * _DAY for number in range(-1, 367)]
    offsets = [noon.astimezone(rules).utcoffset() for noon in noons]
    changes = [noon for noon, before, after in zip(noons[1:], offsets, offsets[1:], strict=False) if before != after]
    around = {(noon + number * _DAY).date() for noon in changes for number in (-2, -1, 0, 1)}
    return tuple(sorted(around))
