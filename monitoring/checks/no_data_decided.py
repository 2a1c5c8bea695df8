"""What silence of a metric means is decided in the catalog, not by a vendor's default."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.checks._case import Case, Finding, found
from monitoring.checks._subjects import SILENT_RULES
from monitoring.model.signals import MetricSignal, RawQuery

ABOUT = SILENT_RULES


def looks(case: Case) -> Iterator[str | Finding]:
    """Looks at each rule on a metric or a raw query; finds those that do not say `when-silent`."""
    for _, rule, signal in case.watches:
        if isinstance(signal, MetricSignal | RawQuery):
            yield rule.id
            if signal.when_silent is None:
                yield found(
                    case,
                    "rule",
                    rule.id,
                    rule.signal_word,
                    key="silence undecided",
                    what="does not say what it means when no data arrives",
                    remedy="write when-silent: alert, resolve or show",
                )
