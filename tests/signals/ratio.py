"""Metrics of Datadog divided by others."""

from __future__ import annotations

from tests.signals.case import BrokenSignal, SignalCase, SuspectSignal, waiting

REST = "over: 10m, above: 5%, when-silent: show"

CASE = SignalCase(
    word="ratio",
    rules="""
  - id: shop-failing-share
    title: Too large a share of orders fails
    severity: P2
    means: People cannot order.
    ratio: {of: {sum: orders.all}, minus: {sum: orders.good}, to: {sum: orders.all}, by: [env], over: 10m, above: 5%,
            recovers-at: 3%, min-traffic: 100, new-groups-after: 5m, when-silent: show}
  - id: shop-slow-share
    title: The slowest request is far from the others
    severity: P2
    means: Some people wait much longer than others.
    ratio: {of: {max: trace.request, where: {service: shop}}, to: {avg: trace.request}, by: [env, service], over: 1h,
            at-least: 20, when-silent: resolve}
  - id: shop-good-share
    title: Few orders of all are good
    severity: P2
    means: Orders fail.
    ratio: {of: {sum: orders.good}, to: [{sum: orders.good}, {sum: orders.all}], over: 5m, below: 20%,
            empty-is-zero: false, when-silent: alert}
""",
    declares={
        "shop-failing-share": (["Monitor"], "a share of counts"),
        "shop-slow-share": (["Monitor"], "a ratio of times"),
        "shop-good-share": (["Monitor"], "a share of two counts"),
    },
    queries={
        "shop-failing-share": (
            "sum(last_10m):(default_zero(sum:orders.all{env:prod} by {env}.as_count())"
            " - default_zero(sum:orders.good{env:prod} by {env}.as_count()))"
            " / sum:orders.all{env:prod} by {env}.as_count() > 0.05"
        ),
        "shop-slow-share": (
            "avg(last_1h):max:trace.request{env:prod,service:shop} by {env,service}"
            " / avg:trace.request{env:prod} by {env,service} >= 20"
        ),
        "shop-good-share": (
            "sum(last_5m):sum:orders.good{env:prod}.as_count()"
            " / (sum:orders.good{env:prod}.as_count() + sum:orders.all{env:prod}.as_count()) < 0.2"
        ),
    },
    rewords={
        **waiting("shop-slow-share", "env"),
        "resolves-after": ("shop-failing-share", {"resolves-after": "2h"}),
        "of": ("shop-slow-share", {"of": {"max": "trace.other"}}),
        "minus": ("shop-failing-share", {"minus": None, "of": {"sum": "orders.good"}}),
        "to": ("shop-slow-share", {"to": {"avg": "trace.other"}}),
        "by": ("shop-slow-share", {"by": ["service"]}),
        "over": ("shop-slow-share", {"over": "2h"}),
        "above": ("shop-failing-share", {"above": "6%"}),
        "at-least": ("shop-slow-share", {"at-least": 21}),
        "below": ("shop-good-share", {"below": "30%"}),
        "at-most": ("shop-good-share", {"below": None, "at-most": "20%"}),
        "recovers-at": ("shop-failing-share", {"recovers-at": "2%"}),
        "empty-is-zero": ("shop-good-share", {"empty-is-zero": True, "when-silent": "show"}),
    },
    sentences={
        "shop-failing-share": (
            "sum of orders.all minus sum of orders.good, divided by sum of orders.all, for one env above 5% over 10m, "
            "a new group not before 5m"
        ),
        "shop-slow-share": (
            "max of trace.request where service is shop, divided by avg of trace.request, for one env and service at "
            "or above 20 over 1h"
        ),
        "shop-good-share": (
            "sum of orders.good, divided by sum of orders.good plus sum of orders.all, below 20% over 5m"
        ),
    },
    detected={
        "a ratio's window": ({"of": {"sum": "a"}, "to": {"sum": "b"}, "over": "10m", "above": 5}, 660),
        "a ratio of late data": (
            {"of": {"sum": "a"}, "to": {"sum": "b"}, "over": "10m", "arrives-after": "15m", "above": 5},
            1_560,
        ),
    },
    broken=(
        BrokenSignal(
            "a ratio with no threshold",
            "ratio: {of: {max: trace.request}, to: {avg: trace.request}, over: 10m}",
            "ratio: has no threshold; write one of above, at-least, below, at-most (shape)",
        ),
        BrokenSignal(
            "a ratio with a time for a threshold",
            "ratio: {of: {max: trace.request}, to: {avg: trace.request}, over: 10m, above: 2s}",
            'ratio.above: "2s" is a time, and the ratio is a share; write a share, like 5% (shape)',
        ),
        BrokenSignal(
            "a ratio of percentiles",
            f"ratio: {{of: {{p95: trace.request}}, to: {{avg: trace.request}}, {REST}}}",
            "ratio.of.p95: p95 of a window is no part of a ratio: Datadog would average percentiles of points; "
            "write avg, min, max or sum (shape)",
        ),
        BrokenSignal(
            "a ratio over longer than Datadog looks back",
            "ratio: {of: {max: trace.request}, to: {avg: trace.request}, over: 8d, above: 5%}",
            'ratio.over: "8d" is not a window that Datadog takes; write whole minutes, 1m to 1w (shape)',
        ),
        BrokenSignal(
            "a ratio by a tag that nobody sends",
            f"ratio: {{of: {{max: trace.request}}, to: {{avg: trace.request}}, by: [host], {REST}}}",
            'ratio.by.1: metric "trace.request" sends no tag "host"; there is env, service; if it is sent, declare it '
            "in platform.yaml under the tags of the metric, as host: {} (shape)",
        ),
        BrokenSignal(
            "a ratio of a metric to itself",
            f"ratio: {{of: {{avg: trace.request}}, to: {{avg: trace.request}}, {REST}}}",
            "ratio.to: divides a metric by itself, which is always 100%; let to be the whole (shape)",
        ),
        BrokenSignal(
            "a ratio that needs no traffic",
            f"ratio: {{of: {{max: trace.request}}, to: {{avg: trace.request}}, min-traffic: 0, {REST}}}",
            'ratio.min-traffic: "0" is no traffic; write 1 or more, like 100 (shape)',
        ),
    ),
    suspect=(
        SuspectSignal(
            "a ratio of counts that is always reached",
            "ratio: {of: {sum: orders.good}, to: {sum: orders.all}, over: 10m, at-least: 0, when-silent: show}",
            "can-fire",
            'fires always at or above "0", since the value lies at 0 or above; write a value inside that',
        ),
    ),
)
