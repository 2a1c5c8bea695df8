"""What the check maintenance-matches finds, and what it lets pass."""

from __future__ import annotations

import pytest

from tests.checks.good import Case, case, shop

STATUS = "status-page: https://status.stripe.com\n"
ELSEWHERE = """rules:
  - id: stripe-webhook
    title: The payment provider says that it fails
    severity: P1
    means: Customers cannot pay.
    elsewhere: {events-api: its webhook, fires-when: it reports a failure, detects-within: 5m}
"""

CASES = [
    case(
        "a window over a service without rules on datadog is refused",
        ("maintenance.yaml", "services: [shop]", "services: [shop, stripe]"),
        says=[
            (
                'maintenance.yaml: maintenance "upgrade": "stripe" has no rule at Datadog there, and a window mutes '
                "nothing else; take stripe out; none of its rules is muted (maintenance-matches)"
            ),
        ],
    ),
    case(
        "what another system sends is not muted either",
        ("maintenance.yaml", "services: [shop]", "services: [shop, stripe]"),
        ("services/stripe.yaml", STATUS, f"{STATUS}{ELSEWHERE}"),
        says=[
            (
                'maintenance.yaml: maintenance "upgrade": "stripe" has no rule at Datadog there, and a window mutes '
                "nothing else; take stripe out; none of its rules is muted (maintenance-matches)"
            ),
        ],
    ),
    case(
        "a window in which nothing is muted is refused",
        ("maintenance.yaml", "services: [shop]", "services: [stripe]"),
        says=[
            (
                'maintenance.yaml: maintenance "upgrade": "stripe" has no rule at Datadog there, and a window mutes '
                "nothing else; take stripe out; none of its rules is muted (maintenance-matches)"
            ),
            (
                'maintenance.yaml: maintenance "upgrade": nothing that it names is a rule at Datadog in "prod"; take '
                "prod out (maintenance-matches)"
            ),
        ],
    ),
    case(
        "groups that a muted rule has can be muted by themselves",
        ("maintenance.yaml", "services: [shop]", "rules: [shop-memory]\n  where: {function: [cart, search]}"),
    ),
    case(
        "a group that no muted rule has is refused",
        ("maintenance.yaml", "services: [shop]", "rules: [shop-memory]\n  where: {function: [cart, searxh]}"),
        says=[
            (
                'maintenance.yaml: maintenance "upgrade": no rule that it mutes has a group with function "searxh"; '
                'did you mean "search"? (maintenance-matches)'
            ),
        ],
    ),
    case(
        "what a rule's own filter leaves out is no group of it",
        shop("by: [function], over: 15m", "where: {function: cart}, by: [function], over: 15m"),
        ("maintenance.yaml", "services: [shop]", "rules: [shop-memory]\n  where: {function: search}"),
        says=[
            (
                'maintenance.yaml: maintenance "upgrade": no rule that it mutes has a group with function "search"; '
                "there is cart (maintenance-matches)"
            ),
        ],
    ),
    case(
        "a group whose values nobody lists may have any",
        shop("by: [function], over: 15m", "by: [host], over: 15m"),
        ("maintenance.yaml", "services: [shop]", "rules: [shop-memory]\n  where: {host: web-7}"),
    ),
]


@pytest.mark.parametrize("one", CASES)
def test_maintenance_matches(one: Case) -> None:
    assert one.found("maintenance-matches") == one.says
