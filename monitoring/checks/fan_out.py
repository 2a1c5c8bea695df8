"""One cause does not page a crowd: groups, tenants and receivers of a rule stay within a bound."""

from __future__ import annotations

from collections.abc import Iterator
from math import prod

from monitoring.checks._check import rule_check
from monitoring.checks._context import Context, Finding, WatchedRule
from monitoring.checks._subjects import RULES
from monitoring.model.service import Rule
from monitoring.model.signals import MetricSignal, Signal

MAX_PAGES = 10
"""Pages that wake people at once by one rule, beyond which nobody reads them."""
MAX_MESSAGES = 60
ASSUMED_GROUPS = 20
"""Groups of a tag whose values nobody lists."""


@rule_check("fan-out", about=RULES)
def fan_out(context: Context, watched: WatchedRule[Signal]) -> Iterator[Finding]:
    """Looks at each rule; finds those that could send more pages, or messages in all, than anybody reads."""
    service, rule, signal = watched
    route = context.catalog.teams[context.team_of(service, rule)].routes.get(rule.severity)
    firings = _groups(context, signal) * _tenants(context, rule)
    receivers = len(route.slack) + len(route.email) + bool(route.page) if route else 0
    if route and route.page and context.rule_wakes(rule) and firings > MAX_PAGES:
        yield _finding(context, rule, "pages", f"can wake people {firings} times at once", MAX_PAGES)
    elif firings * receivers > MAX_MESSAGES:
        yield _finding(context, rule, "messages", f"can send {firings * receivers} messages at once", MAX_MESSAGES)


def _tenants(context: Context, rule: Rule) -> int:
    """How many rules it becomes: one for each listed tenant of its plan, and one for all others."""
    scope = rule.for_each_tenant
    return 1 + len(context.catalog.tenants_of.get(scope.plan, ())) if scope else 1


def _groups(context: Context, signal: Signal) -> int:
    if not isinstance(signal, MetricSignal):
        return 1
    tags = context.catalog.platform.metrics[signal.name].tags
    return prod(_values(tags[key].values, signal.where.get(key)) for key in signal.by)


def _values(declared: tuple[str, ...] | None, filtered: tuple[str, ...] | None) -> int:
    values = filtered or declared
    return len(values) if values else ASSUMED_GROUPS


def _finding(context: Context, rule: Rule, key: str, what: str, bound: int) -> Finding:
    remedy = f"group by less, list the tag's values, or filter, so that it is at most {bound}"
    return context.finding("rule", rule.id, rule.signal_word, key=f"too many {key}", what=what, remedy=remedy)
