"""What the check same-symptom finds, and what it lets pass."""

from __future__ import annotations

import pytest

from tests.checks.good import Case, case, shop, site

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
    case("another value of the tag is another symptom", site("where: {feature: search}", "where: {plan: starter}")),
]


@pytest.mark.parametrize("one", CASES)
def test_same_symptom(one: Case) -> None:
    assert one.found("same-symptom") == one.says
