"""Datadog's Args: queries, thresholds, objectives, routes and mutes."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from monitoring.errors import CatalogError
from monitoring.expectations.datadog import matching
from monitoring.model.catalog import Catalog
from monitoring.model.signals import MetricSignal, RawQuery, Slo
from monitoring.naming import type_tokens
from monitoring.plan import Plan
from monitoring.resources import datadog as dd
from tests.factories import TEAMS, a_catalog
from tests.preview.changes import resource
from tests.resources.every_signal import declared, every_signal
from tests.resources.spoken import spoken, the_rule

METRIC = "metric: {p95: trace.request, where: {service: shop}, over: 10m, above: 2s, when-silent: alert}"
TAGS = ["env:prod", "managed-by:agency-monitoring", "service:shop", "severity:p1", "team:platform"]


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return every_signal()


def metric(signal: str, platform: tuple[str, str] | None = None) -> dict[str, Any]:
    """The monitor of a metric, written as in the catalog."""
    changes = [("services/shop.yaml", METRIC, f"metric: {signal}")]
    changed = a_catalog(*changes, *([("platform.yaml", *platform)] if platform else []))
    rule = the_rule(changed, "shop-slow")
    assert isinstance(rule.rule.signal, MetricSignal)
    return dict(spoken(dd.query_monitor_args(changed, rule, rule.rule.signal)))


SERVICE_TAG = "service: {values: [shop]}"
METRICS: list[Any] = [
    pytest.param(
        "{p95: trace.request, where: {service: shop}, over: 10m, above: 2s}",
        "percentile(last_10m):p95:trace.request{env:prod,service:shop} > 2", {"critical": "2"},
        id="a percentile above",
    ),
    pytest.param(
        "{avg: trace.request, over: 1h, below: 10ms}",
        "avg(last_1h):avg:trace.request{env:prod} < 0.01", {"critical": "0.01"},
        id="an average below, in the metric's own unit",
    ),
    pytest.param(
        "{max: trace.request, over: 90m, above: 2s, recovers-at: 1500ms}",
        "max(last_90m):max:trace.request{env:prod} > 2", {"critical": "2", "criticalRecovery": "1.5"},
        id="a recovery of its own",
    ),
    pytest.param(
        "{max: trace.request, by: [service], over: 1d, above: 2s}",
        "max(last_1d):max:trace.request{env:prod} by {service} > 2", {"critical": "2"},
        id="one for each group, over a day",
    ),
    pytest.param(
        "{min: trace.request, where: {service: [shop, site]}, over: 2d, above: 1m}",
        "min(last_48h):min:trace.request{env:prod AND service IN (shop,site)} > 60", {"critical": "60"},
        id="several values of a tag",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("signal", "query", "thresholds"), METRICS)
def test_a_metric_becomes_a_query_and_its_threshold(signal: str, query: str, thresholds: dict[str, str]):
    said = metric(signal, (SERVICE_TAG, "service: {values: [shop, site]}"))
    assert said["query"] == query
    assert said["monitorThresholds"] == thresholds
    assert said["type"] == "query alert"


SILENCES = [("alert", "show_and_notify_no_data"), ("resolve", "resolve"), ("show", "show_no_data")]


@pytest.mark.parametrize(("word", "vendors"), SILENCES)
def test_silence_means_what_the_rule_says(word: str, vendors: str):
    said = metric(f"{{avg: trace.request, over: 10m, above: 2s, when-silent: {word}}}")
    assert said["onMissingData"] == vendors
    assert not {"notifyNoData", "noDataTimeframe"} & said.keys()


def test_a_metric_that_does_not_say_where_it_comes_from_is_not_asked():
    said = metric(
        "{avg: trace.request, over: 10m, above: 2s}",
        ("tags: {env: {values: [prod, staging]}, service: {values: [shop]}}", "tags: {}"),
    )
    assert said["query"] == "avg(last_10m):avg:trace.request{*} > 2"


def test_a_count_is_counted():
    said = metric("{sum: trace.request, over: 10m, above: 20}", ("unit: s\n      kind: distribution", "kind: count"))
    assert said["query"] == "sum(last_10m):sum:trace.request{env:prod}.as_count() > 20"


@pytest.mark.parametrize(("above", "text"), [("2TB", "2000000000000"), ("1.5TB", "1500000000000")])
def test_a_threshold_is_spelled_without_an_exponent(above: str, text: str):
    sent = metric(f"{{avg: trace.request, over: 10m, above: {above}}}", ("unit: s", "unit: B"))
    assert sent["query"] == f"avg(last_10m):avg:trace.request{{env:prod}} > {text}"
    assert sent["monitorThresholds"]["critical"] == text


def test_a_monitor_explains_itself_and_is_routed_by_tags_alone():
    said = metric("{avg: trace.request, over: 10m, above: 2s}")
    assert said["name"] == "[P1] The shop is slow (shop-slow)"
    assert said["message"].splitlines()[0] == "P1 The shop is slow [shop-slow]"
    assert "@" not in said["message"]
    assert said["tags"] == sorted([*TAGS, "rule:shop-slow"])
    assert said["priority"] == "2"
    assert said["assets"][0]["url"] == "https://docs.youragency.com/runbooks/shop-slow"


RAW = [
    ('logs("x").rollup("count").last("5m")', "log alert"),
    ('events("x").rollup("count").last("5m")', "event-v2 alert"),
    ('rum("x").rollup("count").last("5m")', "rum alert"),
    ("avg(last_5m):avg:system.load.1{*}", "query alert"),
    ("processes('nginx').over('env:prod').rollup('count').last('10m')", "process alert"),
]


@pytest.mark.parametrize(("query", "type_"), RAW)
def test_a_raw_query_is_of_the_type_that_its_first_word_says(query: str, type_: str):
    assert RawQuery(query=query, above=1).form.types[0] == type_


def test_a_raw_query_stands_as_it_was_written_before_its_threshold(catalog: Catalog):
    rule = the_rule(catalog, "shop-queue")
    assert isinstance(rule.rule.signal, RawQuery)
    said = spoken(dd.query_monitor_args(catalog, rule, rule.rule.signal))
    assert said["query"] == 'logs("env:prod").rollup("count").last("5m") > 100'
    assert said["monitorThresholds"] == {"critical": "100"}


LOGS = """query: {query: "logs(\\"env:prod\\").rollup(\\"count\\").last(\\"5m\\")", above: 100, when-silent: resolve}"""
SERVICE_CHECK = """query: {query: '"shop.up".over("env:prod").by("host").last(3).count_by_status()', above: 2, %s}"""


def a_check_monitor(silent: str) -> dict[str, Any]:
    """A service check as it is sent, with what it says of silence."""
    catalog = every_signal(("services/shop.yaml", LOGS, SERVICE_CHECK % f"when-silent: {silent}"))
    rule = the_rule(catalog, "shop-queue")
    assert isinstance(rule.rule.signal, RawQuery)
    return dict(spoken(dd.query_monitor_args(catalog, rule, rule.rule.signal)))


def test_a_service_check_compares_nothing_and_fires_at_one_run_more():
    sent = a_check_monitor("show")
    assert (sent["type"], sent["monitorThresholds"], sent["includeTags"]) == ("service check", {"critical": "3"}, True)
    assert sent["query"].endswith(".count_by_status()")
    assert {"onMissingData", "notifyNoData"} & sent.keys() == set()


def test_a_silent_service_check_notifies_in_its_own_words():
    sent = a_check_monitor("alert")
    assert (sent["notifyNoData"], sent["noDataTimeframe"]) == (True, dd.CHECK_SILENT_MINUTES)
    assert sent["renotifyStatuses"] == ["alert", "no data"]


# --- reminders -------------------------------------------------------------------------------------------------

REMINDERS = [
    pytest.param("", 10, ["alert", "no data"], id="as its severity says"),
    pytest.param("    reminds-every: 47m\n", 47, ["alert", "no data"], id="as the rule says"),
    pytest.param("    reminds-every: 0m\n", None, None, id="never"),
]


@pytest.mark.parametrize(("words", "minutes", "states"), REMINDERS)
def test_a_monitor_reminds(words: str, minutes: int | None, states: list[str] | None):
    catalog = every_signal(("services/shop.yaml", f"    {METRIC}\n", f"    {METRIC}\n{words}"))
    rule = the_rule(catalog, "shop-slow")
    assert isinstance(rule.rule.signal, MetricSignal)
    sent = spoken(dd.query_monitor_args(catalog, rule, rule.rule.signal))
    assert (sent.get("renotifyInterval"), sent.get("renotifyStatuses")) == (minutes, states)


# --- objectives ------------------------------------------------------------------------------------------------

OBJECTIVES = [("shop-orders", "30d", 99.9), ("shop-orders-slowly", "7d", 99.5)]


@pytest.mark.parametrize(("id_", "over", "target"), OBJECTIVES)
def test_an_objective_counts_good_of_all(catalog: Catalog, id_: str, over: str, target: float):
    rule = the_rule(catalog, id_)
    assert isinstance(rule.rule.signal, Slo)
    said = spoken(dd.slo_args(catalog, rule, rule.rule.signal))
    assert said["type"] == "metric"
    assert said["query"] == {
        "numerator": "sum:orders.good{env:prod}.as_count()",
        "denominator": "sum:orders.all{env:prod}.as_count()",
    }
    assert said["thresholds"] == [{"timeframe": over, "target": target}]
    assert (said["timeframe"], said["targetThreshold"]) == (over, target)


BURNING = [
    ("shop-orders-1h", "shop-orders", '.over("30d").long_window("1h").short_window("5m") > 14.4', "14.4"),
    ("shop-orders-6h", "shop-orders", '.over("30d").long_window("6h").short_window("30m") > 6', "6"),
    (
        "shop-orders-slowly-48h",
        "shop-orders-slowly",
        '.over("7d").long_window("48h").short_window("4h") > 0.35',
        "0.35",
    ),
]


@pytest.mark.parametrize(("name", "objective", "query", "critical"), BURNING)
def test_a_budget_burns_too_fast(every: Plan, name: str, objective: str, query: str, critical: str):
    said = resource(every, f"Monitor {name}").inputs
    start, slo, end = said["query"]["format"]
    assert (start, end) == ('burn_rate("', f'"){query}')
    assert slo["ref"].endswith(f"::{objective}")
    assert said["monitorThresholds"] == {"critical": critical}
    assert said["type"] == "slo alert"


@pytest.mark.parametrize("aggregation", ["avg", "sum", "min", "max", "p95"])
def test_no_query_of_ours_fills_the_silence_that_it_resolves(aggregation: str):
    """Datadog refuses `resolve` beside `default_zero(` (DataDog/terraform-provider-datadog, issue 2815)."""
    inputs = metric(f"{{{aggregation}: trace.request, over: 10m, above: 2s, when-silent: resolve}}")
    assert inputs["onMissingData"] == "resolve"
    assert "default_zero" not in inputs["query"]


FILLED_RULES = ["shop-failing-share", "shop-lost-orders", "shop-web-failing"]


@pytest.mark.parametrize("name", FILLED_RULES)
def test_what_counts_silence_as_0_leaves_missing_data_to_datadog(every: Plan, name: str):
    inputs = resource(every, f"Monitor {name}").inputs
    assert "default_zero(" in inputs["query"]
    assert inputs["onMissingData"] == "default"


UNTAKEN = [
    pytest.param(
        "shop-failing-share", "ratio", "min-traffic: 100, new-groups-after: 5m, when-silent: ", id="a ratio of counts"
    ),
    pytest.param(
        "shop-lost-orders", "total", "above: 20, recovers-at: 5,\n            when-silent: ", id="a total of counts"
    ),
]


@pytest.mark.parametrize("word", ["alert", "resolve"])
@pytest.mark.parametrize(("name", "signal", "before"), UNTAKEN)
def test_what_counts_silence_as_0_takes_no_other_word_for_it(name: str, signal: str, before: str, word: str):
    says = (
        f'rule "{name}": {signal}.when-silent: counts no data as 0, and Datadog refuses when-silent: {word} beside '
        "that; write when-silent: show, or empty-is-zero: false (shape)"
    )
    with pytest.raises(CatalogError, match=re.escape(says)):
        every_signal(("services/shop.yaml", f"{before}show", f"{before}{word}"))


def test_a_raw_query_that_fills_silence_leaves_missing_data_to_datadog():
    old = '"logs(\\"env:prod\\").rollup(\\"count\\").last(\\"5m\\")", above: 100, when-silent: resolve'
    filled = '"avg(last_5m):default_zero(avg:trace.request{env:prod})", above: 100, when-silent: show'
    changed = every_signal(("services/shop.yaml", old, filled))
    rule = the_rule(changed, "shop-queue")
    assert isinstance(rule.rule.signal, RawQuery)
    assert spoken(dd.query_monitor_args(changed, rule, rule.rule.signal))["onMissingData"] == "default"


def test_a_composite_is_made_of_other_rules_monitors(every: Plan):
    said = resource(every, "Monitor shop-gone").inputs
    parts = [part if isinstance(part, str) else part["ref"].rpartition("::")[2] for part in said["query"]["format"]]
    assert "".join(parts) == "(shop-up || shop-up-head) && (shop-slow || shop-empty) && !shop-queue"
    assert "onMissingData" not in said
    assert "monitorThresholds" not in said


# --- routes and mutes ------------------------------------------------------------------------------------------


def test_a_route_tells_everybody_of_an_alert_and_only_pager_and_chat_of_its_end():
    route = "    P1: {page: critical, slack: [alerts]}\n"
    both = "    P1: {page: critical, slack: [alerts, more], email: [oncall@youragency.com]}\n"
    catalog = a_catalog(("teams.yaml", route, both))
    said = resource(declared(catalog), "MonitorNotificationRule shop-p1").inputs
    lasting = ["pagerduty-shop-critical-high", "slack-youragency-alerts", "slack-youragency-more"]
    assert said["filter"] == {"tags": TAGS}
    assert said["conditionalRecipients"] == {
        "conditions": [{"scope": "transition_type:is_alert", "recipients": [*lasting, "oncall@youragency.com"]}],
        "fallbackRecipients": lasting,
    }


def test_a_route_to_a_mailbox_alone_has_no_end_to_tell():
    route = "    P1: {page: critical, slack: [alerts]}\n"
    catalog = a_catalog(("teams.yaml", route, "    P1: {email: [oncall@youragency.com]}\n"))
    said = resource(declared(catalog), "MonitorNotificationRule shop-p1").inputs
    assert "fallbackRecipients" not in said["conditionalRecipients"]


def test_a_rule_of_another_team_has_a_route_of_its_own():
    second = """
