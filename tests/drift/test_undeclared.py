"""What nobody declares and yet decides about a page is named, though the engine calls the resource the same."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from monitoring.drift.answer import Refreshed
from monitoring.drift.report import comparison
from monitoring.drift.undeclared import UNDECLARED, Undeclared, UndeclaredDifference, undeclared_differences
from tests.drift import events as e

PAGE = Path(__file__).parents[2] / "manual" / "drift.md"
SERVICE = "pagerduty:index/service:Service::auth-critical-high"


def an_outcome(type_: str, before: Any, now: Any, inputs: Any = None) -> Refreshed:
    """A resource that its provider calls the same, with what was and is held."""
    declared = {"inputs": inputs or {}, "outputs": before}
    return Refreshed(
        f"urn:pulumi:prod::monitoring::{type_}::x", "same", (), (), declared, {"inputs": {}, "outputs": now}
    )


def holding(path: str, value: Any) -> Any:
    """An object in which a value stands at a generic path, as the first element of each list."""
    for step in reversed(path.replace("[]", ".[]").split(".")):
        value = [value] if step == "[]" else {step: value}
    return value


@pytest.mark.parametrize("row", UNDECLARED, ids=lambda row: f"{row.type.rpartition(':')[2]}.{row.path}")
def test_each_property_is_named_when_it_changes_and_only_then(row: Undeclared) -> None:
    usual, other = (
        holding(row.path, (row.usual or ("a" if row.filled_in_later else "null",))[0]),
        holding(row.path, "b"),
    )
    (place,) = undeclared_differences(an_outcome(row.type, usual, other))
    assert (place.path, place.held, place.consequence) == (row.path.replace("[]", "[0]"), "b", row.consequence)
    assert not [*undeclared_differences(an_outcome(row.type, usual, usual))]
    assert not [*undeclared_differences(an_outcome(row.type, other, {}))] or row.usual is None, "nothing is as usual"
    assert not [*undeclared_differences(an_outcome(row.type, usual, other, inputs=other))], "it is declared"


SERVICES = "pagerduty:index/service:Service"
MONITORS = "datadog:index/monitor:Monitor"
ALERTS = "sentry:index/alert:Alert"


def a_channel(number: str) -> Any:
    """An alert that tells a channel of Slack."""
    return holding("actionFilters[].actions[].slack.channelId", number)


@pytest.mark.parametrize(
    ("type_", "before", "now", "held"),
    [
        pytest.param(
            SERVICES, {"status": "active"}, {"status": "critical"}, [], id="an open incident is no difference"
        ),
        pytest.param(SERVICES, {"status": "critical"}, {"status": "warning"}, [], id="nor that it is acknowledged"),
        pytest.param(SERVICES, {"status": "active"}, {"status": "disabled"}, ["disabled"], id="a disabled service"),
        pytest.param(
            SERVICES, {"status": "active"}, {"status": "maintenance"}, ["maintenance"], id="one in maintenance"
        ),
        pytest.param(
            SERVICES, {"status": "disabled"}, {"status": "disabled"}, ["disabled"], id="a service that stays disabled"
        ),
        pytest.param(SERVICES, {}, {"alertGroupingTimeout": "null"}, [], id="the provider's word for none"),
        pytest.param(MONITORS, {}, {"evaluationDelay": 0}, [], id="a zero where nothing was"),
        pytest.param(
            MONITORS, {"evaluationDelay": 900}, {"evaluationDelay": 900}, [], id="what the vendor chose itself"
        ),
        pytest.param(MONITORS, {"evaluationDelay": 900}, {}, [None], id="what the vendor chose, taken away"),
        pytest.param(MONITORS, {"evaluationDelay": 1}, {"evaluationDelay": 2}, [2], id="another delay"),
        pytest.param(ALERTS, {}, {}, [], id="a resource without any of it"),
        pytest.param(ALERTS, a_channel(""), a_channel("C1"), [], id="a channel's id that the vendor fills in later"),
        pytest.param(ALERTS, a_channel("C1"), a_channel("C2"), ["C2"], id="another channel's id"),
        pytest.param("datadog:slack/channel:Channel", {"status": "a"}, {"status": "b"}, [], id="another type"),
    ],
)
def test_what_a_vendor_does_by_itself_is_no_difference(type_: str, before: Any, now: Any, held: list[Any]) -> None:
    assert [place.held for place in undeclared_differences(an_outcome(type_, before, now))] == held


def test_a_place_within_one_that_is_named_already_is_not_named_twice(shipped):
    (drift,) = comparison(e.stream(e.changed(e.ALERT, a_channel("C1"), a_channel("C2"))), shipped).drifts
    assert (drift.property, drift.consequence) == ("actionFilters[0].actions[0].slack.channelId", "")


def test_a_place_behind_one_that_begins_alike_is_named(shipped):
    before: list[Any] = [{"delay": minutes} for minutes in range(11)]
    now = [*before]
    now[1], now[10] = {"delay": 30}, {"delay": 10, "escalationRuleAssignmentStrategy": {"type": "round_robin"}}
    event = e.changed(e.POLICY, {"rules": before}, {"rules": now}, "rules[1]")
    assert [drift.property for drift in comparison(e.stream(event), shipped).drifts] == [
        "rules[10].escalationRuleAssignmentStrategy.type", "rules[1].delay",
    ]  # fmt: skip


def test_a_disabled_service_is_named_and_counted_though_the_engine_calls_it_the_same(shipped):
    states = {"old": e.state(status="active"), "new": e.state(status="disabled")}
    service = e.came_of(SERVICE, "same", old={"inputs": {}, "outputs": {"status": "active"}}, new=states["new"])
    answer = comparison(e.stream(service, e.changed(e.ALERT, {"enabled": True}, {"enabled": False})), shipped)
    assert (answer.compared, answer.differs, answer.undeclared) == (2, 2, 1)
    assert str(answer.drifts[0]) == (
        'services/auth.yaml:2: service "auth": status of its Service auth-critical-high: it was "active" and PagerDuty '
        'holds "disabled", which nobody declares: no new incident is made while a service is disabled or in '
        "maintenance, so nobody is paged; change it back at PagerDuty, pulumi leaves it (drift)"
    )


def test_a_resource_that_differs_in_both_ways_is_counted_once(shipped):
    before, now = {"status": "active"}, {"status": "disabled", "name": "B"}
    service = e.came_of(
        SERVICE, "update", old={"inputs": {"name": "A"}, "outputs": {**before, "name": "A"}},
        new={"inputs": {}, "outputs": now}, diffs=["name"],
    )  # fmt: skip
    answer = comparison(e.stream(service), shipped)
    assert (answer.differs, answer.undeclared, len(answer.drifts)) == (1, 0, 2)


def test_the_page_has_every_property():
    rows = (f"| {row.type.rpartition(':')[2]}.{row.path} | {row.consequence} | {row.source} |\n" for row in UNDECLARED)
    assert f"|---|---|---|\n{''.join(rows)}\n" in PAGE.read_text()


def test_a_difference_says_what_was_held():
    (place,) = undeclared_differences(an_outcome(MONITORS, {}, {"evaluationDelay": 9}))
    assert place == UndeclaredDifference("evaluationDelay", None, 9, UNDECLARED[6].consequence)
