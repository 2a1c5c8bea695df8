"""A metric of Datadog that will pass a threshold, if it goes on as it does."""

from __future__ import annotations

from tests.signals.case import BrokenSignal, SignalCase, SuspectSignal

CASE = SignalCase(
    word="forecast",
    rules="""
  - id: shop-soon-slow
    title: The shop will be slow within a week
    severity: P3
    means: People will wait.
    forecast: {max: trace.request, where: {service: shop}, by: [service], within: 1w, at-least: 2s, recovers-at: 1s,
               history: 3d, reacts: reactive, deviations: 2, points-every: 30m, when-silent: show}
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
            "max(next_1w):forecast(max:trace.request{env:prod,service:shop} by {service}, 'linear', 2, "
            "interval='30m', history='3d', model='reactive') >= 2"
        ),
        "shop-soon-empty": (
            "min(next_1d):forecast(avg:trace.request{env:prod}, 'seasonal', 1, interval='60m', "
            "seasonality='daily') <= 0.01"
        ),
    },
    sentences={
        "shop-soon-slow": (
            "linear forecast of max of trace.request where service is shop for one service at or above 2s within 1w"
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
