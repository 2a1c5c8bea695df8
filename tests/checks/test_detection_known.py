"""What the check detection-known finds, and what it lets pass."""

from __future__ import annotations

import pytest

from tests.checks.good import Case, case, shop

PLAIN = "avg(last_5m):avg:trace.request{env:prod} by {page}"
OUTLIER = "avg(last_5m):outliers(avg:trace.request{env:prod} by {page}, 'DBSCAN', 3)"


def waking(query: str) -> tuple[tuple[str, str, str], ...]:
    """The shop's queue by another query, with a severity that wakes."""
    return (
        shop(PLAIN, query),
        shop(
            "id: shop-queue\n    title: The queue is long\n    severity: P2",
            "id: shop-queue\n    title: Long\n    severity: P1",
        ),
    )


CASES = [
    case(
        "a rule that wakes by an outlier is refused",
        *waking(OUTLIER),
        says=[
            (
                'services/shop.yaml: rule "shop-queue": is P1 and wakes people, and Datadog gives an outlier no time '
                "within which it fires, since it depends on the other groups; watch the same with metric and a "
                "threshold, or give it a severity that wakes nobody (detection-known)"
            ),
        ],
    ),
    case("a rule that wakes nobody may watch an outlier", shop(PLAIN, OUTLIER)),
    case("a rule that wakes by a threshold is known", *waking(PLAIN)),
]


@pytest.mark.parametrize("one", CASES)
def test_detection_known(one: Case) -> None:
    assert one.found("detection-known") == one.says
