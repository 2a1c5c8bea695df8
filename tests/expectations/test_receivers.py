"""Receivers beside the page and support hours, read as the vendors act on them; what they would not do is said."""

from __future__ import annotations

import pytest

from monitoring.expectations.references import ReadingError
from tests.expectations.written import rows
from tests.factories import a_catalog
from tests.preview.changes import changed
from tests.reach.test_support_hours import HOURS, QUIET
from tests.resources.every_signal import declared, every_signal
from tests.resources.receivers import on_each_route

BESIDE = {"slack": ["alerts"], "microsoft-teams": ["web"], "webhook": ["status-board"], "opsgenie": ["Platform_1"]}
ROUTE = "MonitorNotificationRule shop-p1"


def test_each_vendor_is_expected_to_write_to_what_it_can_reach():
    found = rows(declared(a_catalog(*on_each_route("P0", "P1"))))
    receivers = {name: {kind: row[kind] for kind in BESIDE} for name, row in found.items()}
    assert receivers["shop-slow"] == BESIDE
    assert receivers["shop-failing"] == {
        "slack": ["alerts"], "microsoft-teams": [], "webhook": ["status-board-1a2b3c"], "opsgenie": [],
    }  # fmt: skip


def test_owners_are_expected_by_who_is_told_where_there_is_none():
    owners = ("teams.yaml", "    P3: {slack: [alerts]}", "    P3: {slack: [alerts], issue-owners: active-members}")
    found = rows(declared(every_signal(owners)))
    receivers = {name: (found[name]["email"], found[name]["issue-owners"]) for name in ("shop-new", "shop-wait")}
    assert receivers == {"shop-new": ([], ["ActiveMembers"]), "shop-wait": ([], [])}


def test_what_sentry_asks_is_expected_with_all_that_it_carries():
    found = rows(declared(every_signal()))["shop-seen-abroad"]["sentry"]
    assert found["environment"] == "production"
    assert found["uptime-monitor"] == {
        "project": "web",
        "request": "POST https://partner.example.com/book",
        "sends": ["Content-Type: application/json", "X-Probe: shop", '{"probe": true}'],
        "interval-seconds": 3600,
        "timeout-ms": 30_000,
        "downtime-threshold": 3,
        "recovery-threshold": 1,
    }


ASKED = [
    pytest.param("enabled", False, "the monitor is not enabled", id="a monitor that is switched off"),
    pytest.param("assertionJson", "{}", "asserts something", id="an assertion that nobody typed"),
]


@pytest.mark.parametrize(("path", "value", "says"), ASKED)
def test_a_monitor_of_sentry_that_does_not_act_so_is_refused(path: str, value: object, says: str):
    with pytest.raises(ReadingError, match=says):
        rows(changed(declared(every_signal()), "UptimeMonitor shop-seen-abroad", path, value))


REFUSED = [
    pytest.param("fallbackRecipients", ["pagerduty-shop-critical-high"], "its recovery does not arrive",
                 id="a webhook that never hears of the end"),
    pytest.param("conditions.0.recipients", ["pagerduty-shop-critical-high", "jira-shop"],
                 "its recovery does not arrive", id="a handle that hears of alerts alone"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "value", "says"), REFUSED)
def test_a_receiver_that_hears_half_is_refused(path: str, value: list[str], says: str):
    plan = declared(a_catalog(*on_each_route("P0", "P1")))
    with pytest.raises(ReadingError, match=says):
        rows(changed(plan, ROUTE, f"conditionalRecipients.{path}", value))


def test_a_handle_of_another_product_is_refused():
    plan = declared(a_catalog(*on_each_route("P0", "P1")))
    handles = ["pagerduty-shop-critical-high", "jira-shop"]
    for path in ("conditions.0.recipients", "fallbackRecipients"):
        plan = changed(plan, ROUTE, f"conditionalRecipients.{path}", handles)
    with pytest.raises(ReadingError, match="a handle of another product"):
        rows(plan)


def test_support_hours_are_expected_as_pagerduty_has_them():
    page = rows(declared(a_catalog(HOURS, QUIET)))["shop-slow"]["page"]
    assert page == {
        "policy": "critical",
        "urgency": "use_support_hours",
        "support-hours": "1,2,3,4,5 09:00:00-17:00:00 Europe/Berlin",
    }


def test_support_hours_that_whisper_are_refused():
    plan = changed(
        declared(a_catalog(HOURS, QUIET)),
        "Service shop-critical-low",
        "incidentUrgencyRule.duringSupportHours.urgency",
        "low",
    )
    with pytest.raises(ReadingError, match="is not high in support hours and low outside of them"):
        rows(plan)
