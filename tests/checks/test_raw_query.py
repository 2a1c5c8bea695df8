"""What the check raw-query finds, and what it lets pass."""

from __future__ import annotations

import pytest

from tests.checks.good import Case, case, shop

OLD = """query: "avg(last_5m):avg:trace.request{env:prod} by {page}", above: 3, when-silent: resolve}"""
CHECK = """query: '"shop.up".over("env:prod").by("host").last(3).count_by_status()', above: 2, when-silent: show}"""
LOGS = """query: "logs(\\"{}\\").rollup(\\"count\\").last(\\"5m\\")", above: 3, when-silent: resolve}}"""


def query(function: str) -> str:
    """The shop's query as an anomaly or a forecast."""
    return {
        "anomaly": "avg(last_4h):anomalies(avg:trace.request{env:prod}, 'agile', 2, direction='both')",
        "forecast": "max(next_1w):forecast(avg:trace.request{env:prod}, 'linear', 1, history='1w')",
    }[function]


CASES = [
    case(
        "a comparison in the query is refused",
        shop("by {page}", "by {page} > 3"),
        says=[
            (
                'services/shop.yaml: rule "shop-queue": the query ends in a comparison; write only the threshold, '
                "like above: 100 (raw-query)"
            ),
        ],
    ),
    case(
        "a form that nobody knows is reported",
        shop("avg(last_5m):avg:", "mean(5m):avg:"),
        says=[
            (
                'services/shop.yaml: rule "shop-queue": the query begins like none that is known here, so nobody sees '
                "what it filters and groups by; begin it like avg(last_5m): or logs( (raw-query)"
            ),
        ],
    ),
    case(
        "a query that is not read to its end is reported",
        shop("by {page}", "by page"),
        says=[
            (
                'services/shop.yaml: rule "shop-queue": the query is not read to its end, it stops at "page", so '
                "nobody sees what it filters and groups by; write it like avg(last_5m):avg:NAME{env:prod} by {host} or "
                'logs("…").rollup("count").last("5m") (raw-query)'
            ),
        ],
    ),
    case(
        "a query that lacks what its form needs is reported with an example of that form",
        shop("avg(last_5m):avg:trace.request{env:prod} by {page}", 'events(\\"env:prod\\")'),
        says=[
            (
                'services/shop.yaml: rule "shop-queue": the query ends before all is said, so nobody sees what it '
                'filters and groups by; write it like events("env:prod").rollup("count").by("service").last("5m") '
                "(raw-query)"
            ),
        ],
    ),
    case(
        "a bracket in a phrase of a search opens nothing",
        shop(OLD, LOGS.format(r"env:prod \\\"failed :( or {\\\"")),
    ),
    case(
        "a search with a phrase that is not closed is refused",
        shop(OLD, LOGS.format(r"env:prod \\\"failed")),
        says=[
            (
                'services/shop.yaml: rule "shop-queue": the search in the query has a quote that is not closed; write '
                "it as in Datadog's search (raw-query)"
            ),
        ],
    ),
    case(
        "a search that closes what is not open is refused",
        shop(OLD, LOGS.format("env:prod status:error) AND (service:shop")),
        says=[
            (
                'services/shop.yaml: rule "shop-queue": the search in the query closes a bracket that is not open; '
                "write it as in Datadog's search (raw-query)"
            ),
        ],
    ),
    case(
        "two comparisons in one query are refused",
        shop("by {page}", "> 0 || avg(last_5m):avg:trace.request{env:prod}"),
        says=[
            (
                'services/shop.yaml: rule "shop-queue": the query compares or combines by itself at "> 0 || '
                'avg(last_5m):avg:trace."; write one rule for each comparison, and a composite over them (raw-query)'
            ),
        ],
    ),
    case(
        "a window that Datadog does not take is refused",
        shop("avg(last_5m):", "avg(last_3d):"),
        says=[
            (
                'services/shop.yaml: rule "shop-queue": Datadog does not take the window "3d" here; it takes 1m to '
                "10080m, 1h to 168h, 1d, 1w (raw-query)"
            ),
        ],
    ),
    case(
        "an anomaly is refused with the reason",
        shop("avg(last_5m):avg:trace.request{env:prod} by {page}", query("anomaly")),
        says=[
            (
                'services/shop.yaml: rule "shop-queue": the query cannot be declared: Datadog takes an anomaly only '
                "with a window to trigger and one to recover, and query has no word for them; write anomaly, which has "
                "both (raw-query)"
            ),
        ],
    ),
    case(
        "an objective by its id is refused",
        shop("avg(last_5m):avg:trace.request{env:prod} by {page}", 'error_budget(\\"x\\").over(\\"30d\\")'),
        says=[
            (
                'services/shop.yaml: rule "shop-queue": the query cannot be declared: it names an objective by its id '
                "at datadog; write slo, whose objective is declared with it (raw-query)"
            ),
        ],
    ),
    case(
        "a silence that is filled is not resolved",
        shop("avg:trace.request{env:prod} by {page}", "default_zero(avg:trace.request{env:prod})"),
        says=[
            (
                'services/shop.yaml: rule "shop-queue": default_zero fills every silence, and Datadog refuses '
                "when-silent: resolve beside it; write when-silent: show (raw-query)"
            ),
        ],
    ),
    case(
        "nobody is told of a silence that is filled",
        shop(OLD, 'query: "avg(last_5m):default_zero(avg:trace.request{env:prod})", above: 3, when-silent: alert}'),
        says=[
            (
                'services/shop.yaml: rule "shop-queue": default_zero fills every silence, and Datadog refuses '
                "when-silent: alert beside it; write when-silent: show (raw-query)"
            ),
        ],
    ),
    case(
        "a service check that looks at too few runs is refused",
        shop(OLD, CHECK.replace("above: 2", "above: 4")),
        says=[
            (
                'services/shop.yaml: rule "shop-queue": fires at more than 4 failed runs, and looks at the last 3; '
                "write last(6), or a smaller above (raw-query)"
            ),
        ],
    ),
    case(
        "a service check that counts downward is refused",
        shop(OLD, CHECK.replace("above: 2", "below: 2")),
        says=[
            (
                'services/shop.yaml: rule "shop-queue": a service check counts failed runs; write above, like above: 2 '
                "(raw-query)"
            ),
        ],
    ),
    case(
        "a service check does not resolve in silence",
        shop(OLD, CHECK.replace("silent: show", "silent: resolve")),
        says=[
            (
                'services/shop.yaml: rule "shop-queue": Datadog resolves no service check when its data stop; write '
                "when-silent: alert or show (raw-query)"
            ),
        ],
    ),
    case("a service check is taken", shop(OLD, CHECK)),
    case(
        "a forecast is taken",
        shop("avg(last_5m):avg:trace.request{env:prod} by {page}", query("forecast")),
    ),
    case("a change is taken", shop("avg(last_5m):", "pct_change(avg(last_5m),last_4h):")),
    case("a change within its own window is taken", shop("avg(last_5m):", "change(avg(last_5m),last_5m):")),
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
        "a search that breaks off is refused",
        shop(
            '"avg(last_5m):avg:trace.request{env:prod} by {page}", above: 3',
            """'logs("env:prod service:shop OR").rollup("count").last("5m")', above: 3""",
        ),
        says=[
            (
                'services/shop.yaml: rule "shop-queue": the search in the query has nothing after OR; '
                "write it as in Datadog's search (raw-query)"
            ),
        ],
    ),
    case(
        "a value that its tag never has is refused",
        shop("{env:prod}", "{env:prod,service:shopp}"),
        says=[
            (
                'services/shop.yaml: rule "shop-queue": the tag "service" of metric "trace.request" is never "shopp"; '
                'did you mean "shop"? (raw-query)'
            ),
        ],
    ),
    case(
        "so is one among alternatives",
        shop("{env:prod}", "{env:prod AND service IN (shop,sites)}"),
        says=[
            (
                'services/shop.yaml: rule "shop-queue": the tag "service" of metric "trace.request" is never "sites"; '
                'did you mean "site"? (raw-query)'
            ),
        ],
    ),
    case("a value that is left out need not be sent", shop("{env:prod}", "{env:prod,!service:cart}")),
    case("a pattern is no value", shop("{env:prod}", "{env:prod,service:sho*}")),
    case("a tag without a list has any value", shop("{env:prod}", "{env:prod,page:start}")),
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
    case(
        "signs and words in one filter are refused",
        shop("{env:prod}", "{env:prod AND !page:cart}"),
        says=[
            (
                'services/shop.yaml: rule "shop-queue": the filter "env:prod AND !page:cart" mixes , or ! with AND, '
                "OR, NOT or IN, and Datadog refuses that; write words alone, like env:prod AND NOT service:cart "
                "(raw-query)"
            ),
        ],
    ),
    case("commas in a list are no signs", shop("{env:prod}", "{env:prod AND page IN (cart,start)}")),
    case(
        "a function of charts alone is refused",
        shop("avg:trace.request{env:prod} by {page}", "autosmooth(avg:trace.request{env:prod} by {page})"),
        says=[
            ('services/shop.yaml: rule "shop-queue": Datadog takes autosmooth in no monitor; take it out (raw-query)'),
        ],
    ),
]


@pytest.mark.parametrize("one", CASES)
def test_raw_query(one: Case) -> None:
    assert one.found("raw-query") == one.says
