"""A rule that wakes people has a signal of which somebody knows how late it fires."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.checks._check import catalog_check
from monitoring.checks._context import Context, Finding
from monitoring.checks._subjects import SILENT_RULES
from monitoring.model.signals.query_monitor import QueryMonitor


@catalog_check("detection-known", about=SILENT_RULES)
def detection_known(context: Context) -> Iterator[str | Finding]:
    """Looks at each rule over a query at Datadog; finds those that wake by what Datadog promises no time for."""
    for _, rule, signal in context.rules:
        if isinstance(signal, QueryMonitor):
            yield rule.id
            if signal.form.unproved and context.rule_wakes(rule):
                what = f"is {rule.severity} and wakes people, and {signal.form.unproved}"
                remedy = signal.faster(0)
                yield context.finding("rule", rule.id, rule.signal_word, key="unproved", what=what, remedy=remedy)
