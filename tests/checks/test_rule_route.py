"""What the check rule-route finds, and what it lets pass."""

from __future__ import annotations

import pytest

from tests.checks.good import Case, case, platform, shop, site, teams

CASES = [
    case(
        "a rule whose team has no route for its severity is refused",
        teams("    P2: {page: standard, slack: [alerts]}\n", ""),
        *(
            shop(f"    title: {title}\n    severity: P2\n", f"    title: {title}\n    severity: P3\n")
            for title in ("Requests fail", "Memory runs out", "Orders fail", "The queue is long")
        ),
        says=[
            (
                'services/shop.yaml: rule "shop-nightly": the team "platform" has no route for P2, so it would reach '
                "nobody; write P2 under the routes of platform in teams.yaml (rule-route)"
            ),
        ],
    ),
    case(
        "a rule on trial needs its P3 route too",
        teams("    P3: {slack: [alerts]}\n", ""),
        site("severity: P3", "severity: P2"),
        says=[
            (
                'services/site.yaml: rule "site-trial": the team "platform" has no route for P3, so it would reach '
                "nobody; write P3 under the routes of platform in teams.yaml (rule-route)"
            ),
        ],
    ),
    case(
        "an environment that leaves no receiver is refused",
        platform("pages: false, slack: alerts-staging, email: false}", "pages: false, email: false}"),
        teams("    P0: {page: critical, slack: [alerts]}", "    P0: {page: critical}"),
        says=[
            (
                'services/shop.yaml: rule "shop-failing": the environment "staging" leaves no receiver of the P0 '
                'route of "platform"; give staging a slack channel, or take the rule out of it (rule-route)'
            ),
            (
                'services/site.yaml: rule "everything-down": the environment "staging" leaves no receiver of the P0 '
                'route of "platform"; give staging a slack channel, or take the rule out of it (rule-route)'
            ),
        ],
    ),
]


@pytest.mark.parametrize("one", CASES)
def test_rule_route(one: Case) -> None:
    assert one.found("rule-route") == one.says
