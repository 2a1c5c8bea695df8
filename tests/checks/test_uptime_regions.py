"""What the check uptime-regions finds, and what it lets pass."""

from __future__ import annotations

import pytest

from tests.checks.good import Case, Change, case, site


def seen(failures: int) -> Change:
    """A rule that wakes, asked by Sentry."""
    rule = (
        "  - id: site-seen\n    title: The site does not answer Sentry\n    severity: P1\n    means: It is gone.\n"
        f"    sentry-uptime: {{project: web, path: /cart, every: 1m, failures: {failures}}}\n"
    )
    return site("rules:\n", f"rules:\n{rule}")


CASES = [
    case(
        "a page on a single failure that sentry sees is refused",
        seen(1),
        says=[
            (
                'services/site.yaml: rule "site-seen": wakes a human on the word of a single region; write failures: '
                "2 or more (uptime-regions)"
            ),
        ],
    ),
    case("a page on two failures that sentry sees is right", seen(2)),
    case(
        "a region that the account does not have is refused",
        site("[aws:eu-central-1]", "[aws:eu-central-2]"),
        says=[
            (
                'services/site.yaml: rule "site-certificate": "aws:eu-central-2" is no region of the Datadog account;'
                ' did you mean "aws:eu-central-1"? (uptime-regions)'
            ),
        ],
    ),
    case(
        "a page from one region is refused",
        site("regions: [aws:eu-central-1, aws:us-east-1]\n      failing-in: 2", "regions: [aws:eu-central-1]"),
        says=[
            (
                'services/site.yaml: rule "site-down": wakes a human on the word of a single region; name two regions'
                " or more (uptime-regions)"
            ),
        ],
    ),
    case(
        "a page when one region of two fails is refused",
        site("failing-in: 2", "failing-in: 1"),
        says=[
            (
                'services/site.yaml: rule "site-down": wakes a human when a single region fails; write failing-in: 2 '
                "or more (uptime-regions)"
            ),
        ],
    ),
    case(
        "a page without a retry is refused",
        site("      retry: {times: 1, after: 5s}\n", ""),
        says=[
            (
                'services/site.yaml: rule "site-down": wakes a human on a single failed try; write retry: {times: 1, '
                "after: 5s} (uptime-regions)"
            ),
        ],
    ),
    case(
        "a retry of zero times is none",
        site("times: 1", "times: 0"),
        says=[
            (
                'services/site.yaml: rule "site-down": wakes a human on a single failed try; write retry: {times: 1, '
                "after: 5s} (uptime-regions)"
            ),
        ],
    ),
    case("a test that wakes nobody may run from one region", site("severity: P3", "severity: P2")),
]


@pytest.mark.parametrize("one", CASES)
def test_uptime_regions(one: Case) -> None:
    assert one.found("uptime-regions") == one.says
