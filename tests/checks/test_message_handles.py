"""What the check message-handles finds, and what it lets pass."""

from __future__ import annotations

import pytest

from tests.checks.good import Case, case, shop

CASES = [
    case(
        "a handle in a message is refused",
        shop("means: Customers cannot buy.", "means: Customers cannot buy, @pagerduty-shop."),
        says=[
            (
                'services/shop.yaml: rule "shop-failing": its means holds the handle "@pagerduty-shop", which would '
                "be told on every transition; take it out, and route the severity in teams.yaml (message-handles)"
            ),
        ],
    ),
    case(
        "a handle in a title is refused",
        shop("title: The shop is failing", "title: Shop fails @channel"),
        says=[
            (
                'services/shop.yaml: rule "shop-failing": its title holds the handle "@channel", which would be told '
                "on every transition; take it out, and route the severity in teams.yaml (message-handles)"
            ),
        ],
    ),
    case(
        "a handle in a query is in no text that is sent",
        shop("by {page}", "by {page} @slack-alerts"),
    ),
    case(
        "an e-mail address is no handle",
        shop("means: Customers cannot buy.", "means: Customers of shop@youragency.com cannot buy."),
    ),
    case(
        "a facet in a query is no handle",
        shop("avg(last_5m):avg:trace.request{env:prod} by {page}", 'logs(\\"@http.status:500\\").last(\\"5m\\")'),
    ),
    case(
        "a variable that names a facet is no handle",
        shop(
            "means: Customers cannot buy.", 'means: "Customers in {{@region.name}} or {{ @region.name }} cannot buy."'
        ),
    ),
    case(
        "a handle beside a variable is refused",
        shop("means: Customers cannot buy.", 'means: "Customers in {{region.name}}@ops cannot buy."'),
        says=[
            'services/shop.yaml: rule "shop-failing": its means holds the handle "@ops", which would be told on every '
            "transition; take it out, and route the severity in teams.yaml (message-handles)"
        ],
    ),
]


@pytest.mark.parametrize("one", CASES)
def test_message_handles(one: Case) -> None:
    assert one.found("message-handles") == one.says