fire:
  title: Fire brigade
  email: fire@youragency.com
  routes:
    P1: {email: [fire@youragency.com]}
"""
    catalog = a_catalog(
        ("services/shop.yaml", "    severity: P1\n", "    severity: P1\n    team: fire\n"),
        teams=TEAMS + second.lstrip(),
    )
    plan = declared(catalog)
    assert [one.name for one in plan.of_type(type_tokens.NOTIFICATION_RULE)] == ["shop-p1-fire"]
    (monitor,) = plan.of_type(type_tokens.MONITOR)
    assert [route.name for route in matching(plan, monitor.inputs["tags"])] == ["shop-p1-fire"]


def test_a_window_mutes_one_services_monitors_of_one_environment(every: Plan):
    said = resource(every, "DowntimeSchedule upgrade-shop").inputs
    assert said["monitorIdentifier"] == {"monitorTags": ["env:prod", "managed-by:agency-monitoring", "service:shop"]}
    assert said["oneTimeSchedule"] == {"start": "2026-12-06T03:00:00Z", "end": "2026-12-06T04:00:00Z"}
    assert said["notifyEndTypes"] == ["canceled", "expired"]


def test_a_window_that_is_over_is_not_declared():
    over = declared(every_signal(), today=date(2026, 12, 7))
    assert [mute.name for mute in over.of_type(type_tokens.DOWNTIME) if mute.name.startswith("upgrade")] == []


def test_a_window_that_recurs_is_a_rule_in_its_zone_and_mutes_some_groups_of_one_rule(every: Plan):
    (mute,) = (
        downtime for downtime in every.of_type(type_tokens.DOWNTIME) if downtime.name.startswith("reindex-shop-empty-")
    )
    tags = ["env:prod", "managed-by:agency-monitoring", "rule:shop-empty"]
    rule = "FREQ=DAILY;INTERVAL=1;BYDAY=MO,TU,WE,TH,FR;UNTIL=20270129T040000Z"
    assert mute.inputs["scope"] == "service:shop"
    assert mute.inputs["monitorIdentifier"] == {"monitorTags": tags}
    assert mute.inputs["recurringSchedule"] == {
        "timezone": "Europe/Berlin",
        "recurrences": [{"start": "2026-12-07T04:00:00", "duration": "30m", "rrule": rule}],
    }
    assert mute.inputs["displayTimezone"] == "Europe/Berlin"
    assert mute.ignore_changes == ("recurringSchedule.recurrences[0].start",)


def test_the_start_of_a_window_that_recurs_moves_on_and_its_name_stays(every: Plan):
    names = {mute.name for mute in every.of_type(type_tokens.DOWNTIME)}
    (later,) = declared(every_signal(), today=date(2027, 1, 10)).of_type(type_tokens.DOWNTIME)
    assert later.name in names
    assert later.inputs["recurringSchedule"]["recurrences"][0]["start"] == "2027-01-11T04:00:00"


def test_a_window_that_recurs_leaves_after_its_last_opening():
    last, after = (declared(every_signal(), today=date(2027, 1, day)) for day in (29, 30))
    assert [len(list(plan.of_type(type_tokens.DOWNTIME))) for plan in (last, after)] == [1, 0]


def test_another_word_of_a_window_that_recurs_is_another_mute():
    names = {
        tuple(mute.name for mute in declared(every_signal(*changes)).of_type(type_tokens.DOWNTIME))
        for changes in (
            (),
            (("maintenance.yaml", "The index grows", "The index is large"),),
            (("maintenance.yaml", "2027-01-29", "2027-01-28"),),
            (("maintenance.yaml", '"2026-12-07 04:30"', '"2026-12-07 04:45"'),),
        )
    }
    assert len(names) == 4


def test_a_window_of_prod_mutes_nothing_in_staging():
    staging = declared(every_signal(), "staging")
    assert [one for one in staging.resources if one.kind == "DowntimeSchedule"] == []
