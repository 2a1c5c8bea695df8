"""What the check spelled-alike finds, and what it lets pass."""

from __future__ import annotations

import pytest

from tests.checks.good import Case, case, platform, teams

CASES = [
    case(
        "a channel is not like a word that says who is told",
        teams("P3: {slack: [alerts]}", "P3: {slack: [nobodys], issue-owners: nobody}"),
    ),
    case(
        "a channel with a letter too few is refused",
        teams("P1: {page: standard, slack: [alerts]}", "P1: {page: standard, slack: [alert]}"),
        says=[
            (
                'teams.yaml: team "platform": sends to "alert", which is written once and differs by a letter '
                'from "alerts"; write "alerts", or waive this where there are both (spelled-alike)'
            ),
        ],
    ),
    case(
        "a channel with two letters swapped is refused",
        teams("P1: {page: standard, slack: [alerts]}", "P1: {page: standard, slack: [alerst]}"),
        says=[
            (
                'teams.yaml: team "platform": sends to "alerst", which is written once and differs by a letter '
                'from "alerts"; write "alerts", or waive this where there are both (spelled-alike)'
            ),
        ],
    ),
    case(
        "a channel with another sign between its words is refused",
        teams("P1: {page: standard, slack: [alerts]}", "P1: {page: standard, slack: [alerts_staging]}"),
        says=[
            (
                'teams.yaml: team "platform": sends to "alerts_staging", which is written once and differs by the '
                'signs between its words from "alerts-staging"; write "alerts-staging", or waive this where there are '
                "both (spelled-alike)"
            ),
        ],
    ),
    case(
        "an address with another letter is refused",
        teams("P3: {slack: [alerts]}", "P3: {slack: [alerts], email: [oncell@youragency.com]}"),
        says=[
            (
                'teams.yaml: team "platform": sends to "oncell@youragency.com", which is written once and differs'
                ' by a letter from "oncall@youragency.com"; write "oncall@youragency.com", or waive this where '
                "there are both (spelled-alike)"
            ),
        ],
    ),
    case(
        "an environment's channel is looked at, too",
        platform("slack: alerts-staging", "slack: alertz"),
        says=[
            (
                'platform.yaml: environment "staging": sends to "alertz", which is written once and differs by a '
                'letter from "alerts"; write "alerts", or waive this where there are both (spelled-alike)'
            ),
        ],
    ),
    case(
        "numbered channels are two",
        teams("P1: {page: standard, slack: [alerts]}", "P1: {page: standard, slack: [alerts2]}"),
    ),
    case(
        "short parts may differ",
        teams("P1: {page: standard, slack: [alerts]}", "P1: {page: standard, slack: [alerts-eu, alerts-us]}"),
    ),
    case(
        "two letters apart are two",
        teams("P1: {page: standard, slack: [alerts]}", "P1: {page: standard, slack: [alters-x]}"),
    ),
    case(
        "a name that is written twice is meant",
        teams("P1: {page: standard, slack: [alerts]}", "P1: {page: standard, slack: [alert]}"),
        teams("P2: {page: standard, slack: [alerts]}", "P2: {page: standard, slack: [alert]}"),
    ),
]


@pytest.mark.parametrize("example", CASES)
def test_spelled_alike(example: Case) -> None:
    assert example.found("spelled-alike") == example.says
