"""What the check waking-routes finds, and what it lets pass."""

from __future__ import annotations

import pytest

from tests.checks.good import Case, case, teams

CASES = [
    case(
        "a P0 that only writes to slack is refused",
        teams("P0: {page: critical, slack: [alerts]}", "P0: {slack: [alerts]}"),
        says=[
            (
                'teams.yaml: team "platform": its P0 rules must wake a human, and the route pages nobody; write page:'
                " with an escalation policy (waking-routes)"
            ),
        ],
    ),
    case("a P3 that pages nobody is right", teams("P3: {slack: [alerts]}", "P3: {email: [oncall@youragency.com]}")),
]


@pytest.mark.parametrize("one", CASES)
def test_waking_routes(one: Case) -> None:
    assert one.found("waking-routes") == one.says
