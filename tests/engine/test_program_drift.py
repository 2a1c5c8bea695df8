"""What is edited, paused or deleted by hand: the drift command names it in our words, and `up` puts it back."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

import pytest

from tests.engine.accounts.store import Stored
from tests.engine.workspace import Run, Workspace

MONITOR = "datadog:index/monitor:Monitor"
TEST = "datadog:index/syntheticsTest:SyntheticsTest"
ROUTE = "datadog:index/monitorNotificationRule:MonitorNotificationRule"
HANDLE = "datadog:pagerduty/serviceObject:ServiceObject"
SCHEDULE = "pagerduty:index/schedule:Schedule"
POLICY = "pagerduty:index/escalationPolicy:EscalationPolicy"
SERVICE = "pagerduty:index/service:Service"
ALERT = "sentry:index/alert:Alert"
METRIC = "sentry:index/metricMonitor:MetricMonitor"


def drift(workspace: Workspace, *words: str) -> Run:
    """What `monitoring drift` says about a workspace's stack."""
    catalog = ["--catalog", str(workspace.program / "catalog"), "--cwd", str(workspace.program)]
    command = [sys.executable, "-m", "monitoring", "drift", "--stack", workspace.stack, *catalog, *words]
    run = subprocess.run(command, env=workspace.environment, cwd=workspace.room, capture_output=True, text=True)
    return Run(run.returncode, run.stdout, run.stderr)


def declared(workspace: Workspace, type_: str, name: str) -> Stored:
    """The object in the account that a resource of the program stands for."""
    one = next(one for urn, one in workspace.state().items() if urn.endswith(f"::{type_}::{name}"))
    stored = workspace.account.store.get(type_, one["id"])
    assert stored
    return stored


def edit(workspace: Workspace, type_: str, name: str, **changed: Any) -> None:
    """Change what a resource stands for in the vendor's own pages."""
    workspace.account.edit(declared(workspace, type_, name), **changed)


EDITS: Mapping[str, tuple[str, str, Mapping[str, Any]]] = {
    'rule "performance-degradation": message of its Monitor': (
        MONITOR, "performance-degradation", {"message": "ignore"},
    ),
    'rule "high-memory": priority of its Monitor': (MONITOR, "high-memory", {"priority": "5"}),
    'rule "website-uptime": status of its SyntheticsTest: "live" is declared': (
        TEST, "website-uptime", {"status": "paused"},
    ),
    'rule "api-uptime": locations of its SyntheticsTest api-uptime-head': (
        TEST, "api-uptime-head", {"locations": ["aws:eu-central-1"]},
    ),
    'service "website": filter.tags': (ROUTE, "website-p1", {"filter": {"tags": ["env:staging"]}}),
    'rule "database-failure": enabled of its Alert: "true" is declared and Sentry holds "false"': (
        ALERT, "database-failure", {"enabled": False},
    ),
    'rule "elevated-error-rate": timeWindowSeconds of its MetricMonitor': (
        METRIC, "elevated-error-rate", {"timeWindowSeconds": 3600.0},
    ),
    'policy "critical": numLoops of its EscalationPolicy: "3" is declared and PagerDuty holds "0"': (
        POLICY, "critical", {"numLoops": 0.0},
    ),
    'schedule "primary": timeZone of its Schedule': (SCHEDULE, "primary", {"timeZone": "Europe/London"}),
    'service "auth": acknowledgementTimeout of its Service auth-critical-high': (
        SERVICE, "auth-critical-high", {"acknowledgementTimeout": "null"},
    ),
}  # fmt: skip


def test_what_was_edited_paused_disabled_or_deleted_is_named_and_put_back(ours):
    before = comparable(ours)
    for type_, name, changed in EDITS.values():
        edit(ours, type_, name, **changed)
    ours.account.remove(declared(ours, ROUTE, "website-p3"))
    ours.account.remove(declared(ours, ALERT, "auth-system-down"))

    found = drift(ours)
    assert found.code == 1, found.said
    for sentence in (
        *EDITS, 'service "website": its MonitorNotificationRule website-p3 at Datadog is gone',
        'rule "auth-system-down": its Alert at Sentry cannot be read: "404',
    ):  # fmt: skip
        assert sentence in found.out
    assert f"{len(EDITS) + 2} differences" in found.out

    ours.must("state", "delete", urn_in(found.out), "--yes")
    ours.up("--refresh")
    assert comparable(ours) == before
    assert drift(ours).code == 0


def comparable(workspace: Workspace) -> list[str]:
    """Everything in the accounts but the ids that a second creation changes, and the start that PagerDuty rewrites."""
    objects = workspace.account.everything()
    texts = (json.dumps([type_, body], sort_keys=True) for type_, by_id in objects.items() for body in by_id.values())
    return sorted(re.sub(r'"start": "[^"]*"', "", text) for text in texts)


def urn_in(text: str) -> str:
    """The URN that the command tells to delete from the state."""
    return text.split("pulumi state delete '")[1].split("'")[0]


def test_an_alert_that_is_gone_at_sentry_alone_is_no_silence(ours):
    ours.account.remove(declared(ours, ALERT, "auth-system-down"))
    found = drift(ours, "--format", "json")
    assert found.code == 1, found.said
    (one,) = json.loads(found.out)["drifts"]
    assert (one["what"], one["name"], one["resource"]) == ("rule", "auth-system-down", "Alert")


BLIND: Mapping[str, tuple[str, str, Mapping[str, Any]]] = {
    "Datadog, pagerduty.ServiceObject.serviceKey": (HANDLE, "api-standard-high", {"serviceKey": "0" * 32}),
    "PagerDuty, Service.alertCreation": (SERVICE, "auth-critical-high", {"alertCreation": "create_incidents"}),
    "Sentry, MetricMonitor and CronMonitor.project": (METRIC, "database-failure", {"project": "another"}),
}


def test_what_no_provider_sees_is_listed_as_a_blind_spot(ours):
    for type_, name, changed in BLIND.values():
        edit(ours, type_, name, **changed)
    found = drift(ours)
    assert found.code == 0, found.said
    assert all(f"  - {where}: " in found.out for where in BLIND)


def test_a_token_that_is_refused_is_no_drift(ours):
    ours.account.expect_credential("PAGERDUTY_TOKEN", "another one")
    found = drift(ours)
    assert found.code == 2, found.said
    assert "PAGERDUTY_TOKEN is not accepted" in found.err
    assert "Traceback" not in found.said


@pytest.mark.full
def test_a_plain_update_does_not_look_and_a_refreshing_one_does(ours):
    edit(ours, POLICY, "critical", numLoops=0.0)
    ours.up()
    assert declared(ours, POLICY, "critical").body["numLoops"] == 0
    ours.up("--refresh")
    assert declared(ours, POLICY, "critical").body["numLoops"] == 3
