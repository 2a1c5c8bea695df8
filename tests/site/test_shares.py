"""How on-call time is shared: rest and duty, as a table that was worked out by hand."""

from __future__ import annotations

import pytest

from monitoring.oncall.load import RestTime, shortest_rest
from monitoring.oncall.timeline import Timeline
from monitoring.site.shares import HeldShift, busy, held_shifts, longest_duty

LINES = {
    "primary": Timeline((0, 10, 20), ("ana", "ben", "ana"), 30),
    "secondary": Timeline((0, 5, 12), ("ben", "ana", None), 30),
}


def shifts(*spans: tuple[int, int]) -> tuple[HeldShift, ...]:
    return tuple(HeldShift(start, end, "primary") for start, end in spans)


def test_shifts_of_all_schedules_come_in_order() -> None:
    assert held_shifts(LINES, "ana") == ((0, 10, "primary"), (5, 12, "secondary"), (20, 30, "primary"))
    assert held_shifts(LINES, "kit") == ()


@pytest.mark.parametrize(
    ("held", "rest", "duty"),
    [
        pytest.param(shifts(), None, None, id="no shift"),
        pytest.param(shifts((0, 5)), None, (0, 5), id="one shift has no rest beside it"),
        pytest.param(shifts((0, 5), (5, 9)), None, (0, 9), id="shifts that touch are one"),
        pytest.param(shifts((0, 8), (5, 12), (20, 30)), RestTime(12, 20), (0, 12), id="two schedules at once"),
        pytest.param(shifts((0, 5), (9, 12), (16, 20)), RestTime(5, 9), (0, 5), id="the first of equal ones"),
        pytest.param(shifts((0, 5), (9, 12), (14, 21)), RestTime(12, 14), (14, 21), id="a short rest later"),
    ],
)
def test_rest_and_duty(held: tuple[HeldShift, ...], rest: RestTime | None, duty: tuple[int, int] | None) -> None:
    assert shortest_rest(busy(held)) == rest
    assert longest_duty(held) == duty
