"""How long a signal itself takes: from the moment that its condition holds until it fires, at worst.

A bound for a condition that holds without a break at exactly its threshold; a worse one fires sooner. What happens
before the signal can see anything (sending, ingestion) is an assumption of the proof, not part of this.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil

from monitoring.model.burn_rates import BurnRate, burn_rates
from monitoring.model.monitor_options import MonitorOptions
from monitoring.model.scalars import SECONDS_IN, Length, parse_duration
from monitoring.model.service import Rule
from monitoring.model.signals import (
    Composite,
    Cron,
    Elsewhere,
    Errors,
    MetricSignal,
    RawQuery,
    SentryMetric,
    Signal,
    Slo,
    Uptime,
)
from monitoring.model.signals.sentry_windows import SENTRY_INTERVALS, SENTRY_WINDOWS
from monitoring.model.signals.uptime import TEST_TIMEOUT, Certificate
from monitoring.oncall.clock import DAY, HOUR, MINUTE
from monitoring.reach.crontab import longest_gap
from monitoring.reach.formatting import exact_length

# Each minute: check-ins (Sentry's description of cron monitors), and counts per issue [inferred].
SENTRY_LOOKS = 60
# From this window on, in minutes: how many minutes lie between two evaluations.
_SENTRY_EVALUATES = ((1_440, 15), (240, 5), (60, 3), (30, 2), (0, 1))
_WINDOW = re.compile(r"last[_(][\"']?(\d{1,5})([smhdw])")


@dataclass(frozen=True, slots=True)
class Detection:
    """The longest that a signal takes, in seconds, or None where its query does not tell; and how that comes about.

    `promised`: its author says so, and nothing here or at a vendor can prove it.
    """

    seconds: int | None
    how: str
    promised: bool = False


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


def detection(rule: Rule, rules: Mapping[str, Rule], *, wakes: bool) -> Detection:
    """How long a rule's signal takes; `rules` are those that a composite may be made of.

    `wakes` says whether its severity does, because an SLO then burns by other windows.
    """
    signal = rule.signal
    if isinstance(signal, Composite):
        parts = [rules[part] for part in signal.parts if not isinstance(rules[part].signal, Composite)]
        return _of_parts([detection(part, rules, wakes=wakes) for part in parts])
    return _of_signal(signal, wakes=wakes)


def _of_parts(parts: list[Detection]) -> Detection:
    known = [part.seconds for part in parts if part.seconds is not None]
    if len(known) < len(parts):
        return Detection(None, "one of its parts does not tell")
    slowest = max(known, default=0)
    return Detection(slowest + datadog_evaluates(0), f"its slowest part {Length(slowest)}, evaluated every minute")


def _of_signal(signal: Signal, *, wakes: bool) -> Detection:
    match signal:
        case Errors():
            return _of_errors(signal)
        case SentryMetric():
            return _of_events(signal.over, sentry_evaluates(signal.over.seconds))
        case Cron():
            return _of_cron(signal)
        case Uptime():
            return _of_uptime(signal)
        case MetricSignal():
            return _of_window(signal.over.seconds, signal)
        case RawQuery():
            return _of_query(signal)
        case Slo():
            return _of_slo(signal, burn_rates(wakes=wakes))
        case Elsewhere():
            how = f"promised by the author for {signal.sender}, no code proves it"
            return Detection(signal.detects_within.seconds, how, promised=True)
        case Composite():
            raise ValueError("a composite is as slow as its parts")


def _of_errors(signal: Errors) -> Detection:
    if signal.per_issue:
        return _of_events(signal.window, SENTRY_LOOKS)
    interval = sentry_evaluates(signal.window.seconds)
    if signal.one_is_enough:
        return Detection(interval, f"one event is enough, evaluated every {Length(interval)}")
    return _of_events(signal.window, interval)


def _of_events(window: Length, interval: int) -> Detection:
    return Detection(window.seconds + interval, f"{window} of events, evaluated every {Length(interval)}")


def seconds_of_window(query: str) -> int | None:
    """The window of a query in Datadog's language, or None where it names none."""
    match = _WINDOW.search(query)
    return int(match[1]) * SECONDS_IN[match[2]] if match else None


def _of_query(signal: RawQuery) -> Detection:
    window = seconds_of_window(signal.query)
    return Detection(None, "its own query") if window is None else _of_window(window, signal)


def _of_window(window: int, options: MonitorOptions) -> Detection:
    waits, late = (length.seconds if length else 0 for length in (options.new_groups_after, options.arrives_after))
    gaps = " without a gap" if options.full_window else ""
    parts = [
        f"{Length(window)} of values{gaps}, evaluated every {Length(datadog_evaluates(window))}",
        *([f"a new group not before {Length(waits)}"] if waits else ()),
        *([f"{Length(late)} late"] if late else ()),
        *([f"once for each {' and '.join(options.notifies_by)}"] if options.notifies_by else ()),
    ]
    return Detection(seconds_of_monitor(window, waits, late), ", ".join(parts))


def seconds_of_monitor(window: int, new_group_delay: int, evaluation_delay: int) -> int:
    """How long a monitor of Datadog takes at worst, in seconds, for a group that is there and for one that is new.

    A new group is left alone for the delay, and then looked at over the whole window: a failure that began with it
    fires once both have passed. An evaluation delay moves every window into the past (DataDog/documentation,
    monitors/configuration, new group delay and evaluation delay).
    """
    return max(window, new_group_delay) + evaluation_delay + datadog_evaluates(window)


