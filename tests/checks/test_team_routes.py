"""What the check team-routes finds, and what it lets pass."""

from __future__ import annotations

import pytest

from tests.checks.good import ANOTHER_TEAM, Case, case, site, teams

CASES = [
    case(
        "a severity without receiver that only another team's rules have is refused",
        *ANOTHER_TEAM,
        says=[
            (
                'teams.yaml: team "shop": has no route for P3, and owns rules; write where its P3 rules arrive '
                "(team-routes)"
            ),
        ],
    ),
    case(
        "a severity that no rule has needs no receiver",
        teams("    P3: {slack: [alerts]}\n", ""),
        site("severity: P3", "severity: P2"),
        site("    trial-until: 2026-12-24\n", ""),
    ),
    case(
        "a team without rules may route what it likes",
        (
            "teams.yaml",
            "platform:\n  title: Platform\n",
            "idle:\n  title: Idle\n  email: idle@youragency.com\n  routes: {}\nplatform:\n  title: Platform\n",
        ),
    ),
]


@pytest.mark.parametrize("one", CASES)
def test_team_routes(one: Case) -> None:
    assert one.found("team-routes") == one.says
