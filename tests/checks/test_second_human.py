"""What the check second-human finds, and what it lets pass."""

from __future__ import annotations

import pytest

from tests.checks.good import Case, case, oncall

CASES = [
    case(
        "a policy of one human is refused",
        oncall("{ask: [primary, secondary], escalate-after: 5m}", "{ask: [kit], escalate-after: 5m}"),
        says=[
            (
                'oncall.yaml: policy "critical": nobody but "Kit Example" can ever be asked; add a step that asks '
                "somebody else (second-human)"
            ),
        ],
    ),
    case(
        "two names of one human are refused",
        oncall("email: ben@youragency.com", "email: ana@youragency.com"),
        says=[
            (
                'oncall.yaml: policy "standard": nobody but "Ana Example" can ever be asked; add a step that asks '
                "somebody else (second-human)"
            ),
        ],
    ),
]


@pytest.mark.parametrize("one", CASES)
def test_second_human(one: Case) -> None:
    assert one.found("second-human") == one.says
