"""A threshold lies where the measured value can go: neither never nor always reached."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.checks._case import Case, Finding, Watch, found
from monitoring.checks._subjects import rules_with
from monitoring.model.service import Rule
from monitoring.model.signals import MetricSignal, RawQuery, SentryMetric, Uptime
from monitoring.model.words import Quantity

ABOUT = rules_with(
    "rules with a value to compare",
    *("metric", "sentry_metric", "query", "uptime"),
    only=lambda _, rule: rule.uptime is None or not rule.uptime.asks.certificate,
)
NEVER = "can never fire"
ALWAYS = "fires always"


def looks_at(case: Case, watch: Watch[MetricSignal | SentryMetric | RawQuery | Uptime]) -> Iterator[Finding]:
    """Looks at each rule that compares a value; finds thresholds at or beyond the ends of what is possible."""
    _, rule, signal = watch
    match signal:
        case MetricSignal():
            yield from _metric(case, rule, signal)
        case SentryMetric():
            yield from _limits(case, rule, ("sentry-metric", "above"), above=signal.above)
        case Uptime():
            yield from _answer(case, rule, signal)
        case RawQuery():  # its query may count anything
            return


def _metric(case: Case, rule: Rule, signal: MetricSignal) -> Iterator[Finding]:
    metric = case.catalog.platform.datadog.metrics[signal.name]
    may_be_negative = metric.kind == "gauge" and signal.threshold.dimension == "count"
    if not may_be_negative:
        side = "above" if signal.above is not None else "below"
        yield from _limits(case, rule, ("metric", side), above=signal.above, below=signal.below)
        yield from _recovery(case, rule, signal)


def _limits(
    case: Case, rule: Rule, path: tuple[str, str], *, above: Quantity | None = None, below: Quantity | None = None
) -> Iterator[Finding]:
    verdict = _above(above) if above is not None else _below(below or Quantity(0))
    if verdict:
        value = above if above is not None else below
        what = f'{verdict} {path[1]} "{value}", since the value lies {_range(value or Quantity(0))}'
        yield found(case, "rule", rule.id, *path, key=verdict, what=what, remedy="write a value inside that")


def _above(limit: Quantity) -> str:
    if limit.base < 0:
        return ALWAYS
    return NEVER if limit.dimension == "share" and limit.base >= 1 else ""


def _below(limit: Quantity) -> str:
    if limit.base <= 0:
        return NEVER
    return ALWAYS if limit.dimension == "share" and limit.base > 1 else ""


def _range(value: Quantity) -> str:
    return "between 0% and 100%" if value.dimension == "share" else "at 0 or above"


def _recovery(case: Case, rule: Rule, signal: MetricSignal) -> Iterator[Finding]:
    recovery = signal.recovers_at
    if recovery and (recovery.base < 0 or (recovery.dimension == "share" and recovery.base > 1)):
        what = f'never recovers at "{recovery}", since the value lies {_range(recovery)}'
        path = ("metric", "recovers-at")
        yield found(case, "rule", rule.id, *path, key="never recovers", what=what, remedy="write a value inside that")


def _answer(case: Case, rule: Rule, signal: Uptime) -> Iterator[Finding]:
    asked = signal.asks.health or signal.asks.page
    if asked and asked.within.seconds == 0:
        what = f'{ALWAYS}, since no answer comes within "{asked.within}"'
        yield found(case, "rule", rule.id, "uptime", "asks", key=ALWAYS, what=what, remedy="write 1s or more")
