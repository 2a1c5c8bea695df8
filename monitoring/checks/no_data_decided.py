"""What silence of a metric means is decided in the catalog, not by a vendor's default."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.checks._case import Case, Finding, Watch, found
from monitoring.checks._subjects import SILENT_RULES
from monitoring.model.signals import MetricSignal, RawQuery

ABOUT = SILENT_RULES


def looks_at(case: Case, watch: Watch[MetricSignal | RawQuery]) -> Iterator[Finding]:
    """Looks at each rule on a metric or a raw query; finds those that do not say `when-silent`."""
    _, rule, signal = watch
    if signal.when_silent is None:
        what, remedy = "does not say what it means when no data arrives", "write when-silent: alert, resolve or show"
        yield found(case, "rule", rule.id, rule.signal_word, key="silence undecided", what=what, remedy=remedy)
