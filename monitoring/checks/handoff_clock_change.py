"""No handoff lies in an hour that a clock change skips or repeats: people and vendors read it differently."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from monitoring.checks._check import catalog_check
from monitoring.checks._context import Context, Finding
from monitoring.checks._subjects import SCHEDULES
from monitoring.model.oncall import Layer, Schedule
from monitoring.model.week import Window
from monitoring.oncall.clock import DAY, WEEK, instant, second_of_week, wall, wall_clock

HORIZON = 3 * 366 * DAY


@catalog_check("handoff-clock-change", about=SCHEDULES)
def handoff_clock_change(context: Context) -> Iterator[str | Finding]:
    """Looks at each schedule; finds turns and windows that begin or end in such an hour within three years."""
    start = instant(datetime(context.today.year, context.today.month, context.today.day, tzinfo=UTC))
    for name, schedule in context.catalog.oncall.schedules.items():
        yield name
        changes = list(_changes(schedule.time_zone, start))
        for number, layer in enumerate(schedule.layers):
            yield from _layer(context, name, schedule, number, layer, changes)


def _changes(zone: str, start: int) -> Iterator[tuple[int, int, str]]:
    """The wall times that are skipped or that come twice, as half-open spans of wall seconds."""
    clock = wall_clock(zone, start, start + HORIZON)
    for moment, before, after in zip(clock.starts[1:], clock.offsets, clock.offsets[1:], strict=False):
        if start <= moment < start + HORIZON:
            first, last = sorted((moment + before, moment + after))
            yield first, last, "skips" if after > before else "repeats"


def _layer(
    context: Context, name: str, schedule: Schedule, number: int, layer: Layer, changes: list[tuple[int, int, str]]
) -> Iterator[Finding]:
    for first, last, verb in changes:
        for field, hit in _hits(layer, first, last):
            day = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=hit)
            hour = f'an hour that "{schedule.time_zone}" {verb} on {day:%Y-%m-%d}'
            what = f"layer {number + 1} hands over at {day:%H:%M}, {hour}"
            remedy = "hand over in daylight, say at 09:00"
            path = ("layers", number, field)
            yield context.finding(
                "schedule", name, *path, key=f"layer {number + 1} {field} {verb}", what=what, remedy=remedy
            )
            return


def _hits(layer: Layer, first: int, last: int) -> Iterator[tuple[str, int]]:
    anchor = wall(layer.anchor.wall)
    next_turn = first + (anchor - first) % layer.turn.seconds
    if anchor <= next_turn < last and len(layer.people) > 1:
        yield "anchor", next_turn
    for edge in sorted({edge for hours in layer.only for edge in _edges(hours.window)}):
        hit = first + (edge - second_of_week(first)) % WEEK
        if hit < last:
            yield "only", hit


def _edges(window: Window) -> Iterator[int]:
    """When a window opens and closes, as seconds of the week; midnight of whole days is not chosen by anybody."""
    if not window.is_whole_days:
        yield from (edge for span in window.spans() for edge in span)
