"""What Datadog's APM measures of a service."""

from __future__ import annotations

from tests.signals.case import BrokenSignal, SignalCase, SuspectSignal, waiting

WEB = "service: web, operation: rack.request"

CASE = SignalCase(
    word="trace",
    rules="""
  - id: shop-web-slow
    title: The web answers slowly
    severity: P1
    means: People wait.
    trace: {service: web, operation: rack.request, measure: p95, by: [resource_name, version], over: 10m, above: 2s,
            recovers-at: 1500ms, when-silent: resolve}
  - id: shop-web-failing
    title: The web fails
    severity: P2
    means: People see errors.
    trace: {service: web, operation: rack.request, resource: get_/cart, measure: error-rate, over: 15m, at-least: 5%,
            min-traffic: 100, when-silent: show}
  - id: shop-web-quiet
    title: Hardly anybody asks the web
    severity: P2
    means: People do not get to us.
    trace: {service: web, operation: rack.request, measure: hits, over: 5m, below: 10, when-silent: alert}
  - id: shop-web-errors
    title: The web makes many errors
    severity: P2
    means: People see errors.
    trace: {service: web, operation: rack.request, measure: errors, over: 1h, at-most: 0, when-silent: alert}
""",
    declares={
        "shop-web-slow": (["Monitor"], "a latency of traces"),
        "shop-web-failing": (["Monitor"], "a share of requests that fail"),
        "shop-web-quiet": (["Monitor"], "a count of requests"),
        "shop-web-errors": (["Monitor"], "a count of errors in traces"),
    },
    queries={
        "shop-web-slow": (
            "percentile(last_10m):p95:trace.rack.request{env:prod,service:web} by {resource_name,version} > 2"
        ),
        "shop-web-failing": (
            "sum(last_15m):default_zero(sum:trace.rack.request.errors"
            "{env:prod,resource_name:get_/cart,service:web}.as_count())"
            " / sum:trace.rack.request.hits{env:prod,resource_name:get_/cart,service:web}.as_count() >= 0.05"
        ),
        "shop-web-quiet": "sum(last_5m):sum:trace.rack.request.hits{env:prod,service:web}.as_count() < 10",
        "shop-web-errors": "sum(last_1h):sum:trace.rack.request.errors{env:prod,service:web}.as_count() <= 0",
    },
    rewords={
        **waiting("shop-web-slow", "version", silent="show"),
        "resolves-after": ("shop-web-failing", {"resolves-after": "2h"}),
        "service": ("shop-web-slow", {"service": "api"}),
        "operation": ("shop-web-slow", {"operation": "rails.request"}),
        "resource": ("shop-web-failing", {"resource": None}),
        "measure": ("shop-web-slow", {"measure": "p99"}),
        "by": ("shop-web-slow", {"by": ["version"]}),
        "over": ("shop-web-slow", {"over": "11m"}),
        "above": ("shop-web-slow", {"above": "3s"}),
        "at-least": ("shop-web-failing", {"at-least": "6%"}),
        "below": ("shop-web-quiet", {"below": 11}),
        "at-most": ("shop-web-errors", {"at-most": 1}),
        "recovers-at": ("shop-web-slow", {"recovers-at": "1s"}),
    },
    sentences={
        "shop-web-slow": ("p95 of rack.request of service web for one resource_name and version above 2s over 10m"),
        "shop-web-failing": ("error-rate of rack.request of service web, resource get_/cart at or above 5% over 15m"),
        "shop-web-quiet": "hits of rack.request of service web below 10 over 5m",
        "shop-web-errors": "errors of rack.request of service web at or below 0 over 1h",
    },
    detected={
        "a latency's window": (
            {"service": "web", "operation": "rack.request", "measure": "p95", "over": "10m", "above": "2s"},
            660,
        ),
    },
    broken=(
        BrokenSignal(
            "a trace with no threshold",
            f"trace: {{{WEB}, measure: p95, over: 10m}}",
            "trace: has no threshold; write one of above, at-least, below, at-most (shape)",
        ),
        BrokenSignal(
            "a latency with a number for a threshold",
            f"trace: {{{WEB}, measure: p95, over: 10m, above: 2}}",
            'trace.above: "2" is a count, and p95 is a time; write a time, like 2s (shape)',
        ),
        BrokenSignal(
            "a rate of errors with a number for a threshold",
            f"trace: {{{WEB}, measure: error-rate, over: 10m, above: 5}}",
            'trace.above: "5" is a count, and error-rate is a share; write a share, like 5% (shape)',
        ),
        BrokenSignal(
            "a trace over longer than Datadog looks back",
            f"trace: {{{WEB}, measure: p95, over: 8d, above: 2s}}",
            'trace.over: "8d" is not a window that Datadog takes; write whole minutes, 1m to 1w (shape)',
        ),
        BrokenSignal(
            "a trace by what it names already",
            f"trace: {{{WEB}, measure: p95, by: [service], over: 10m, above: 2s}}",
            'trace.by.1: is split by "service", of which its words name one value; take it out, or split by another '
            "tag, like resource_name (shape)",
        ),
        BrokenSignal(
            "an operation that no span is called",
            "trace: {service: web, operation: Rack Request, measure: p95, over: 10m, above: 2s}",
            'trace.operation: "Rack Request" is not the name of an operation at Datadog; write small letters, digits, '
            "_ and dots, at most 100, like rack.request (shape)",
        ),
        BrokenSignal(
            "a resource as it is sent, and not as Datadog keeps it",
            f"trace: {{{WEB}, resource: GET /cart, measure: p95, over: 10m, above: 2s}}",
            'trace.resource: "GET /cart" is not a tag value at Datadog; Datadog stores it as "get_/cart" (shape)',
        ),
        BrokenSignal(
            "traffic of a latency",
            f"trace: {{{WEB}, measure: p95, min-traffic: 100, over: 10m, above: 2s}}",
            "trace.min-traffic: p95 needs no minimum of traffic; take min-traffic out, or write measure: error-rate "
            "(shape)",
        ),
        BrokenSignal(
            "a rate of errors whose silence resolves",
            f"trace: {{{WEB}, measure: error-rate, min-traffic: 100, over: 10m, above: 5%, when-silent: resolve}}",
            "trace.when-silent: counts no data as 0, and Datadog refuses when-silent: resolve beside that; write "
            "when-silent: show, and measure hits by a rule of its own (shape)",
        ),
        BrokenSignal(
            "a rate of errors that alerts when silent",
            f"trace: {{{WEB}, measure: error-rate, min-traffic: 100, over: 10m, above: 5%, when-silent: alert}}",
            "trace.when-silent: counts no data as 0, and Datadog refuses when-silent: alert beside that; write "
            "when-silent: show, and measure hits by a rule of its own (shape)",
        ),
    ),
    suspect=(
        SuspectSignal(
            "a rate of errors that can never be reached",
            f"trace: {{{WEB}, measure: p95, over: 10m, below: 0s, when-silent: show}}",
            "can-fire",
            'can never fire below "0s", since the value lies at 0 or above; write a value inside that',
        ),
        SuspectSignal(
            "a rate of errors without a minimum of traffic",
            f"trace: {{{WEB}, measure: error-rate, over: 10m, above: 5%, when-silent: show}}",
            "rate-traffic",
            "is a rate without a minimum of traffic, so one failure at night is 100%; write min-traffic: 100",
        ),
        SuspectSignal(
            "a rate of errors of which nobody says how quiet it can be",
            f"trace: {{{WEB}, measure: error-rate, min-traffic: 100, over: 10m, above: 5%, when-silent: show}}",
            "rate-traffic",
            'needs "100", and nobody says how quiet "trace.rack.request.hits" can be; write quietest-per-minute of the '
            "metric",
        ),
        SuspectSignal(
            "requests that fall to none, and then send nothing",
            f"trace: {{{WEB}, measure: hits, over: 10m, below: 5, when-silent: show}}",
            "can-fire",
            "does not fire when nothing at all is counted, because then no data come and nothing is compared; write "
            "when-silent: alert",
        ),
        SuspectSignal(
            "a latency by something that is about a person",
            f"trace: {{{WEB}, measure: p95, by: [usr.email], over: 10m, above: 2s, when-silent: show}}",
            "personal-data",
            'is split by "usr.email", which is about a person, and each page names one; split it by something else',
        ),
    ),
)
