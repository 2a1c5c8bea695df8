"""How far apart two runs of a crontab lie at most."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from monitoring.model.scalars import SECONDS_IN

if TYPE_CHECKING:
    from cronsim import CronSim

DAY, MINUTE = SECONDS_IN["d"], SECONDS_IN["m"]
SINCE, UNTIL = date(2000, 1, 1), date(2012, 12, 31)  # every weekday meets every date, and three leap years


@lru_cache(maxsize=16_384)
def longest_gap(schedule: str) -> int | None:
    """The most seconds between two runs, on a clock that never changes; None for what is no crontab or never comes."""
    from cronsim import CronSim, CronSimError

    try:
        cron = CronSim(schedule, datetime.combine(SINCE - timedelta(days=1), datetime.max.time()))
        minutes = sorted(60 * int(hour) + int(minute) for hour in cron.hours for minute in cron.minutes)
        days = 1 if runs_daily(cron) else _longest_pause(cron)
    except (CronSimError, ValueError):
        return None
    if days is None:
        return None
    within_a_day = [MINUTE * (later - earlier) for earlier, later in pairwise(minutes)]
    return max([*within_a_day, days * DAY - MINUTE * (minutes[-1] - minutes[0])])


def runs_daily(cron: CronSim) -> bool:
    """Whether a crontab runs alike on each day."""
    return len(cron.days) == 31 and len(cron.months) == 12 and len(cron.weekdays) == 8


def _longest_pause(cron: CronSim) -> int | None:
    """The most days from one day with a run to the next, None where fewer than two days have one."""
    days = (SINCE + timedelta(days=number) for number in range((UNTIL - SINCE).days + 1))
    runs = (day for day in days if day.month in cron.months and cron.match_day(day))
    return max(((later - earlier).days for earlier, later in pairwise(runs)), default=None)
