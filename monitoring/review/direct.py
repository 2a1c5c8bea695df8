"""What each difference does by itself: one function for each kind of entry."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from monitoring.review.acceptance import expectation_effects, retired_effects, waiver_effects, window_effects
from monitoring.review.compared import ComparedCatalogs
from monitoring.review.differences import CatalogDifference
from monitoring.review.effects import Effect
from monitoring.review.entries import (
    person_effects,
    platform_effects,
    policy_effects,
    schedule_effects,
    service_effects,
    severity_effects,
    team_effects,
    tenant_entry_effects,
)
from monitoring.review.rules import moved_rule, rule_effects

Explanation = Callable[[ComparedCatalogs, CatalogDifference], Iterator[Effect]]
EXPLANATIONS: Mapping[str, Explanation] = {
    "platform": platform_effects,
    "severity": severity_effects,
    "person": person_effects,
    "role": person_effects,
    "schedule": schedule_effects,
    "policy": policy_effects,
    "team": team_effects,
    "tenant": tenant_entry_effects,
    "service": service_effects,
    "rule": rule_effects,
    "rule-service": moved_rule,
    "maintenance": window_effects,
    "waiver": waiver_effects,
    "retired": retired_effects,
    "expectation": expectation_effects,
    "expected-policy": expectation_effects,
}


def direct_effects(compared: ComparedCatalogs) -> Iterator[Effect]:
    """What each difference does by itself."""
    for difference in compared.differences:
        yield from EXPLANATIONS[difference.place[0]](compared, difference)
