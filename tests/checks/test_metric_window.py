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
]


@pytest.mark.parametrize("one", CASES)
def test_metric_window(one: Case) -> None:
    assert one.found("metric-window") == one.says
