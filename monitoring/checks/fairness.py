"""The shares of a schedule's people stay as close together as its `fairness` says."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

from monitoring.checks._check import Subjects, catalog_check
from monitoring.checks._context import Context, Finding
from monitoring.model.oncall import Fairness, Schedule
from monitoring.oncall.clock import midnight, utc
from monitoring.oncall.fairness import ScheduleShares, Spread, year_shares
from monitoring.oncall.load import homes

BOUNDED = Subjects(
    "schedules with fairness",
    lambda context: frozenset(name for name, schedule in context.catalog.oncall.schedules.items() if schedule.fairness),
)


@catalog_check("fairness", about=BOUNDED)
def fairness(context: Context) -> Iterator[str | Finding]:
    """Looks at each schedule with fairness; finds shares of the year from today on that are further apart.

    A schedule that begins later is looked at from then on. Nobody is compared who joins or leaves within the year.
    """
    for name, schedule in context.catalog.oncall.schedules.items():
        if schedule.fairness is not None:
            yield name
            yield from _unfair(context, name, schedule, schedule.fairness)


def _unfair(context: Context, name: str, schedule: Schedule, agreed: Fairness) -> Iterator[Finding]:
    lived = homes(context.catalog.oncall.people, holidays="holidays" in agreed.bounds)
    shares = year_shares(schedule, lived, midnight(context.today))
    without = [person for person in shares.compared if context.catalog.oncall.people[person].region is None]
    for measure, most in agreed.bounds.items():
        where = ("fairness", measure)
        if measure == "holidays" and without:
            what = f'counts the holidays of "{without[0]}", who has no region'
            remedy = f"write one in people, like {without[0]}: {{region: DE-BE}}, or take holidays out"
            yield context.finding("schedule", name, *where, key="no region", what=what, remedy=remedy)
        elif measure in shares.spreads and shares.spreads[measure].difference > most:
            what, remedy = _too_far(shares, measure, shares.spreads[measure], most)
            yield context.finding("schedule", name, *where, key=measure, what=what, remedy=remedy)


def _too_far(shares: ScheduleShares, measure: str, spread: Spread, most: int) -> tuple[str, str]:
    """What is too far apart, and what to do."""
    what = (
        f'in the year from {utc(shares.start).date()} on "{spread.most}" has {spread.highest:g} {measure} and '
        f'"{spread.least}" {spread.lowest:g}, {spread.difference:g} more, and fairness allows {most} more'
    )
    remedy = (
        f'let "{spread.least}" cover some turns of "{spread.most}", or write {measure}: {ceil(spread.difference)} '
        "if that is fair"
    )
    return what, remedy
