"""A cover stands in the catalog as long as it has somebody's turns to take, and no longer."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.checks._check import catalog_check
from monitoring.checks._context import Context, Finding
from monitoring.checks._subjects import SCHEDULES
from monitoring.model.cover import Cover
from monitoring.model.oncall import Schedule
from monitoring.oncall.clock import DAY, in_zone, instant, midnight
from monitoring.oncall.rotation import layers_timeline
from monitoring.oncall.timeline import Timeline

HORIZON = 366 * DAY


@catalog_check("covers", about=SCHEDULES)
def covers(context: Context) -> Iterator[str | Finding]:
    """Looks at each schedule; finds covers that are over, and those of somebody who is not on call at that time."""
    for name, schedule in context.catalog.oncall.schedules.items():
        yield name
        for number, cover in enumerate(schedule.cover):
            for key, what, remedy in _problems(cover, schedule, midnight(context.today)):
                key = f"cover of {cover.instead_of} from {cover.from_}: {key}"
                yield context.finding("schedule", name, "cover", number, key=key, what=what, remedy=remedy)


def _problems(cover: Cover, schedule: Schedule, today: int) -> Iterator[tuple[str, str, str]]:
    """A key, what is wrong with a cover, and what to do."""
    begin, end = (instant(local.instant(schedule.time_zone)) for local in (cover.from_, cover.to))
    what = f'"{cover.who}" covers "{cover.instead_of}"'
    if end <= today:
        yield "over", f"{what} until {cover.to}, which is over", "take the cover out"
    elif cover.instead_of not in _without_covers(schedule, begin, end).people:
        what = f'{what} from {cover.from_} to {cover.to}, when "{cover.instead_of}" is not on call'
        yield "no turn", what, _next_turn(cover, schedule, max(begin, today))


def _next_turn(cover: Cover, schedule: Schedule, start: int) -> str:
    """What to write instead: when the covered person has a turn again, or that the cover is to go."""
    shifts = _without_covers(schedule, start, start + HORIZON)
    turn = next((shift.start for shift in shifts if shift.person == cover.instead_of), None)
    if turn is None:
        return "take the cover out"
    local = in_zone(turn, schedule.time_zone)
    return f"take the cover out, or write the times of a turn; the next one begins on {local:%Y-%m-%d %H:%M}"


def _without_covers(schedule: Schedule, start: int, end: int) -> Timeline:
    return layers_timeline(schedule.own_layers, schedule.time_zone, start, end)
