"""One cause does not page a crowd: groups, customers and receivers of a rule stay within a bound."""

from __future__ import annotations

from collections.abc import Iterator
from math import prod

from monitoring.checks._case import Case, Finding, Watch, found
from monitoring.checks._subjects import RULES
from monitoring.model.service import Rule
from monitoring.model.signals import MetricSignal, Signal

ABOUT = RULES
MOST_PAGES = 10
"""Pages that wake people at once by one rule, beyond which nobody reads them."""
MOST_MESSAGES = 60
ASSUMED_GROUPS = 20
"""Groups of a tag whose values nobody lists."""


def looks_at(case: Case, watch: Watch[Signal]) -> Iterator[Finding]:
    """Looks at each rule; finds those that could send more pages, or messages in all, than anybody reads."""
    service, rule, signal = watch
    route = case.catalog.teams[case.team_of(service, rule)].routes.get(rule.severity)
    firings = _groups(case, signal) * _customers(case, rule)
    receivers = len(route.slack) + len(route.email) + bool(route.page) if route else 0
    if route and route.page and case.rule_wakes(rule) and firings > MOST_PAGES:
        yield _finding(case, rule, "pages", f"can wake people {firings} times at once", MOST_PAGES)
    elif firings * receivers > MOST_MESSAGES:
        yield _finding(case, rule, "messages", f"can send {firings * receivers} messages at once", MOST_MESSAGES)


def _customers(case: Case, rule: Rule) -> int:
    """The listed customers that the rule unfolds for, and the one rule for all others."""
    each = rule.for_each_tenant
    return 1 + len(case.catalog.tenants_of.get(each.plan, ())) if each else 1


def _groups(case: Case, signal: Signal) -> int:
    if not isinstance(signal, MetricSignal):
        return 1
    tags = case.catalog.platform.datadog.metrics[signal.name].tags
    return prod(_values(tags[key].values, signal.where.get(key)) for key in signal.by)


def _values(declared: tuple[str, ...] | None, asked: tuple[str, ...] | None) -> int:
    values = asked or declared
    return len(values) if values else ASSUMED_GROUPS


def _finding(case: Case, rule: Rule, key: str, what: str, bound: int) -> Finding:
    remedy = f"group by less, list the tag's values, or filter, so that it is at most {bound}"
    return found(case, "rule", rule.id, rule.signal_word, key=f"too many {key}", what=what, remedy=remedy)
