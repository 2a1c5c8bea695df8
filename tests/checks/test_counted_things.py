"""What the check counted-things finds, and what it lets pass."""

from __future__ import annotations

import pytest

from tests.checks.good import Case, case, platform, shop

CASES = [
    case(
        "an objective over a gauge is refused",
        shop("good: {sum: orders.good}", "good: {sum: memory.share}"),
        says=[
            (
                'services/shop.yaml: rule "shop-orders": counts good events with "memory.share", which is a gauge; '
                "name a count (counted-things)"
            ),
        ],
    ),
    case(
        "an objective of everything over everything is refused",
        shop("good: {sum: orders.good}", "good: {sum: orders.all}"),
        says=[
            (
                'services/shop.yaml: rule "shop-orders": counts as good all that it counts as total, so it is always'
                " met; let good be a part of total (counted-things)"
            ),
        ],
    ),
    case(
        "a sum of shares is refused",
        shop("{max: memory.share", "{sum: memory.share"),
        says=[
            (
                'services/shop.yaml: rule "shop-memory": sums up "memory.share", which is a share and no count; write'
                " avg, max or min (counted-things)"
            ),
        ],
    ),
    case(
        "a sum of times is refused",
        shop("{p95: trace.request, where: {service: shop}", "{sum: trace.request"),
        says=[
            (
                'services/shop.yaml: rule "shop-slow": sums up "trace.request", which is a time and no count; write '
                "avg, max or min (counted-things)"
            ),
        ],
    ),
    case(
        "a sum of what is neither a share nor a time passes, though it is a gauge",
        platform("unit: fraction", "unit: B"),
        shop(
            "{max: memory.share, by: [function], over: 15m, above: 90%, recovers-at: 80%",
            "{sum: memory.share, by: [function], over: 15m, above: 90GB, recovers-at: 80GB",
        ),
    ),
]


@pytest.mark.parametrize("one", CASES)
def test_counted_things(one: Case) -> None:
    assert one.found("counted-things") == one.says
