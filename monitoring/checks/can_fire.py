"""A threshold lies where the measured value can go: neither never nor always reached."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.checks._check import catalog_check
from monitoring.checks._context import Context, Finding
from monitoring.checks._subjects import rules_with
from monitoring.model.scalars import Quantity
from monitoring.model.service import Rule
from monitoring.model.signals import Composite, Cron, Errors, MetricSignal, RawQuery, SentryMetric, Slo, Uptime

SUBJECTS = rules_with(
    "rules with a value to compare",
    *("metric", "sentry_metric", "query", "uptime"),
    only=lambda _, rule: rule.uptime is None or not rule.uptime.asks.certificate,
)
NEVER = "can never fire"
ALWAYS = "fires always"


@catalog_check("can-fire", about=SUBJECTS)
def can_fire(context: Context) -> Iterator[str | Finding]:
    """Looks at each rule that compares a value; finds thresholds at or beyond the ends of what is possible."""
    for _, rule, signal in context.rules:
        match signal:
            case MetricSignal():
                yield rule.id
                yield from _metric(context, rule, signal)
            case SentryMetric():
                yield rule.id
                yield from _limits(context, rule, ("sentry-metric", "above"), above=signal.above)
            case Uptime() if not signal.asks.certificate:
                yield rule.id
                yield from _answer(context, rule, signal)
            case RawQuery():  # its query may count anything
                yield rule.id
            case Uptime() | Errors() | Cron() | Composite() | Slo():  # nothing is compared, or no end is known
                pass


def _metric(context: Context, rule: Rule, signal: MetricSignal) -> Iterator[Finding]:
    metric = context.catalog.platform.metrics[signal.name]
    may_be_negative = metric.kind == "gauge" and signal.threshold.dimension == "count"
    if not may_be_negative:
        side = "above" if signal.above is not None else "below"
        yield from _limits(context, rule, ("metric", side), above=signal.above, below=signal.below)
        yield from _recovery(context, rule, signal)


def _limits(
    context: Context, rule: Rule, path: tuple[str, str], *, above: Quantity | None = None, below: Quantity | None = None
) -> Iterator[Finding]:
    verdict = _above(above) if above is not None else _below(below or Quantity(0))
    if verdict:
        value = above if above is not None else below
        what = f'{verdict} {path[1]} "{value}", since the value lies {_range(value or Quantity(0))}'
        yield context.finding("rule", rule.id, *path, key=verdict, what=what, remedy="write a value inside that")


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


def _recovery(context: Context, rule: Rule, signal: MetricSignal) -> Iterator[Finding]:
    recovery = signal.recovers_at
    if recovery and (recovery.base < 0 or (recovery.dimension == "share" and recovery.base > 1)):
        what = f'never recovers at "{recovery}", since the value lies {_range(recovery)}'
        path = ("metric", "recovers-at")
        yield context.finding(
            "rule", rule.id, *path, key="never recovers", what=what, remedy="write a value inside that"
        )


def _answer(context: Context, rule: Rule, signal: Uptime) -> Iterator[Finding]:
    request = signal.asks.health or signal.asks.page
    if request and request.within.seconds == 0:
        what = f'{ALWAYS}, since no answer comes within "{request.within}"'
        yield context.finding("rule", rule.id, "uptime", "asks", key=ALWAYS, what=what, remedy="write 1s or more")
