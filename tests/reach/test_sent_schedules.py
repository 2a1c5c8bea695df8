"""Schedules of both kinds drawn again from what is sent: the same people at the same instants as the catalog says."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from monitoring.model.oncall import Schedule
from monitoring.naming.type_tokens import ESCALATION_POLICY, GET_USER, SCHEDULE, SHIFT_BASED_SCHEDULE
from monitoring.oncall.clock import DAY, instant, utc
from monitoring.oncall.rotation import timeline
from monitoring.oncall.timeline import Shift
from monitoring.plan import Plan, Resource
from monitoring.reach.plan.oncall import planned_oncall
from monitoring.resources import pagerduty
from tests.factories import a_catalog, a_layer, a_schedule
from tests.oncall import oracle
from tests.oncall.cases import ANCHORS, COVERED, COVERS, ONE_OR_TWO_LAYERS
from tests.oncall.schedules import PEOPLE, schedules_near_a_change
from tests.resources.spoken import spoken

CATALOG = a_catalog()
USERS = {
    name: {"lookup": GET_USER, "arguments": {"email": f"{name}@youragency.com"}, "output": "id"}
    for name in (*PEOPLE, "kit")
}


ARGS = {SCHEDULE: pagerduty.schedule_args, SHIFT_BASED_SCHEDULE: pagerduty.shift_based_args}


def as_sent(schedule: Schedule, kind: str = SCHEDULE) -> dict[str, Any]:
    """The properties of a schedule as the provider gets them."""
    users: Any = USERS
    sent: dict[str, Any] = spoken(ARGS[kind](CATALOG, "primary", schedule, users))
    return sent


def drawn_from_sent(schedule: Schedule, kind: str, start: int, end: int) -> list[Shift]:
    """Who is on call by what is sent, as far as the walk over a Plan reads it."""
    sent = as_sent(schedule, kind)
    target = {"type": "schedule_reference", "id": {"ref": f"{kind}::primary", "output": "id"}}
    policy = {"name": "critical", "rules": [{"escalationDelayInMinutes": 1, "targets": [target]}]}
    resources = (Resource(ESCALATION_POLICY, "critical", policy), Resource(kind, "primary", sent))
    planned = planned_oncall(Plan("monitoring", "prod", resources), CATALOG, start, end)
    assert not planned.unresolved
    line = planned.oncall_data.timelines[sent["name"]]
    return [
        Shift(shift.start, min(shift.end, end), shift.person and shift.person.removesuffix("@youragency.com"))
        for shift in line
        if shift.start < end
    ]


def agree(schedule: Schedule, start: int, end: int) -> None:
    """The catalog's timeline, the one of what is sent in either kind, and the minute stepper name the same people."""
    ours = list(timeline(schedule, start, end))
    for kind in ARGS:
        assert drawn_from_sent(schedule, kind, start, end) == ours, kind
    for shift in ours:
        for moment in {shift.start, shift.end - 60, (shift.start + shift.end) // 120 * 60}:
            if shift.start <= moment < shift.end:
                assert oracle.on_call(schedule, utc(moment)) == shift.person, f"{utc(moment)} {schedule!r}"


@settings(max_examples=40, suppress_health_check=(HealthCheck.too_slow, HealthCheck.data_too_large))
@given(case=schedules_near_a_change())
def test_random_windows_in_random_zones_are_sent_as_they_are_meant(case):
    schedule, local = case
    start = instant(local.replace(tzinfo=UTC)) - DAY
    agree(schedule, start, start + 9 * DAY)


@pytest.mark.parametrize(
    "begins",
    [
        pytest.param("2026-10-25 02:00 +01:00", id="a shift of no length on the wall"),
        pytest.param("2026-10-25 02:15 +01:00", id="a shift that is an hour longer than on the wall"),
        pytest.param("2026-10-25 02:30 +02:00", id="a shift that ends before the clock is set back"),
    ],
)
def test_a_shift_that_comes_once_lasts_over_the_hour_that_comes_twice(begins: str):
    layer = a_layer(anchor="2026-10-25 00:00", turn="1h", people=("ana",), until="2026-10-25 04:00")
    cover = [{"who": "ben", "instead-of": "ana", "from": begins, "to": "2026-10-25 06:00"}]
    start = instant(datetime(2026, 10, 24, tzinfo=UTC))
    agree(a_schedule(layer, zone="Europe/Berlin", cover=cover), start, start + 9 * DAY)


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe"])
@pytest.mark.parametrize("layers", ONE_OR_TWO_LAYERS)
def test_a_schedule_needs_one_layer_or_two(layers, zone):
    schedule = a_schedule(*layers, zone=zone)
    for first in ("2026-03-02", "2026-10-12"):
        start = instant(datetime.fromisoformat(first).replace(tzinfo=UTC))
        agree(schedule, start, start + 35 * DAY)


@pytest.mark.parametrize("covers", COVERS)
def test_a_cover_changes_whose_turn_it_is_and_nothing_else(covers):
    start = instant(datetime(2026, 3, 9, tzinfo=UTC))
    agree(a_schedule(*COVERED, cover=covers), start, start + 60 * DAY)


@pytest.mark.parametrize(("zone", "anchor", "sent"), ANCHORS)
def test_every_handoff_after_an_anchor_beside_a_change_is_the_catalogs(zone, anchor, sent):
    schedule = a_schedule(a_layer(anchor=anchor, turn="1w", people=("ana", "ben", "chi")), zone=zone)
    (layer,) = as_sent(schedule)["layers"]
    assert (layer["start"], layer["rotationVirtualStart"]) == (sent, sent)
    start = instant(datetime.fromisoformat(sent)) - DAY
    agree(schedule, start, start + 200 * DAY)
    assert list(timeline(schedule, start, start + 2 * DAY))[1].start == start + DAY
