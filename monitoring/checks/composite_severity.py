"""A composite is more severe than its parts that wake, or it is one page more and no news."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.checks._case import Case, Finding, Watch, found
from monitoring.checks._subjects import COMPOSITE_RULES
from monitoring.model.signals import Composite

ABOUT = COMPOSITE_RULES


def looks_at(case: Case, watch: Watch[Composite]) -> Iterator[Finding]:
    """Looks at each composite; finds those that wake no sooner than a part that has woken somebody already."""
    _, rule, signal = watch
    parts = [case.catalog.rules[name][1] for name in (*signal.all_of, *signal.any_of)]
    waking = [part for part in parts if case.rule_wakes(part)]
    if case.rule_wakes(rule) and waking:
        worst = min(waking, key=lambda part: part.severity.rank)
        if rule.severity.rank >= worst.severity.rank:
            yield found(
                case,
                "rule",
                rule.id,
                "severity",
                key=f"no more severe than {worst.id}",
                what=f'is {rule.severity}, and its part "{worst.id}" wakes people as {worst.severity} already',
                remedy="make the composite more severe, or its parts less",
            )
