"""What the check handoff-clock-change finds, and what it lets pass."""

from __future__ import annotations

import pytest

from tests.checks.good import Case, case, oncall

CASES = [
    case(
        "a turn in the hour that is skipped is refused",
        oncall('"2026-01-05 09:00", turn: 1w, people: [ana, ben]', '"2026-01-04 02:30", turn: 1w, people: [ana, ben]'),
        says=[
            (
                'oncall.yaml: schedule "primary": layer 1 hands over at 02:30, an hour that "Europe/Berlin" skips on '
                "2027-03-28; hand over in daylight, say at 09:00 (handoff-clock-change)"
            ),
        ],
    ),
    case(
        "a window in the hour that is skipped is refused",
        oncall('from: "08:00"', 'from: "02:30"'),
        says=[
            (
                'oncall.yaml: schedule "secondary": layer 2 hands over at 02:30, an hour that "Europe/Berlin" skips '
                "on 2027-03-28; hand over in daylight, say at 09:00 (handoff-clock-change)"
            ),
        ],
    ),
    case(
        "a turn at that hour on a day without change is right",
        oncall('"2026-01-05 09:00", turn: 1w, people: [ana, ben]', '"2026-01-05 02:30", turn: 1w, people: [ana, ben]'),
    ),
    case(
        "a zone without changes is right",
        oncall(
            '    title: First line\n    time-zone: Europe/Berlin\n    layers:\n      - {anchor: "2026-01-05 09:00"',
            '    title: First line\n    time-zone: Asia/Tokyo\n    layers:\n      - {anchor: "2026-01-04 02:30"',
        ),
    ),
]


@pytest.mark.parametrize("one", CASES)
def test_handoff_clock_change(one: Case) -> None:
    assert one.found("handoff-clock-change") == one.says
