"""What the check recovery-heard finds, and what it lets pass."""

from __future__ import annotations

import pytest

from tests.checks.good import Case, case, shop, teams

TEXT = shop(
    "    means: A function is close to its limit.\n",
    "    means: A function is full.\n    recovery-text: It has room again.\n",
)
ROUTE = "P2: {page: standard, slack: [alerts]}"

CASES = [
    case(
        "a text for a recovery of which only a mailbox could hear is refused",
        TEXT,
        teams(ROUTE, "P2: {email: [a@youragency.com]}"),
        says=[
            (
                'services/shop.yaml: rule "shop-memory": nobody gets its recovery-text: in prod its route has no pager '
                "and no channel to hear it; add slack to the P2 route, or take recovery-text out (recovery-heard)"
            ),
        ],
    ),
    case("a text for a recovery that a channel hears is right", TEXT, teams(ROUTE, "P2: {slack: [alerts]}")),
    case("a text for a recovery that a pager hears is right", TEXT),
    case("a mailbox alone is right where a recovery has no text", teams(ROUTE, "P2: {email: [a@youragency.com]}")),
]


@pytest.mark.parametrize("case", CASES)
def test_recovery_heard(case: Case) -> None:
    assert case.found("recovery-heard") == case.says
