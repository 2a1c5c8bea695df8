"""The hours of a week: a time of day with or without its weekday, and a window of the week."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from typing import Annotated, Any

from monitoring.model.scalars import SECONDS_IN, WEEKDAYS, ScalarType, invalid_value, parse_clock, shown

DAY, WEEK = SECONDS_IN["d"], SECONDS_IN["w"]


@dataclass(frozen=True, slots=True)
class WeekTime:
    """A time of day, and the weekday (Monday 1 to Sunday 7) where one is written: "17:00" or "fri 17:00"."""

    clock: time
    weekday: int | None = None

    @property
    def second(self) -> int:
        """Seconds after midnight of its day."""
        return self.clock.hour * 3_600 + self.clock.minute * 60

    def __str__(self) -> str:
        return f"{self.clock:%H:%M}" if self.weekday is None else f"{WEEKDAYS[self.weekday - 1]} {self.clock:%H:%M}"


def parse_week_time(value: Any) -> WeekTime:
    """A time of day, with a weekday before it where one is meant."""
    if isinstance(value, WeekTime):
        return value
    day, gap, clock = value.strip().lower().partition(" ") if isinstance(value, str) else ("", "", "")
    if not gap:
        return WeekTime(parse_clock(value))
    if day not in WEEKDAYS:
        remedy = f'write one of {", ".join(WEEKDAYS)} before the time, like "fri 17:00"'
        raise invalid_value(f"{shown(value)} is not a time of the week", remedy)
    return WeekTime(parse_clock(clock), WEEKDAYS.index(day) + 1)


_PATTERN = rf"^(({'|'.join(WEEKDAYS)}) )?\d\d:\d\d$"
WeekClock = Annotated[
    WeekTime, ScalarType(parse_week_time, {"type": "string", "pattern": _PATTERN, "examples": ["17:00", "fri 17:00"]})
]


@dataclass(frozen=True, slots=True)
class Window:
    """Hours that begin on some weekdays: seconds after midnight, and how many seconds long by the clock on the wall."""

    weekdays: frozenset[int]
    start: int
    length: int

    @property
    def is_whole_days(self) -> bool:
        """Whether it begins and ends at midnight, day by day."""
        return self.start == 0 and self.length == DAY

    def spans(self) -> Iterator[tuple[int, int]]:
        """Each opening and closing, as seconds after Monday 00:00; what runs over Sunday closes after the week."""
        for weekday in sorted(self.weekdays):
            opens = (weekday - 1) * DAY + self.start
            yield opens, opens + self.length


def overlapping(windows: tuple[Window, ...]) -> tuple[int, int] | None:
    """The numbers of two windows that have any hour of the week in common, or None; those that touch have none."""
    spans = sorted((*span, number) for number, window in enumerate(windows) for span in window.spans())
    following = [*spans[1:], *((opens + WEEK, closes, number) for opens, closes, number in spans[:1])]
    for (_, closes, number), (opens, _, other) in zip(spans, following, strict=True):
        if opens < closes and number != other:
            return min(number, other), max(number, other)
    return None


def runs(weekdays: frozenset[int]) -> Iterator[tuple[int, int]]:
    """Neighbouring weekdays as (first day, number of days); a run may go over the end of the week. None for all."""
    for day in sorted(weekdays):
        if (day - 2) % 7 + 1 not in weekdays:
            length = 1
            while (day - 1 + length) % 7 + 1 in weekdays:
                length += 1
            yield day, length
