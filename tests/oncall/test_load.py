"""Load in tables: whole weeks whose hours, nights and weekends can be counted on fingers."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from monitoring.oncall.clock import DAY, WEEK, instant
from monitoring.oncall.load import Home, Load, loads
from monitoring.oncall.rotation import timeline
from monitoring.oncall.timeline import Shift, timeline_of
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
    found = loads([timeline(schedule, MONDAY, MONDAY + weeks * WEEK) for schedule in schedules], {"ana": Home(zone)})
    assert (found["ana"].hours, found["ana"].nights, found["ana"].weekends) == expected


@pytest.mark.parametrize(
    ("begin", "end", "nights", "weekends"),
    [
        pytest.param("05 06:00:00", "05 22:00:00", 0, 0, id="the whole of a monday but its nights"),
        pytest.param("05 05:59:59", "05 06:30:00", 1, 0, id="the last second of a night"),
        pytest.param("05 21:00:00", "05 22:00:01", 1, 0, id="the first second of a night"),
        pytest.param("05 22:00:00", "06 22:00:00", 1, 0, id="a night and the day after it"),
        pytest.param("09 20:00:00", "10 00:00:00", 1, 0, id="friday evening, until the weekend begins"),
        pytest.param("10 06:00:00", "10 06:00:01", 0, 1, id="one second of a saturday"),
        pytest.param("11 23:59:59", "12 00:30:00", 1, 1, id="the last second of a weekend"),
        pytest.param("12 00:00:00", "12 00:30:00", 1, 0, id="monday, when the weekend is over"),
    ],
)
def test_any_part_of_a_night_or_a_weekend_counts(begin, end, nights, weekends):
    first, last = (instant(datetime.fromisoformat(f"2026-01-{words}+00:00")) for words in (begin, end))
    load = loads([timeline_of([Shift(first, last, "ana")], first, last)], {"ana": Home("Etc/UTC")})["ana"]
    assert (load.seconds, load.nights, load.weekends) == (last - first, nights, weekends)


def test_the_week_of_the_change_has_an_hour_less():
    start = instant(datetime(2026, 3, 23, 8, tzinfo=UTC))
    found = loads([timeline(a_schedule(a_layer(people=("ana",))), start, start + WEEK)], {"ana": Home("Europe/Berlin")})
    assert found["ana"] == Load("ana", 7 * DAY, nights=7, weekends=1)
    one_turn = timeline(a_schedule(), start, start + WEEK)
    assert [(shift.end - shift.start) // 3600 for shift in one_turn] == [167, 1]


def test_people_who_are_not_asked_about_are_left_out():
    assert set(loads([timeline(a_schedule(), MONDAY, MONDAY + DAY)], {"ben": Home("Europe/Berlin")})) == {"ben"}
