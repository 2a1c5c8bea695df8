"""A window holds at least one point of its metric."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.checks._case import Case, Finding, Watch, found
from monitoring.checks._subjects import METRIC_RULES
from monitoring.model.signals import MetricSignal

ABOUT = METRIC_RULES


def looks_at(case: Case, watch: Watch[MetricSignal]) -> Iterator[Finding]:
    """Looks at each rule on a metric; finds windows shorter than the time between two points."""
    _, rule, signal = watch
    interval = case.catalog.platform.datadog.metrics[signal.name].interval
    if signal.over < interval:
        yield found(
            case,
            "rule",
            rule.id,
            "metric",
            "over",
            key="window without data",
            what=f'looks at {signal.over}, and "{signal.name}" is sent every {interval}',
            remedy=f"write over: {interval} or longer",
        )
