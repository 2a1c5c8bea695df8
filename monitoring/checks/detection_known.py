"""A rule that wakes people has a signal of which somebody knows how late it fires."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.checks._check import catalog_check
from monitoring.checks._context import Context, Finding
from monitoring.checks._subjects import SILENT_RULES
from monitoring.model.signals.query_monitor import QueryMonitor


@catalog_check("detection-known", about=SILENT_RULES)
def detection_known(context: Context) -> Iterator[str | Finding]:
    """Looks at each rule over a query at Datadog; finds those that wake by what nobody promises a time for."""
    for _, rule, signal in context.rules:
        if isinstance(signal, QueryMonitor):
            yield rule.id
            if context.rule_wakes(rule) and (unknown := _unknown(signal)):
                key, why = unknown
                limit = context.catalog.severities[rule.severity].detects_within.seconds
                what, remedy = f"is {rule.severity} and wakes people, and {why}", signal.faster(limit)
                yield context.finding("rule", rule.id, rule.signal_word, key=key, what=what, remedy=remedy)


def _unknown(signal: QueryMonitor) -> tuple[str, str] | None:
    """Why nobody knows how late it fires, with a key; a raw query that is not read is a finding of its own check."""
    if signal.form.unproved:
        return "unproved", signal.form.unproved
    takes = signal.detection(wakes=True, parts=())
    return ("unknown", takes.how) if takes.seconds is None and signal.groups is not None else None
