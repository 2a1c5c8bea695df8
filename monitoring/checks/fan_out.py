"""One cause does not page a crowd: groups, tenants and receivers of a rule stay within a bound."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.checks._check import rule_check
from monitoring.checks._context import Context, Finding, WatchedRule
from monitoring.checks._groups import grouping
from monitoring.checks._subjects import RULES
from monitoring.model.service import Rule
from monitoring.model.signals import Signal

MAX_PAGES = 10
"""Pages that wake people at once by one rule, beyond which nobody reads them."""
MAX_MESSAGES = 60


@rule_check("fan-out", about=RULES)
def fan_out(context: Context, watched: WatchedRule[Signal]) -> Iterator[Finding]:
    """Looks at each rule; finds those that could send more pages, or messages in all, than anybody reads.

    A raw query that is not read may group by anything, and counts like one tag whose values nobody lists.
    """
    service, rule, signal = watched
    route = context.catalog.teams[context.team_of(service, rule)].routes.get(rule.severity)
    firings = grouping(context.catalog, signal).count * _tenants(context, rule)
    receivers = len(route.receivers) + bool(route.page) if route else 0
    if route and route.page and context.rule_wakes(rule) and firings > MAX_PAGES:
        yield _finding(context, rule, "pages", f"can wake people {firings} times at once", MAX_PAGES)
    elif firings * receivers > MAX_MESSAGES:
        yield _finding(context, rule, "messages", f"can send {firings * receivers} messages at once", MAX_MESSAGES)


def _tenants(context: Context, rule: Rule) -> int:
    """How many rules it becomes: one for each listed tenant of its plan, and one for all others."""
    scope = rule.for_each_tenant
    return 1 + len(context.catalog.tenants_of.get(scope.plan, ())) if scope else 1


def _finding(context: Context, rule: Rule, key: str, what: str, bound: int) -> Finding:
    remedy = f"group by less, list the tag's values, or filter, so that it is at most {bound}"
    return context.finding("rule", rule.id, rule.signal_word, key=f"too many {key}", what=what, remedy=remedy)
