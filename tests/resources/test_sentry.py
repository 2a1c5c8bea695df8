"""Sentry's Args: what fires, for whom, and what an alert does about it."""

from __future__ import annotations

from typing import Any

import pytest

from monitoring.model.catalog import Catalog
from monitoring.model.signals import Cron, Errors, SentryMetric
from monitoring.naming import type_tokens
from monitoring.plan import Plan
from monitoring.resources import sentry as se
from tests.factories import a_catalog
from tests.resources.every_signal import declared, every_signal
from tests.resources.spoken import spoken, the_rule


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return every_signal()


def monitor(catalog: Catalog, id_: str, environment: str = "prod") -> dict[str, Any]:
    rule = the_rule(catalog, id_, environment)
    signal = rule.rule.signal
    assert isinstance(signal, Errors | SentryMetric)
    return dict(spoken(se.monitor_args(catalog, rule, signal, "team-1")))


def alert(catalog: Catalog, id_: str, **changes: Any) -> dict[str, Any]:
    rule = the_rule(catalog, id_)
    to = {"slack": "slack-1", "page": None, "team_id": "team-1", "members": {}} | changes
    return dict(spoken(se.alert_args(catalog, rule, "web", "monitor-1", se.Destination(**to))))


MEASURED = [
    ("shop-failing", "events", "error", "error", "count()", 10.0, 300, 75, "errors"),
    ("shop-customer-acme", "events", "error", "error", "count()", 3.0, 300, 75, "errors, at a customer's own limit"),
    ("shop-customer-others", "events", "error", "error", "count()", 10.0, 300, 75, "errors of the other customers"),
    ("shop-leak", "events", "error", "error", "count()", 0.0, 300, 75, "each event: more than none, in five minutes"),
    ("shop-rate", "events_analytics_platform", "trace_item_span", "performance", "failure_rate()", 0.05, 600, 50,
     "a share, as a fraction"),
    ("shop-wait", "events_analytics_platform", "trace_item_span", "performance", "p95(span.duration)", 2000, 3600, 50,
     "a time, in milliseconds"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("id_", "dataset", "event", "kind", "aggregate", "limit", "window", "priority", "_"),
    MEASURED,
    ids=[case[-1] for case in MEASURED],
)
def test_a_monitor_measures(catalog, id_, dataset, event, kind, aggregate, limit, window, priority, _):
    said = monitor(catalog, id_)
    assert said["dataset"] == dataset
    assert said["eventTypes"] == [event]
    assert said["queryType"] == kind
    assert said["aggregate"] == aggregate
    assert said["timeWindowSeconds"] == window
    assert said["conditionGroup"] == {
        "logicType": "any",
        "conditions": [
            {"type": "gt", "comparison": limit, "conditionResult": priority},
            {"type": "lte", "comparison": limit, "conditionResult": 0},
        ],
    }


WHERE = [
    ("{feature: checkout}", "feature:checkout", "one value"),
    ("{feature: [checkout, search]}", "feature:[checkout,search]", "several values are alternatives"),
    ("{plan: enterprise, feature: search}", "feature:search plan:enterprise", "several tags, in order"),
    ("{tenant: \"Acme Stores\"}", 'tenant:"Acme Stores"', "a value with a blank"),
    ("{tenant: \"a,b\"}", 'tenant:"a,b"', "a value with a comma is one value"),
    ("{}", "", "everything"),
]  # fmt: skip


@pytest.mark.parametrize(("where", "query", "_"), WHERE, ids=[case[-1] for case in WHERE])
def test_a_query_filters_by_tags(where: str, query: str, _: str):
    catalog = a_catalog(("services/shop.yaml", "where: {feature: checkout}", f"where: {where}"))
    assert monitor(catalog, "shop-failing")["query"] == query


REQUESTS = [
    pytest.param("", "is_transaction:true", id="all requests, without the spans below them"),
    pytest.param(", where: {feature: search}", "is_transaction:true feature:search", id="the requests of a tag"),
    pytest.param(
        ", where: {feature: [checkout, search], plan: enterprise}",
        "is_transaction:true feature:[checkout,search] plan:enterprise",
        id="the requests of several tags",
    ),
]


@pytest.mark.parametrize(("where", "query"), REQUESTS)
def test_a_measure_counts_requests(where: str, query: str):
    rate = f"sentry-metric: {{project: web, measure: failure_rate, over: 10m, above: 5%, at-least: 100 events{where}}}"
    errors = "errors: {project: web, where: {feature: checkout}, more-than: 10, within: 5m}"
    assert monitor(a_catalog(("services/shop.yaml", errors, rate)), "shop-failing")["query"] == query


def test_users_are_counted_by_the_attribute_that_spans_have():
    users = "sentry-metric: {project: web, measure: users, over: 10m, above: 5}"
    errors = "errors: {project: web, where: {feature: checkout}, more-than: 10, within: 5m}"
    catalog = a_catalog(("services/shop.yaml", errors, users))
    assert monitor(catalog, "shop-failing")["aggregate"] == "count_unique(user)"


def test_no_text_promises_a_least_number_of_events_that_nothing_enforces(catalog: Catalog):
    """Sentry has no such setting (getsentry/sentry #37248)."""
    sent = f"{monitor(catalog, 'shop-rate')} {alert(catalog, 'shop-rate')}"
    assert "failure_rate above the threshold" in sent
    assert "100" not in sent


CUSTOMERS = [
    ("shop-leak", "feature:[checkout,search]", "everybody"),
    ("shop-customer-leak-acme", "tenant:acme", "each event of a customer"),
    ("shop-customer-acme", "feature:[checkout,search] tenant:acme", "a listed customer"),
    ("shop-customer-others", "feature:[checkout,search] plan:enterprise !tenant:acme", "everybody else of the plan"),
]


@pytest.mark.parametrize(("id_", "query", "_"), CUSTOMERS, ids=[case[-1] for case in CUSTOMERS])
def test_a_query_counts_for_a_customer(catalog: Catalog, id_: str, query: str, _: str):
    assert monitor(catalog, id_)["query"] == query


def test_other_customers_are_everybody_where_nobody_is_listed():
    rule = "where: {feature: checkout}, more-than: 10, within: 5m}\n"
    each = f"{rule}    for-each-tenant: {{plan: enterprise}}\n"
    catalog = a_catalog(("services/shop.yaml", rule, each), tenants="{}\n")
    assert monitor(catalog, "shop-failing-others")["query"] == "feature:checkout plan:enterprise"


def test_a_monitor_listens_to_its_environment(catalog: Catalog):
    assert monitor(catalog, "shop-failing")["environment"] == "production"
    assert monitor(catalog, "shop-failing", "staging")["environment"] == "staging"


def test_a_job_checks_in(catalog: Catalog):
    rule = the_rule(catalog, "shop-nightly")
    signal = rule.rule.signal
    assert isinstance(signal, Cron)
    said = spoken(se.cron_args(catalog, rule, signal, "team-1"))
    del said["description"]
    assert said == {
        "organization": "youragency",
        "project": "web",
        "name": "shop-nightly",
        "enabled": True,
        "owner": {"teamId": "team-1"},
        "schedule": {"crontab": "30 2 * * *"},
        "timezone": "Europe/Berlin",
        "checkinMarginMinutes": 10,
        "maxRuntimeMinutes": 60,
        "failureIssueThreshold": 2,
        "recoveryThreshold": 1,
    }


OFTEN = {"eventFrequencyCount": {"value": 5, "interval": "1h"}}
TAGGED: list[Any] = [
    pytest.param("shop-noisy", [OFTEN], id="any issue"),
    pytest.param(
        "shop-customer-noisy-acme",
        [
            {"taggedEvent": {"key": "feature", "match": "eq", "value": "search"}},
            {"taggedEvent": {"key": "tenant", "match": "eq", "value": "acme"}},
            OFTEN,
        ],
        id="an issue of a tag, for a customer",
    ),
    pytest.param(
        "shop-customer-noisy-others",
        [
            {"taggedEvent": {"key": "feature", "match": "eq", "value": "search"}},
            {"taggedEvent": {"key": "plan", "match": "eq", "value": "enterprise"}},
            {"taggedEvent": {"key": "tenant", "match": "ne", "value": "acme"}},
            OFTEN,
        ],
        id="an issue of the other customers",
    ),
]


@pytest.mark.parametrize(("id_", "conditions"), TAGGED)
def test_an_alert_on_single_issues_asks_for_all_of_its_conditions(catalog: Catalog, id_: str, conditions: Any):
    said = alert(catalog, id_)
    assert said["triggerConditions"] == []
    assert [(one["logicType"], one["conditions"]) for one in said["actionFilters"]] == [("all", conditions)]


def test_an_alert_counts_the_people_whom_an_issue_meets():
    people = "more-than: 5, within: 1h, per-issue: true, counting: people"
    catalog = every_signal(
        ("services/shop.yaml", "project: web, more-than: 5, within: 1h, per-issue: true", f"project: web, {people}")
    )
    (filters,) = alert(catalog, "shop-noisy")["actionFilters"]
    assert filters["conditions"] == [{"eventUniqueUserFrequencyCount": {"value": 5, "interval": "1h"}}]


CHANGED = [
    pytest.param(
        "shop-new", [{"firstSeenEvent": {}}, {"regressionEvent": {}}, {"reappearedEvent": {}}], [], id="each new issue"
    ),
    pytest.param(
        "shop-new-checkout",
        [{"regressionEvent": {}}, {"reappearedEvent": {}}],
        [
            {"taggedEvent": {"key": "feature", "match": "eq", "value": "checkout"}},
            {"level": {"level": 40, "match": "gte"}},
            {"issuePriorityGreaterOrEqual": {"comparison": 50}},
            {"issueOccurrences": {"value": 10}},
            {"ageComparison": {"comparisonType": "older", "time": "minute", "value": 90}},
            {"ageComparison": {"comparisonType": "newer", "time": "week", "value": 2}},
            {"assignedTo": {"targetType": "Team", "targetId": "team-1"}},
            {"latestRelease": {}},
        ],
        id="every filter at once",
    ),
    pytest.param(
        "shop-unassigned-acme",
        [{"regressionEvent": {}}],
        [
            {"taggedEvent": {"key": "tenant", "match": "eq", "value": "acme"}},
            {"level": {"level": 50, "match": "gte"}},
            {"issuePriorityGreaterOrEqual": {"comparison": 75}},
            {"assignedTo": {"targetType": "Unassigned"}},
        ],
        id="nobody's issue of a customer",
    ),
]


@pytest.mark.parametrize(("id_", "triggers", "conditions"), CHANGED)
def test_an_alert_on_issues_that_change_waits_for_what_is_written(
    catalog: Catalog, id_: str, triggers: Any, conditions: Any
):
    declared_alert = alert(catalog, id_)
    (filters,) = declared_alert["actionFilters"]
    assert declared_alert["triggerConditions"] == triggers
    assert (filters["logicType"], filters["conditions"]) == ("all", conditions)
    assert declared_alert["environment"] == "production"


@pytest.mark.parametrize("id_", ["shop-failing", "shop-leak"])
def test_an_alert_on_a_monitor_notifies_whenever_it_fires(catalog: Catalog, id_: str):
    said = alert(catalog, id_)
    assert said["triggerConditions"] == [{"firstSeenEvent": {}}, {"regressionEvent": {}}, {"reappearedEvent": {}}]
    assert [(one["logicType"], one["conditions"]) for one in said["actionFilters"]] == [("all", [])]
    assert said["monitorIds"] == ["monitor-1"]


ENVIRONMENTS = [
    pytest.param("shop-failing", None, id="a count of errors"),
    pytest.param("shop-leak", None, id="each event"),
    pytest.param("shop-rate", None, id="a measure"),
    pytest.param("shop-noisy", "production", id="counts per issue, whose monitor is the project's"),
    pytest.param("shop-nightly", "production", id="a job, whose monitor is every environment's"),
]


@pytest.mark.parametrize(("id_", "environment"), ENVIRONMENTS)
def test_an_alert_has_an_environment_where_its_monitor_has_none(catalog: Catalog, id_: str, environment: str | None):
    assert alert(catalog, id_).get("environment") == environment


THROTTLES = [("shop-failing", 5), ("shop-nightly", 10), ("shop-rate", 60), ("shop-wait", 1440)]


@pytest.mark.parametrize(("id_", "minutes"), THROTTLES)
def test_an_alert_reminds_as_often_as_its_severity_says(catalog: Catalog, id_: str, minutes: int):
    assert alert(catalog, id_)["frequencyMinutes"] == minutes


def test_a_rule_may_remind_more_often_than_its_severity():
    catalog = a_catalog(("services/shop.yaml", "    severity: P0\n", "    severity: P0\n    reminds-every: 10m\n"))
    assert alert(catalog, "shop-failing")["frequencyMinutes"] == 10


def test_an_alert_posts_its_explanation_with_the_tags_that_may_leave(catalog: Catalog):
    (post,) = alert(catalog, "shop-failing")["actionFilters"][0]["actions"]
    said = post["slack"]
    assert said["channelName"] == "alerts"
    assert said["integrationId"] == "slack-1"
    assert said["tags"] == "feature"
    assert said["notes"].splitlines()[:2] == ["P0 The shop is failing [shop-failing]", "Customers cannot buy."]


PAGES = [
    ("P0", "critical", "an outage"),
    ("P1", "error", "a flow that is degraded"),
    ("P2", "warning", "what can wait"),
]


@pytest.mark.parametrize(("severity", "pagerduty_severity", "_"), PAGES, ids=[case[-1] for case in PAGES])
def test_an_alert_pages_by_the_service_and_the_installation_that_its_entry_is_of(severity, pagerduty_severity, _):
    found = declared(a_catalog(("services/shop.yaml", "severity: P0", f"severity: {severity}")))
    (entry,) = found.of_type(type_tokens.SENTRY_ROW)
    assert [action["pagerduty"] for action in actions(found) if "pagerduty" in action] == [
        {
            "integrationId": entry.inputs["integrationId"],
            "serviceId": {"ref": entry.key, "output": "id"},
            "serviceName": entry.inputs["service"],
            "severity": pagerduty_severity,
        }
    ]


def test_an_alert_without_a_page_pages_nobody():
    route = "    P0: {page: critical, slack: [alerts]}\n"
    found = declared(a_catalog(("teams.yaml", route, "    P0: {slack: [alerts]}\n")))
    assert [list(action) for action in actions(found)] == [["slack"]]


def actions(plan: Plan) -> list[dict[str, Any]]:
    """What the only alert at Sentry does."""
    (alert,) = plan.of_type(type_tokens.ALERT)
    (filters,) = alert.inputs["actionFilters"]
    return list(filters["actions"])


MAILS = [
    ("oncall@youragency.com", {"targetType": "team", "targetId": "team-1"}, "the team's own address is the team"),
    ("ana@youragency.com", {"targetType": "user", "targetId": "member-1"}, "another address is a member"),
]


@pytest.mark.parametrize(("address", "email", "_"), MAILS, ids=[case[-1] for case in MAILS])
def test_an_alert_writes_to(address: str, email: dict[str, str], _: str):
    route = "    P0: {page: critical, slack: [alerts]}\n"
    catalog = a_catalog(("teams.yaml", route, f"    P0: {{page: critical, email: [{address}]}}\n"))
    said = alert(catalog, "shop-failing", members={"ana@youragency.com": "member-1"})
    assert said["actionFilters"][0]["actions"] == [{"email": email}]
