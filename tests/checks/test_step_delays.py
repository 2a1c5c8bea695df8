"""What the check step-delays finds, and what it lets pass."""

from __future__ import annotations

import pytest

from tests.checks.good import Case, case, oncall

CASES = [
    case(
        "a step that passes on before it wakes is refused",
        oncall("{ask: [kit], escalate-after: 10m}", "{ask: [kit], escalate-after: 1m}"),
        says=[
            (
                'oncall.yaml: policy "critical": step 2 passes on after 1m, and wakes "kit" after 1m; escalate after '
                "more than 1m, or contact kit sooner (step-delays)"
            ),
        ],
    ),
    case(
        "a contact later than the step is refused",
        oncall(
            "email: ana@youragency.com\n    time-zone: Europe/Berlin\n    contact: {high: {push: 0m, phone: 2m}}",
            "email: ana@youragency.com\n    time-zone: Europe/Berlin\n    contact: {high: {push: 0m, phone: 7m}}",
        ),
        says=[
            (
                'oncall.yaml: policy "critical": step 1 passes on after 5m, and wakes "ana" after 7m; escalate after '
                "more than 7m, or contact ana sooner (step-delays)"
            ),
        ],
    ),
]


@pytest.mark.parametrize("one", CASES)
def test_step_delays(one: Case) -> None:
    assert one.found("step-delays") == one.says
