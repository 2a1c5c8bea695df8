"""The dashboard: what the rules watch, with their limits, in JSON that Datadog does not change."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from monitoring.model.catalog import Catalog
from monitoring.model.effective import effective_rules
from monitoring.plan import Plan
from tests.conftest import TODAY
from tests.preview.changes import resource

KEPT = {"title", "description", "widgets", "layout_type", "template_variables", "notify_list", "restricted_roles"}


def board(plan: Plan) -> dict[str, Any]:
    return dict(json.loads(resource(plan, "DashboardJson agency").inputs["dashboard"]))


def widgets(value: Any, kind: str) -> Iterator[dict[str, Any]]:
    """Every widget of a kind, at any depth."""
    if isinstance(value, dict):
        if value.get("type") == kind:
            yield value
        for inner in value.values():
            yield from widgets(inner, kind)
    elif isinstance(value, list):
        for inner in value:
            yield from widgets(inner, kind)


@pytest.mark.parametrize("environment", ["prod", "staging"])
def test_every_rule_stands_on_the_board_with_its_runbook(plans: Mapping[str, Plan], shipped: Catalog, environment: str):
    notes = "\n".join(note["content"] for note in widgets(board(plans[environment]), "note"))
    rules = effective_rules(shipped, environment, TODAY)
    assert [rule.id for rule in rules if f"runbooks/{rule.rule.id})" not in notes] == []
    assert notes.count("- **P") == len(rules)


CHARTS = [
    (
        "The API is slow (performance-degradation)",
        "p95:trace.next.request{env:prod,service:api}",
        "y = 2",
        "P1 above 2s",
    ),
    (
        "Functions run low on memory (high-memory)",
        "max:vercel.function.memory.used_share{env:prod,service:api} by {function}",
        "y = 0.9",
        "P2 above 90%",
    ),
]


@pytest.mark.parametrize(("title", "query", "limit", "label"), CHARTS)
def test_a_chart_shows_what_a_rule_watches_and_its_limit(plans, title: str, query: str, limit: str, label: str):
    (chart,) = (one for one in widgets(board(plans["prod"]), "timeseries") if one["title"] == title)
    assert chart["requests"][0]["queries"][0]["query"] == query
    assert [(marker["value"], marker["label"]) for marker in chart["markers"]] == [(limit, label)]
    assert chart["events"] == [{"q": "sources:vercel tags:event_type:deployment"}]


def test_the_board_shows_what_fires_now(plans: Mapping[str, Plan]):
    first = board(plans["prod"])["widgets"][0]["definition"]
    assert first["query"] == "tag:(managed-by:agency-monitoring AND env:prod)"


@pytest.mark.parametrize("environment", ["prod", "staging"])
def test_the_board_holds_every_key_that_datadog_would_add(plans: Mapping[str, Plan], environment: str):
    """A key that the answer has and the program has not is a change at every preview."""
    assert board(plans[environment]).keys() >= {*KEPT, "is_read_only"}


def test_each_environment_has_a_board_of_its_own(plans: Mapping[str, Plan]):
    assert [board(plans[name])["title"] for name in ("prod", "staging")] == [
        "Agency platform (prod)",
        "Agency platform (staging)",
    ]
