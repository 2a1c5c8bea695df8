"""A window says one thing: nights over a weekend do not read like one long stretch."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from monitoring.checks._check import catalog_check
from monitoring.checks._context import Context, Finding
from monitoring.checks._subjects import SCHEDULES
from monitoring.model.oncall import Restriction
from monitoring.model.scalars import WEEKDAYS, parse_days
from monitoring.model.week import DAY

WEEKEND = frozenset({6, 7})


@catalog_check("window-days", about=SCHEDULES)
def window_days(context: Context) -> Iterator[str | Finding]:
    """Looks at each schedule; finds windows of several nights that read like one stretch over a weekend."""
    for name, schedule in context.catalog.oncall.schedules.items():
        yield name
        for number, layer in enumerate(schedule.layers):
            for index, hours in enumerate(layer.only):
                for days in _ranges_over_a_weekend(hours):
                    what, remedy = _two_readings(hours, days)
                    yield context.finding(
                        "schedule",
                        name,
                        *("layers", number, "only", index),
                        key=f"layer {number + 1} {days}",
                        what=f"layer {number + 1} {what}",
                        remedy=remedy,
                    )


def _ranges_over_a_weekend(hours: Restriction) -> Iterator[str]:
    """The ranges such as fri-mon with Saturday and Sunday in them, where the hours run over midnight."""
    over_midnight = hours.window.start + hours.window.length > DAY
    if hours.days is None or not over_midnight or len(hours.days.numbers) == len(WEEKDAYS):
        return
    for days in map(str.strip, hours.days.spelled.split(",")):
        if "-" in days and parse_days(days).numbers >= WEEKEND:
            yield days


def _two_readings(hours: Restriction, days: str) -> tuple[str, str]:
    """What the window means and what it reads like, and how each of the two is written without doubt."""
    named = _in_order(days)
    following = [*named[1:], WEEKDAYS[(WEEKDAYS.index(named[-1]) + 1) % 7]]
    nights = ", ".join(
        f"{day} {hours.from_} to {next_day} {hours.to}" for day, next_day in zip(named, following, strict=True)
    )
    opens, closes = f"{named[0]} {hours.from_}", f"{named[-1]} {hours.to}"
    what = f'has {len(named)} nights, {nights}, and "{days}" reads like {opens} to {closes}'
    return what, f'write days: "{",".join(named)}" for the nights, or from: {opens}, to: {closes} for one stretch'


def _in_order(days: str) -> list[str]:
    """The weekdays of a range, from its first to its last."""
    start = WEEKDAYS.index(days.partition("-")[0])
    return list(islice(WEEKDAYS * 2, start, start + len(parse_days(days).numbers)))
