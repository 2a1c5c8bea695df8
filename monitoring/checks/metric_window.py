"""A window holds at least one point of its metric."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.checks._check import catalog_check
from monitoring.checks._context import Context, Finding
from monitoring.checks._subjects import rules_watching
from monitoring.model.burn_rates import burn_rates
from monitoring.model.scalars import Length
from monitoring.model.service import Rule
from monitoring.model.signals import Signal, Slo
from monitoring.model.signals.query_monitor import QueryMonitor

SUBJECTS = rules_watching("rules on datadog's metrics", QueryMonitor, Slo)
Windows = Iterator[tuple[int, str, str, str]]


@catalog_check("metric-window", about=SUBJECTS)
def metric_window(context: Context) -> Iterator[str | Finding]:
    """Looks at each metric of a rule; finds windows shorter than the time between two points.

    An objective is looked at over the shortest of its burn windows.
    """
    for _, rule, signal in context.rules:
        if isinstance(signal, QueryMonitor | Slo):
            yield rule.id
            yield from _empty_windows(context, rule, signal)


def _empty_windows(context: Context, rule: Rule, signal: Signal) -> Iterator[Finding]:
    metrics = context.catalog.platform.metrics
    for seconds, name, field, remedy in _windows(context, rule, signal):
        if name in metrics and seconds < metrics[name].interval.seconds:
            interval = metrics[name].interval
            what = f'looks at {Length(seconds)}, and "{name}" is sent every {interval}'
            key = {"over": "window", "query": name}.get(field, field)
            path, remedy = (rule.signal_word, field), remedy.format(interval)
            yield context.finding("rule", rule.id, *path, key=f"{key} without data", what=what, remedy=remedy)


def _windows(context: Context, rule: Rule, signal: Signal) -> Windows:
    """Each metric of a signal: the seconds that are looked at, its name, the word where it stands, and what to do."""
    if isinstance(signal, Slo):
        shortest = min(rate.short_minutes for rate in burn_rates(wakes=context.rule_wakes(rule))) * 60
        for word, part in (("good", signal.good), ("total", signal.total)):
            yield shortest, part.name, word, "send it more often, or watch it with metric, over {}"
    elif isinstance(signal, QueryMonitor) and signal.looks_back is not None:
        word = signal.window_field
        remedy = "look at {} or longer" if word == "query" else f"write {word}: {{}} or longer"
        for name in signal.metric_names:
            yield signal.looks_back, name, word, remedy
