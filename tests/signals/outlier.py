"""A group of a Datadog metric that behaves unlike the others."""

from __future__ import annotations

from tests.signals.case import BrokenSignal, SignalCase, SuspectSignal, reaggregated, waiting

CASE = SignalCase(
    word="outlier",
    rules="""
  - id: shop-unlike
    title: One part of the shop is slower than the others
    severity: P2
    means: Some people wait longer than others.
    outlier: {avg: trace.request, by: [service, env], over: 10m, algorithm: MAD, tolerance: 3, share: 20%,
              new-groups-after: 5m, when-silent: show}
""",
    declares={"shop-unlike": (["Monitor"], "an outlier")},
    queries={"shop-unlike": ("avg(last_10m):outliers(avg:trace.request{env:prod} by {service,env}, 'MAD', 3, 20) > 0")},
    rewords={
        **reaggregated("shop-unlike", "avg", "trace.request"),
        "avg": ("shop-unlike", {"avg": "trace.other"}),
        **waiting("shop-unlike", "service"),
        "where": ("shop-unlike", {"where": {"service": "shop"}}),
        "by": ("shop-unlike", {"by": ["env"]}),
        "over": ("shop-unlike", {"over": "20m"}),
        "algorithm": ("shop-unlike", {"algorithm": "scaledMAD"}),
        "tolerance": ("shop-unlike", {"tolerance": 2}),
        "share": ("shop-unlike", {"share": "30%"}),
    },
    sentences={
        "shop-unlike": (
            "avg of trace.request for one service and env unlike the others over 10m (MAD, tolerance 3, 20% of its "
            "points), a new group not before 5m"
        )
    },
    detected={
        "an outlier, of which no bound is known": (
            {"avg": "cpu", "by": ("host",), "over": "15m", "tolerance": 3},
            None,
        ),
    },
    broken=(
        BrokenSignal(
            "an outlier among nothing",
            "outlier: {avg: trace.request, over: 10m, tolerance: 3}",
            "outlier: has no groups of which one could be unlike the others; write by, like by: [host] (shape)",
        ),
        BrokenSignal(
            "an outlier by points without their share",
            "outlier: {avg: trace.request, by: [service], over: 10m, algorithm: MAD, tolerance: 3}",
            'outlier.share: the algorithm "MAD" needs a share of points; write share: 20% (shape)',
        ),
        BrokenSignal(
            "an outlier by series with a share of points",
            "outlier: {avg: trace.request, by: [service], over: 10m, tolerance: 3, share: 20%}",
            'outlier.share: the algorithm "DBSCAN" takes no share of points; take share out (shape)',
        ),
        BrokenSignal(
            "an outlier that tolerates nothing",
            "outlier: {avg: trace.request, by: [service], over: 10m, tolerance: 0}",
            'outlier.tolerance: a tolerance of "0" makes every group an outlier; write more, like 3 (shape)',
        ),
    ),
    suspect=(
        SuspectSignal(
            "an outlier among two groups",
            "outlier: {avg: trace.request, by: [service], over: 10m, tolerance: 3, when-silent: show}",
            "can-fire",
            "can never fire, since it compares 3 groups or more, and there are 2; split it by a tag with more values",
        ),
    ),
)
