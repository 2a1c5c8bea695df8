"""Load in tables: whole weeks whose hours, nights and weekends can be counted on fingers."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from monitoring.oncall.clock import DAY, WEEK, instant
from monitoring.oncall.load import Load, loads
from monitoring.oncall.rotation import timeline
from tests.factories import a_layer, a_schedule

MONDAY = instant(datetime(2026, 1, 5, 8, tzinfo=UTC))  # 09:00 in Berlin


def office(days: str, zone: str = "Europe/Berlin"):
    return a_schedule(a_layer(people=("ana",), only={"days": days, "from": "09:00", "to": "17:00"}), zone=zone)


@pytest.mark.parametrize(
    ("schedules", "weeks", "zone", "expected"),
    [
        pytest.param([a_schedule()], 2, "Europe/Berlin", (168, 7, 1), id="every second week"),
        pytest.param([a_schedule(), a_schedule()], 2, "Europe/Berlin", (168, 7, 1), id="two schedules at once"),
        pytest.param([office("mon-fri")], 1, "Europe/Berlin", (40, 0, 0), id="office hours"),
        pytest.param([office("mon-fri")], 1, "America/Los_Angeles", (40, 5, 0), id="their office hours are my nights"),
        pytest.param([office("sat-sun")], 3, "Europe/Berlin", (48, 0, 3), id="weekends only"),
        pytest.param([office("sun")], 1, "Pacific/Auckland", (8, 1, 1), id="their sunday evening is my monday night"),
        pytest.param([], 1, "Europe/Berlin", (0, 0, 0), id="nobody asked"),
    ],
)
def test_hours_nights_and_weekends(schedules, weeks, zone, expected):
    found = loads([timeline(one, MONDAY, MONDAY + weeks * WEEK) for one in schedules], {"ana": zone})
    assert (found["ana"].hours, found["ana"].nights, found["ana"].weekends) == expected


def test_the_week_of_the_change_has_an_hour_less():
    start = instant(datetime(2026, 3, 23, 8, tzinfo=UTC))
    found = loads([timeline(a_schedule(a_layer(people=("ana",))), start, start + WEEK)], {"ana": "Europe/Berlin"})
    assert found["ana"] == Load("ana", 7 * DAY, nights=7, weekends=1)
    one_turn = timeline(a_schedule(), start, start + WEEK)
    assert [(shift.end - shift.start) // 3600 for shift in one_turn] == [167, 1]


def test_people_who_are_not_asked_about_are_left_out():
    assert set(loads([timeline(a_schedule(), MONDAY, MONDAY + DAY)], {"ben": "Europe/Berlin"})) == {"ben"}
