"""A metric of Datadog against what its own past lets expect."""

from __future__ import annotations

from tests.signals.case import BrokenSignal, SignalCase, SuspectSignal, reaggregated, waiting

WORDS = "avg: trace.request, where: {service: shop}, over: 15m, at-least: 100%, bounds: 3, algorithm: basic"

CASE = SignalCase(
    word="anomaly",
    rules="""
  - id: shop-unusual
    title: Requests take unusually long
    severity: P2
    means: People wait longer than they are used to.
    anomaly: {avg: trace.request, where: {service: shop}, by: [env, service], over: 30m, at-least: 80%,
              direction: above, bounds: 2.5, algorithm: agile, seasonality: weekly, points-every: 5m,
              empty-is-zero: false, recovers-over: 15m, recovers-at: 10%, when-silent: show}
  - id: shop-odd
    title: Requests are odd
    severity: P3
    means: Something is different.
    anomaly: {avg: trace.request, over: 15m, at-least: 100%, bounds: 3, algorithm: basic, when-silent: show}
""",
    declares={
        "shop-unusual": (["Monitor"], "an anomaly with every word"),
        "shop-odd": (["Monitor"], "an anomaly"),
    },
    queries={
        "shop-unusual": (
            "avg(last_150m):anomalies(avg:trace.request{env:prod,service:shop} by {env,service}, 'agile', 2.5, "
            "direction='above', interval=300, alert_window='last_30m', count_default_zero='false', "
            "seasonality='weekly') >= 0.8"
        ),
        "shop-odd": (
            "avg(last_75m):anomalies(avg:trace.request{env:prod}, 'basic', 3, direction='both', interval=60, "
            "alert_window='last_15m', count_default_zero='true') >= 1"
        ),
    },
    rewords={
        **reaggregated("shop-odd", "avg", "trace.request"),
        "avg": ("shop-odd", {"avg": "trace.other"}),
        **waiting("shop-unusual", "env"),
        "where": ("shop-unusual", {"where": None}),
        "by": ("shop-unusual", {"by": ["service"]}),
        "over": ("shop-odd", {"over": "20m"}),
        "at-least": ("shop-unusual", {"at-least": "90%"}),
        "direction": ("shop-unusual", {"direction": "below"}),
        "bounds": ("shop-odd", {"bounds": 2}),
        "algorithm": ("shop-unusual", {"algorithm": "robust"}),
        "seasonality": ("shop-unusual", {"seasonality": "daily"}),
        "points-every": ("shop-unusual", {"points-every": "2m"}),
        "empty-is-zero": ("shop-unusual", {"empty-is-zero": True}),
        "recovers-over": ("shop-unusual", {"recovers-over": "20m"}),
        "recovers-at": ("shop-unusual", {"recovers-at": "5%"}),
    },
    sentences={
        "shop-unusual": (
            "avg of trace.request where service is shop for one env and service above its weekly agile bounds of 2.5 "
            "deviations with at least 80% of its points over 30m"
        ),
        "shop-odd": (
            "avg of trace.request outside of its basic bounds of 3 deviations with at least 100% of its points over 15m"
        ),
    },
    detected={
        "an anomaly, of which no bound is known": (
            {"avg": "cpu", "over": "15m", "at-least": "100%", "bounds": 3, "algorithm": "basic"},
            None,
        ),
    },
    broken=(
        BrokenSignal(
            "an anomaly with no threshold",
            "anomaly: {avg: trace.request, over: 15m, bounds: 3, algorithm: basic}",
            "anomaly: has no threshold; write one of at-least (shape)",
        ),
        BrokenSignal(
            "an anomaly without the season of its algorithm",
            "anomaly: {avg: trace.request, over: 15m, at-least: 100%, bounds: 3, algorithm: agile}",
            "anomaly.seasonality: the algorithm agile needs to know what repeats; write seasonality: hourly, daily or "
            "weekly (shape)",
        ),
        BrokenSignal(
            "an anomaly with a season that its algorithm does not know",
            f"anomaly: {{{WORDS}, seasonality: daily}}",
            "anomaly.seasonality: the algorithm basic knows no seasons; take seasonality out (shape)",
        ),
        BrokenSignal(
            "an anomaly that could fire and recover at once",
            "anomaly: {avg: trace.request, over: 4h, at-least: 50%, bounds: 3, algorithm: basic, recovers-over: 2h}",
            'anomaly.recovers-over: could fire and recover at once over "2h"; write 121m to 4h (shape)',
        ),
        BrokenSignal(
            "an anomaly whose recovery forgives too much for its window",
            "anomaly: {avg: trace.request, over: 1h, at-least: 50%, bounds: 2, algorithm: basic, recovers-at: 25%, "
            "recovers-over: 30m}",
            'anomaly.recovers-over: could fire and recover at once over "30m"; write 41m to 1h (shape)',
        ),
        BrokenSignal(
            "an anomaly with fewer points than Datadog takes",
            f"anomaly: {{{WORDS}, points-every: 5m}}",
            "anomaly.points-every: looks at a point every 5m over 15m of a metric that is sent every 10s; write "
            "points-every: 10s, and over: 5m or longer (shape)",
        ),
        BrokenSignal(
            "an anomaly over longer than Datadog's editor takes",
            "anomaly: {avg: trace.request, over: 2d, at-least: 100%, bounds: 3, algorithm: basic}",
            'anomaly.over: "2d" is not a window that Datadog takes of anomalies; write whole minutes, 5m to 1d (shape)',
        ),
    ),
    suspect=(
        SuspectSignal(
            "an anomaly that does not say what silence means",
            f"anomaly: {{{WORDS}}}",
            "no-data-decided",
            "does not say what it means when no data arrives; write when-silent: alert, resolve or show",
        ),
        SuspectSignal(
            "an anomaly that recovers at the share at which it fires",
            f"anomaly: {{{WORDS}, recovers-at: 100%, when-silent: show}}",
            "recovery-side",
            'recovers at "100%", which is not below "100%"; write a value below the threshold, or leave recovers-at '
            "out",
        ),
    ),
)
