"""What the check waking-contact finds, and what it lets pass."""

from __future__ import annotations

import pytest

from tests.checks.good import Case, case, oncall

CASES = [
    case(
        "a person whom nothing wakes is refused",
        oncall("{high: {push: 0m, phone: 1m}}", "{high: {push: 0m}, low: {phone: 1m}}"),
        says=[
            (
                'oncall.yaml: person "kit": is paged for P0, and no contact at high urgency is phone; write contact: '
                "{high: {phone: 2m}} (waking-contact)"
            ),
        ],
    ),
    case(
        "a waking contact that comes at the minute of the escalation is refused",
        oncall("{high: {push: 0m, phone: 1m}}", "{high: {push: 0m, phone: 10m}}"),
        says=[
            (
                'oncall.yaml: person "kit": is woken after 10m, and step 2 of "critical" escalates after 10m, so it '
                "never happens; let the contact come sooner, or the step last longer (waking-contact)"
            ),
        ],
    ),
    case(
        "a waking contact just before the escalation is right",
        oncall("{high: {push: 0m, phone: 1m}}", "{high: {push: 0m, phone: 9m}}"),
    ),
]


@pytest.mark.parametrize("one", CASES)
def test_waking_contact(one: Case) -> None:
    assert one.found("waking-contact") == one.says
