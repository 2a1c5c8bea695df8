"""What the check no-data-decided finds, and what it lets pass."""

from __future__ import annotations

import pytest

from tests.checks.good import Case, case, shop, teams

SLOW_PROMISE = "first-human-within: 15m, second-human-within: 2h"

CASES = [
    case(
        "a metric that does not say what silence means is refused",
        shop(", recovers-at: 1500ms, when-silent: alert", ", recovers-at: 1500ms"),
        says=[
            (
                'services/shop.yaml: rule "shop-slow": does not say what it means when no data arrives; write '
                "when-silent: alert, resolve or show (no-data-decided)"
            ),
        ],
    ),
    case(
        "a raw query that does not say it is refused",
        shop("above: 3, when-silent: resolve", "above: 3"),
        says=[
            (
                'services/shop.yaml: rule "shop-queue": does not say what it means when no data arrives; write '
                "when-silent: alert, resolve or show (no-data-decided)"
            ),
        ],
    ),
    case(
        "an alert of silence that only a mailbox could hear is refused",
        teams("P2: {page: standard, slack: [alerts]}", "P2: {email: [a@youragency.com]}"),
        shop("recovers-at: 80%, when-silent: resolve", "recovers-at: 80%, when-silent: alert"),
        says=[
            (
                'services/shop.yaml: rule "shop-memory": alerts when no data arrive, and in prod its route has no '
                "pager and no channel to hear it; add slack to the P2 route, or write when-silent: show "
                "(no-data-decided)"
            ),
        ],
    ),
    case(
        "an alert of silence that resolves while the silence lasts is refused",
        shop("recovers-at: 1500ms, when-silent: alert", "recovers-at: 1500ms, when-silent: alert, resolves-after: 2h"),
        says=[
            (
                'services/shop.yaml: rule "shop-slow": alerts when no data arrive, and resolves after 2h of it, though '
                "the silence lasts; write when-silent: show, or take resolves-after out (no-data-decided)"
            ),
        ],
    ),
    case(
        "an incident that resolves before the second human is refused",
        shop("recovers-at: 1500ms, when-silent: alert", "recovers-at: 1500ms, when-silent: show, resolves-after: 2h"),
        ("severities.yaml", "first-human-within: 15m, second-human-within: 30m", SLOW_PROMISE),
        says=[
            (
                'services/shop.yaml: rule "shop-slow": resolves after 2h without data, and P1 promises a second human '
                "within 2h; write a longer time, or take resolves-after out (no-data-decided)"
            ),
        ],
    ),
    case(
        "one that resolves after the second human is right",
        shop("recovers-at: 1500ms, when-silent: alert", "recovers-at: 1500ms, when-silent: show, resolves-after: 1h"),
    ),
    case(
        "an alert of silence that slack hears is right",
        teams("P2: {page: standard, slack: [alerts]}", "P2: {slack: [alerts]}"),
        shop("recovers-at: 80%, when-silent: resolve", "recovers-at: 80%, when-silent: alert"),
    ),
]


@pytest.mark.parametrize("one", CASES)
def test_no_data_decided(one: Case) -> None:
    assert one.found("no-data-decided") == one.says
