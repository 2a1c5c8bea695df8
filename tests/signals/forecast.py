"""A metric of Datadog that will pass a threshold, if it goes on as it does."""

from __future__ import annotations

from tests.signals.case import BrokenSignal, SignalCase, SuspectSignal, reaggregated, waiting

CASE = SignalCase(
    word="forecast",
    rules="""
  - id: shop-soon-slow
    title: The shop will be slow within a week
    severity: P3
    means: People will wait.
    forecast: {max: trace.request, where: {service: shop}, by: [env, service], within: 1w, at-least: 2s,
               recovers-at: 1s, history: 3d, reacts: reactive, deviations: 2, points-every: 30m, when-silent: show}
  - id: shop-soon-empty
    title: Nobody will come tomorrow
    severity: P3
    means: Something keeps people away.
    forecast: {avg: trace.request, within: 1d, at-most: 10ms, algorithm: seasonal, seasonality: daily,
               when-silent: show}
""",
    declares={
        "shop-soon-slow": (["Monitor"], "a linear forecast with every word"),
        "shop-soon-empty": (["Monitor"], "a seasonal forecast"),
    },
    queries={
        "shop-soon-slow": (
            "max(next_1w):forecast(max:trace.request{env:prod,service:shop} by {env,service}, 'linear', 2, "
            "interval='30m', history='3d', model='reactive') >= 2"
        ),
        "shop-soon-empty": (
            "min(next_1d):forecast(avg:trace.request{env:prod}, 'seasonal', 1, interval='60m', "
            "seasonality='daily') <= 0.01"
        ),
    },
    rewords={
        **reaggregated("shop-soon-empty", "avg", "trace.request"),
        "avg": ("shop-soon-empty", {"avg": "trace.other"}),
        **waiting("shop-soon-slow", "env"),
        "where": ("shop-soon-slow", {"where": None}),
        "by": ("shop-soon-slow", {"by": ["service"]}),
        "within": ("shop-soon-empty", {"within": "2d"}),
        "at-least": ("shop-soon-slow", {"at-least": "3s"}),
        "at-most": ("shop-soon-empty", {"at-most": "20ms"}),
        "recovers-at": ("shop-soon-slow", {"recovers-at": "500ms"}),
        "algorithm": ("shop-soon-empty", {"algorithm": "linear", "seasonality": None}),
        "seasonality": ("shop-soon-empty", {"seasonality": "weekly"}),
        "history": ("shop-soon-slow", {"history": "1w"}),
        "reacts": ("shop-soon-slow", {"reacts": "simple"}),
        "deviations": ("shop-soon-slow", {"deviations": 3}),
        "points-every": ("shop-soon-slow", {"points-every": "1h"}),
    },
    sentences={
        "shop-soon-slow": (
            "linear forecast of max of trace.request where service is shop for one env and service at or "
            "above 2s within 1w"
        ),
        "shop-soon-empty": "daily seasonal forecast of avg of trace.request at or below 10ms within 1d",
    },
    detected={
        "a forecast, of which no bound is known": ({"avg": "cpu", "within": "1w", "at-least": 5}, None),
    },
    broken=(
        BrokenSignal(
            "a forecast with no threshold",
            "forecast: {avg: trace.request, within: 1w}",
            "forecast: has no threshold; write one of at-least, at-most (shape)",
        ),
        BrokenSignal(
            "a forecast of the next hour",
            "forecast: {avg: trace.request, within: 1h, at-least: 2s}",
            'forecast.within: "1h" is not a time that a forecast of Datadog looks ahead; write whole hours, 12h to 12w '
            "(shape)",
        ),
        BrokenSignal(
            "a linear forecast with a season",
            "forecast: {avg: trace.request, within: 1w, at-least: 2s, seasonality: daily}",
            "forecast.seasonality: a linear forecast takes no seasonality; take seasonality out (shape)",
        ),
        BrokenSignal(
            "a seasonal forecast without a season",
            "forecast: {avg: trace.request, within: 1w, at-least: 2s, algorithm: seasonal}",
            "forecast.algorithm: a seasonal forecast needs to know what repeats; write seasonality: hourly, daily or "
            "weekly (shape)",
        ),
    ),
    suspect=(
        SuspectSignal(
            "a forecast that is always reached",
            "forecast: {avg: trace.request, within: 1w, at-least: 0s, when-silent: show}",
            "can-fire",
            'fires always at or above "0s", since the value lies at 0 or above; write a value inside that',
        ),
    ),
)
