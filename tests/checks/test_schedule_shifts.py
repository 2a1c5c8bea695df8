"""What the check schedule-shifts finds, and what it lets pass."""

from __future__ import annotations

import pytest

from tests.checks.good import Case, case, oncall, platform

WEEKLY = '"2026-01-05 09:00", turn: 1w, people: [ana, ben]'
REMEDY = "write a turn that divides a day or a week, like 12h, or schedules: layers in platform.yaml (schedule-shifts)"


def turns(turn: str, only: str = "") -> tuple[str, str, str]:
    """The first schedule with turns of a length, perhaps in some hours only."""
    return oncall(WEEKLY, f'"2026-01-05 09:00", turn: {turn}, people: [ana, ben]{only}')


def says(rest: str) -> list[str]:
    return [f'oncall.yaml: schedule "primary": layer 1 takes turns of {rest}; {REMEDY}']


CASES = [
    case(
        "a turn that comes at another minute each day, for months, is refused",
        turns("3601s"),
        says=says("3601s, more than 2000 of them until its people have the same hours again"),
    ),
    case(
        "a turn that fits no week is refused where the hours of the week count",
        turns("5h", ", only: {days: mon-fri}"),
        says=says("5h, which come to 124 of the 124 rotations that PagerDuty would need, and 100 are the most"),
    ),
    case("turns of five hours in all hours are right", turns("5h")),
    case("turns of twelve hours in some hours of the week are right", turns("12h", ", only: {days: mon-fri}")),
    case(
        "a turn that only layers can say is right where layers are made",
        turns("3601s"),
        platform("schedules: shifts", "schedules: layers"),
    ),
    case(
        "a turn that only layers can say is refused while both are made",
        turns("3601s"),
        platform("schedules: shifts", "schedules: both"),
        says=says("3601s, more than 2000 of them until its people have the same hours again"),
    ),
]


@pytest.mark.parametrize("example", CASES)
def test_schedule_shifts(example: Case) -> None:
    assert example.found("schedule-shifts") == example.says
