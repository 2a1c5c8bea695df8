"""What the check can-fire finds, and what it lets pass."""

from __future__ import annotations

import pytest

from tests.checks.good import Case, case, shop, site

CASES = [
    case(
        "more than all of a share never happens",
        shop("above: 90%, recovers-at: 80%", "above: 120%"),
        says=[
            (
                'services/shop.yaml: rule "shop-memory": can never fire above "120%", since the value lies between 0%'
                " and 100%; write a value inside that (can-fire)"
            ),
        ],
    ),
    case(
        "all of a share is never exceeded",
        shop("above: 90%, recovers-at: 80%", "above: 100%"),
        says=[
            (
                'services/shop.yaml: rule "shop-memory": can never fire above "100%", since the value lies between 0%'
                " and 100%; write a value inside that (can-fire)"
            ),
        ],
    ),
    case(
        "a threshold in fractions is a share too",
        shop("above: 90%, recovers-at: 80%", "above: 1 fraction"),
        says=[
            (
                'services/shop.yaml: rule "shop-memory": can never fire above "1 fraction", since the value lies '
                "between 0% and 100%; write a value inside that (can-fire)"
            ),
        ],
    ),
    case(
        "below nothing never happens",
        shop("above: 90%, recovers-at: 80%", "below: 0%"),
        says=[
            (
                'services/shop.yaml: rule "shop-memory": can never fire below "0%", since the value lies between 0% '
                "and 100%; write a value inside that (can-fire)"
            ),
        ],
    ),
    case(
        "below more than all is always so",
        shop("above: 90%, recovers-at: 80%", "below: 101%"),
        says=[
            (
                'services/shop.yaml: rule "shop-memory": fires always below "101%", since the value lies between 0% '
                "and 100%; write a value inside that (can-fire)"
            ),
        ],
    ),
    case(
        "above a negative time is always so",
        shop("above: 2s, recovers-at: 1500ms", "above: -1s"),
        says=[
            (
                'services/shop.yaml: rule "shop-slow": fires always above "-1s", since the value lies at 0 or above; '
                "write a value inside that (can-fire)"
            ),
        ],
    ),
    case(
        "a failure rate above all never happens",
        shop("above: 5%", "above: 100%"),
        says=[
            (
                'services/shop.yaml: rule "shop-error-rate": can never fire above "100%", since the value lies '
                "between 0% and 100%; write a value inside that (can-fire)"
            ),
        ],
    ),
    case(
        "a recovery beyond what is possible never comes",
        shop("recovers-at: 1500ms", "recovers-at: -1s"),
        says=[
            (
                'services/shop.yaml: rule "shop-slow": never recovers at "-1s", since the value lies at 0 or above; '
                "write a value inside that (can-fire)"
            ),
        ],
    ),
    case(
        "an answer within no time never comes",
        site("within: 3s", "within: 0s"),
        says=[
            (
                'services/site.yaml: rule "site-down": fires always, since no answer comes within "0m"; write 1s or '
                "more (can-fire)"
            ),
        ],
    ),
]


@pytest.mark.parametrize("one", CASES)
def test_can_fire(one: Case) -> None:
    assert one.found("can-fire") == one.says
