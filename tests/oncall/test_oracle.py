"""Timelines against two independent answers: minute stepping, and the recurrence rules of iCalendar."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events  # type: ignore[import-untyped]
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitoring.model.oncall import Schedule
from monitoring.oncall.clock import DAY, instant, utc
from monitoring.oncall.rotation import timeline
from tests.factories import a_layer, a_schedule
from tests.oncall import oracle
from tests.oncall.schedules import PEOPLE, ZONES, schedules_near_a_change

QUIET = (HealthCheck.too_slow, HealthCheck.data_too_large)


def agrees(schedule: Schedule, start: datetime, hours: int, every: int) -> None:
    """Every so many minutes, and at each handoff and the minute before it, both name the same person."""
    begin = instant(start.replace(tzinfo=ZoneInfo(schedule.time_zone)))
    end = begin + hours * 3_600
    ours = timeline(schedule, begin, end)
    edges = {moment for shift in ours for moment in (shift.start, shift.end - 60) if begin <= moment < end}
    for moment in sorted(edges | set(range(begin, end, every * 60))):
        expected = oracle.on_call(schedule, utc(moment))
        assert ours.at(moment) == expected, f"{utc(moment)} {schedule!r}"


@settings(max_examples=60, suppress_health_check=QUIET)
@given(case=schedules_near_a_change())
def test_minute_stepping_names_the_same_people_around_a_change_of_the_clock(case):
    schedule, start = case
    agrees(schedule, start, hours=72, every=30)


@pytest.mark.full
@settings(max_examples=3_000, suppress_health_check=QUIET)
@given(case=schedules_near_a_change())
def test_minute_stepping_names_the_same_people_for_thousands_of_schedules(case):
    schedule, start = case
    agrees(schedule, start, hours=72, every=30)


@pytest.mark.full
@settings(max_examples=150, suppress_health_check=QUIET)
@given(case=schedules_near_a_change())
def test_every_single_minute_of_three_days_agrees(case):
    schedule, start = case
    agrees(schedule, start, hours=72, every=1)


@settings(max_examples=40, suppress_health_check=QUIET)
@given(case=schedules_near_a_change(), cut=st.integers(1, 71))
def test_a_timeline_is_the_same_however_it_is_cut(case, cut):
    schedule, local = case
    start = instant(local.replace(tzinfo=ZoneInfo(schedule.time_zone)))
    middle, end = start + cut * 3_600, start + 72 * 3_600
    whole = timeline(schedule, start, end)
    for part in (timeline(schedule, start, middle), timeline(schedule, middle, end)):
        for shift in part:
            assert whole.at(shift.start) == whole.at(shift.end - 1) == shift.person
    assert timeline(schedule, middle, middle + 1).at(middle) == whole.at(middle)
    assert all(one.person != other.person for one, other in zip(list(whole), list(whole)[1:], strict=False))
    assert sum(shift.end - shift.start for shift in whole) == end - start


def ical_people(schedule: Schedule, begin: datetime, end: datetime) -> list[tuple[datetime, datetime, str]]:
    """An unrestricted layer as one recurring event a person, expanded by recurring-ical-events."""
    (layer,) = schedule.layers
    calendar, zone = icalendar.Calendar(), ZoneInfo(schedule.time_zone)
    turn = timedelta(seconds=layer.turn.seconds)
    for number, person in enumerate(layer.people):
        event = icalendar.Event()
        event.add("summary", person)
        event.add("uid", f"{number}@youragency.com")
        event.add("dtstart", (layer.anchor.wall + number * turn).replace(tzinfo=zone))
        event.add("dtend", (layer.anchor.wall + (number + 1) * turn).replace(tzinfo=zone))
        event.add("rrule", {"freq": "daily", "interval": turn.days * len(layer.people)})
        calendar.add_component(event)
    found = recurring_ical_events.of(calendar).between(begin, end)
    return [(e["dtstart"].dt.astimezone(UTC), e["dtend"].dt.astimezone(UTC), str(e["summary"])) for e in found]


@settings(max_examples=25, suppress_health_check=QUIET)
@given(
    zone=st.sampled_from(ZONES),
    days=st.sampled_from((1, 2, 7, 14)),
    hour=st.integers(4, 22),
    people=st.integers(1, 4),
    offset=st.integers(0, 300),
)
def test_recurring_ical_events_agrees_on_unrestricted_schedules(zone, days, hour, people, offset):
    layer = a_layer(anchor=f"2026-01-05 {hour:02}:30", turn=f"{days}d", people=PEOPLE[:people])
    schedule = a_schedule(layer, zone=zone)
    start = datetime(2026, 2, 1, tzinfo=UTC) + timedelta(days=offset)
    ours = timeline(schedule, instant(start), instant(start) + 60 * DAY)
    events = ical_people(schedule, start, start + timedelta(days=60))
    assert events
    for begin, end, person in events:
        for moment in (instant(begin), instant(end) - 1):
            if ours.start <= moment < ours.end:
                assert ours.at(moment) == person
