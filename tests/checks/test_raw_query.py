"""What the check raw-query finds, and what it lets pass."""

from __future__ import annotations

import pytest

from tests.checks.good import Case, case, shop

CASES = [
    case(
        "a comparison in the query is refused",
        shop("by {page}", "by {page} > 3"),
        says=[
            (
                'services/shop.yaml: rule "shop-queue": the query ends in a comparison; write only above or below '
                "(raw-query)"
            ),
        ],
    ),
    case(
        "a form that datadog does not take is refused",
        shop("avg(last_5m):avg:", "mean(5m):avg:"),
        says=[
            (
                'services/shop.yaml: rule "shop-queue": the query has no form that datadog takes; begin it like '
                "avg(last_5m): or logs( (raw-query)"
            ),
        ],
    ),
    case(
        "a metric that nobody sends is refused",
        shop("avg:trace.request{", "avg:trace.requests{"),
        says=[
            (
                'services/shop.yaml: rule "shop-queue": nobody sends the metric "trace.requests"; did you mean '
                '"trace.request"? (raw-query)'
            ),
        ],
    ),
    case(
        "a tag that the metric does not carry is refused",
        shop("{env:prod}", "{env:prod,pagee:cart}"),
        says=[
            (
                'services/shop.yaml: rule "shop-queue": metric "trace.request" sends no tag "pagee"; did you mean '
                '"page"? (raw-query)'
            ),
        ],
    ),
    case(
        "a group that the metric does not carry is refused",
        shop("by {page}", "by {pages}"),
        says=[
            (
                'services/shop.yaml: rule "shop-queue": metric "trace.request" sends no tag "pages"; did you mean '
                '"page"? (raw-query)'
            ),
        ],
    ),
    case(
        "brackets that stay open are refused",
        shop("{env:prod} by {page}", "{env:prod} by {page"),
        says=[
            'services/shop.yaml: rule "shop-queue": the query has 2 "{" and 1 "}"; close what is open (raw-query)',
        ],
    ),
    case(
        "a query over logs is taken as it is",
        shop(
            "avg(last_5m):avg:trace.request{env:prod} by {page}",
            'logs(\\"status:error\\").index(\\"main\\").rollup(\\"count\\").last(\\"5m\\")',
        ),
    ),
]


@pytest.mark.parametrize("one", CASES)
def test_raw_query(one: Case) -> None:
    assert one.found("raw-query") == one.says
