"""What the check acknowledgement-expires finds, and what it lets pass."""

from __future__ import annotations

import pytest

from tests.checks.good import Case, case, oncall, teams

CASES = [
    case(
        "a page that is acknowledged for ever is refused",
        oncall("    title: Critical\n", "    title: Critical\n    acknowledgement-expires: never\n"),
        says=[
            (
                'oncall.yaml: policy "critical": is acknowledged for ever, so a page that wakes and is then '
                "forgotten never comes back; write acknowledgement-expires: 30m (acknowledgement-expires)"
            ),
        ],
    ),
    case(
        "another time is right",
        oncall("    title: Critical\n", "    title: Critical\n    acknowledgement-expires: 2h\n"),
    ),
    case(
        "a policy that wakes nobody may never ask again",
        teams("P1: {page: standard, slack: [alerts]}", "P1: {page: critical, slack: [alerts]}"),
        oncall("    title: Standard\n", "    title: Standard\n    acknowledgement-expires: never\n"),
    ),
]


@pytest.mark.parametrize("example", CASES)
def test_acknowledgement_expires(example: Case) -> None:
    assert example.found("acknowledgement-expires") == example.says
