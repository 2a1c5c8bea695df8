"""The forms of real configurations: how many of 113 Datadog monitors, 70 PagerDuty services and others have each.

Counted on 2026-11-26 in public files: 94 monitors by a script and 19 by hand. Here stand the counts alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from tests.corpus import VendorObject, detectors, monitors, orchestrations, pagerduty, synthetic_tests, workflows

ARITHMETIC = re.compile(r" [*/+-] ")
FUNCTION = re.compile(r"\b(abs|default_zero|diff|ewma_10|exclude_null)\(")
WITH_A_WORD = re.compile(r"anomalies\(|forecast\(|change\(|^formula\(")


class Form(NamedTuple):
    """A form, how many of how many real objects have it, and whether one object has it."""

    name: str
    real: int
    of: int
    holds: Callable[[VendorObject], object]

    def least(self, objects: int) -> int:
        """How many of a number of objects need it at least."""
        return round(objects * self.real / self.of)


def option(name: str) -> Callable[[VendorObject], object]:
    """Whether a monitor has an option, and not as nothing."""
    return lambda monitor: monitor["options"].get(name)


def has_recovery(monitor: VendorObject) -> bool:
    """Whether a monitor recovers elsewhere than at its threshold."""
    return "critical_recovery" in monitor["options"]["thresholds"]


def is_raw(monitor: VendorObject) -> bool:
    """Whether a query is more than one series against a threshold."""
    query = monitor["query"]
    return any(pattern.search(query) for pattern in (ARITHMETIC, FUNCTION, WITH_A_WORD))


def calculates(monitor: VendorObject) -> bool:
    """Whether a query calculates with several series, outside of other words."""
    query = monitor["query"]
    return bool(ARITHMETIC.search(query)) and not WITH_A_WORD.search(query)


def waits_for_groups(monitor: VendorObject) -> bool:
    """Whether a monitor says how long a new group or host is left alone."""
    return any(monitor["options"].get(name) is not None for name in ("new_group_delay", "new_host_delay"))


MONITORS = 113
OF_MONITORS = (
    Form("waits for a new group or host", 93, MONITORS, waits_for_groups),
    Form("reminds while it lasts", 60, MONITORS, option("renotify_interval")),
    Form("has a warn level", 59, MONITORS, lambda monitor: "warning" in monitor["options"]["thresholds"]),
    Form("waits for late data", 49, MONITORS, option("evaluation_delay")),
    Form("is written down in the audit trail", 46, MONITORS, option("notify_audit")),
    Form("wants a full window", 44, MONITORS, option("require_full_window")),
    Form("fires at its threshold", 34, MONITORS, lambda monitor: re.search(r"[<>]= \S+$", monitor["query"])),
    Form("recovers elsewhere, of a raw query", 32, MONITORS, lambda it: is_raw(it) and has_recovery(it)),
    Form("has a text for each transition", 28, MONITORS, lambda monitor: "{{#is_" in monitor["message"]),
    Form("is an anomaly", 19, MONITORS, lambda monitor: "anomalies(" in monitor["query"]),
    Form("calculates", 16, MONITORS, calculates),
    Form("searches logs", 14, MONITORS, lambda monitor: monitor["type"] == "log alert"),
    Form("says the value", 13, MONITORS, lambda monitor: "{{value}}" in monitor["message"]),
    Form("puts a function around a series", 5, MONITORS, lambda monitor: FUNCTION.search(monitor["query"])),
    Form("resolves after hours of silence", 5, MONITORS, option("timeout_h")),
    Form("is a service check", 4, MONITORS, lambda monitor: monitor["type"] == "service check"),
    Form("counts events", 3, MONITORS, lambda monitor: monitor["type"] == "event-v2 alert"),
    Form("is a formula", 3, MONITORS, lambda monitor: monitor["query"].startswith("formula(")),
    Form("is a change", 2, MONITORS, lambda monitor: "change(" in monitor["query"]),
    Form("notifies by fewer tags", 2, MONITORS, option("notify_by")),
    Form("is a forecast", 1, MONITORS, lambda monitor: "forecast(" in monitor["query"]),
)


def sender(service: VendorObject) -> str:
    """Who sends to a PagerDuty service, as its first integration is called."""
    return str(service["integrations"][0]["name"])


def urgency(service: VendorObject) -> str:
    """A service's urgency, or how it is decided."""
    rule = service["incident_urgency_rule"]
    return str(rule.get("urgency", rule["type"]))


def posts_to_slack(service: VendorObject) -> bool:
    """Whether PagerDuty itself writes a service's incidents to Slack."""
    return service["id"] in {row["source_id"] for row in pagerduty("slack_connections")}


def is_orchestrated(service: VendorObject) -> bool:
    """Whether rules of PagerDuty's change a service's events."""
    return service["id"] in {row["parent"]["id"] for row in orchestrations()}


OF_SERVICES = (
    Form("resolves by itself", 66, 70, lambda service: service["auto_resolve_timeout"]),
    Form("hears of neither Datadog nor Sentry", 59, 62, lambda it: sender(it) not in ("Datadog", "Sentry")),
    Form("posts to Slack by PagerDuty", 50, 70, posts_to_slack),
    Form("has the urgency of its event's severity", 7, 70, lambda service: urgency(service) == "severity_based"),
    Form("groups alerts", 5, 70, lambda service: service["alert_grouping_parameters"]["type"]),
    Form("is orchestrated", 2, 70, is_orchestrated),
    Form("keeps support hours", 1, 70, lambda service: service["support_hours"]),
)


def first_looks(workflow: VendorObject) -> set[str]:
    """What makes Sentry look at an alert."""
    return {condition["type"] for condition in workflow["triggers"]["conditions"]}


def tells_owners(workflow: VendorObject) -> bool:
    """Whether an alert goes to whoever owns the code."""
    actions = [action for part in workflow["actionFilters"] for action in part["actions"]]
    return any(action["config"]["targetType"] == "issue_owners" for action in actions)


ISSUE_STATES = {"first_seen_event", "regression_event", "reappeared_event"}
OF_ISSUE_ALERTS = (
    Form("fires for a new issue or one that is back", 10, 16, lambda it: first_looks(it) & ISSUE_STATES),
    Form("tells the issue's owners", 12, 18, tells_owners),
)
OF_TESTS = (
    Form("waits until it failed for some time", 6, 22, lambda test: test["options"]["min_failure_duration"]),
    Form("runs again before it fails", 6, 22, lambda test: test["options"].get("retry")),
    Form("asks a path of a JSON answer", 3, 22, lambda test: "validatesJSONPath" in str(test["config"])),
    Form("sends headers", 1, 22, lambda test: "'headers'" in str(test["config"])),
    Form("has several steps", 1, 22, lambda test: test.get("subtype") == "multi"),
    Form("is a browser's", 1, 22, lambda test: test["type"] == "browser"),
    Form("follows redirects", 1, 22, lambda test: test["options"].get("follow_redirects")),
)


def issue_alerts() -> Sequence[VendorObject]:
    """Sentry's alerts on issues of errors; the others speak for a metric or for jobs."""
    errors = {detector["id"] for detector in detectors() if detector["type"] == "error"}
    return [workflow for workflow in workflows() if set(workflow["detectorIds"]) <= errors]


FORMS = (
    ("monitor", monitors(), OF_MONITORS),
    ("service", pagerduty("services"), OF_SERVICES),
    ("issue alert", issue_alerts(), OF_ISSUE_ALERTS),
    ("test", synthetic_tests(), OF_TESTS),
)
