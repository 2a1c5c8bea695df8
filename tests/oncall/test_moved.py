"""Shifts that change hands, by tables and against a minute-by-minute comparison."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings

from monitoring.model.oncall import Schedule
from monitoring.oncall.clock import instant
from monitoring.oncall.moved import MovedShift, moved_shifts
from monitoring.oncall.rotation import timeline
from monitoring.oncall.timeline import Timeline
from tests.oncall.oracle import on_call
from tests.oncall.schedules import schedules_near_a_change

OLD = Timeline((0, 10, 20), ("ana", "ben", "ana"), 30)


@pytest.mark.parametrize(
    ("before", "after", "moved"),
    [
        pytest.param(OLD, OLD, [], id="nothing moves where nothing differs"),
        pytest.param(
            OLD,
            Timeline((0, 10, 20), ("ana", "chi", "ana"), 30),
            [(10, 20, "ben", "chi")],
            id="one shift goes to somebody else",
        ),
        pytest.param(
            OLD,
            Timeline((0, 15, 20), ("ana", "ben", "ana"), 30),
            [(10, 15, "ben", "ana")],
            id="a handoff that comes later moves what lies between",
        ),
        pytest.param(
            OLD,
            Timeline((0,), ("chi",), 30),
            [(0, 10, "ana", "chi"), (10, 20, "ben", "chi"), (20, 30, "ana", "chi")],
            id="each shift that is taken over is named with who had it",
        ),
        pytest.param(
            OLD, Timeline((0, 20), (None, "ana"), 30), [(0, 10, "ana", None), (10, 20, "ben", None)], id="to nobody"
        ),
        pytest.param(Timeline((0,), (None,), 30), Timeline((5,), ("ana",), 40), [(5, 30, None, "ana")], id="overlap"),
        pytest.param(OLD, Timeline((30,), ("chi",), 60), [], id="timelines that share no instant"),
    ],
)
def test_moved_shifts(before: Timeline, after: Timeline, moved: list[tuple[int, int, str | None, str | None]]) -> None:
    assert list(moved_shifts(before, after)) == [MovedShift(*shift) for shift in moved]


@settings(max_examples=25)
@given(schedules_near_a_change(), schedules_near_a_change())
def test_the_table_is_what_each_minute_says(old: tuple[Schedule, datetime], new: tuple[Schedule, datetime]) -> None:
    (before, near), (after, _) = old, new
    start = near.replace(tzinfo=UTC)
    end = start + timedelta(days=2)
    first, last = instant(start), instant(end)
    moved = moved_shifts(timeline(before, first, last), timeline(after, first, last))
    minutes = [start + timedelta(minutes=number) for number in range(2 * 1_440)]
    expected = {
        instant(minute): (was, becomes)
        for minute in minutes
        if (was := on_call(before, minute)) != (becomes := on_call(after, minute))
    }
    actual = {minute: (shift.was, shift.becomes) for shift in moved for minute in range(shift.start, shift.end, 60)}
    assert actual == expected
