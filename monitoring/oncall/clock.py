"""A zone's wall clock: from local time to instants and back, across every change of the clock.

Instants are whole seconds since 1970 in UTC. Wall times are counted the same way, as if the clock on the wall showed
UTC, so that a day on the wall always has 86,400 seconds and calendar arithmetic is arithmetic.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import UTC, date, datetime, time, tzinfo
from functools import lru_cache
from typing import NamedTuple

from monitoring.model.scalars import zone

MINUTE, HOUR, DAY, WEEK = 60, 3_600, 86_400, 604_800
RFC_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
"""The weekdays in the words of RFC 5545, Monday first."""
_MONDAY = 4 * DAY  # 1970-01-05, the first Monday
_STEP = DAY  # no zone changes its clock twice within a day
_BLOCK = 512 * DAY


def instant(moment: datetime) -> int:
    """The instant of an aware time, cut to the second; ValueError where it has no zone."""
    if moment.tzinfo is None:
        raise ValueError(f'"{moment}" has no zone')
    return int(moment.timestamp())


def utc(moment: int) -> datetime:
    """An instant as an aware time in UTC."""
    return datetime.fromtimestamp(moment, UTC)


def in_zone(moment: int, zone_name: str) -> datetime:
    """An instant as an aware time on the wall of a zone."""
    return utc(moment).astimezone(zone(zone_name))


def iso(moment: int) -> str:
    """An instant in UTC as JSON answers write it: 2026-03-30T05:00:00Z."""
    return utc(moment).isoformat().replace("+00:00", "Z")


def wall(local: datetime) -> int:
    """A local time without zone as wall seconds."""
    return int(local.replace(tzinfo=UTC).timestamp())


def second_of_day(clock: time) -> int:
    """A time of day as seconds after midnight."""
    return clock.hour * HOUR + clock.minute * MINUTE + clock.second


def weekday(wall_time: int) -> int:
    """The ISO weekday of a wall time, Monday 1 to Sunday 7."""
    return second_of_week(wall_time) // DAY + 1


def second_of_week(wall_time: int) -> int:
    """A wall time as seconds after its Monday, 00:00."""
    return (wall_time - _MONDAY) % WEEK


class WallClock(NamedTuple):
    """A zone's clock between two instants, as pieces in which its distance from UTC is constant."""

    starts: tuple[int, ...]
    offsets: tuple[int, ...]
    wall_ends: tuple[int, ...]

    def wall(self, moment: int) -> int:
        """What the clock shows at an instant."""
        return moment + self.offsets[max(bisect_right(self.starts, moment) - 1, 0)]

    def instant(self, wall_time: int) -> int:
        """When the clock shows a wall time.

        A time that the clock skips is the instant at which it jumps; of a time that comes twice it is the first.
        """
        piece = bisect_right(self.wall_ends, wall_time)
        start, moment = self.starts[piece], wall_time - self.offsets[piece]
        return moment if moment > start else start


def wall_clock(zone_name: str, start: int, end: int) -> WallClock:
    """The clock of a zone from some days before `start` until some days after `end`."""
    first, last = (start - 3 * DAY) // _BLOCK, (end + 3 * DAY) // _BLOCK
    return _wall_clock(zone_name, first, last)


@lru_cache(maxsize=256)
def _wall_clock(zone_name: str, first: int, last: int) -> WallClock:
    pieces = [piece for block in range(first, last + 1) for piece in _pieces(zone_name, block)]
    changes = [piece for number, piece in enumerate(pieces) if number == 0 or pieces[number - 1][1] != piece[1]]
    starts, offsets = zip(*changes, strict=True)
    ends = tuple(begin + offset for begin, offset in zip(starts[1:], offsets[:-1], strict=True))
    return WallClock(starts, offsets, ends)


@lru_cache(maxsize=2048)
def _pieces(zone_name: str, block: int) -> tuple[tuple[int, int], ...]:
    """Instants from which an offset holds, found by looking once a day and then halving the day of a change."""
    begin, rules = block * _BLOCK, zone(zone_name)
    pieces = [(begin, _offset(begin, rules))]
    for probe in range(begin + _STEP, begin + _BLOCK + 1, _STEP):
        offset = _offset(probe, rules)
        if offset != pieces[-1][1]:
            pieces.append((_change(probe - _STEP, probe, rules), offset))
    return tuple(piece for piece in pieces if piece[0] < begin + _BLOCK)


def _change(before: int, after: int, rules: tzinfo) -> int:
    old = _offset(before, rules)
    while after - before > 1:
        middle = (before + after) // 2
        before, after = (middle, after) if _offset(middle, rules) == old else (before, middle)
    return after


def _offset(moment: int, rules: tzinfo) -> int:
    offset = datetime.fromtimestamp(moment, rules).utcoffset()
    return int(offset.total_seconds()) if offset is not None else 0


def day_begins(day: date, zone_name: str) -> int:
    """The instant at which a day begins in a zone: the first midnight of two, or the end of a jump over it."""
    begin = midnight(day)
    return wall_clock(zone_name, begin, begin).instant(begin)


def days_later(moment: int, days: int, zone_name: str) -> int:
    """The instant at which a zone's clock shows the same time some days later."""
    clock = wall_clock(zone_name, moment, moment + days * DAY)
    return clock.instant(clock.wall(moment) + days * DAY)


def midnight(day: date) -> int:
    """When a day begins, on the wall; in UTC that is the instant too."""
    return (day.toordinal() - date(1970, 1, 1).toordinal()) * DAY
