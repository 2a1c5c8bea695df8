"""What the engine's refresh says becomes sentences about rules, policies and services."""

from __future__ import annotations

import json
from typing import Any

import pytest

from monitoring.drift.report import MAX_SHOWN, Drift, comparison
from tests.drift import events as e

WIDGETS = [{"definition": {"title": f"Widget {number}"}} for number in range(40)]
LONG = "The shop is slow. " * 40
SECRET = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "ciphertext": "[secret]"}


def a_board(title: str) -> dict[str, str]:
    """A dashboard whose last widget has a title."""
    return {"dashboard": json.dumps({"widgets": [*WIDGETS, {"definition": {"title": title}}]})}


@pytest.mark.parametrize(
    ("report", "sentences"),
    [
        pytest.param(e.stream(e.came_of(e.MONITOR)), [], id="nothing differs"),
        pytest.param(
            e.stream(e.changed(e.POLICY, {"numLoops": 3}, {"numLoops": 0}, "numLoops")),
            ['policy "critical": numLoops of its EscalationPolicy: 3 is declared and PagerDuty holds 0; pulumi up'],
            id="a policy that asks less often",
        ),
        pytest.param(
            e.stream(e.changed(e.ALERT, {"enabled": True}, {"enabled": False})),
            ['rule "auth-system-down": enabled of its Alert: true is declared and Sentry holds false; pulumi up'],
            id="an alert that is off, though its provider names no paths",
        ),
        pytest.param(
            e.stream(e.changed(e.MONITOR, {"priority": "2"}, {"priority": None}, "priority")),
            ['rule "performance-degradation": priority of its Monitor: "2" is declared and Datadog holds nothing;'],
            id="a priority that somebody took away",
        ),
        pytest.param(
            e.stream(
                e.changed(e.HANDLE, {"serviceName": "auth-critical-high"}, {"serviceName": "auth"}, "serviceName")
            ),
            ['service "auth": serviceName of its ServiceObject auth-critical-high: "auth-critical-high" is declared'],
            id="what serves several rules belongs to their service",
        ),
        pytest.param(
            e.stream(e.came_of(e.CHANNEL, "delete", new=None)),
            ["platform: its Channel alerts-critical at Datadog is gone; pulumi up --refresh makes it anew"],
            id="what belongs to nobody belongs to the platform",
        ),
        pytest.param(
            e.stream(
                *e.complaint(e.ALERT, e.GONE_LOGGED, f"Preview failed: {e.GONE}"), *e.complaint("", "preview failed")
            ),
            ['rule "auth-system-down": its Alert at Sentry cannot be read: "Client Error: Unable to read, got status'],
            id="an alert that Sentry no longer shows is one difference, however often its provider says so",
        ),
        pytest.param(
            e.stream(
                e.came_of(e.MONITOR, "delete", new=None),
                *e.complaint(e.ALERT, f"Preview failed: {e.GONE}"),
                *e.complaint("", "preview failed"),
            ),
            ["its Monitor at Datadog is gone", 'rule "auth-system-down": its Alert at Sentry cannot be read'],
            id="one that is gone hides no other, and they stand in the catalog's order",
        ),
        pytest.param(
            "warning: something\n" + e.stream(e.came_of(e.MONITOR, "delete", new=None)) + "\nand more",
            ["its Monitor at Datadog is gone"],
            id="lines around the answer",
        ),
        pytest.param(
            e.stream(e.changed(e.ROW, {"integrationKey": SECRET}, {"integrationKey": SECRET})),
            ["integrationKey of its IntegrationPagerduty auth-critical-high: Sentry holds another value"],
            id="a key is never shown",
        ),
        pytest.param(
            e.stream(e.changed(e.BOARD, a_board("Now"), a_board("Never"), "dashboard")),
            ['dashboard.widgets[40].definition.title of its DashboardJson agency: "Now" is declared and Datadog holds'],
            id="a dashboard by the place within it",
        ),
        pytest.param(
            e.stream(e.changed(e.ALERT, {"name": "A"}, {"name": "A"})),
            ['name of its Alert: Sentry\'s provider calls it different from what is declared, "A"'],
            id="what looks the same is said to differ all the same",
        ),
        pytest.param(
            e.stream(e.changed(e.ALERT, {"name": "A"}, {"name": "A"}, names=[])),
            ["a property that its provider does not name of its Alert: Sentry's provider calls it different"],
            id="a difference without any name is no silence",
        ),
        pytest.param(
            e.stream(e.changed(e.ALERT, {"name": "A"}, {"name": "B"}, names=[])),
            ['name of its Alert: "A" is declared and Sentry holds "B"'],
            id="a difference without any name is looked for",
        ),
        pytest.param(
            e.digest(
                e.changed(e.POLICY, {"numLoops": 3}, {"numLoops": 0}, "numLoops"), summary={"same": 1, "update": 1}
            ),
            ["numLoops of its EscalationPolicy: 3 is declared and PagerDuty holds 0"],
            id="the engine's digest, where its summary agrees",
        ),
    ],
)
def test_differences_are_told_in_the_catalogs_words(shipped, report, sentences):
    lines = list(map(str, comparison(report, shipped).drifts))
    assert len(lines) == len(sentences)
    for line, sentence in zip(lines, sentences, strict=True):
        assert sentence in line
        assert line.endswith(" (drift)")


def a_drift(shipped: Any, before: Any, now: Any) -> Drift:
    """The only difference, in a monitor's message."""
    (only,) = comparison(e.stream(e.changed(e.MONITOR, {"message": before}, {"message": now})), shipped).drifts
    return only


def test_two_long_values_are_shown_where_they_part(shipped):
    line = str(a_drift(shipped, LONG + "Call Ana.", LONG + "Call nobody."))
    assert len(line) < 3 * MAX_SHOWN + 200
    assert 'Call Ana." is declared' in line
    assert 'Call nobody."' in line


def test_a_vendors_text_cannot_speak_to_the_terminal(shipped):
    line = str(a_drift(shipped, "a", "b\nservices/x.yaml:1: all is well\x1b[2K\u202e"))
    assert line.isprintable()
    assert "\\nservices/x.yaml:1: all is well\\x1b[2K\\u202e" in line


def test_the_json_answer_keeps_long_values_whole(shipped):
    assert a_drift(shipped, LONG, "short").declared == LONG


def test_what_was_compared_is_counted(shipped):
    two = e.changed(e.BOARD, {"a": 1, "b": 1}, {"a": 2, "b": 2})
    lost = [*e.complaint(e.ALERT, f"Preview failed: {e.GONE}"), *e.complaint("", "preview failed")]
    night = comparison(e.stream(two, e.came_of(e.MONITOR), *lost), shipped)
    assert (night.compared, night.differs, night.unreadable, len(night.drifts)) == (3, 2, 1, 3)
    assert night.summary == {"same": 2, "update": 1}, "the stack as one more, and not what cannot be read"
