"""What is counted is a count: a sum of shares or of durations means nothing."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.checks._check import catalog_check
from monitoring.checks._context import Context, Finding
from monitoring.checks._subjects import rules_with
from monitoring.model.scalars import UNITS
from monitoring.model.service import Rule
from monitoring.model.signals import MetricSignal, Slo

SUBJECTS = rules_with("rules on metrics and objectives", "metric", "slo")


@catalog_check("counted-things", about=SUBJECTS)
def counted_things(context: Context) -> Iterator[str | Finding]:
    """Looks at each rule on a metric and each objective; finds sums over metrics that do not count."""
    for _, rule, signal in context.rules:
        if isinstance(signal, Slo):
            yield rule.id
            yield from _objective(context, rule, signal)
        elif isinstance(signal, MetricSignal):
            yield rule.id
            yield from _sum(context, rule, signal)


def _objective(context: Context, rule: Rule, signal: Slo) -> Iterator[Finding]:
    for word, part in (("good", signal.good), ("total", signal.total)):
        kind = context.catalog.platform.metrics[part.name].kind
        if kind != "count":
            what = f'counts {word} events with "{part.name}", which is a {kind}'
            yield context.finding(
                "rule", rule.id, "slo", word, key=f"{word} is no count", what=what, remedy="name a count"
            )
    if signal.good == signal.total:
        what = "counts the same events as good and as total, so it is always met"
        remedy = "let good be a part of total"
        yield context.finding("rule", rule.id, "slo", "good", key="good is total", what=what, remedy=remedy)


def _sum(context: Context, rule: Rule, signal: MetricSignal) -> Iterator[Finding]:
    metric = context.catalog.platform.metrics[signal.name]
    dimension = UNITS[metric.unit][0]
    if signal.aggregation == "sum" and (dimension == "share" or (dimension == "time" and metric.kind != "count")):
        what = f'sums up "{signal.name}", which is a {dimension} and no count'
        yield context.finding(
            "rule", rule.id, "metric", "sum", key="sum of no count", what=what, remedy="write avg, max or min"
        )
