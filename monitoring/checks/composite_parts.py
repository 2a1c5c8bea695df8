"""A composite is made of monitors that Datadog can combine, where it acts itself."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.checks._check import rule_check
from monitoring.checks._context import Context, Finding, WatchedRule
from monitoring.checks._subjects import COMPOSITE_RULES
from monitoring.model.service import Rule
from monitoring.model.signals import Composite, Uptime
from monitoring.model.signals.query_monitor import QueryMonitor
from monitoring.queries import composite_limit


@rule_check("composite-parts", about=COMPOSITE_RULES, signal=Composite)
def composite_parts(context: Context, watched: WatchedRule[Composite]) -> Iterator[Finding]:
    """Looks at each composite; finds parts that are not single monitors of Datadog, or are missing where it acts."""
    _, rule, signal = watched
    monitors = 0
    for name in signal.parts:
        part = context.catalog.rules[name][1]
        monitors += len(part.uptime.methods) if part.uptime else 1
        yield from _unfit(context, rule, part)
    if monitors > composite_limit():
        what = f"combines {monitors} monitors, and Datadog takes {composite_limit()}"
        yield context.finding(
            "rule", rule.id, "composite", key="too many parts", what=what, remedy="combine fewer of them"
        )


def _unfit(context: Context, rule: Rule, part: Rule) -> Iterator[Finding]:
    if not isinstance(part.signal, Uptime | QueryMonitor):
        what = f'combines "{part.id}", which watches {part.signal_word} and is no single monitor of datadog'
        remedy = "combine rules that one monitor of datadog watches, such as uptime or metric"
        yield context.finding("rule", rule.id, "composite", key=f"part {part.id}", what=what, remedy=remedy)
        return
    for name in context.environments_of(rule):
        if name not in context.environments_of(part):
            what = f'acts in "{name}", where its part "{part.id}" does not'
            remedy = "give both the same environments"
            yield context.finding(
                "rule", rule.id, "composite", key=f"{part.id} not in {name}", what=what, remedy=remedy
            )
