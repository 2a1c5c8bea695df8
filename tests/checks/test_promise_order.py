"""What the check promise-order finds, and what it lets pass."""

from __future__ import annotations

import pytest

from tests.checks.good import Case, case, site, teams

FASTER = "and the milder P1 is faster; promise as much as P1 or more (promise-order)"


def clocks(*firsts: str) -> list[tuple[str, str, str]]:
    """The clocks of public updates of P0 and P1, from the first notice and the pause while investigating."""
    rest = "identified: 30m, monitoring: 1h}"
    titles = ("  title: the platform is down\n", "  title: a key flow is degraded\n")
    return [
        ("severities.yaml", title, f"{title}  public-updates: {{first-within: {first}, {rest}\n")
        for title, first in zip(titles, firsts, strict=True)
    ]


CASES = [
    case(
        "a severity that nothing has need not be there",
        ("severities.yaml", "P3: {title: for the record, detects-within: 1d, reminds-every: 1d}\n", ""),
        teams("    P3: {slack: [alerts]}\n", ""),
        site("severity: P3", "severity: P2"),
        site("    trial-until: 2026-12-24\n", ""),
    ),
    case(
        "a second human before the first is refused",
        (
            "severities.yaml",
            "first-human-within: 5m, second-human-within: 15m",
            "first-human-within: 15m, second-human-within: 5m",
        ),
        says=[
            (
                'severities.yaml: severity "P0": promises the second human before the first; swap the two '
                "(promise-order)"
            ),
        ],
    ),
    case(
        "a milder severity that is faster is refused",
        (
            "severities.yaml",
            "first-human-within: 5m, second-human-within: 15m",
            "first-human-within: 20m, second-human-within: 25m",
        ),
        says=[
            (
                'severities.yaml: severity "P0": promises a human within 20m, and the milder P1 is faster; promise as'
                " much as P1 or more (promise-order)"
            ),
        ],
    ),
    case(
        "a slower second human is refused",
        (
            "severities.yaml",
            "first-human-within: 5m, second-human-within: 15m",
            "first-human-within: 5m, second-human-within: 45m",
        ),
        says=[
            (
                'severities.yaml: severity "P0": promises a second human within 45m, and the milder P1 is faster; '
                "promise as much as P1 or more (promise-order)"
            ),
        ],
    ),
    case(
        "a milder severity that detects sooner is refused",
        ("severities.yaml", "detects-within: 10m", "detects-within: 20m"),
        says=[
            (
                'severities.yaml: severity "P0": promises detection within 20m, and the milder P1 is faster; promise '
                "as much as P1 or more (promise-order)"
            ),
        ],
    ),
    case(
        "waking by nothing is refused",
        ("severities.yaml", "{by: [phone], first-human-within: 15m", "{by: [], first-human-within: 15m"),
        says=[
            (
                'severities.yaml: severity "P1": promises to wake, and says not by what; write by: [phone] '
                "(promise-order)"
            ),
        ],
    ),
    case(
        "waking at low urgency is refused",
        (
            "severities.yaml",
            "P2: {title: can wait for daylight",
            "P2: {wakes: {by: [phone], first-human-within: 1h, second-human-within: 2h}, title: x",
        ),
        says=[
            (
                'severities.yaml: severity "P2": promises to wake, and PagerDuty is told that it is not urgent; take '
                "wakes out (promise-order)"
            ),
        ],
    ),
    case(
        "only the milder one waking is refused",
        ("severities.yaml", "  wakes: {by: [phone], first-human-within: 5m, second-human-within: 15m}\n", ""),
        says=[
            (
                'severities.yaml: severity "P0": wakes nobody, and the milder P1 is faster; promise as much as P1 or '
                "more (promise-order)"
            ),
        ],
    ),
    case(
        "a milder severity that informs the public sooner is refused",
        *clocks("20m, investigating: 20m", "15m, investigating: 20m"),
        says=[f'severities.yaml: severity "P0": promises a public notice within 20m, {FASTER}'],
    ),
    case(
        "a milder severity with more frequent updates is refused",
        *clocks("15m, investigating: 20m", "15m, investigating: 10m"),
        says=[f'severities.yaml: severity "P0": promises an update every 20m, {FASTER}'],
    ),
    case(
        "only the milder one informing the public is refused",
        clocks("15m, investigating: 20m", "15m, investigating: 20m")[1],
        says=[f'severities.yaml: severity "P0": promises no public notice, {FASTER}'],
    ),
    case(
        "a milder severity with less frequent updates is let pass",
        *clocks("15m, investigating: 10m", "15m, investigating: 20m"),
    ),
    case("the same clock for both is let pass", *clocks("15m, investigating: 20m", "15m, investigating: 20m"), says=[]),
]


@pytest.mark.parametrize("one", CASES)
def test_promise_order(one: Case) -> None:
    assert one.found("promise-order") == one.says
