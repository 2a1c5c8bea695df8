"""What the check retired-ids finds, and what it lets pass."""

from __future__ import annotations

import pytest

from tests.checks.good import Case, case, shop

CASES = [
    case(
        "a retired id is not given again",
        shop("id: shop-queue", "id: shop-gone"),
        says=[
            (
                'services/shop.yaml: rule "shop-gone": has the id of a retired rule; give it a new id, or take the id'
                " out of retired (retired-ids)"
            ),
        ],
    ),
    case(
        "a former id is not given to another rule",
        shop("id: shop-queue", "id: site-old"),
        says=[
            (
                'services/shop.yaml: rule "site-old": has the id that "site-trial" formerly had; give it another id '
                "(retired-ids)"
            ),
        ],
    ),
]


@pytest.mark.parametrize("one", CASES)
def test_retired_ids(one: Case) -> None:
    assert one.found("retired-ids") == one.says
