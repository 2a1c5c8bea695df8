"""What the check consecutive-steps finds, and what it lets pass."""

from __future__ import annotations

import pytest

from tests.checks.good import Case, case, oncall

CASES = [
    case(
        "a step that asks the same schedule again is refused",
        oncall("{ask: [secondary], escalate-after: 10m}", "{ask: [primary], escalate-after: 10m}"),
        says=[
            (
                'oncall.yaml: policy "standard": step 2 asks only whom step 1 has asked, as on 2026-11-23 00:00 UTC; '
                "ask somebody else, or let the schedules' turns differ (consecutive-steps)"
            ),
        ],
    ),
    case(
        "schedules whose turns meet are refused",
        oncall("turn: 1w, people: [ben, ana]}\n      - ", "turn: 1w, people: [ana, ben]}\n      - "),
        says=[
            (
                'oncall.yaml: policy "standard": step 2 asks only whom step 1 has asked, as on 2026-11-23 00:00 UTC; '
                "ask somebody else, or let the schedules' turns differ (consecutive-steps)"
            ),
        ],
    ),
    case(
        "a person who has the turn already is refused",
        oncall("{ask: [kit], escalate-after: 10m}", "{ask: [ana], escalate-after: 10m}"),
        says=[
            (
                'oncall.yaml: policy "critical": step 2 asks only whom step 1 has asked, as on 2026-11-23 00:00 UTC; '
                "ask somebody else, or let the schedules' turns differ (consecutive-steps)"
            ),
        ],
    ),
    case(
        "a schedule that changes ten months ahead, so that turns meet, is refused",
        oncall(
            "turn: 1w, people: [ana, ben]}",
            'turn: 1w, people: [ana, ben]}\n      - {anchor: "2027-09-20 09:00", turn: 1w, people: [ana, ben]}',
        ),
        says=[
            (
                'oncall.yaml: policy "standard": step 2 asks only whom step 1 has asked, as on 2027-09-20 07:00 UTC; '
                "ask somebody else, or let the schedules' turns differ (consecutive-steps)"
            ),
        ],
    ),
    case(
        "somebody new beside somebody asked is right",
        oncall("{ask: [secondary], escalate-after: 10m}", "{ask: [primary, kit], escalate-after: 10m}"),
    ),
]


@pytest.mark.parametrize("one", CASES)
def test_consecutive_steps(one: Case) -> None:
    assert one.found("consecutive-steps") == one.says
