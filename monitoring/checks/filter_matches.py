"""A rule acts somewhere, and its filter matches what is sent there."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.checks._case import Case, Finding, Watch, found
from monitoring.checks._subjects import RULES
from monitoring.model.service import Rule
from monitoring.model.signals import MetricSignal, Signal, Slo, Watched

ABOUT = RULES
ENVIRONMENT_TAG = "env"


def looks_at(case: Case, watch: Watch[Signal]) -> Iterator[Finding]:
    """Looks at each rule; finds those that act nowhere, and filters that meet no event of their environment."""
    _, rule, signal = watch
    places = case.places_of(rule)
    if not places:
        what, remedy = "acts in no environment", "name one that its project sends from"
        yield found(case, "rule", rule.id, "environments", key="acts nowhere", what=what, remedy=remedy)
    if isinstance(signal, MetricSignal):
        yield from _watched(case, rule, signal, ("metric",), places)
    if isinstance(signal, Slo):
        yield from _watched(case, rule, signal.good, ("slo", "good"), places)
        yield from _watched(case, rule, signal.total, ("slo", "total"), places)


def _watched(
    case: Case, rule: Rule, part: Watched, path: tuple[str, ...], places: tuple[str, ...]
) -> Iterator[Finding]:
    tag = case.catalog.platform.datadog.metrics[part.name].tags.get(ENVIRONMENT_TAG)
    if ENVIRONMENT_TAG in part.where:
        what = f'filters on "{ENVIRONMENT_TAG}", which the environment decides'
        remedy = "take it out of where, and write environments"
        yield found(case, "rule", rule.id, *path, "where", key="filters on env", what=what, remedy=remedy)
    for place in places:
        if tag and tag.values and place not in tag.values:
            what = f'metric "{part.name}" is never sent with {ENVIRONMENT_TAG} "{place}", so it matches nothing there'
            yield found(
                case,
                "rule",
                rule.id,
                *path,
                key=f"nothing in {place}",
                what=what,
                remedy=f"add {place} to the tag's values, or take the rule out of {place}",
            )
