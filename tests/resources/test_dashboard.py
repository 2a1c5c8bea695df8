"""The dashboards: what the rules watch, with their limits, in JSON that Datadog does not change."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

import pytest

from monitoring.model.catalog import Catalog
from monitoring.model.effective import effective_rules
from monitoring.naming.names import rule_dashboard_url
from monitoring.naming.type_tokens import DASHBOARD
from monitoring.plan import Plan, read_plan
from tests.conftest import TODAY
from tests.platforms import ALL
from tests.preview.changes import resource

KEPT = {"title", "description", "widgets", "layout_type", "template_variables", "notify_list", "restricted_roles"}


def board(plan: Plan, name: str = "agency") -> dict[str, Any]:
    return dict(json.loads(resource(plan, f"DashboardJson {name}").inputs["dashboard"]))


def boards(plan: Plan) -> dict[str, dict[str, Any]]:
    """Every dashboard of a plan, by its name."""
    return {each.name: json.loads(each.inputs["dashboard"]) for each in plan.of_type(DASHBOARD)}


def golden(platform: str, environment: str) -> Plan:
    return read_plan(ALL[platform].root / "golden" / f"{environment}.json", "golden")


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
def test_every_rule_stands_on_the_platforms_board_with_its_runbook(
    plans: Mapping[str, Plan], shipped: Catalog, environment: str
):
    notes = "\n".join(note["content"] for note in widgets(board(plans[environment]), "note"))
    rules = effective_rules(shipped, environment, TODAY)
    assert [rule.id for rule in rules if f"runbooks/{rule.rule.id})" not in notes] == []
    assert notes.count("- **P") == len(rules)


CHARTS = [
    (
        "The API is slow (performance-degradation)",
        "p95:trace.next.request{env:prod,service:api}",
        [("y = 2", "P1 above 2s"), ("y = 1.5", "recovers at 1500ms")],
    ),
    (
        "Functions run low on memory (high-memory)",
        "max:vercel.function.memory.used_share{env:prod,service:api} by {function}",
        [("y = 0.9", "P2 above 90%"), ("y = 0.8", "recovers at 80%")],
    ),
]


@pytest.mark.parametrize(("title", "query", "limits"), CHARTS)
def test_a_chart_shows_what_a_rule_watches_and_its_limits(plans, title: str, query: str, limits: list[tuple[str, str]]):
    (chart,) = (each for each in widgets(board(plans["prod"], "agency-api"), "timeseries") if each["title"] == title)
    assert chart["requests"][0]["queries"][0]["query"] == query
    assert [(marker["value"], marker["label"]) for marker in chart["markers"]] == limits
    assert chart["events"] == [{"q": "sources:vercel tags:event_type:deployment"}]


CHARTED = [
    (
        "Requests take unusually long (shop-unusual)",
        ["avg:trace.request{env:prod,service:shop} by {env,service}"],
        "watched",
        [],
    ),
    ("Nobody will come tomorrow (shop-soon-empty)", ["avg:trace.request{env:prod}"], "watched", ["y = 0.01"]),
    (
        "Too large a share of orders fails (shop-failing-share)",
        ["sum:orders.all{env:prod} by {env}.as_count()", "sum:orders.good{env:prod} by {env}.as_count()"],
        "(default_zero(series1) - default_zero(series2)) / series1",
        ["y = 0.05", "y = 0.03"],
    ),
]


@pytest.mark.parametrize(
    ("title", "series", "formula", "limits"), [pytest.param(*case, id=case[0]) for case in CHARTED]
)
def test_a_chart_draws_what_is_computed_and_a_limit_that_it_can_cross(
    every: Plan, title: str, series: list[str], formula: str, limits: list[str]
):
    (chart,) = (each for each in widgets(board(every, "agency-shop"), "timeseries") if each["title"] == title)
    (request,) = chart["requests"]
    assert [query["query"] for query in request["queries"]] == series
    assert [each["formula"] for each in request["formulas"]] == [formula]
    assert [marker["value"] for marker in chart["markers"]] == limits


def test_each_formula_names_its_own_series_and_no_other(every: Plan):
    requests = [
        request for chart in widgets(board(every, "agency-shop"), "timeseries") for request in chart["requests"]
    ]
    assert len(requests) >= 15
    for request in requests:
        named = {query["name"] for query in request["queries"]}
        (formula,) = (each["formula"] for each in request["formulas"])
        assert {*re.findall(r"series\d+|watched", formula)} == named
        assert not re.search(r"[{}:]", formula)


def test_a_rule_without_a_chart_shows_whether_it_fires(plans: Mapping[str, Plan]):
    queries = [state["query"] for state in widgets(board(plans["prod"], "agency-api"), "manage_status")]
    assert queries == [
        "tag:(env:prod AND managed-by:agency-monitoring AND service:api)",
        "tag:(rule:api-uptime AND env:prod)",
        "tag:(rule:readiness-slow AND env:prod)",
    ]


def test_objectives_are_listed_by_the_tags_of_their_service(every: Plan):
    (listed,) = widgets(board(every, "agency-shop"), "slo_list")
    (request,) = listed["requests"]
    assert request["query"]["query_string"] == "env:prod AND managed-by:agency-monitoring AND service:shop"
    tags = {*request["query"]["query_string"].split(" AND ")}
    objectives = every.of_type("datadog:index/serviceLevelObjective:ServiceLevelObjective")
    assert objectives
    assert [slo.name for slo in objectives if not tags <= {*slo.inputs["tags"]}] == []


def test_a_board_without_objectives_lists_none(plans: Mapping[str, Plan]):
    assert [name for name, each in boards(plans["prod"]).items() if list(widgets(each, "slo_list"))] == []


@pytest.mark.parametrize("environment", ["prod", "staging"])
def test_each_service_that_datadog_watches_has_a_board_and_no_other(plans, shipped: Catalog, environment: str):
    watched = {
        rule.service.service for rule in effective_rules(shipped, environment, TODAY) if rule.watcher == "datadog"
    }
    assert boards(plans[environment]).keys() == {"agency", *(f"agency-{service}" for service in watched)}


def test_a_company_without_datadog_has_no_board():
    assert [each.type for each in golden("sentry-only", "prod").resources if each.type == DASHBOARD] == []


@pytest.mark.parametrize("environment", ["prod", "staging"])
def test_the_link_of_each_rule_finds_a_board_that_is_declared(plans, shipped: Catalog, environment: str):
    titles = {quote(each["title"]) for each in boards(plans[environment]).values()}
    rules = effective_rules(shipped, environment, TODAY)
    assert [rule.id for rule in rules if rule_dashboard_url(shipped, rule).partition("?q=")[2] not in titles] == []


def test_the_boards_lead_to_each_other_and_to_who_is_on_call(plans: Mapping[str, Plan]):
    on_call = "[On-call](https://oncall.youragency.com/)"
    for name, each in boards(plans["prod"]).items():
        notes = [note["content"] for note in widgets(each, "note")]
        assert notes.count(on_call) == 1
        others = ["Agency%20platform%20%28prod%29)"] if name != "agency" else [f"{quote(': api')})"]
        assert [other for other in others if not any(other in note for note in notes)] == []


def test_without_an_address_no_board_names_who_is_on_call():
    notes = [
        note["content"] for each in boards(golden("datadog-only", "prod")).values() for note in widgets(each, "note")
    ]
    assert [note for note in notes if "On-call" in note] == []


def test_the_board_shows_what_fires_now(plans: Mapping[str, Plan]):
    first = board(plans["prod"])["widgets"][0]["definition"]
    assert first["query"] == "tag:(managed-by:agency-monitoring AND env:prod)"


@pytest.mark.parametrize("environment", ["prod", "staging"])
def test_each_board_holds_every_key_that_datadog_would_add(plans: Mapping[str, Plan], environment: str):
    """A key that the answer has and the program has not is a change at every preview."""
    assert [
        name for name, each in boards(plans[environment]).items() if not each.keys() >= {*KEPT, "is_read_only"}
    ] == []


def test_each_environment_has_a_board_of_its_own(plans: Mapping[str, Plan]):
    assert [board(plans[name])["title"] for name in ("prod", "staging")] == [
        "Agency platform (prod)",
        "Agency platform (staging)",
    ]
