"""What silence of a metric means is decided in the catalog, not by a vendor's default."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.checks._check import catalog_check
from monitoring.checks._context import Context, Finding
from monitoring.checks._subjects import SILENT_RULES
from monitoring.model.service import Rule
from monitoring.model.signals import MetricSignal, RawQuery


@catalog_check("no-data-decided", about=SILENT_RULES)
def no_data_decided(context: Context) -> Iterator[str | Finding]:
    """Looks at each rule on a metric or a raw query; finds those that do not say `when-silent`."""
    for _, rule, signal in context.rules:
        if isinstance(signal, MetricSignal | RawQuery):
            yield rule.id
            if signal.when_silent is None:
                yield _undecided(context, rule)


def _undecided(context: Context, rule: Rule) -> Finding:
    what, remedy = "does not say what it means when no data arrives", "write when-silent: alert, resolve or show"
    return context.finding("rule", rule.id, rule.signal_word, key="silence undecided", what=what, remedy=remedy)
