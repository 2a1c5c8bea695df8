"""What the check uptime-says finds, and what it lets pass."""

from __future__ import annotations

import pytest

from tests.checks.good import Case, case, shop, site

CASES = [
    case(
        "a question that says nothing of a component is refused",
        shop("{health: readiness, components: [shop]}", "{health: liveness, components: [shop]}"),
        says=[
            (
                'services/shop.yaml: rule "shop-ready": the liveness question says nothing of "shop"; ask readiness '
                "or full (uptime-says)"
            ),
        ],
    ),
    case(
        "readiness does not speak of what does not decide it",
        shop("readiness: true\n", ""),
        says=[
            (
                'services/shop.yaml: rule "shop-ready": the readiness question says nothing of "shop"; ask readiness '
                "or full (uptime-says)"
            ),
        ],
    ),
    case(
        "HEAD on a component that does not turn the status is refused",
        shop("readiness: true\n", ""),
        shop("health: readiness, components", "health: full, components"),
        says=[
            (
                'services/shop.yaml: rule "shop-ready": HEAD has no body, and the status does not turn with "shop"; '
                "ask for components with GET alone (uptime-says)"
            ),
        ],
    ),
    case(
        "a text in the answer to HEAD is refused",
        site("{path: /, within: 3s}", "{path: /, contains: Welcome}"),
        site("every: 1m", "every: 1m\n      methods: [GET, HEAD]"),
        says=[
            (
                'services/site.yaml: rule "site-down": HEAD has no body, so "Welcome" is never in it; ask with GET '
                "alone, or take contains out (uptime-says)"
            ),
        ],
    ),
    case(
        "the health endpoint asked as a page is refused",
        site("path: /,", "path: /api/health?type=full,"),
        says=[
            (
                'services/site.yaml: rule "site-down": "/api/health" is the health endpoint, asked as a page; write '
                "asks: {health: {health: readiness}}, which knows what it answers (uptime-says)"
            ),
        ],
    ),
    case(
        "one environment's address in all of them is refused",
        site("path: /,", '"url": "https://app.youragency.com/shop",'),
        says=[
            (
                'services/site.yaml: rule "site-down": asks "https://app.youragency.com/shop" in every environment, '
                "which is one environment's own; write path: instead, below each environment's address (uptime-says)"
            ),
        ],
    ),
    case(
        "one environment's address in a step is refused",
        site("page: {path: /, within: 3s}", "steps: [{name: Look, page: {url: https://app.youragency.com/shop}}]"),
        says=[
            (
                'services/site.yaml: rule "site-down": asks "https://app.youragency.com/shop" in every environment, '
                "which is one environment's own; write path: instead, below each environment's address (uptime-says)"
            ),
        ],
    ),
    case("somebody else's address is right", site("path: /,", '"url": "https://status.example.com/",')),
]


@pytest.mark.parametrize("one", CASES)
def test_uptime_says(one: Case) -> None:
    assert one.found("uptime-says") == one.says
