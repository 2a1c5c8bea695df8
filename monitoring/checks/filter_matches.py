"""A rule acts somewhere, and its filter matches what is sent there."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.checks._check import rule_check
from monitoring.checks._context import Context, Finding, WatchedRule
from monitoring.checks._subjects import RULES
from monitoring.model.service import Rule
from monitoring.model.signals import Signal
from monitoring.model.signals.base import DataRead
from monitoring.model.signals.tags import ENVIRONMENT_TAG


@rule_check("filter-matches", about=RULES)
def filter_matches(context: Context, watched: WatchedRule[Signal]) -> Iterator[Finding]:
    """Looks at each rule; finds those that act nowhere, and filters that meet no event of their environment."""
    _, rule, signal = watched
    places = context.environments_of(rule)
    if not places and signal.watcher != "pagerduty":
        what, remedy = "acts in no environment", "name one that its project sends from"
        if signal.watcher == "datadog":
            remedy = f"write environments: [{context.catalog.shared_environment}], or take environments out"
        yield context.finding("rule", rule.id, "environments", key="acts nowhere", what=what, remedy=remedy)
    for read in signal.reads:
        if read.sender == "metric":
            yield from _watched(context, rule, read, places)


def _watched(context: Context, rule: Rule, part: DataRead, places: tuple[str, ...]) -> Iterator[Finding]:
    path = (rule.signal_word, *part.at)
    tag = context.catalog.platform.metrics[part.name].tags.get(ENVIRONMENT_TAG)
    if ENVIRONMENT_TAG in part.where:
        what = f'filters on "{ENVIRONMENT_TAG}", which the environment decides'
        remedy = "take it out of where, and write environments"
        yield context.finding("rule", rule.id, *path, "where", key="filters on env", what=what, remedy=remedy)
    for place in places:
        if tag and tag.values and place not in tag.values:
            what = f'metric "{part.name}" is never sent with {ENVIRONMENT_TAG} "{place}", so it matches nothing there'
            yield context.finding(
                "rule",
                rule.id,
                *path,
                key=f"nothing in {place}",
                what=what,
                remedy=f"add {place} to the tag's values, or take the rule out of {place}",
            )
