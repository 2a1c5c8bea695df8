"""What the check rate-traffic finds, and what it lets pass."""

from __future__ import annotations

import pytest

from tests.checks.good import Case, case, platform, shop

QUEUE = 'query: {query: "avg(last_5m):avg:trace.request{env:prod} by {page}", above: 3, when-silent: resolve}'
RATIO = "ratio: {of: {sum: orders.good}, to: {sum: orders.all}, over: 10m, above: 5%, when-silent: show}"
CASES = [
    case(
        "a rate without a minimum of traffic is refused",
        shop(", at-least: 100 events", ""),
        says=[
            (
                'services/shop.yaml: rule "shop-error-rate": is a rate without a minimum of traffic, so one failure '
                "at night is 100%; write at-least: 100 events (rate-traffic)"
            ),
        ],
    ),
    case(
        "a rate on a project of unknown traffic is refused",
        platform("      quietest-per-minute: 15\n", ""),
        says=[
            (
                'services/shop.yaml: rule "shop-error-rate": needs "100 events", and nobody says how quiet "web" can '
                "be; write quietest-per-minute of the project (rate-traffic)"
            ),
        ],
    ),
    case(
        "a window that is too quiet is refused",
        platform("quietest-per-minute: 15", "quietest-per-minute: 9.5"),
        says=[
            (
                'services/shop.yaml: rule "shop-error-rate": its window holds 95 events at the quietest, and '
                'it needs "100 events"; write a longer window, or a smaller at-least (rate-traffic)'
            ),
        ],
    ),
    case("a window that is just busy enough is right", platform("quietest-per-minute: 15", "quietest-per-minute: 10")),
    case(
        "a percentile needs no minimum",
        shop("measure: failure_rate, over: 10m, above: 5%, at-least: 100 events", "measure: p95, over: 10m, above: 5s"),
    ),
    case(
        "a share of counts without a minimum of traffic is refused",
        shop(QUEUE, RATIO),
        says=[
            (
                'services/shop.yaml: rule "shop-queue": is a rate without a minimum of traffic, so one failure at '
                "night is 100%; write min-traffic: 100 (rate-traffic)"
            ),
        ],
    ),
    case(
        "a share of counts of which nobody says how quiet they are is refused",
        shop(QUEUE, RATIO.replace("over", "min-traffic: 100, over")),
        says=[
            (
                'services/shop.yaml: rule "shop-queue": needs "100", and nobody says how quiet "orders.all" can be; '
                "write quietest-per-minute of the metric (rate-traffic)"
            ),
        ],
    ),
    case(
        "a share of counts in a window that is too quiet is refused",
        shop(QUEUE, RATIO.replace("over", "min-traffic: 100, over")),
        platform("sent-by: the till", "sent-by: the till\n      quietest-per-minute: 9"),
        says=[
            (
                'services/shop.yaml: rule "shop-queue": its window holds 90 events at the quietest, and it needs '
                '"100"; write a longer window, or a smaller min-traffic (rate-traffic)'
            ),
        ],
    ),
    case(
        "a share of counts with traffic enough is right",
        shop(QUEUE, RATIO.replace("over", "min-traffic: 100, over")),
        platform("sent-by: the till", "sent-by: the till\n      quietest-per-minute: 10"),
    ),
    case("so many of one for each of another need no traffic", shop(QUEUE, RATIO.replace("5%", "5"))),
    case(
        "an objective that one failed event at night fires is refused",
        platform("sent-by: the till", "sent-by: the till\n      quietest-per-minute: 0.2"),
        says=[
            (
                'services/shop.yaml: rule "shop-orders": one failed event of the 576 that 48h hold at the quietest '
                "burns its budget 1.74 times too fast, and it fires above 1.5; write a lower objective, or count "
                "failures with metric (rate-traffic)"
            ),
        ],
    ),
    case(
        "an objective with traffic enough is right",
        platform("sent-by: the till", "sent-by: the till\n      quietest-per-minute: 0.3"),
    ),
]


@pytest.mark.parametrize("one", CASES)
def test_rate_traffic(one: Case) -> None:
    assert one.found("rate-traffic") == one.says
