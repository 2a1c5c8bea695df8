"""Metrics of Datadog added up, less others."""

from __future__ import annotations

from tests.signals.case import BrokenSignal, SignalCase, SuspectSignal, waiting

TWO = "of: [{avg: trace.request}, {max: trace.request}]"

CASE = SignalCase(
    word="total",
    rules="""
  - id: shop-lost-orders
    title: Orders get lost
    severity: P2
    means: Orders get lost.
    total: {of: {sum: orders.all}, minus: {sum: orders.good}, by: [env], over: 10m, above: 20, recovers-at: 5,
            when-silent: show}
  - id: shop-whole-time
    title: Both parts take long
    severity: P2
    means: People wait.
    total: {of: [{max: trace.request, where: {service: shop}}, {avg: trace.request}], by: [env, service], over: 1h,
            at-least: 3s, when-silent: resolve}
  - id: shop-few-orders
    title: Few orders come
    severity: P2
    means: People do not order.
    total: {of: [{sum: orders.good}, {sum: orders.all}], over: 5m, below: 20, empty-is-zero: false, when-silent: alert}
""",
    declares={
        "shop-lost-orders": (["Monitor"], "a difference of counts"),
        "shop-whole-time": (["Monitor"], "a total of times"),
        "shop-few-orders": (["Monitor"], "a total of counts"),
    },
    queries={
        "shop-lost-orders": (
            "sum(last_10m):default_zero(sum:orders.all{env:prod} by {env}.as_count())"
            " - default_zero(sum:orders.good{env:prod} by {env}.as_count()) > 20"
        ),
        "shop-whole-time": (
            "avg(last_1h):max:trace.request{env:prod,service:shop} by {env,service}"
            " + avg:trace.request{env:prod} by {env,service} >= 3"
        ),
        "shop-few-orders": (
            "sum(last_5m):sum:orders.good{env:prod}.as_count() + sum:orders.all{env:prod}.as_count() < 20"
        ),
    },
    rewords={
        **waiting("shop-whole-time", "env"),
        "resolves-after": ("shop-lost-orders", {"resolves-after": "2h"}),
        "of": ("shop-whole-time", {"of": [{"max": "trace.other"}, {"avg": "trace.other"}]}),
        "minus": ("shop-lost-orders", {"minus": [{"sum": "orders.good"}, {"sum": "orders.good"}]}),
        "by": ("shop-whole-time", {"by": ["service"]}),
        "over": ("shop-whole-time", {"over": "2h"}),
        "above": ("shop-lost-orders", {"above": 21}),
        "at-least": ("shop-whole-time", {"at-least": "4s"}),
        "below": ("shop-few-orders", {"below": 21}),
        "at-most": ("shop-few-orders", {"below": None, "at-most": 20}),
        "recovers-at": ("shop-lost-orders", {"recovers-at": 6}),
        "empty-is-zero": ("shop-few-orders", {"empty-is-zero": True, "when-silent": "show"}),
    },
    sentences={
        "shop-lost-orders": "sum of orders.all minus sum of orders.good, for one env above 20 over 10m",
        "shop-whole-time": (
            "max of trace.request where service is shop plus avg of trace.request, for one env and service at or above "
            "3s over 1h"
        ),
        "shop-few-orders": "sum of orders.good plus sum of orders.all, below 20 over 5m",
    },
    detected={
        "a total's window": ({"of": ({"sum": "a"}, {"sum": "b"}), "over": "10m", "above": 5}, 660),
    },
    broken=(
        BrokenSignal(
            "a total with no threshold",
            f"total: {{{TWO}, over: 10m}}",
            "total: has no threshold; write one of above, at-least, below, at-most (shape)",
        ),
        BrokenSignal(
            "a total of one metric",
            "total: {of: {avg: trace.request}, over: 10m, above: 2s}",
            "total.of: has one metric alone; write metric, or name another one to add or take away (shape)",
        ),
        BrokenSignal(
            "a total of times with a number for a threshold",
            f"total: {{{TWO}, over: 10m, above: 2}}",
            'total.above: "2" is a count, and the total is a time; write a time, like 2s (shape)',
        ),
        BrokenSignal(
            "a total of more terms than a query holds",
            f"total: {{of: [{', '.join(['{avg: trace.request}'] * 21)}], over: 10m, above: 2s}}",
            "total: calculates with 21 terms; write at most 20, or send one metric that holds their sum (shape)",
        ),
        BrokenSignal(
            "a total that takes away what it adds up",
            "total: {of: {avg: trace.request}, minus: {avg: trace.request, where: {}}, over: 10m, above: 2s}",
            "total.minus: takes away avg of trace.request, which is added up by of; take it out of both, or let "
            "where tell them apart (shape)",
        ),
        BrokenSignal(
            "a total of percentiles",
            "total: {of: [{p95: trace.request}, {avg: trace.request}], over: 10m, above: 2s}",
            "total.of.1.p95: p95 of a window is no part of a total: Datadog would average percentiles of points; write "
            "avg, min, max or sum (shape)",
        ),
        BrokenSignal(
            "a total by a tag that nobody sends",
            f"total: {{{TWO}, by: [host], over: 10m, above: 2s}}",
            'total.by.1: metric "trace.request" sends no tag "host"; there is env, service; if it is sent, declare it '
            "in platform.yaml under the tags of the metric, as host: {} (shape)",
        ),
    ),
    suspect=(
        SuspectSignal(
            "a total of counts that is always reached",
            "total: {of: [{sum: orders.good}, {sum: orders.all}], over: 10m, at-least: 0, when-silent: show}",
            "can-fire",
            'fires always at or above "0", since the value lies at 0 or above; write a value inside that',
        ),
    ),
)
