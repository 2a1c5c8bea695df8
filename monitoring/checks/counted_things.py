"""What is counted is a count: a sum of shares or of durations means nothing."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.checks._check import catalog_check
from monitoring.checks._context import Context, Finding
from monitoring.checks._subjects import rules_watching
from monitoring.model.scalars import UNITS
from monitoring.model.service import Rule
from monitoring.model.signals import Signal, Slo
from monitoring.model.signals.base import DataRead
from monitoring.model.signals.query_monitor import QueryMonitor

SUBJECTS = rules_watching(
    "rules on metrics and objectives", QueryMonitor, Slo, only=lambda _, rule: _metrics_read(rule.signal)
)


@catalog_check("counted-things", about=SUBJECTS)
def counted_things(context: Context) -> Iterator[str | Finding]:
    """Looks at each rule on a metric and each objective; finds sums over metrics that do not count."""
    for _, rule, signal in context.rules:
        if isinstance(signal, Slo):
            yield rule.id
            yield from _objective(context, rule, signal)
        elif reads := _metrics_read(signal):
            yield rule.id
            for read in reads:
                yield from _sum(context, rule, read)


def _metrics_read(signal: Signal) -> list[DataRead]:
    return [read for read in signal.reads if read.sender == "metric"]


def _objective(context: Context, rule: Rule, signal: Slo) -> Iterator[Finding]:
    for word, part in (("good", signal.good), ("total", signal.total)):
        kind = context.catalog.platform.metrics[part.name].kind
        if kind != "count":
            what = f'counts {word} events with "{part.name}", which is a {kind}'
            yield context.finding(
                "rule", rule.id, "slo", word, key=f"{word} is no count", what=what, remedy="name a count"
            )
    if signal.good.counts_all_of(signal.total):
        what = "counts as good all that it counts as total, so it is always met"
        remedy = "let good be a part of total"
        yield context.finding("rule", rule.id, "slo", "good", key="good is total", what=what, remedy=remedy)


def _sum(context: Context, rule: Rule, read: DataRead) -> Iterator[Finding]:
    metric = context.catalog.platform.metrics[read.name]
    dimension = UNITS[metric.unit][0]
    if read.aggregation == "sum" and (dimension == "share" or (dimension == "time" and metric.kind != "count")):
        what = f'sums up "{read.name}", which is a {dimension} and no count'
        path, remedy = (rule.signal_word, *read.at, "sum"), "write avg, max or min"
        yield context.finding("rule", rule.id, *path, key="sum of no count", what=what, remedy=remedy)
