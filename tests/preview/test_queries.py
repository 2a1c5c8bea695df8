"""Datadog's queries: what its grammar takes, and what hangs on a query."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from monitoring.naming.type_tokens import MONITOR, SLO
from monitoring.plan import Plan, Resource
from monitoring.preview.queries import query_problems
from monitoring.queries import QueryForm, forms

ANOMALY = "avg(last_20h):anomalies(avg:shop.wait{*} by {host,page}, 'basic', 2, alert_window='last_4h')"
TEST = "datadog:index/syntheticsTest:SyntheticsTest"
SLO_ID = {"ref": f"{SLO}::orders", "output": "id"}
ORDERS = Resource(SLO, "orders", {"thresholds": [{"timeframe": "30d", "target": 99.9}]})


def a_monitor(**changes: Any) -> Resource:
    """A monitor that offends nobody, with changes."""
    inputs: dict[str, Any] = {
        "type": "query alert",
        "query": "avg(last_5m):avg:shop.wait{env:prod} by {host,page} > 4",
        "monitorThresholds": {"critical": "4"},
        "message": "{{#is_alert}}{{host.name}} waits{{/is_alert}}",
    }
    return Resource(MONITOR, "slow", inputs | changes)


def found(monitor: Resource, *others: Resource) -> list[str]:
    plan = Plan("monitoring", "prod", (monitor, ORDERS, *others))
    return [f"{one.place}: {one.what}; {one.remedy}" for one in query_problems(monitor, plan)]


def burning(text: str, **thresholds: str) -> Resource:
    """A burn-rate monitor on the objective, with this behind its id."""
    return a_monitor(
        type="slo alert",
        query={"format": ['burn_rate("', SLO_ID, f'"){text}']},
        monitorThresholds=thresholds,
        message="",
    )


def combined(*names: str, kind: str = TEST) -> Resource:
    """A composite of other monitors."""
    parts = [part for name in names for part in (" && ", {"ref": f"{kind}::{name}", "output": "monitorId"})][1:]
    return a_monitor(type="composite", query={"format": parts}, monitorThresholds=None, message="")


EXAMPLES = [(type_, form) for form in forms().values() for type_ in form.types]


@pytest.mark.parametrize(("type_", "form"), [pytest.param(*row, id=f"{row[1].name} in a {row[0]}") for row in EXAMPLES])
def test_the_vendors_own_examples_are_taken(type_: str, form: QueryForm):
    windows = {"triggerWindow": "last_15m", "recoveryWindow": "last_15m"} if form.name == "anomaly" else None
    changes = {"query": form.example, "monitorThresholds": None, "monitorThresholdWindows": windows, "message": ""}
    assert found(a_monitor(type=type_, **changes)) == []


FINE = [
    pytest.param(a_monitor(), id="a metric against a limit"),
    pytest.param(a_monitor(query="avg(last_5m):avg:shop.wait{*} > 4.0", message=""), id="4.0 is 4"),
    pytest.param(
        a_monitor(query="avg(last_1h):sum:shop.wait{*} < 1e-3", monitorThresholds={"critical": "0.001"}, message=""),
        id="a small number",
    ),
    pytest.param(
        a_monitor(
            monitorThresholds={"critical": "4", "warning": "3", "criticalRecovery": "3.5", "warningRecovery": "2"}
        ),
        id="thresholds in their order",
    ),
    pytest.param(
        a_monitor(query="change(avg(last_3h),last_5m):avg:shop.wait{*} by {host} > 4"), id="a change in three hours"
    ),
    pytest.param(a_monitor(notifyBies=["host"]), id="told by a part of the groups"),
    pytest.param(a_monitor(notifyBies=["*"]), id="told all at once"),
    pytest.param(a_monitor(renotifyInterval=60, renotifyOccurrences=3), id="three reminders"),
    pytest.param(a_monitor(newGroupDelay=300), id="a wait for new hosts and pages"),
    pytest.param(
        burning('.over("30d").long_window("1h").short_window("5m") > 14.4', critical="14.4"), id="a budget that burns"
    ),
    pytest.param(combined("a", "b"), id="a combination of tests"),
    pytest.param(combined("a", "b", kind=MONITOR), id="a combination of monitors"),
]


@pytest.mark.parametrize("monitor", FINE)
def test_what_the_vendor_takes_is_taken(monitor: Resource):
    assert found(monitor) == []


WRONG: list[Any] = [
    pytest.param(
        {"query": "avg(last_5m):avg:shop.wait > 4", "message": ""},
        'query: "avg(last_5m):avg:shop.wait > 4" is no query of a "query alert"; write it like'
        " avg(last_5m):avg:system.load.1{service:web} by {host} > 4",
        id="a metric without a filter",
    ),
    pytest.param(
        {"query": "logs(\"x\").rollup(\"count\").last(\"5m\") > 4", "message": ""},
        'query: "logs("x").rollup("count").last("5m") > 4" is no query of a "query alert"; write it like'
        " avg(last_5m):avg:system.load.1{service:web} by {host} > 4",
        id="logs in a metric's monitor",
    ),
    pytest.param(
        {"type": "synthetics alert"},
        'type: "synthetics alert" is not declared as a monitor; a synthetic test makes its own; take event-v2 alert for'
        " events",
        id="a test's own monitor",
    ),
    pytest.param(
        {"query": "avg(last_20000m):avg:shop.wait{*} by {host} > 4"},
        'query: Datadog does not take the window "20000m" here; it takes 1m to 10080m, 1h to 168h, 1d, 1w',
        id="a window of two weeks",
    ),
    pytest.param(
        {"query": "change(avg(last_3d),last_5m):avg:shop.wait{*} by {host} > 4"},
        'query: Datadog does not take the window "3d" here; it takes 1m to 2880m, 1h to 48h, 1d to 2d',
        id="a change of three days",
    ),
    pytest.param(
        {"type": "log alert", "query": "logs(\"x\").rollup(\"count\").last(\"49h\") > 4", "message": ""},
        'query: Datadog does not take the window "49h" here; it takes 1m to 2880m, 1h to 48h',
        id="logs of more than two days",
    ),
    pytest.param(
        {"monitorThresholds": {"critical": "5"}},
        "monitorThresholds.critical: 5 is not the number at the query's end, 4; write one threshold for both",
        id="two thresholds for one thing",
    ),
    pytest.param(
        {
            "type": "service check",
            "query": '"shop.up".over("env:prod").by("host").last(3).count_by_status()',
            "monitorThresholds": {"critical": "3", "ok": "4"},
            "message": "",
        },
        "monitorThresholds.ok: counts 4 runs, and the query looks at 3; look at so many, 100 at most",
        id="a service check that recovers after more runs than it looks at",
    ),
    pytest.param(
        {"monitorThresholds": {"critical": "4", "warning": "4"}},
        "monitorThresholds.warning: 4 is not below critical, 4; it is reached below it",
        id="a warning that comes too late",
    ),
    pytest.param(
        {"monitorThresholds": {"critical": "4", "criticalRecovery": "5"}},
        "monitorThresholds.criticalRecovery: 5 is not below critical, 4; it is reached below it",
        id="a recovery on the wrong side",
    ),
    pytest.param(
        {
            "query": "avg(last_5m):avg:shop.wait{*} by {host} < 4",
            "monitorThresholds": {"critical": "4", "criticalRecovery": "3"},
        },
        "monitorThresholds.criticalRecovery: 3 is not above critical, 4; it is reached above it",
        id="a recovery on the wrong side, downward",
    ),
    pytest.param(
        {"monitorThresholds": {"critical": "4", "warningRecovery": "2"}},
        "monitorThresholds.warningRecovery: needs warning; write warning too",
        id="a recovery from no warning",
    ),
    pytest.param(
        {"notifyBies": ["host", "page"]},
        'notifyBies: "["host", "page"]" is not a part of what the query groups by, host, page; take some of these keys,'
        " or * alone",
        id="told by all of the groups",
    ),
    pytest.param(
        {"renotifyOccurrences": 3},
        "renotifyOccurrences: counts reminders, and there are none; write renotifyInterval too",
        id="an end of no reminders",
    ),
    pytest.param(
        {"newGroupDelay": 300, "query": "avg(last_5m):avg:shop.wait{env:prod} > 4", "message": ""},
        "newGroupDelay: waits for new groups, and the query has none; group it, or leave this out",
        id="a wait for new groups where nothing is grouped",
    ),
    pytest.param(
        {"notifyBies": ["pod"]},
        'notifyBies: "["pod"]" is not a part of what the query groups by, host, page; take some of these keys,'
        " or * alone",
        id="told by what is no group",
    ),
    pytest.param(
        {
            "query": "avg(last_4h):anomalies(avg:shop.wait{*} by {host}, 'basic', 2) >= 1",
            "monitorThresholds": {"critical": "1"},
        },
        "monitorThresholdWindows: is missing; an anomaly needs both windows, nothing else takes them",
        id="an anomaly without its windows",
    ),
    pytest.param(
        {
            "query": f"{ANOMALY} >= 0.5",
            "monitorThresholds": {"critical": "0.5", "criticalRecovery": "0"},
            "monitorThresholdWindows": {"triggerWindow": "last_4h", "recoveryWindow": "last_2h"},
        },
        "monitorThresholdWindows: with last_2h it could fire and recover at once; let both windows be the query's "
        "alert_window",
        id="an anomaly that could fire and recover at once",
    ),
    pytest.param(
        {
            "query": f"{ANOMALY} >= 1",
            "monitorThresholds": {"critical": "1"},
            "monitorThresholdWindows": {"triggerWindow": "last_15m", "recoveryWindow": "last_15m"},
        },
        "monitorThresholdWindows: last_15m is not the alert_window in the query, last_4h; let both windows be the "
        "query's alert_window",
        id="an anomaly whose window is not the query's",
    ),
    pytest.param(
        {"monitorThresholdWindows": {"triggerWindow": "last_15m", "recoveryWindow": "last_15m"}},
        "monitorThresholdWindows: is for anomalies only; an anomaly needs both windows, nothing else takes them",
        id="windows of no anomaly",
    ),
    pytest.param(
        {"message": "{{pod.name}} waits"},
        'message: "pod.name" stays empty; the query does not group by it',
        id="a name that the message never has",
    ),
    pytest.param(
        {"message": "{{#is_alert}}waits"},
        'message: "is_alert" is never closed; write {{/is_alert}}',
        id="a block that stays open",
    ),
    pytest.param(
        {"message": "{{#is_alert}}waits{{/is_warning}}"},
        'message: "{{/is_warning}}" closes nothing; close blocks in the order of their opening',
        id="a block that another one closes",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "message"), WRONG)
def test_a_wrong_query_is_one_sentence(changes: Mapping[str, Any], message: str):
    assert found(a_monitor(**changes)) == [message]


BURNING = [
    pytest.param(
        '.over("30d").long_window("1h").short_window("5m") > 1001', "1001",
        "query: a burn rate of 1001 is never reached with an objective of 99.9%; it is at most 1000",
        id="faster than a budget can burn",
    ),
    pytest.param(
        '.over("30d").long_window("1h").short_window("60m") > 14.4', "14.4",
        "query: the short window 60m is not below the long one; one twelfth is usual",
        id="windows of one length",
    ),
    pytest.param(
        '.over("30d").long_window("72h").short_window("6h") > 1', "1",
        'query: Datadog does not take the window "72h" here; it takes 1h to 48h',
        id="a long window of three days",
    ),
    pytest.param(
        '.over("7d").long_window("1h").short_window("5m") > 3', "3",
        'query: its objective has no threshold over "7d"; add it to the objective',
        id="a period that the objective does not have",
    ),
    pytest.param(
        '.over("14d").long_window("1h").short_window("5m") > 3', "3",
        'query: "burn_rate("1").over("14d").long_window("1h").short_window…" is no query of a "slo alert"; write it'
        ' like error_budget("abc").over("30d") > 75',
        id="a period that there is not",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "critical", "message"), BURNING)
def test_a_budget_that_cannot_burn_so_is_one_sentence(text: str, critical: str, message: str):
    assert found(burning(text, critical=critical))[0] == message


def test_a_composite_takes_ten_monitors():
    assert found(combined(*"abcdefghij")) == []
    assert found(combined(*"abcdefghijk")) == ["query: combines 11 monitors; at most 10 are taken"]


def test_a_composite_takes_no_composite():
    inner = Resource(MONITOR, "inner", {"type": "composite"})
    said = found(combined("a", "inner", kind=MONITOR), inner)
    assert said == ['query: "inner" is a composite itself; name what it is made of']


def test_a_composite_combines_monitors():
    assert found(combined("orders", kind=SLO)) == [
        'query: "orders" is no monitor; combine monitors and synthetic tests'
    ]
