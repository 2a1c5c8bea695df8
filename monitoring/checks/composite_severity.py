"""A composite is more severe than its parts that wake, or it is one page more and no news."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.checks._check import rule_check
from monitoring.checks._context import Context, Finding, WatchedRule
from monitoring.checks._subjects import COMPOSITE_RULES
from monitoring.model.signals import Composite


@rule_check("composite-severity", about=COMPOSITE_RULES, signal=Composite)
def composite_severity(context: Context, watched: WatchedRule[Composite]) -> Iterator[Finding]:
    """Looks at each composite; finds those that wake no sooner than a part that has woken somebody already."""
    _, rule, signal = watched
    parts = [context.catalog.rules[name][1] for name in (*signal.all_of, *signal.any_of)]
    waking = [part for part in parts if context.rule_wakes(part)]
    if context.rule_wakes(rule) and waking:
        worst = min(waking, key=lambda part: part.severity.rank)
        if rule.severity.rank >= worst.severity.rank:
            yield context.finding(
                "rule",
                rule.id,
                "severity",
                key=f"no more severe than {worst.id}",
                what=f'is {rule.severity}, and its part "{worst.id}" wakes people as {worst.severity} already',
                remedy="make the composite more severe, or its parts less",
            )
