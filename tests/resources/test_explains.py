"""What a vendor sends explains itself: what fires, what it means, who is asked next, and where to read on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest

from monitoring.model.catalog import Catalog
from monitoring.model.effective import EffectiveRule, effective_rules
from monitoring.naming import type_tokens
from monitoring.plan import Plan
from tests.conftest import TODAY
from tests.resources.test_declare import parts

# Our own limit: about two lines of a lock screen.
LOCK_SCREEN = 110
LINES = 7


def told(plan: Plan, rule: EffectiveRule) -> Iterator[tuple[str, str]]:
    """Every title and text that a vendor sends for a rule."""
    for one in (*plan.of_type(type_tokens.MONITOR), *plan.of_type(type_tokens.SYNTHETICS_TEST)):
        if one.name == rule.id or (one.name.startswith(f"{rule.id}-") and f"rule:{rule.rule.id}" in one.inputs["tags"]):
            yield one.inputs["name"], one.inputs["message"]
    for one in plan.of_type(type_tokens.METRIC_MONITOR):
        if one.name == rule.id:
            yield one.inputs["name"], one.inputs["description"]
    for one in plan.of_type(type_tokens.ALERT):
        if one.name == rule.id:
            for name, action in parts(one.inputs["actionFilters"]):
                if name == "slack":
                    yield one.inputs["name"], action["notes"]


@pytest.mark.parametrize("environment", ["prod", "staging"])
def test_every_rule_tells_what_a_human_needs(plans: Mapping[str, Plan], shipped: Catalog, environment: str):
    for rule in effective_rules(shipped, environment, TODAY):
        found = list(told(plans[environment], rule))
        assert found
        for _, text in found:
            lines = text.splitlines()
            assert len(lines) == LINES
            assert lines[0].startswith(f"{rule.severity} {rule.rule.title}")
            assert lines[0].endswith(f"[{rule.id}]")
            assert lines[1] == rule.rule.means
            assert lines[2].startswith("Fires when: ")
            assert lines[3].startswith("Who is notified: ")
            assert lines[4] == f"Runbook: https://docs.youragency.com/runbooks/{rule.rule.id}"
            assert lines[5].startswith("Dashboard: https://")
            assert shipped.teams[rule.team].title in lines[6]


@pytest.mark.parametrize("environment", ["prod", "staging"])
def test_titles_begin_with_what_matters(plans: Mapping[str, Plan], shipped: Catalog, environment: str):
    for rule in effective_rules(shipped, environment, TODAY):
        start = f"[{'' if environment == 'prod' else 'staging '}{rule.severity}] {rule.rule.title}"
        assert [title for title, _ in told(plans[environment], rule) if not title.startswith(start)] == []


def test_titles_of_what_wakes_fit_a_lock_screen(plans: Mapping[str, Plan], shipped: Catalog):
    rules = [rule for rule in effective_rules(shipped, "prod", TODAY) if rule.wakes]
    assert rules
    assert [title for rule in rules for title, _ in told(plans["prod"], rule) if len(title) > LOCK_SCREEN] == []


ASKED = [
    ("database-failure", "first Primary and Secondary, after 5m Platform lead; 3 more rounds"),
    ("website-uptime", "first Primary, after 10m Secondary, after 20m Platform lead; 2 more rounds"),
    ("tenant-isolation-breach", "first Security, after 5m Platform lead and Primary; 3 more rounds"),
    ("high-memory", "Primary, at low urgency: nobody is woken, nobody is notified next"),
    ("certificate-expiring", "nobody is paged; sent to oncall@youragency.com"),
]


@pytest.mark.parametrize(("id_", "asked"), ASKED)
def test_a_page_says_who_is_asked_next(plans: Mapping[str, Plan], shipped: Catalog, id_: str, asked: str):
    (rule,) = (one for one in effective_rules(shipped, "prod", TODAY) if one.id == id_)
    assert {text.splitlines()[3] for _, text in told(plans["prod"], rule)} == {f"Who is notified: {asked}"}
