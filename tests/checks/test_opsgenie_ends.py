"""What the check opsgenie-ends finds, and what it lets pass."""

from __future__ import annotations

from datetime import date

import pytest

from tests.checks.good import Case, case, teams

ROUTE = teams("P3: {slack: [alerts]}", "P3: {slack: [alerts], opsgenie: [platform]}")
CASES = [
    case("four months before the end nothing is said", ROUTE, today=date(2026, 12, 5)),
    case(
        "ninety days before the end it is refused unless a waiver accepts it",
        ROUTE,
        today=date(2027, 1, 5),
        says=[
            (
                'teams.yaml: team "platform": sends to Opsgenie "platform", which takes nothing from 2027-04-05 on, '
                "in 90 days; write page: with an escalation policy, or waive this until you have moved (opsgenie-ends)"
            ),
        ],
    ),
    case(
        "on the day itself it is over",
        ROUTE,
        today=date(2027, 4, 5),
        says=[
            (
                'teams.yaml: team "platform": sends to Opsgenie "platform", which takes nothing since 2027-04-05; '
                "take opsgenie out, and write page: with an escalation policy (opsgenie-ends)"
            ),
        ],
    ),
    case("after the end a catalog without opsgenie is right", today=date(2027, 4, 6)),
]


@pytest.mark.parametrize("example", CASES)
def test_opsgenie_ends(example: Case) -> None:
    assert example.found("opsgenie-ends") == example.says
