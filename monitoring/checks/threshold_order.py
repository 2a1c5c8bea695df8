"""Rules that watch the same thing fire in order: the more severe one at the worse value, and no two at one severity."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

from monitoring.checks._check import catalog_check
from monitoring.checks._context import Context, Finding
from monitoring.checks._subjects import rules_watching
from monitoring.model.service import Rule
from monitoring.model.signals import (
    Errors,
    SentryMetric,
    Uptime,
)
from monitoring.model.signals.base import RankedLimit
from monitoring.model.signals.query_monitor import QueryMonitor

SUBJECTS = rules_watching(
    "rules with a threshold",
    *(QueryMonitor, SentryMetric, Errors, Uptime),
    only=lambda _, rule: rule.uptime is None or rule.uptime.asks.certificate,
)


class _Limit(NamedTuple):
    rule: Rule
    limit: RankedLimit

    @property
    def rank(self) -> tuple[float, bool]:
        """What is higher where the rule fires at a worse value."""
        return self.limit.badness, self.limit.is_exceeded


@catalog_check("threshold-order", about=SUBJECTS)
def threshold_order(context: Context) -> Iterator[str | Finding]:
    """Looks at each rule with a threshold; finds pairs on the same thing that fire in the wrong order, or twice."""
    families: dict[Any, list[_Limit]] = {}
    for _, rule, signal in context.rules:
        if limit := signal.ranked_limit:
            yield rule.id
            family = (limit.watches, rule.environments, str(rule.for_each_tenant))
            families.setdefault(family, []).append(_Limit(rule, limit))
    for limits in families.values():
        if len(limits) > 1:
            yield from _disordered(context, sorted(limits, key=lambda limit: limit.rule.severity.rank))


def _disordered(context: Context, family: list[_Limit]) -> Iterator[Finding]:
    for worse, milder in pairwise(family):
        if worse.rule.severity is milder.rule.severity:
            what = f'watches the same thing as "{worse.rule.id}", at the same severity'
            yield _pair(context, milder, worse, what, "keep one of the two")
        elif worse.rank <= milder.rank:
            what = (
                f'is {worse.rule.severity} and fires at "{worse.limit.spelled}", '
                f'no worse than the {milder.rule.severity} rule "{milder.rule.id}" at "{milder.limit.spelled}"'
            )
            yield _pair(context, worse, milder, what, "let the more severe rule fire at the worse value")


def _pair(context: Context, limit: _Limit, other: _Limit, what: str, remedy: str) -> Finding:
    path = (limit.rule.signal_word, limit.limit.field)
    return context.finding("rule", limit.rule.id, *path, key=f"order with {other.rule.id}", what=what, remedy=remedy)
