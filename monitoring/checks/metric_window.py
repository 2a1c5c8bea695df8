"""A window holds at least one point of its metric."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.checks._check import catalog_check
from monitoring.checks._context import Context, Finding
from monitoring.checks._subjects import rules_with
from monitoring.model.burn_rates import burn_rates
from monitoring.model.scalars import Length
from monitoring.model.service import Rule
from monitoring.model.signals import MetricSignal, RawQuery, Signal, Slo
from monitoring.queries import MonitorQuery, read_query

SUBJECTS = rules_with("rules on datadog's metrics", "metric", "slo", "query")
Windows = Iterator[tuple[int, str, tuple[str, ...], str]]


@catalog_check("metric-window", about=SUBJECTS)
def metric_window(context: Context) -> Iterator[str | Finding]:
    """Looks at each metric of a rule; finds windows shorter than the time between two points.

    An objective is looked at over the shortest of its burn windows.
    """
    for _, rule, signal in context.rules:
        if isinstance(signal, MetricSignal | Slo | RawQuery):
            yield rule.id
            yield from _empty_windows(context, rule, signal)


def _empty_windows(context: Context, rule: Rule, signal: Signal) -> Iterator[Finding]:
    metrics = context.catalog.platform.metrics
    for seconds, name, path, remedy in _windows(context, rule, signal):
        if name in metrics and seconds < metrics[name].interval.seconds:
            interval = metrics[name].interval
            what = f'looks at {Length(seconds)}, and "{name}" is sent every {interval}'
            key = {"metric": "window", "slo": path[1]}.get(path[0], name) + " without data"
            yield context.finding("rule", rule.id, *path, key=key, what=what, remedy=remedy.format(interval))


def _windows(context: Context, rule: Rule, signal: Signal) -> Windows:
    """Each metric of a signal: the seconds that are looked at, its name, where it stands, and what to do."""
    match signal:
        case MetricSignal():
            yield signal.over.seconds, signal.name, ("metric", "over"), "write over: {} or longer"
        case Slo():
            shortest = min(rate.short_minutes for rate in burn_rates(wakes=context.rule_wakes(rule))) * 60
            for word, part in (("good", signal.good), ("total", signal.total)):
                yield shortest, part.name, ("slo", word), "send it more often, or watch it with metric, over {}"
        case RawQuery():
            query = read_query(signal.query)
            if isinstance(query, MonitorQuery) and query.seconds is not None:
                for name in dict.fromkeys(series.metric for series in query.series):
                    yield query.seconds, name, ("query", "query"), "look at {} or longer"
        case _:
            return
