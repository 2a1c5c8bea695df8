"""What the check severity-matters finds, and what it lets pass."""

from __future__ import annotations

import pytest

from tests.checks.good import Case, case, oncall, teams

CASES = [
    case(
        "two waking severities on one policy are refused",
        teams("P0: {page: critical", "P0: {page: standard"),
        says=[
            (
                'teams.yaml: team "platform": its P0 and its P1 are the same to a human: both page as "standard"; '
                "page another policy, or write P0 for each rule that is P1 and take the P1 routes out (severity-matters)"
            ),
        ],
    ),
    case(
        "two policies that ask alike are refused",
        oncall(
            "      - {ask: [primary, secondary], escalate-after: 5m}\n      - {ask: [kit], escalate-after: 10m}\n",
            "      - {ask: [primary], escalate-after: 10m}\n      - {ask: [secondary], escalate-after: 10m}\n",
        ),
        says=[
            (
                'teams.yaml: team "platform": its P0 and its P1 are the same to a human: both page as "critical" and '
                '"standard", which ask alike; page another policy, or write P0 for each rule that is P1 and take the P1 '
                "routes out (severity-matters)"
            ),
        ],
    ),
]


@pytest.mark.parametrize("one", CASES)
def test_severity_matters(one: Case) -> None:
    assert one.found("severity-matters") == one.says
