"""What an earlier Plan had and this one has not is explained, or it is a problem."""

from __future__ import annotations

from dataclasses import replace

import pytest

from monitoring.naming.type_tokens import SHIFT_BASED_SCHEDULE
from monitoring.plan import Plan
from monitoring.preview.golden import vanished
from tests.factories import a_catalog
from tests.preview.changes import resource, with_resource, without

MESSAGE = (
    "waivers.yaml:2: {}: was declared before, and is not any more; write its name under formerly where it was renamed,"
    " or where it is gone write into waivers.yaml retired: {{{}: {{on: 2026-11-26, reason: nothing uses it any more}}}}"
    " (golden)"
)


def said(golden: Plan, plan: Plan, retired: str = "{}") -> list[str]:
    catalog = a_catalog(("waivers.yaml", "retired: {}", f"retired: {retired}"))
    return [str(problem) for problem in vanished(golden, plan, catalog)]


def renamed(plan: Plan, name: str, alias: str) -> Plan:
    """The plan in which a resource has a new name and an alias."""
    old = resource(plan, name)
    return with_resource(without(plan, name), replace(old, name="new-name", aliases=(alias,)))


def test_nothing_is_missed_from_the_same_plan(every: Plan):
    assert said(every, every) == []


def test_what_is_new_is_not_missed(every: Plan):
    assert said(without(every, "Monitor shop-slow"), every) == []


def test_what_vanished_is_missed(every: Plan):
    assert said(every, without(every, "Monitor shop-slow")) == [
        MESSAGE.format('Datadog Monitor "shop-slow"', "shop-slow")
    ]


def test_the_entry_that_the_message_shows_explains_it(every: Plan):
    (message,) = said(every, without(every, "Monitor shop-slow"))
    entry = message.partition("retired: ")[2].removesuffix(" (golden)")
    assert said(every, without(every, "Monitor shop-slow"), retired=entry) == []


def test_a_plan_of_another_stack_has_nothing_in_common(every: Plan):
    vanished_there = said(every, replace(every, stack="staging"))
    assert len(vanished_there) == len(every.resources) - 2, "windows that are over go by themselves"


@pytest.mark.parametrize(
    "alias",
    [
        pytest.param("shop-slow", id="a bare name"),
        pytest.param("urn:pulumi:prod::monitoring::datadog:index/monitor:Monitor::shop-slow", id="a whole urn"),
    ],
)
def test_a_new_name_with_an_alias_explains_the_old_one(every: Plan, alias: str):
    assert said(every, renamed(every, "Monitor shop-slow", alias)) == []


def test_an_alias_of_another_type_explains_nothing(every: Plan):
    plan = without(every, "Monitor shop-slow")
    alert = replace(resource(plan, "Alert shop-failing"), aliases=("shop-slow",))
    assert said(every, with_resource(plan, alert)) == [MESSAGE.format('Datadog Monitor "shop-slow"', "shop-slow")]


def test_a_schedule_of_the_other_kind_explains_one_of_its_name_alone(every: Plan):
    schedule = resource(every, "Schedule primary")
    moved = replace(schedule, type=SHIFT_BASED_SCHEDULE)
    assert said(every, with_resource(without(every, "Schedule primary"), moved)) == []
    other = replace(moved, name="secondary")
    assert len(said(every, with_resource(without(every, "Schedule primary"), other))) == 1


RETIRED = [
    pytest.param("Monitor shop-slow", "shop-slow", id="a rule's id"),
    pytest.param("MetricMonitor shop-customer-acme", "shop-customer", id="a rule's id, for a listed customer"),
    pytest.param("MetricMonitor shop-customer-others", "shop-customer", id="a rule's id, for other customers"),
    pytest.param("SyntheticsTest shop-up-head", "shop-up", id="a rule's id, for a second method"),
    pytest.param("Monitor shop-orders-6h", "shop-orders", id="a rule's id, for a window"),
    pytest.param("Service shop-critical-low", "shop-critical-low", id="a resource's own name"),
    pytest.param("ServiceIntegration shop-critical-low-sentry", "shop-critical-low", id="a service, at a vendor"),
]


@pytest.mark.parametrize(("name", "key"), RETIRED)
def test_what_is_retired_may_go(every: Plan, name: str, key: str):
    plan = without(every, name)
    assert len(said(every, plan)) == 1
    assert said(every, plan, retired=f'{{{key}: {{on: "2026-11-01", reason: it is gone}}}}') == []


def test_a_retired_rule_does_not_cover_one_whose_name_is_longer(every: Plan):
    plan = without(every, "ServiceLevelObjective shop-orders-slowly")
    assert len(said(every, plan, retired='{shop-orders: {on: "2026-11-01", reason: it is gone}}')) == 1


def test_a_mute_whose_window_is_over_is_not_missed(every: Plan):
    assert said(every, without(every, "DowntimeSchedule upgrade-shop")) == []
