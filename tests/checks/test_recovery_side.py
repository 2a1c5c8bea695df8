"""What the check recovery-side finds, and what it lets pass."""

from __future__ import annotations

import pytest

from tests.checks.good import Case, case, shop

CASES = [
    case(
        "a recovery above the threshold that fires above is refused",
        shop("recovers-at: 1500ms", "recovers-at: 3s"),
        says=[
            (
                'services/shop.yaml: rule "shop-slow": recovers at "3s", which is not below "2s"; write a value below'
                " the threshold, or leave recovers-at out (recovery-side)"
            ),
        ],
    ),
    case(
        "a recovery at the threshold is refused, in whatever unit",
        shop("recovers-at: 1500ms", "recovers-at: 2000ms"),
        says=[
            (
                'services/shop.yaml: rule "shop-slow": recovers at "2000ms", which is not below "2s"; write a value '
                "below the threshold, or leave recovers-at out (recovery-side)"
            ),
        ],
    ),
    case(
        "a recovery below the threshold that fires below is refused",
        shop("above: 90%, recovers-at: 80%", "below: 10%, recovers-at: 5%"),
        says=[
            (
                'services/shop.yaml: rule "shop-memory": recovers at "5%", which is not above "10%"; write a value '
                "above the threshold, or leave recovers-at out (recovery-side)"
            ),
        ],
    ),
    case(
        "a recovery at a threshold that fires when it is reached is refused",
        shop("above: 90%, recovers-at: 80%", "at-least: 90%, recovers-at: 90%"),
        says=[
            (
                'services/shop.yaml: rule "shop-memory": recovers at "90%", which is not below "90%"; write a value '
                "below the threshold, or leave recovers-at out (recovery-side)"
            ),
        ],
    ),
    case(
        "a raw query that recovers beyond its threshold is refused",
        shop("above: 3, when-silent", "above: 3, recovers-at: 3.5, when-silent"),
        says=[
            (
                'services/shop.yaml: rule "shop-queue": recovers at "3.5", which is not below "3"; write a value below '
                "the threshold, or leave recovers-at out (recovery-side)"
            ),
        ],
    ),
    case(
        "a raw query that recovers on the calm side is right",
        shop("above: 3, when-silent", "at-most: 3, recovers-at: 3.5, when-silent"),
    ),
    case(
        "a recovery above the threshold that fires below is right",
        shop("above: 90%, recovers-at: 80%", "below: 10%, recovers-at: 20%"),
    ),
    case("no recovery of its own is right", shop(", recovers-at: 80%", "")),
]


@pytest.mark.parametrize("one", CASES)
def test_recovery_side(one: Case) -> None:
    assert one.found("recovery-side") == one.says