def _of_cron(signal: Cron) -> Detection:
    """Counted from when the first run that fails was due; the others follow it by the longest gap of the schedule."""
    slowest = max(signal.late_after.seconds, signal.at_most.seconds)
    margin = f"after the run was due, {Length(slowest)}, looked at every minute"
    if signal.failures == 1:
        return Detection(slowest + SENTRY_LOOKS, margin)
    gap = longest_gap(signal.schedule)
    if gap is None:
        return Detection(None, f"{signal.failures} failures in a row of {signal.schedule}")
    if gap > HOUR and signal.time_zone not in ("UTC", "Etc/UTC"):
        gap += HOUR  # the clock that goes back
    how = f"{signal.failures} failures in a row, {exact_length(gap)} apart at most, and {margin}"
    return Detection((signal.failures - 1) * gap + slowest + SENTRY_LOOKS, how)


def _of_slo(signal: Slo, rates: tuple[BurnRate, ...]) -> Detection:
    """By the fastest of the burn rates, at a total failure, with steady traffic that was good until then.

    The time is (1 - objective) / error ratio x window x factor (Google's SRE workbook, chapter 5, table 5-3 and the
    formula above it: https://sre.google/workbook/alerting-on-slos/); the error ratio of a total failure is 1.
    """
    budget = 1 - signal.objective.base
    times = [(budget * rate.factor(signal.days), rate) for rate in rates]
    reachable = [(ceil(share * rate.long_hours * HOUR), rate) for share, rate in times if share <= 1]
    if not reachable:
        return Detection(None, f"a total failure of a {signal.objective} objective burns no faster than it may")
    seconds, rate = min(reachable, key=lambda reached: reached[0])
    often = datadog_evaluates(rate.long_hours * HOUR)
    burnt = f"when all events fail, a {signal.objective} objective burns {rate.factor(signal.days):g}x after"
    return Detection(seconds + often, f"{burnt} {exact_length(seconds)}, evaluated every {Length(often)}")


def _of_uptime(signal: Uptime) -> Detection:
    if signal.asks.certificate is not None:
        return _of_certificate(signal, signal.asks.certificate)
    waits = _seconds_until_failed(signal)
    how = f"asked every {signal.every} from each region, {Length(waits)} until a silent answer counts"
    return Detection(signal.every.seconds + waits, how)


def _seconds_until_failed(signal: Uptime) -> int:
    retries = signal.retry.times * (signal.retry.after.seconds + TEST_TIMEOUT) if signal.retry else 0
    return TEST_TIMEOUT + retries


def _of_certificate(signal: Uptime, certificate: Certificate) -> Detection:
    """Counted from the expiry, since that is what hurts: whatever is said `valid-for` ahead of it is in time."""
    late = signal.every.seconds + _seconds_until_failed(signal) - certificate.valid_for.seconds
    how = f"counted from the expiry: said {certificate.valid_for} ahead of it, asked every {signal.every}"
    return Detection(max(late, 0), how)


# --- what would be fast enough ---------------------------------------------------------------------------------

METRIC_WINDOWS = ("1d", "4h", "2h", "1h", "30m", "15m", "10m", "5m", "1m")
PACES = ("1d", "6h", "1h", "30m", "15m", "10m", "5m", "1m")


def faster(rule: Rule, limit: int, *, wakes: bool) -> str:
    """The change of one word that makes a signal fire within a limit, in seconds: the mildest one that is known to."""
    signal = rule.signal
    match signal:
        case Errors():
            return _fitting(signal, "within", SENTRY_INTERVALS if signal.per_issue else SENTRY_WINDOWS, limit, wakes)
        case SentryMetric():
            return _fitting(signal, "over", SENTRY_WINDOWS, limit, wakes)
        case MetricSignal():
            return _fitting(signal, "over", METRIC_WINDOWS, limit, wakes)
        case Uptime():
            return _fitting(signal, "every", PACES, limit, wakes)
        case Cron():
            return _faster_cron(signal, limit)
        case RawQuery():
            return "shorten the window in the query, such as last_5m"
        case Composite():
            return "make its slowest part faster"
        case Elsewhere():
            return f"make its sender faster and write detects-within: {Length(limit)}, or give it a later severity"
        case Slo():
            return "give it a severity that detects later, or page by a rule on errors or on a metric"


def _fitting(signal: Signal, word: str, lengths: tuple[str, ...], limit: int, wakes: bool) -> str:
    for length in sorted(map(parse_duration, lengths), reverse=True):
        shorter = signal.model_copy(update={word: length})
        seconds = _of_signal(shorter, wakes=wakes).seconds
        if seconds is not None and seconds <= limit:
            return f"write {word}: {length}"
    return f"no {word} is short enough; give it a severity that detects later"


def _faster_cron(signal: Cron, limit: int) -> str:
    left = limit - SENTRY_LOOKS
    if signal.failures > 1:
        first = signal.model_copy(update={"failures": 1})
        seconds = _of_cron(first).seconds
        if seconds is not None and seconds <= limit:
            return "write failures: 1"
    if left < MINUTE:
        return "give it a severity that detects later"
    margins = f"write late-after and at-most of {exact_length(left // MINUTE * MINUTE)} or less"
    return margins if signal.failures == 1 else f"{margins}, and failures: 1"
