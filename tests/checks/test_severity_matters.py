"""What the check severity-matters finds, and what it lets pass."""

from __future__ import annotations

import pytest

from tests.checks.good import Case, case, oncall, shop, site, teams

ONE_POLICY = [
    oncall(
        """  standard:
    title: Standard
    steps:
      - {ask: [primary], escalate-after: 10m}
      - {ask: [secondary], escalate-after: 10m}
""",
        "",
    ),
    teams("P1: {page: standard", "P1: {page: critical"),
    teams("P2: {page: standard", "P2: {page: critical"),
]
SAME = 'teams.yaml: team "platform": its P0 and its P1 are the same to a human: both page as "critical"; '

CASES = [
    case(
        "a company with one policy is told what it can do",
        *ONE_POLICY,
        says=[
            f"{SAME}write a second policy in oncall.yaml, or write P0 for each rule that is P1 and take the P1 routes "
            "out (severity-matters)"
        ],
    ),
    case(
        "a route that no rule needs is to go",
        *ONE_POLICY,
        site("title: Everything is down\n    severity: P0", "title: Everything is down\n    severity: P1"),
        shop("severity: P0", "severity: P1"),
        says=[f"{SAME}no rule is P0, so take the P0 route out (severity-matters)"],
    ),
    case(
        "two waking severities on one policy are refused",
        teams("P0: {page: critical", "P0: {page: standard"),
        says=[
            (
                'teams.yaml: team "platform": its P0 and its P1 are the same to a human: both page as "standard"; '
                "page another policy, or write P0 for each rule that is P1 and take the P1 routes out "
                "(severity-matters)"
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
                '"standard", which ask alike; page another policy, or write P0 for each rule that is P1 and take the '
                "P1 routes out (severity-matters)"
            ),
        ],
    ),
]


@pytest.mark.parametrize("one", CASES)
def test_severity_matters(one: Case) -> None:
    assert one.found("severity-matters") == one.says
