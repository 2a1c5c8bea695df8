"""How long a signal itself takes: from the moment that its condition holds until it fires, at worst.

A bound for a condition that holds without a break at exactly its threshold; a worse one fires sooner. What happens
before the signal can see anything (sending, ingestion) is an assumption of the proof, not part of this.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from monitoring.model.monitor_options import MonitorOptions
from monitoring.model.scalars import SECONDS_IN, Length

MINUTE, HOUR, DAY = (SECONDS_IN[unit] for unit in "mhd")
# Each minute: check-ins (Sentry's description of cron monitors), and counts per issue [inferred].
SENTRY_LOOKS = 60
# From this window on, in minutes: how many minutes lie between two evaluations.
_SENTRY_EVALUATES = ((1_440, 15), (240, 5), (60, 3), (30, 2), (0, 1))
_WINDOW = re.compile(r"last[_(][\"']?(\d{1,5})([smhdw])")


class Detection(NamedTuple):
    """The longest that a signal takes, in seconds, or None where its query does not tell; and how that comes about.

    `promised`: its author says so, and nothing here or at a vendor can prove it.
    """

    seconds: int | None
    how: str
    promised: bool = False

    def is_within(self, limit: int) -> bool:
        """Whether it is known to take at most so many seconds."""
        return self.seconds is not None and self.seconds <= limit


@lru_cache(maxsize=256)
def sentry_evaluates(window: int) -> int:
    """How often Sentry looks, in seconds, for a metric monitor's window, in seconds too.

    The default resolutions by window in get_alert_resolution (getsentry/sentry, src/sentry/incidents/logic.py).
    """
    return next(interval * 60 for least, interval in _SENTRY_EVALUATES if window >= least * 60)


def datadog_evaluates(window: int) -> int:
    """How often Datadog looks, in seconds, for a window: 1, 10 or 30 minutes below a day, below two days, and longer.

    The table of evaluation frequencies in its documentation (DataDog/documentation, monitors/configuration).
    """
    if window < DAY:
        return 60
    return 600 if window < 2 * DAY else 1_800


def seconds_of_window(query: str) -> int | None:
    """The window of a query in Datadog's language, or None where it names none."""
    match = _WINDOW.search(query)
    return int(match[1]) * SECONDS_IN[match[2]] if match else None


def seconds_of_monitor(window: int, new_group_delay: int, evaluation_delay: int) -> int:
    """How long a monitor of Datadog takes at worst, in seconds, for a group that is there and for one that is new.

    A new group is left alone for the delay, and then looked at over the whole window: a failure that began with it
    fires once both have passed. An evaluation delay moves every window into the past (DataDog/documentation,
    monitors/configuration, new group delay and evaluation delay).
    """
    return max(window, new_group_delay) + evaluation_delay + datadog_evaluates(window)


def seconds_of_test(every: int, waits: int, failing_for: int) -> int:
    """How long a synthetic test of Datadog's takes at worst, in seconds.

    It asks at an interval, waits until a silent answer counts, and alerts once it has failed for a while (options_list
    of the API description). Whether Datadog looks between two runs is not documented, so that the next one is counted.
    """
    return every + waits + (failing_for + every if failing_for else 0)


def seconds_of_sentry_uptime(every: int, failures: int, timeout: int) -> int:
    """How long an uptime monitor of Sentry's takes at worst, in seconds.

    An issue is opened after so many failures in a row "following the initial detection of downtime", or after as many
    intervals: its documentation says both (docs.sentry.io, uptime monitoring), and the longer one counts.
    """
    return every * (failures + 1) + timeout


@lru_cache(maxsize=256)
def of_events(window: Length, interval: int) -> Detection:
    """How long a count of events takes that is evaluated at an interval, in seconds."""
    return Detection(window.seconds + interval, f"{window} of events, evaluated every {Length(interval)}")


def of_monitor(window: int, options: MonitorOptions) -> Detection:
    """How long a monitor of Datadog takes over a window, in seconds, with the words that make it wait."""
    waits, late = (length.seconds if length else 0 for length in (options.new_groups_after, options.arrives_after))
    gaps = " without a gap" if options.full_window else ""
    parts = [
        f"{Length(window)} of values{gaps}, evaluated every {Length(datadog_evaluates(window))}",
        *([f"a new group not before {Length(waits)}"] if waits else ()),
        *([f"{Length(late)} late"] if late else ()),
        *([f"once for each {' and '.join(options.notifies_by)}"] if options.notifies_by else ()),
    ]
    return Detection(seconds_of_monitor(window, waits, late), ", ".join(parts))
