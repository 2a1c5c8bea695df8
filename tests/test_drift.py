"""What the engine's refresh says becomes sentences about rules, policies and services."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from monitoring.drift import UnreadableError, drifts, owner

MONITOR = "datadog:index/monitor:Monitor::performance-degradation"
ALERT = "sentry:index/alert:Alert::auth-system-down"
POLICY = "pagerduty:index/escalationPolicy:EscalationPolicy::critical"
HANDLE = "datadog:pagerduty/serviceObject:ServiceObject::auth-critical-high"
CHANNEL = "datadog:slack/channel:Channel::alerts-critical"
PROVIDER = "pulumi:providers:sentry::default_0_15_4"
FAILED = {"message": "error: preview failed\n", "severity": "error"}


def urn(key: str) -> str:
    """The URN of a TYPE::NAME."""
    return f"urn:pulumi:prod::monitoring::{key}"


def a_step(key: str = MONITOR, **changed: Any) -> Mapping[str, Any]:
    """A step that changes nothing."""
    return {"op": "same", "urn": urn(key), "oldState": {}, "newState": {}, **changed}


def an_update(key: str, path: str, before: Any, after: Any) -> Mapping[str, Any]:
    """A step in which one property, at the top, is not what it was."""
    states = {"oldState": {"outputs": {path: before}}, "newState": {"outputs": {path: after}}}
    return a_step(key, op="update", detailedDiff={path: {"kind": "update"}}, **states)


def refused(key: str, message: str) -> Mapping[str, Any]:
    """A complaint about one resource."""
    return {"urn": urn(key), "message": f"error: Preview failed: {message}\n", "severity": "error"}


def a_report(*steps: Mapping[str, Any], complaints: list[Mapping[str, Any]] | None = None) -> str:
    """What the engine prints."""
    return json.dumps({"steps": steps, "diagnostics": complaints or []}, indent=4)


@pytest.mark.parametrize(
    ("report", "sentences"),
    [
        pytest.param(a_report(a_step()), [], id="nothing differs"),
        pytest.param(
            a_report(an_update(POLICY, "numLoops", 3, 0)),
            ['policy "critical": numLoops of its EscalationPolicy: "3" is declared and PagerDuty holds "0"'],
            id="a policy that asks less often",
        ),
        pytest.param(
            a_report(an_update(MONITOR, "priority", "2", None)),
            ['rule "performance-degradation": priority of its Monitor: "2" is declared and Datadog holds "nothing"'],
            id="a priority that somebody took away",
        ),
        pytest.param(
            a_report(an_update(HANDLE, "serviceName", "auth-critical-high", "auth")),
            ['service "auth": serviceName of its ServiceObject auth-critical-high: "auth-critical-high" is declared'],
            id="what serves several rules belongs to their service",
        ),
        pytest.param(
            a_report(a_step(CHANNEL, op="delete")),
            ["platform: its Channel alerts-critical at Datadog is gone; pulumi up --refresh makes it anew"],
            id="what belongs to nobody belongs to the platform",
        ),
        pytest.param(
            a_report(complaints=[refused(ALERT, "404: Alert 7 not found"), FAILED]),
            ['rule "auth-system-down": its Alert at Sentry cannot be read: "404: Alert 7 not found"; if it'],
            id="an alert that Sentry no longer shows is no silence",
        ),
        pytest.param(
            a_report(a_step(op="delete"), complaints=[refused(ALERT, "404"), FAILED]),
            ['rule "auth-system-down": its Alert at Sentry cannot be read', "its Monitor at Datadog is gone"],
            id="one that is gone hides no other",
        ),
        pytest.param(
            "warning: something\n" + a_report(a_step(op="delete")) + "\nand more",
            ["its Monitor at Datadog is gone"],
            id="lines around the answer",
        ),
    ],
)
def test_differences_are_told_in_the_catalogs_words(shipped, report, sentences):
    said = list(map(str, drifts(report, shipped)))
    assert len(said) == len(sentences)
    for line, sentence in zip(said, sentences, strict=True):
        assert sentence in line
        assert line.endswith(" (drift)")


@pytest.mark.parametrize(
    ("report", "reason"),
    [
        pytest.param("", "the engine said nothing", id="nothing at all"),
        pytest.param("error: no stack selected", "error: no stack selected", id="a complaint"),
        pytest.param('{\n"steps": 3', '"steps": 3', id="half an answer"),
        pytest.param('{\n"other": []}', "other", id="another answer"),
        pytest.param(
            a_report(complaints=[refused(PROVIDER, "SENTRY_AUTH_TOKEN is not accepted"), FAILED]),
            "SENTRY_AUTH_TOKEN is not accepted",
            id="a token that is refused",
        ),
        pytest.param(
            a_report(complaints=[refused(MONITOR, "503"), refused(ALERT, "404"), FAILED]),
            "^503$",
            id="an outage of a vendor, after which nothing is certain",
        ),
        pytest.param(
            a_report(complaints=[refused(MONITOR, "403: key"), refused(POLICY, "403: key"), FAILED]),
            "^403: key$",
            id="the same refusal for everything, said once",
        ),
        pytest.param(
            a_report(a_step(op="delete"), complaints=[{"message": "error: locked\n", "severity": "error"}]),
            "locked",
            id="an error that concerns no resource",
        ),
        pytest.param(a_report(complaints=[FAILED]), "preview failed", id="a failure without a reason"),
    ],
)
def test_what_is_no_comparison_is_refused(shipped, report, reason):
    with pytest.raises(UnreadableError, match=reason):
        list(drifts(report, shipped))


@pytest.mark.parametrize(
    ("kind", "name", "expected"),
    [
        pytest.param("Monitor", "high-memory", ("rule", "high-memory"), id="a rule's own name"),
        pytest.param(
            "SyntheticsTest", "certificate-expiring-soon", ("rule", "certificate-expiring-soon"), id="the longer rule"
        ),
        pytest.param("SyntheticsTest", "api-uptime-head", ("rule", "api-uptime"), id="a rule and a method"),
        pytest.param("Service", "auth-critical-high", ("service", "auth"), id="a service at a vendor"),
        pytest.param("Schedule", "primary", ("schedule", "primary"), id="a schedule"),
        pytest.param("DashboardJson", "nothing-of-ours", ("platform", ""), id="what serves several"),
    ],
)
def test_what_a_resource_belongs_to(shipped, kind, name, expected):
    assert owner(shipped, kind, name) == expected
