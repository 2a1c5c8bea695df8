"""What the check schedule-alive finds, and what it lets pass."""

from __future__ import annotations

import pytest

from tests.checks.good import Case, case, oncall

TURN = '"2026-01-05 09:00", turn: 1w, people: [ana, ben]'
WHERE = 'oncall.yaml: schedule "primary": '
REMEDY = "; add a layer, or move the anchor before today (schedule-alive)"

CASES = [
    case(
        "an anchor years ahead is refused",
        oncall(TURN, TURN.replace("2026-01-05", "2031-01-06")),
        says=[f"{WHERE}nobody is on call from 2026-11-23 on{REMEDY}"],
    ),
    case(
        "an anchor some weeks ahead is refused",
        oncall(TURN, TURN.replace("2026-01-05", "2026-12-21")),
        says=[f"{WHERE}nobody is on call from 2026-11-23 until 2026-12-21{REMEDY}"],
    ),
    case(
        "layers that end are refused",
        oncall(TURN, f'{TURN}, until: "2027-03-01 09:00"'),
        says=[f"{WHERE}nobody is on call from 2027-03-01 on{REMEDY}"],
    ),
    case(
        "a layer that ends two weeks before the end of the year that is looked at is refused",
        oncall(TURN, f'{TURN}, until: "2027-11-10 09:00"'),
        says=[f"{WHERE}nobody is on call from 2027-11-10 on{REMEDY}"],
    ),
    case("an anchor within the week is right", oncall(TURN, TURN.replace("2026-01-05", "2026-11-30"))),
    case("one day of the week is right", oncall(TURN, f"{TURN}, only: {{days: mon}}")),
    case("an end beyond the year is right", oncall(TURN, f'{TURN}, until: "2028-03-01 09:00"')),
]


@pytest.mark.parametrize("one", CASES)
def test_schedule_alive(one: Case) -> None:
    assert one.found("schedule-alive") == one.says
