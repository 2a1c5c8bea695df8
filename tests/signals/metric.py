"""A metric of Datadog against a threshold."""

from __future__ import annotations

from tests.signals.case import BrokenSignal, SignalCase, SuspectSignal

CASE = SignalCase(
    word="metric",
    rules="""
  - id: shop-empty
    title: Nobody asks for anything
    severity: P2
    means: No request arrives.
    metric: {avg: trace.request, where: {service: shop}, by: [env, service], over: 2h, below: 10ms, when-silent: alert,
             new-groups-after: 5m, arrives-after: 15m, full-window: true, resolves-after: 3h,
             notifies-by: [service]}
""",
    declares={"shop-slow": (["Monitor"], "a metric"), "shop-empty": (["Monitor"], "a metric with every word")},
    queries={
        "shop-slow": "percentile(last_10m):p95:trace.request{env:prod,service:shop} > 2",
        "shop-empty": "avg(last_2h):avg:trace.request{env:prod,service:shop} by {env,service} < 0.01",
    },
    sentences={
        "shop-slow": "p95 of trace.request where service is shop above 2s over 10m",
        "shop-empty": (
            "avg of trace.request where service is shop for one env and service below 10ms over 2h, a new group not "
            "before 5m, looked at 15m later, once it has no gap, notified once for each service, resolved after 3h "
            "without data"
        ),
    },
    detected={
        "a metric's window": ({"avg": "cpu", "over": "15m", "above": 5}, 960),
        "a long window is looked at less": ({"avg": "cpu", "over": "1d", "above": 5}, 87_000),
    },
    broken=(
        BrokenSignal(
            "a metric with two aggregations",
            "metric: {p95: trace.request, avg: trace.request, over: 10m, above: 2s}",
            "metric: has 2 aggregations; write exactly one of avg, sum, min, max, p50, p75, p90, p95, p99 (shape)",
        ),
        BrokenSignal(
            "a metric with no threshold",
            "metric: {p95: trace.request, over: 10m}",
            "metric: has no threshold; write one of above, at-least, below, at-most (shape)",
        ),
        BrokenSignal(
            "a metric with two thresholds",
            "metric: {p95: trace.request, over: 10m, above: 2s, below: 1s}",
            "metric: has 2 thresholds; write one of above, at-least, below, at-most (shape)",
        ),
    ),
    suspect=(
        SuspectSignal(
            "a time is never below none",
            "metric: {avg: trace.request, where: {service: shop}, over: 10m, below: 0s, when-silent: alert}",
            "can-fire",
            'can never fire below "0s", since the value lies at 0 or above; write a value inside that',
        ),
    ),
)
