"""What the check burn-rate finds, and what it lets pass."""

from __future__ import annotations

import pytest

from tests.checks.good import Case, case, shop

CASES = [
    case(
        "an objective so low that no page can burn it is refused",
        shop("objective: 99.9%", "objective: 90%"),
        shop("title: Orders fail\n    severity: P2", "title: Orders fail\n    severity: P1"),
        says=[
            (
                'services/shop.yaml: rule "shop-orders": waits for a burn rate of 14.4, and a budget of 90% burns at '
                "most 10 times too fast; write an objective above 93.06%, or a longer period (burn-rate)"
            ),
        ],
    ),
    case(
        "an objective so low that no ticket can burn it is refused",
        shop("objective: 99.9%", "objective: 30%"),
        says=[
            (
                'services/shop.yaml: rule "shop-orders": waits for a burn rate of 1.5, and a budget of 30% burns at '
                "most 1.43 times too fast; write an objective above 33.33%, or a longer period (burn-rate)"
            ),
        ],
    ),
    case(
        "a week is too short for a ticket, which would be written while the objective is kept",
        shop("objective: 99.9%", "objective: 99.9%, over: 7d"),
        says=[
            (
                'services/shop.yaml: rule "shop-orders": waits for a burn rate of 0.35, and a budget that burns at 1 '
                "or less is kept; write over: 30d (burn-rate)"
            ),
        ],
    ),
    case(
        "a quarter is long enough for a ticket",
        shop("objective: 99.9%", "objective: 99.9%, over: 90d"),
    ),
    case(
        "a week is long enough for a page",
        shop("objective: 99.9%", "objective: 99.9%, over: 7d"),
        shop("title: Orders fail\n    severity: P2", "title: Orders fail\n    severity: P1"),
    ),
    case(
        "an objective just high enough is right",
        shop("objective: 99.9%", "objective: 93.1%"),
        shop("title: Orders fail\n    severity: P2", "title: Orders fail\n    severity: P1"),
    ),
]


@pytest.mark.parametrize("one", CASES)
def test_burn_rate(one: Case) -> None:
    assert one.found("burn-rate") == one.says
