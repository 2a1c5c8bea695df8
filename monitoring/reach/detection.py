"""How long a signal itself takes: from the moment that its condition holds until it fires, at worst.

A bound for a condition that holds without a break at exactly its threshold; a worse one fires sooner. What happens
before the signal can see anything (sending, ingestion) is an assumption of the proof, not part of this.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from monitoring.model.burn_rates import PAGE, TICKET
from monitoring.model.scalars import SECONDS_IN, Length
from monitoring.model.service import Rule
from monitoring.model.signals import (
    TEST_TIMEOUT,
    Certificate,
    Composite,
    Cron,
    Errors,
    MetricSignal,
    RawQuery,
    SentryMetric,
    Signal,
    Slo,
    Uptime,
)
from monitoring.oncall.clock import DAY

# Each minute: check-ins (Sentry's description of cron monitors), and counts per issue [inferred].
SENTRY_LOOKS = 60
# From this window on, in minutes: how many minutes lie between two evaluations.
_SENTRY_EVALUATES = ((1_440, 15), (240, 5), (60, 3), (30, 2), (0, 1))
_WINDOW = re.compile(r"last[_(]\"?(\d{1,5})([smhdw])")


@dataclass(frozen=True, slots=True)
class Detection:
    """The longest that a signal takes, in seconds, or None where its query does not tell; and how that comes about."""

    seconds: int | None
    how: str


def sentry_evaluates(window: int) -> int:
    """How often Sentry looks, in seconds, for a metric monitor's window, in seconds too.

    The default resolutions by window in get_alert_resolution (getsentry/sentry, src/sentry/incidents/logic.py).
    """
    return next(interval * 60 for least, interval in _SENTRY_EVALUATES if window >= least * 60)


def datadog_evaluates(window: int) -> int:
    """How often Datadog looks, in seconds, for a window: 1, 10 or 30 minutes below a day, below two days, and longer.

    General knowledge of Datadog, not verified.
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
            return _of_window(signal.over.seconds)
        case RawQuery():
            return _of_query(signal.query)
        case Slo():
            return _of_window((PAGE if wakes else TICKET)[0].long_hours * 3_600)
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


def _of_query(query: str) -> Detection:
    window = seconds_of_window(query)
    return Detection(None, "its own query") if window is None else _of_window(window)


def _of_window(window: int) -> Detection:
    interval = datadog_evaluates(window)
    return Detection(window + interval, f"{Length(window)} of values, evaluated every {Length(interval)}")


def _of_cron(signal: Cron) -> Detection:
    if signal.failures > 1:
        return Detection(None, f"{signal.failures} failures in a row of {signal.schedule}")
    slowest = max(signal.late_after.seconds, signal.at_most.seconds)
    return Detection(slowest + SENTRY_LOOKS, f"after the run was due, {Length(slowest)}, looked at every minute")


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
