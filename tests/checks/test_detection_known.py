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


QUEUE = f'query: {{query: "{PLAIN}", above: 3, when-silent: resolve}}'
CHECK = "check: http.can_connect, by: [host], failures: 3, when-silent: show"
RAW = """'"http.can_connect".over("env:prod").by("host").last(4).count_by_status()'"""


def waking_signal(signal: str) -> tuple[tuple[str, str, str], ...]:
    """The shop's queue by another signal, with a severity that wakes."""
    return (*waking(PLAIN)[1:], shop(QUEUE, signal))


CASES = [
    case(
        "a rule that wakes by a check of which nobody says how often it runs is refused",
        *waking_signal(f"service-check: {{{CHECK}}}"),
        says=[
            (
                'services/shop.yaml: rule "shop-queue": is P1 and wakes people, and nobody says how often the check '
                "http.can_connect runs; write how often the check runs, like every: 15s (detection-known)"
            ),
        ],
    ),
    case(
        "a rule that wakes by a check as a raw query is refused",
        *waking_signal(f"query: {{query: {RAW}, above: 2, when-silent: show}}"),
        says=[
            (
                'services/shop.yaml: rule "shop-queue": is P1 and wakes people, and its query tells no time; write '
                "service-check, and how often the check runs, like every: 15s (detection-known)"
            ),
        ],
    ),
    case("a check that runs as its author says is known", *waking_signal(f"service-check: {{{CHECK}, every: 15s}}")),
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


@pytest.mark.parametrize("case", CASES)
def test_detection_known(case: Case) -> None:
    assert case.found("detection-known") == case.says
