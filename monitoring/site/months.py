"""Shifts as the days of months: cut at each midnight of a zone, with what is said of each day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import groupby, pairwise
from typing import NamedTuple

from monitoring.oncall.clock import DAY, HOUR, WallClock, midnight, wall_clock
from monitoring.oncall.timeline import Shift
from monitoring.reach.formatting import length
from monitoring.site.blocks import DayCell, MonthBlock, MonthTable

HUES = 8
"""As many colours as the stylesheet has for people and schedules; each also stands in words."""
MAX_LINES = 6


class LocalDay(NamedTuple):
    """A day of a zone: its date, its first instant and the one after its last."""

    date: date
    start: int
    end: int


class ClockChange(NamedTuple):
    """An instant at which a zone's clock is set, and by how many seconds."""

    at: int
    seconds: int


def local_days(zone: str, first: date, number: int) -> tuple[LocalDay, ...]:
    """So many days of a zone, from a date on."""
    begin = midnight(first)
    clock = wall_clock(zone, begin, begin + number * DAY)
    bounds = pairwise(clock.instant(begin + day * DAY) for day in range(number + 1))
    return tuple(LocalDay(first + timedelta(days=day), *each) for day, each in enumerate(bounds))


def clock_changes(zone: str, start: int, end: int) -> tuple[ClockChange, ...]:
    """When the clock of a zone is set between two instants, and by how much."""
    clock = wall_clock(zone, start, end)
    steps = zip(clock.starts[1:], pairwise(clock.offsets), strict=True)
    return tuple(ClockChange(at, new - old) for at, (old, new) in steps if start <= at < end)


def change_in_words(change: ClockChange) -> str:
    """By how much a clock is set: +1h, -30m."""
    return f"{'+' if change.seconds > 0 else '-'}{length(abs(change.seconds))}"


def by_day(shifts: Sequence[Shift], days: Sequence[LocalDay]) -> Iterator[tuple[Shift, ...]]:
    """For each day the parts of shifts in it; both are in order."""
    index = 0
    for day in days:
        while index < len(shifts) and shifts[index].end <= day.start:
            index += 1
        yield tuple(_parts(shifts, index, day))


def _parts(shifts: Sequence[Shift], index: int, day: LocalDay) -> Iterator[Shift]:
    while index < len(shifts) and shifts[index].start < day.end:
        begin, end, person = shifts[index]
        yield Shift(max(begin, day.start), min(end, day.end), person)
        index += 1


def time_of_day(clock: WallClock, moment: int) -> str:
    """What the clock shows at an instant: 09:00."""
    second = clock.wall(moment) % DAY
    return f"{second // HOUR:02}:{second % HOUR // 60:02}"


def few(lines: Sequence[str]) -> tuple[str, ...]:
    """As many lines as a day has place for, and how many are left out."""
    if len(lines) <= MAX_LINES:
        return tuple(lines)
    return (*lines[: MAX_LINES - 1], f"{len(lines) - MAX_LINES + 1} more")


def hue(number: int) -> str:
    """The colour of the person or schedule with a number."""
    return f"h{number % HUES}"


def month_block(cells: Mapping[date, DayCell]) -> MonthBlock:
    """Days that follow one another as months."""
    return MonthBlock([_month(list(days), cells) for _, days in groupby(cells, key=lambda day: (day.year, day.month))])


def _month(days: Sequence[date], cells: Mapping[date, DayCell]) -> MonthTable:
    inside = set(days)
    monday = days[0] - timedelta(days=days[0].weekday())
    weeks = []
    while monday <= days[-1]:
        week = [monday + timedelta(days=number) for number in range(7)]
        number = monday.isocalendar().week
        weeks.append((f"{number}", [cells[day] if day in inside else None for day in week]))
        monday += timedelta(days=7)
    return MonthTable(f"{days[0]:%B %Y}", weeks)


def tones(*names: str) -> str:
    """Classes of the stylesheet, without those that are empty."""
    return " ".join(name for name in names if name)


# --- a year ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LocalYear:
    """The days of a year in a zone, its clock, and by how much it is set on which day."""

    days: tuple[LocalDay, ...]
    clock: WallClock
    changes: Mapping[date, str]

    def block(self, contents: Iterable[tuple[Sequence[str], str]], holidays: Iterable[str]) -> MonthBlock:
        """The year as months: for each day its lines, the classes that colour it, and its public holiday or nothing."""
        days = zip(self.days, contents, holidays, strict=True)
        return month_block({day.date: self._cell(day, lines, tone, free) for day, (lines, tone), free in days})

    def _cell(self, day: LocalDay, lines: Sequence[str], tone: str, holiday: str) -> DayCell:
        change = self.changes.get(day.date, "")
        clock = [f"clock {change}"] if change else []
        first = "today" if day is self.days[0] else ""
        return DayCell(day.date.day, few([*lines, *clock]), tones(tone, "clock" if change else "", first), holiday)


@lru_cache(maxsize=128)
def local_year(zone: str, first: date, number: int) -> LocalYear:
    """So many days of a zone from a date on."""
    days = local_days(zone, first, number)
    changes = clock_changes(zone, days[0].start, days[-1].end)
    set_on = {day.date: change_in_words(each) for each in changes for day in days if day.start <= each.at < day.end}
    return LocalYear(days, wall_clock(zone, days[0].start, days[-1].end), set_on)
