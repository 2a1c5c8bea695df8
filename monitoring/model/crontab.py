"""How far apart two runs of a crontab lie at most."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import pairwise, takewhile

from monitoring.model.scalars import SECONDS_IN

DAY, MINUTE = SECONDS_IN["d"], SECONDS_IN["m"]
SINCE, UNTIL = date(2000, 1, 1), date(2012, 12, 31)  # every weekday meets every date, and three leap years


@lru_cache(maxsize=1_024)
def longest_gap(schedule: str) -> int | None:
    """The most seconds between two runs, on a clock that never changes; None for what is no crontab or never comes."""
    from cronsim import CronSim, CronSimError

    try:
        cron = CronSim(schedule, datetime.combine(SINCE - timedelta(days=1), datetime.max.time()))
        minutes = sorted(60 * int(hour) + int(minute) for hour in cron.hours for minute in cron.minutes)
        days = 1 if _runs_daily(cron) else _longest_pause(schedule)
    except (CronSimError, ValueError):
        return None
    if days is None:
        return None
    within_a_day = [MINUTE * (later - earlier) for earlier, later in pairwise(minutes)]
    return max([*within_a_day, days * DAY - MINUTE * (minutes[-1] - minutes[0])])


def _runs_daily(cron: object) -> bool:
    days, months, weekdays = (len(getattr(cron, name)) for name in ("days", "months", "weekdays"))
    return days == 31 and months == 12 and weekdays == 8


def _longest_pause(schedule: str) -> int | None:
    """The most days from one day with a run to the next, None where fewer than two days have one."""
    pauses = [(later - earlier).days for earlier, later in pairwise(_days(schedule))]
    return max(pauses, default=None)


def _days(schedule: str) -> Iterator[date]:
    from cronsim import CronSim

    midnights = " ".join(["0", "0", *schedule.split()[2:]])
    runs = CronSim(midnights, datetime.combine(SINCE - timedelta(days=1), datetime.max.time()))
    return takewhile(lambda day: day <= UNTIL, (run.date() for run in runs))
