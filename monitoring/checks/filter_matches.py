"""A rule acts somewhere, and leaves its environment out of its filter."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.checks._check import rule_check
from monitoring.checks._context import Context, Finding, WatchedRule
from monitoring.checks._subjects import RULES
from monitoring.model.signals import Signal
from monitoring.model.signals.tags import ENVIRONMENT_TAG


@rule_check("filter-matches", about=RULES)
def filter_matches(context: Context, watched: WatchedRule[Signal]) -> Iterator[Finding]:
    """Looks at each rule; finds those that act nowhere, and filters on what the environment decides."""
    _, rule, signal = watched
    places = context.environments_of(rule)
    if not places and signal.watcher != "pagerduty":
        what, remedy = "acts in no environment", "name one that its project sends from"
        if signal.watcher == "datadog":
            remedy = f"write environments: [{context.catalog.shared_environment}], or take environments out"
        yield context.finding("rule", rule.id, "environments", key="acts nowhere", what=what, remedy=remedy)
    for read in signal.reads:
        if read.sender == "metric" and ENVIRONMENT_TAG in read.where:
            what = f'filters on "{ENVIRONMENT_TAG}", which the environment decides'
            path, remedy = (rule.signal_word, *read.at, "where"), "take it out of where, and write environments"
            yield context.finding("rule", rule.id, *path, key="filters on env", what=what, remedy=remedy)
