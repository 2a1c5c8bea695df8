"""A composite is made of monitors that Datadog can combine, where it acts itself."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.checks._case import Case, Finding, Watch, found
from monitoring.checks._subjects import COMPOSITE_RULES
from monitoring.model.service import Rule
from monitoring.model.signals import Composite, MetricSignal, RawQuery, Uptime

ABOUT = COMPOSITE_RULES
MOST_PARTS = 10
"""Monitors in a composite of Datadog (its documentation of composite monitors)."""


def looks_at(case: Case, watch: Watch[Composite]) -> Iterator[Finding]:
    """Looks at each composite; finds parts that are not single monitors of Datadog, or are missing where it acts."""
    _, rule, signal = watch
    monitors = 0
    for name in signal.parts:
        part = case.catalog.rules[name][1]
        monitors += len(part.uptime.methods) if part.uptime else 1
        yield from _wrong(case, rule, part)
    if monitors > MOST_PARTS:
        what = f"combines {monitors} monitors, and datadog takes {MOST_PARTS}"
        yield found(case, "rule", rule.id, "composite", key="too many parts", what=what, remedy="combine fewer of them")


def _wrong(case: Case, rule: Rule, part: Rule) -> Iterator[Finding]:
    if not isinstance(part.signal, Uptime | MetricSignal | RawQuery):
        what = f'combines "{part.id}", which watches {part.signal_word} and is no single monitor of datadog'
        remedy = "combine rules on uptime, metric or query"
        yield found(case, "rule", rule.id, "composite", key=f"part {part.id}", what=what, remedy=remedy)
        return
    for name in case.places_of(rule):
        if name not in case.places_of(part):
            what = f'acts in "{name}", where its part "{part.id}" does not'
            remedy = "give both the same environments"
            yield found(case, "rule", rule.id, "composite", key=f"{part.id} not in {name}", what=what, remedy=remedy)
