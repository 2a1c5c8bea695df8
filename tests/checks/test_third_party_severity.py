"""What the check third-party-severity finds, and what it lets pass."""

from __future__ import annotations

import pytest

from tests.checks.good import Case, case, shop, site

WORSE = """  - id: site-without-shop
    title: The site cannot sell
    severity: P0
    means: Nothing can be bought.
    same-symptom-as: [shop-ready, shop-failing]
    uptime:
      asks: {health: {health: full, components: [shop]}}
      every: 1m
      regions: [aws:eu-central-1, aws:us-east-1]
      failing-in: 2
      retry: {times: 1, after: 5s}
"""

CASES = [
    case(
        "a more severe rule on the same component is refused",
        shop("readiness: true\n", ""),
        site("  - id: site-down", WORSE + "  - id: site-down"),
        says=[
            (
                'services/site.yaml: rule "site-without-shop": is P0, and "stripe" turns it red through "shop", whose'
                ' own rule "shop-ready" is P1; leave shop to shop-ready (third-party-severity)'
            ),
        ],
    ),
    case(
        "a composite of any of them is refused",
        shop("readiness: true\n", ""),
        site("composite: {all-of: [shop-ready, site-down]}", "composite: {any-of: [shop-ready, site-down]}"),
        says=[
            (
                'services/site.yaml: rule "everything-down": is P0, and "stripe" turns it red through "shop", whose '
                'own rule "shop-ready" is P1; leave shop to shop-ready (third-party-severity)'
            ),
        ],
    ),
    case(
        "a component that decides readiness may turn anything red",
        site("  - id: site-down", WORSE + "  - id: site-down"),
    ),
    case("a composite of all of them is right", shop("readiness: true\n", "")),
]


@pytest.mark.parametrize("one", CASES)
def test_third_party_severity(one: Case) -> None:
    assert one.found("third-party-severity") == one.says
