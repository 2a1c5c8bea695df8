"""A crontab exists, comes again, and leaves its job the time that it is given."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime
from functools import lru_cache
from itertools import islice, pairwise
from typing import Any

from monitoring.checks._check import rule_check
from monitoring.checks._context import NEVER, Context, Finding, Fires, WatchedRule
from monitoring.checks._subjects import CRON_RULES
from monitoring.model.crontab import runs_daily
from monitoring.model.scalars import Length
from monitoring.model.signals import Cron

NO_CRONTAB, NO_DAY = "no crontab", "never"
NO_RUNS = frozenset({NO_CRONTAB, NO_DAY})
"""The keys of findings that say that no run is ever awaited, so that none is ever missed."""

RUNS = 50
"""Runs that are looked at to find the shortest time between two."""


@rule_check("cron-schedule", about=CRON_RULES, signal=Cron)
def cron_schedule(context: Context, watched: WatchedRule[Cron]) -> Iterator[Finding]:
    """Looks at each cron rule; finds crontabs that no day fulfils, and times longer than the gap between two runs."""
    _, rule, signal = watched
    for field, key, what, remedy in _mistakes(context, signal):
        fires: Fires = NEVER if key in NO_RUNS else ""
        yield context.finding("rule", rule.id, "cron", field, key=key, what=what, remedy=remedy, fires=fires)


def _mistakes(context: Context, signal: Cron) -> Iterator[tuple[str, str, str, str]]:
    try:
        shortest = _shortest(signal.schedule, context.today)
    except ValueError as error:
        yield "schedule", NO_CRONTAB, f'"{signal.schedule}" is not a crontab: {error}', "mend the field"
        return
    if shortest is None:
        yield "schedule", NO_DAY, f'"{signal.schedule}" comes on no day', "write a day that exists"
        return
    yield from _outlasting(signal, shortest)


def _outlasting(signal: Cron, shortest: int) -> Iterator[tuple[str, str, str, str]]:
    """Times beyond the gap between two runs; with several failures in a row, beyond as many gaps.

    Until then the next run may check in for the one that is late, so that a single miss is not seen; who waits for
    several failures has decided that.
    """
    allowed = shortest * signal.failures
    between = f"the {Length(shortest)} between two runs"
    if signal.failures > 1:
        between = f"the {Length(allowed)} in which {signal.failures} runs can fail"
    for field, length in (("late-after", signal.late_after), ("at-most", signal.at_most)):
        if length.seconds > allowed:
            what = f"{field} {length} outlasts {between}"
            yield field, f"{field} too long", what, "write less, or run it less often"


@lru_cache(maxsize=16_384)
def _shortest(schedule: str, today: date) -> int | None:
    """Seconds between two runs at the least, None where there are no two; ValueError for what is no crontab.

    Counted on a clock that never changes, so that the answer depends neither on the zone nor on its next change.
    """
    from cronsim import CronSim, CronSimError

    try:
        cron = CronSim(schedule, datetime(today.year, today.month, today.day, tzinfo=UTC))
        if runs_daily(cron):
            return _shortest_daily(cron.hours, cron.minutes)
        runs = list(islice(cron, RUNS))
    except CronSimError as error:
        raise ValueError(str(error).lower()) from None
    gaps = [second - first for first, second in pairwise(runs)]
    return int(min(gaps).total_seconds()) if gaps else None


def _shortest_daily(hours: Collection[Any], minutes: Collection[Any]) -> int:
    """The same for what runs alike on each day, without walking through the days."""
    times = sorted(60 * hour + minute for hour in hours for minute in minutes)
    gaps = [later - earlier for earlier, later in pairwise([*times, times[0] + 24 * 60])]
    return 60 * int(min(gaps))
