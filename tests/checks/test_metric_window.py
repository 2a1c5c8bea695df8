"""What the check metric-window finds, and what it lets pass."""

from __future__ import annotations

import pytest

from tests.checks.good import Case, case, platform

CASES = [
    case(
        "a window shorter than the metric's interval is refused",
        platform("interval: 60s", "interval: 1h"),
        says=[
            (
                'services/shop.yaml: rule "shop-memory": looks at 15m, and "memory.share" is sent every 1h; write '
                "over: 1h or longer (metric-window)"
            ),
        ],
    ),
    case("a window of one interval is right", platform("interval: 60s", "interval: 15m")),
    case(
        "a burn window shorter than the interval of an objective's metric is refused",
        platform("interval: 10s\n      sent-by: the shop", "interval: 1d\n      sent-by: the shop"),
        says=[
            (
                'services/shop.yaml: rule "shop-orders": looks at 4h, and "orders.good" is sent every 1d; send it more '
                "often, or watch it with metric, over 1d (metric-window)"
            ),
        ],
    ),
    case(
        "a raw query that looks at less than its metric's interval is refused",
        platform("interval: 10s\n      sent-by: tracing", "interval: 10m\n      sent-by: tracing"),
        says=[
            (
                'services/shop.yaml: rule "shop-queue": looks at 5m, and "trace.request" is sent every 10m; look at '
                "10m or longer (metric-window)"
            ),
        ],
    ),
]


@pytest.mark.parametrize("one", CASES)
def test_metric_window(one: Case) -> None:
    assert one.found("metric-window") == one.says
