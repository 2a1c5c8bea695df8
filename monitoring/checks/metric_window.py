"""A window holds at least one point of its metric."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.checks._check import rule_check
from monitoring.checks._context import Context, Finding, WatchedRule
from monitoring.checks._subjects import METRIC_RULES
from monitoring.model.signals import MetricSignal


@rule_check("metric-window", about=METRIC_RULES, signal=MetricSignal)
def metric_window(context: Context, watched: WatchedRule[MetricSignal]) -> Iterator[Finding]:
    """Looks at each rule on a metric; finds windows shorter than the time between two points."""
    _, rule, signal = watched
    interval = context.catalog.platform.metrics[signal.name].interval
    if signal.over < interval:
        yield context.finding(
            "rule",
            rule.id,
            "metric",
            "over",
            key="window without data",
            what=f'looks at {signal.over}, and "{signal.name}" is sent every {interval}',
            remedy=f"write over: {interval} or longer",
        )
