"""What the check dependency-cycles finds, and what it lets pass."""

from __future__ import annotations

import pytest

from tests.checks.good import Case, case, shop

CASES = [
    case(
        "two services that depend on each other are refused",
        shop("depends-on: [stripe]", "depends-on: [stripe, site]"),
        says=[
            (
                'services/shop.yaml: service "shop": depends on itself: shop on site on shop; take one of these out '
                "of depends-on (dependency-cycles)"
            ),
        ],
    ),
    case(
        "a longer circle is named once",
        shop("depends-on: [stripe]", "depends-on: [stripe]"),
        ("services/stripe.yaml", "tier: critical\n", "tier: critical\ndepends-on: [site]\n"),
        says=[
            (
                'services/shop.yaml: service "shop": depends on itself: shop on stripe on site on shop; take one of '
                "these out of depends-on (dependency-cycles)"
            ),
        ],
    ),
]


@pytest.mark.parametrize("one", CASES)
def test_dependency_cycles(one: Case) -> None:
    assert one.found("dependency-cycles") == one.says
