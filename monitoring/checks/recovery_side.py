"""A rule recovers on the calm side of its threshold, or it flaps, or never recovers."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.checks._check import rule_check
from monitoring.checks._context import Context, Finding, WatchedRule
from monitoring.checks._subjects import METRIC_RULES
from monitoring.model.signals import MetricSignal


@rule_check("recovery-side", about=METRIC_RULES, signal=MetricSignal)
def recovery_side(context: Context, watched: WatchedRule[MetricSignal]) -> Iterator[Finding]:
    """Looks at each rule on a metric; finds recoveries at or beyond the value at which the rule fires."""
    _, rule, signal = watched
    side = _wrong_side(signal)
    if side:
        yield context.finding(
            "rule",
            rule.id,
            "metric",
            "recovers-at",
            key="recovers on the wrong side",
            what=f'recovers at "{signal.recovers_at}", which is not {side} "{signal.threshold}"',
            remedy=f"write a value {side} the threshold, or leave recovers-at out",
        )


def _wrong_side(signal: MetricSignal) -> str:
    if signal.recovers_at is None:
        return ""
    difference = signal.recovers_at.base - signal.threshold.base
    if signal.above is not None:
        return "" if difference < 0 else "below"
    return "" if difference > 0 else "above"
