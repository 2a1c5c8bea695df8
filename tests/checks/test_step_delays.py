"""What the check step-delays finds, and what it lets pass."""

from __future__ import annotations

import pytest

from tests.checks.good import Case, case, oncall

CASES = [
    case(
        "a step that asks two and lasts four minutes is refused",
        oncall("{ask: [primary, secondary], escalate-after: 5m}", "{ask: [primary, secondary], escalate-after: 4m}"),
        says=[
            (
                'oncall.yaml: policy "critical": step 1 asks 2 and passes on after 4m; PagerDuty takes 5m or more '
                "where several are asked (step-delays)"
            ),
        ],
    ),
    case("a step that asks two and lasts five minutes is right"),
    case(
        "a step that asks one may be short",
        oncall("{ask: [kit], escalate-after: 10m}", "{ask: [kit], escalate-after: 2m}"),
    ),
]


@pytest.mark.parametrize("one", CASES)
def test_step_delays(one: Case) -> None:
    assert one.found("step-delays") == one.says
