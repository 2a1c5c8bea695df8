"""What is counted is a count: a sum of shares or of durations means nothing."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.checks._case import Case, Finding, Watch, found
from monitoring.checks._subjects import rules_with
from monitoring.model.service import Rule
from monitoring.model.signals import MetricSignal, Slo
from monitoring.model.words import UNITS

ABOUT = rules_with("rules on metrics and objectives", "metric", "slo")


def looks_at(case: Case, watch: Watch[MetricSignal | Slo]) -> Iterator[Finding]:
    """Looks at each rule on a metric and each objective; finds sums over metrics that do not count."""
    _, rule, signal = watch
    if isinstance(signal, Slo):
        yield from _objective(case, rule, signal)
    else:
        yield from _sum(case, rule, signal)


def _objective(case: Case, rule: Rule, signal: Slo) -> Iterator[Finding]:
    for word, part in (("good", signal.good), ("total", signal.total)):
        kind = case.catalog.platform.datadog.metrics[part.name].kind
        if kind != "count":
            what = f'counts {word} events with "{part.name}", which is a {kind}'
            yield found(case, "rule", rule.id, "slo", word, key=f"{word} is no count", what=what, remedy="name a count")
    if signal.good == signal.total:
        what = "counts the same events as good and as total, so it is always met"
        remedy = "let good be a part of total"
        yield found(case, "rule", rule.id, "slo", "good", key="good is total", what=what, remedy=remedy)


def _sum(case: Case, rule: Rule, signal: MetricSignal) -> Iterator[Finding]:
    metric = case.catalog.platform.datadog.metrics[signal.name]
    dimension = UNITS[metric.unit][0]
    if signal.aggregation == "sum" and (dimension == "share" or (dimension == "time" and metric.kind != "count")):
        what = f'sums up "{signal.name}", which is a {dimension} and no count'
        yield found(
            case, "rule", rule.id, "metric", "sum", key="sum of no count", what=what, remedy="write avg, max or min"
        )
