"""What the check same-symptom finds, and what it lets pass."""

from __future__ import annotations

import pytest

from tests.checks.good import Case, case, shop, site

NEW_RULE = """rules:
  - id: shop-any
    title: Anything fails
    severity: P1
    means: Something fails.
    errors: {project: web, more-than: 10, within: 5m}
"""

SEEN = """  - id: site-seen
    title: The site does not answer Sentry
    severity: P1
    means: The start page fails.
    sentry-uptime: {project: web, path: /, every: 1m}
"""

CASES = [
    case(
        "a wider filter on the same errors is refused",
        site("where: {feature: search}, ", ""),
        says=[
            (
                'services/shop.yaml: rule "shop-failing": wakes people for the same symptom as "site-trial": both '
                "watch the same data; write same-symptom-as: [site-trial], or narrow one of them (same-symptom)"
            ),
        ],
    ),
    case(
        "a component and its service's errors are refused",
        shop("    same-symptom-as: [shop-failing]\n", ""),
        says=[
            (
                'services/shop.yaml: rule "shop-failing": wakes people for the same symptom as "shop-ready": the '
                'failure of the component "shop"; write same-symptom-as: [shop-ready], or narrow one of them '
                "(same-symptom)"
            ),
        ],
    ),
    case(
        "a test of datadog's and a monitor of sentry's that ask the same are refused",
        site("rules:\n", f"rules:\n{SEEN}"),
        says=[
            (
                'services/site.yaml: rule "site-seen": wakes people for the same symptom as "site-down": no answer '
                "from /; write same-symptom-as: [site-down], or narrow one of them (same-symptom)"
            ),
        ],
    ),
    case(
        "a second road that names the first is right",
        site("rules:\n", f"rules:\n{SEEN}    same-symptom-as: [site-down]\n"),
    ),
    case(
        "a monitor of sentry's that asks another page is right",
        site("rules:\n", f"rules:\n{SEEN}".replace("/,", "/cart,")),
    ),
    case(
        "either of the two may say so",
        shop("    same-symptom-as: [shop-failing]\n", ""),
        shop(
            "    means: Customers cannot buy.\n",
            "    means: Customers cannot buy.\n    same-symptom-as: [shop-ready]\n",
        ),
    ),
    case(
        "rules that never act in one environment are apart",
        shop("    same-symptom-as: [shop-failing]\n", "    environments: [staging]\n"),
        shop("    means: Customers cannot buy.\n", "    means: Customers cannot buy.\n    environments: [prod]\n"),
    ),
    case(
        "each event of a tag is another symptom than many of all",
        shop("where: {feature: checkout}, more-than: 10, within: 5m", "where: {feature: checkout}, each-event: true"),
        site("where: {feature: search}, ", ""),
    ),
    case(
        "each event and more than none are one symptom",
        shop("where: {feature: checkout}, more-than: 10, within: 5m", "where: {feature: checkout}, each-event: true"),
        site("where: {feature: search}, more-than: 10", "where: {feature: checkout}, more-than: 0"),
        site("more-than: 5", "more-than: 0"),
        says=[
            (
                'services/shop.yaml: rule "shop-failing": wakes people for the same symptom as "site-trial": both '
                "watch the same data; write same-symptom-as: [site-trial], or narrow one of them (same-symptom)"
            ),
        ],
    ),
    case("another value of the tag is another symptom", site("where: {feature: search}", "where: {plan: starter}")),
    case(
        "one new rule beside several is one finding, at the new rule",
        shop("rules:\n", NEW_RULE),
        says=[
            (
                'services/shop.yaml: rule "shop-any": wakes people for the same symptom as "shop-failing" and '
                '"shop-ready" and "site-trial": both watch the same data, the failure of the component "shop"; write '
                "same-symptom-as: [shop-failing, shop-ready, site-trial], or narrow one of them (same-symptom)"
            ),
        ],
    ),
]


@pytest.mark.parametrize("one", CASES)
def test_same_symptom(one: Case) -> None:
    assert one.found("same-symptom") == one.says
