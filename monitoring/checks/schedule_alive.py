"""Every schedule has somebody on call soon, and does not run out within a year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from monitoring.checks._check import catalog_check
from monitoring.checks._context import Context, Finding
from monitoring.checks._subjects import SCHEDULES
from monitoring.oncall.clock import DAY, midnight, utc
from monitoring.oncall.rotation import timeline
from monitoring.oncall.timeline import Timeline

# Longest pause that a restricted layer may mean: over a week, whatever its days and hours are, somebody comes.
SOON = 8 * DAY
HORIZON = 366 * DAY


@catalog_check("schedule-alive", about=SCHEDULES)
def schedule_alive(context: Context) -> Iterator[str | Finding]:
    """Looks at each schedule; finds one on which nobody is on call for eight days, from today or from some day on."""
    start = midnight(context.today)
    for name, schedule in context.catalog.oncall.schedules.items():
        yield name
        silence = _silence(timeline(schedule, start, start + HORIZON))
        if silence:
            first, last = silence
            what = f"nobody is on call from {_day(first)} {f'until {_day(last)}' if last else 'on'}"
            remedy = "add a layer, or move the anchor before today"
            yield context.finding("schedule", name, "layers", key="nobody on call", what=what, remedy=remedy)


def _silence(shifts: Timeline) -> tuple[int, int | None] | None:
    """The first stretch of at least eight days without anybody; its end is None where it outlasts the horizon."""
    for gap in shifts.gaps():
        if gap.end - gap.start >= SOON:
            return gap.start, gap.end if gap.end < shifts.end else None
    return None


def _day(moment: int) -> date:
    return utc(moment).date()
