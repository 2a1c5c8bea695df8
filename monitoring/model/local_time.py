"""A date and a time of day on the wall, and the one instant that it is in a time zone.

The only conversion of a dated local time: the proof, the builders and the options of commands all use it. What has no
instant, because the zone's clock skips it, or two, because it comes twice, is refused when it is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Annotated, Any

from monitoring.model.entry import EntryProblem
from monitoring.model.scalars import YEARS, ScalarType, clock_fault, day_fault, invalid_value, quoted, shown, zone

_EXAMPLE = 'write it as "2026-01-05 09:00"'
_SPELLING = re.compile(r"(\d{4}-\d\d-\d\d)[ T](\d\d?:\d\d)(?: ?([+-]\d\d:\d\d))?", re.ASCII)
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class LocalDateTime:
    """What a clock on the wall shows; `offset`, the distance from UTC, says which where a time comes twice."""

    wall: datetime
    offset: timedelta | None = None

    def instant(self, zone_name: str) -> datetime:
        """The instant, at the distance from UTC that its zone has then; ValueError where `problem` speaks.

        Without the zone itself: Python compares two times of one zone by what the clock shows, and takes the first and
        the second of a time that comes twice for one.
        """
        matching = _readings(self, zone_name)
        if len(matching) != 1:
            raise ValueError(f'"{self}" is not one instant in "{zone_name}"')
        there = matching[0].astimezone(zone(zone_name))
        return there.astimezone(timezone(there.utcoffset() or timedelta()))

    def problem(self, zone_name: str) -> tuple[str, str] | None:
        """What is wrong with it in a zone, and what to write instead; None where it is one instant."""
        shown_at = instants(self.wall, zone_name)
        match _readings(self, zone_name), shown_at:
            case (_,), _:
                return None
            case _, ():
                before, after = (quoted(_spelled(moment)) for moment in _beside(self.wall, zone_name))
                what = f'"{self}" does not exist in "{zone_name}", whose clock is put forward then'
                return what, f"write {after}, or {before}"
            case (), (moment, *_):
                remedy = f"write {quoted(_with_offset(moment.astimezone(zone(zone_name))))}"
                return f'"{self}" is not the time of "{zone_name}"', remedy
            case _:
                first, second = (quoted(_with_offset(moment.astimezone(zone(zone_name)))) for moment in shown_at)
                what = f'"{self}" comes twice in "{zone_name}", whose clock is put back then'
                return what, f"write {first} for the first, or {second} for the second"

    def __str__(self) -> str:
        return _spelled(self.wall) if self.offset is None else f"{_spelled(self.wall)} {_offset_text(self.offset)}"


def instants(wall: datetime, zone_name: str) -> tuple[datetime, ...]:
    """When a zone's clock shows a time, in UTC and in order: never where it is skipped, twice where it comes twice."""
    rules = zone(zone_name)
    candidates = {wall.replace(tzinfo=rules, fold=fold).astimezone(UTC) for fold in (0, 1)}
    return tuple(sorted(moment for moment in candidates if _shows(moment, zone_name) == wall))


def local_time_problems(zone_name: str, times: Mapping[tuple[str | int, ...], LocalDateTime]) -> Iterator[EntryProblem]:
    """What is wrong with the local times of an entry, each at its path."""
    for path, local in times.items():
        refused = local.problem(zone_name)
        if refused is not None:
            yield EntryProblem(*refused, path)


def _readings(local: LocalDateTime, zone_name: str) -> tuple[datetime, ...]:
    """The instants at which the zone's clock shows it with that distance from UTC."""
    rules, matching = zone(zone_name), instants(local.wall, zone_name)
    if local.offset is None:
        return matching
    return tuple(moment for moment in matching if moment.astimezone(rules).utcoffset() == local.offset)


def _shows(moment: datetime, zone_name: str) -> datetime:
    return moment.astimezone(zone(zone_name)).replace(tzinfo=None, fold=0)


def _beside(wall: datetime, zone_name: str) -> tuple[datetime, datetime]:
    """The last minute before a skipped time that the clock shows, and the first one after it."""
    rules = zone(zone_name)
    early, late = (wall.replace(tzinfo=rules, fold=fold).astimezone(UTC) for fold in (1, 0))
    while late - early > _MINUTE:
        middle = early + (late - early) // _MINUTE // 2 * _MINUTE
        early, late = (middle, late) if _shows(middle, zone_name) < wall else (early, middle)
    return _shows(early, zone_name), _shows(late, zone_name)


def _spelled(local: datetime) -> str:
    return f"{local:%Y-%m-%d %H:%M}"


def _with_offset(aware: datetime) -> str:
    return f"{_spelled(aware)} {_offset_text(aware.utcoffset() or timedelta())}"


def _offset_text(offset: timedelta) -> str:
    minutes = abs(offset) // _MINUTE
    return f"{'-' if offset < timedelta() else '+'}{minutes // 60:02}:{minutes % 60:02}"


def parse_local(value: Any) -> LocalDateTime:
    """A date and a time of day, spelled "2026-01-05 09:00"; with "+02:00" behind it where it comes twice."""
    if isinstance(value, LocalDateTime):
        return value
    if not isinstance(value, str) or not (match := _SPELLING.fullmatch(value.strip())):
        raise invalid_value(f"{shown(value)} is not a local time", _EXAMPLE)
    day, clock, offset = match[1], match[2], match[3]
    if fault := day_fault(day) or clock_fault(clock) or (offset and clock_fault(offset[1:])):
        raise invalid_value(f"{quoted(value)} is a time that does not exist: {fault}", _instead(day, clock))
    if len(clock) < len("09:00"):
        raise invalid_value(f"{quoted(value)} has one digit for its hour", f"write {quoted(f'{day} 0{clock}')}")
    if int(day[:4]) not in YEARS:
        raise invalid_value(f"{quoted(value)} is not between {YEARS[0]} and {YEARS[-1]}", _EXAMPLE)
    distance = datetime.fromisoformat(f"{day} {clock}{offset}").utcoffset() if offset else None
    return LocalDateTime(datetime.fromisoformat(f"{day} {clock}"), distance)


def _instead(day: str, clock: str) -> str:
    """What to write instead of a time that does not exist: for the end of a day the beginning of the next one."""
    if clock == "24:00" and day_fault(day) is None and int(day[:4]) in YEARS:
        following = date.fromisoformat(day) + timedelta(days=1)
        return f"write {quoted(f'{following} 00:00' if following.year in YEARS else f'{day} 23:59')}"
    return _EXAMPLE


LocalTime = Annotated[
    LocalDateTime,
    ScalarType(
        parse_local,
        {
            "type": "string",
            "pattern": r"^\d{4}-\d\d-\d\d[ T]\d\d:\d\d( ?[+-]\d\d:\d\d)?$",
            "examples": ["2026-01-05 09:00", "2026-10-25 02:30 +02:00"],
        },
    ),
]
