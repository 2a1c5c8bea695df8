"""Who is on call, worked out the slow way: one minute after the other, with the standard library and nothing of ours.

Deliberately naive. It shares the data model with the code under test and no line of its arithmetic.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from monitoring.model.local_time import LocalDateTime
from monitoring.model.oncall import Layer, Restriction, Schedule

MINUTE = timedelta(minutes=1)


@lru_cache(maxsize=65_536)
def moment_of(local: datetime, zone: ZoneInfo) -> datetime:
    """The first instant at which the clock on the wall shows `local` or, where it skips it, has passed it."""
    early = local.replace(tzinfo=zone, fold=0)
    if early.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == local:
        return early.astimezone(UTC)
    searched = early.astimezone(UTC) - timedelta(days=2)
    while searched.astimezone(zone).replace(tzinfo=None) < local:
        searched += MINUTE
    return searched


def dated(local: LocalDateTime, zone: ZoneInfo) -> datetime:
    """The instant of a date and time as the catalog writes it, perhaps with the distance from UTC."""
    if local.offset is not None:
        return (local.wall - local.offset).replace(tzinfo=UTC)
    return moment_of(local.wall, zone)


def is_open(hours: tuple[Restriction, ...], at: datetime, zone: ZoneInfo) -> bool:
    return not hours or any(is_within(part, at, zone) for part in hours)


def is_within(hours: Restriction, at: datetime, zone: ZoneInfo) -> bool:
    today = at.astimezone(zone).date()
    for days_ago in (8, 7, 6, 5, 4, 3, 2, 1, 0, -1):
        day = today - timedelta(days=days_ago)
        opens, closes = datetime.combine(day, time.min), datetime.combine(day, time.min) + timedelta(days=1)
        if hours.from_ is not None and hours.to is not None:
            opens, closes = (datetime.combine(day, edge.clock) for edge in (hours.from_, hours.to))
            while closes <= opens or (hours.to.weekday is not None and closes.isoweekday() != hours.to.weekday):
                closes += timedelta(days=1)
            if hours.from_.weekday is not None and day.isoweekday() != hours.from_.weekday:
                continue
        if hours.days is not None and day.isoweekday() not in hours.days.numbers:
            continue
        if moment_of(opens, zone) <= at < moment_of(closes, zone):
            return True
    return False


def person_of(layer: Layer, at: datetime, zone: ZoneInfo) -> str | None:
    if at < dated(layer.anchor, zone):
        return None
    if layer.until is not None and at >= dated(layer.until, zone):
        return None
    if not is_open(layer.only, at, zone):
        return None
    turn = timedelta(seconds=layer.turn.seconds)
    number = max(0, int((at.astimezone(zone).replace(tzinfo=None) - layer.anchor.wall) / turn) - 2)
    while moment_of(layer.anchor.wall + (number + 1) * turn, zone) <= at:
        number += 1
    return layer.people[number % len(layer.people)]


def on_call(schedule: Schedule, at: datetime) -> str | None:
    zone = ZoneInfo(schedule.time_zone)
    for layer in reversed(schedule.layers):
        person = person_of(layer, at, zone)
        if person is not None:
            return covered_by(schedule, person, at, zone)
    return None


def covered_by(schedule: Schedule, person: str, at: datetime, zone: ZoneInfo) -> str:
    for cover in schedule.cover:
        if cover.instead_of == person and dated(cover.from_, zone) <= at < dated(cover.to, zone):
            return cover.who
    return person
