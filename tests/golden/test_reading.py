"""The reader is not fooled: wherever a Plan's wiring is cut or turned, the table typed by hand no longer holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from monitoring.plan import Plan
from tests.golden import reading
from tests.golden.test_golden import BY_HAND
from tests.preview.changes import ABSENT, changed, without

OTHER_KEY = {
    "secret": {
        "ref": "pagerduty:index/serviceIntegration:ServiceIntegration::api-standard-low-sentry",
        "output": "integrationKey",
    }
}
OTHER_POLICY = {"ref": "pagerduty:index/escalationPolicy:EscalationPolicy::standard", "output": "id"}
OTHER_MONITOR = {"ref": "sentry:index/metricMonitor:MetricMonitor::auth-system-down", "output": "id"}
STAGING = ["env:staging", "managed-by:agency-monitoring", "service:platform", "severity:p0", "team:platform"]

DATABASE, OUTAGE = "database-failure", "platform-outage"
DAMAGE: list[Any] = [
    ("IntegrationPagerduty database-critical-high", "integrationKey", OTHER_KEY, DATABASE, "a row with another key"),
    ("Service database-critical-high", "escalationPolicy", OTHER_POLICY, DATABASE, "a service with another policy"),
    ("Service database-critical-high", "incidentUrgencyRule.urgency", "low", DATABASE, "a service that whispers"),
    ("Alert database-failure", "monitorIds", [OTHER_MONITOR], DATABASE, "an alert on another monitor"),
    ("Alert database-failure", "enabled", False, DATABASE, "an alert that is off"),
    ("Alert database-failure", "triggerConditions", [{"firstSeenEvent": {}}], DATABASE, "an alert that speaks once"),
    ("Alert database-failure", "frequencyMinutes", 1440, DATABASE, "an alert that is silent for a day"),
    ("Alert database-failure", "environment", "staging", DATABASE, "an alert on another environment"),
    ("MetricMonitor tenant-isolation-breach", "query", "", "tenant-isolation-breach", "a monitor of everything"),
    ("MetricMonitor tenant-isolation-breach", "conditionGroup.conditions.0.comparison", 1, "tenant-isolation-breach",
     "a monitor that lets one event pass"),
    ("MetricMonitor database-failure", "query", "feature:email", DATABASE, "a monitor of something else"),
    ("MetricMonitor database-failure", "conditionGroup.conditions.0.comparison", 1000, DATABASE, "a deaf monitor"),
    ("MetricMonitor database-failure", "timeWindowSeconds", 3600, DATABASE, "a slow monitor"),
    ("MonitorNotificationRule platform-p0", "filter.tags", STAGING, OUTAGE, "a route of another environment"),
    ("MonitorNotificationRule platform-p0", "conditionalRecipients.fallbackRecipients", ABSENT, OUTAGE,
     "a route that never closes an incident"),
    ("ServiceObject platform-critical-high", "serviceKey", OTHER_KEY, OUTAGE, "a pager with another key"),
    ("Monitor platform-outage", "tags", [*STAGING, "rule:platform-outage"], OUTAGE, "a monitor that no route takes"),
    ("Monitor performance-degradation", "query", "max(last_10m):max:a{*} > 2", "performance-degradation",
     "another query"),
    ("SyntheticsTest api-uptime-head", "status", "paused", "api-uptime", "a test that is paused"),
    ("SyntheticsTest api-uptime", "optionsList.minLocationFailed", 3, "api-uptime",
     "a test that waits for all places"),
    ("SyntheticsTest website-uptime", "assertions", [], "website-uptime", "a test that wants nothing"),
]  # fmt: skip


def holds(plan: Plan, rule: str) -> bool:
    """Whether the table holds for a rule; a chain that leads nowhere holds nothing."""
    try:
        return bool(reading.rows(plan)[rule] == BY_HAND["rules"][rule])
    except (AssertionError, KeyError, ValueError):
        return False


@pytest.mark.parametrize(("name", "path", "value", "rule", "_"), DAMAGE, ids=[case[-1] for case in DAMAGE])
def test_damage_is_seen(plans: Mapping[str, Plan], name: str, path: str, value: Any, rule: str, _: str):
    assert holds(plans["prod"], rule)
    assert not holds(changed(plans["prod"], name, path, value), rule)


GONE = [
    ("MonitorNotificationRule platform-p0", "platform-outage"),
    ("ServiceObject platform-critical-high", "platform-outage"),
    ("IntegrationPagerduty database-critical-high", "database-failure"),
    ("ServiceIntegration database-critical-high-sentry", "database-failure"),
    ("EscalationPolicy critical", "database-failure"),
    ("SyntheticsTest api-uptime-head", "api-uptime"),
]


@pytest.mark.parametrize(("name", "rule"), GONE)
def test_a_missing_link_is_seen(plans: Mapping[str, Plan], name: str, rule: str):
    assert holds(plans["prod"], rule)
    assert not holds(without(plans["prod"], name), rule)
