"""Numbers without a unit, in a wrong one, or outside what a vendor takes."""

# ruff: noqa: E501  a message stands in one piece

from __future__ import annotations

from tests.loader.broken.case import RATE, SLO, Broken, broken, errors, metric, platform, shop

CASES: tuple[Broken, ...] = (
    broken(
        "a duration without a unit",
        shop("5m", "5"),
        says='services/shop.yaml:11: rule "shop-failing": errors.within: "5" has no unit; write "5m" for minutes, or s, h, d, w (shape)',
    ),
    broken(
        "a duration below nothing",
        shop("5m", "-5m"),
        says='services/shop.yaml:11: rule "shop-failing": errors.within: "-5m" is not a length of time; write a whole number and s, m, h, d or w, like 5m (shape)',
    ),
    broken(
        "a duration in words",
        shop("5m", "five minutes"),
        says='services/shop.yaml:11: rule "shop-failing": errors.within: "five minutes" is not a length of time; write a whole number and s, m, h, d or w, like 5m (shape)',
    ),
    broken(
        "a window outside sentry's closed set",
        shop("5m", "7m"),
        says='services/shop.yaml:11: rule "shop-failing": errors.within: "7m" is not a window that Sentry takes; it is one of 1m, 5m, 10m, 15m, 30m, 1h, 2h, 4h, 1d (shape)',
    ),
    broken(
        "a window per issue outside sentry's closed set",
        shop("5m", "10m, per-issue: true"),
        says='services/shop.yaml:11: rule "shop-failing": errors.within: "10m" is not a window that Sentry takes; it is one of 1m, 5m, 15m, 1h, 1d, 1w, 30d (shape)',
    ),
    broken(
        "a sentry metric's window outside the closed set",
        errors(RATE.replace("10m", "20m")),
        says='services/shop.yaml:11: rule "shop-failing": sentry-metric.over: "20m" is not a window that Sentry takes; it is one of 1m, 5m, 10m, 15m, 30m, 1h, 2h, 4h, 1d (shape)',
    ),
    broken(
        "a window that Datadog does not take",
        shop("10m", "90s"),
        says='services/shop.yaml:16: rule "shop-slow": metric.over: "90s" is not a window that Datadog takes; write whole minutes, 1m to 1w (shape)',
    ),
    broken(
        "a threshold in another dimension",
        shop("2s", "2GiB"),
        says='services/shop.yaml:16: rule "shop-slow": metric.above: "2GiB" is a size, and metric "trace.request" is a time; write a time, like 2s (shape)',
    ),
    broken(
        "a threshold without a unit, of a metric that has one",
        shop("2s", "2"),
        says='services/shop.yaml:16: rule "shop-slow": metric.above: "2" is a count, and metric "trace.request" is a time; write a time, like 2s (shape)',
    ),
    broken(
        "a threshold with a unit that does not exist",
        shop("2s", "2sec"),
        says='services/shop.yaml:16: rule "shop-slow": metric.above: "2sec" is not a number with a unit; the units are ns, us, ms, s, m, h, d, B, kB, MB, GB, TB, KiB, MiB, GiB, TiB, %, fraction, events, requests, errors, connections (shape)',
    ),
    broken(
        "a metric's unit that does not exist",
        platform("unit: s", "unit: seconds"),
        says='platform.yaml:31: datadog.metrics.trace.request.unit: "seconds" is not a unit; the units are ns, us, ms, s, m, h, d, B, kB, MB, GB, TB, KiB, MiB, GiB, TiB, %, fraction, events, requests, errors, connections (shape)',
    ),
    broken(
        "the quietest traffic of what counts nothing",
        platform("unit: s\n", "unit: s\n      quietest-per-minute: 2\n"),
        says="platform.yaml:32: datadog.metrics.trace.request.quietest-per-minute: is a distribution and counts no events; take quietest-per-minute out, or write kind: count (shape)",
    ),
    broken(
        "a quietest traffic of nothing",
        platform("unit: s\n      kind: distribution\n", "kind: count\n      quietest-per-minute: 0\n"),
        shop("p95: trace.request", "avg: trace.request"),
        shop("above: 2s", "above: 2"),
        says='platform.yaml:32: datadog.metrics.trace.request.quietest-per-minute: "0" is no traffic; write a number above 0, like 2.5 (shape)',
    ),
    broken(
        "a share of more than everything",
        metric(SLO.replace("99%", "101%")),
        says='services/shop.yaml:16: rule "shop-slow": slo.objective: "101%" is not between 0% and 100%; write more than 0% and at most 100% (shape)',
    ),
    broken(
        "an objective without a percent sign",
        metric(SLO.replace("99%", "0.999")),
        says='services/shop.yaml:16: rule "shop-slow": slo.objective: "0.999" is not a percentage; write it with %, like 99.9% (shape)',
    ),
    broken(
        "an objective that leaves no error budget",
        metric(SLO.replace("99%", "100%")),
        says='services/shop.yaml:16: rule "shop-slow": slo.objective: an objective of "100%" has no error budget; write less than 100%, like 99.9% (shape)',
    ),
    broken(
        "an objective over counts that are not counted",
        metric("slo: {good: {avg: trace.request}, total: {sum: trace.request}, objective: 99%}"),
        says='services/shop.yaml:16: rule "shop-slow": slo.good.avg: avg counts no events; write sum (shape)',
    ),
    broken(
        "a failure rate above a time",
        errors(RATE.replace("5%", "2s")),
        says='services/shop.yaml:11: rule "shop-failing": sentry-metric.above: "2s" is a time, and failure_rate is a share; write a share, like 5% (shape)',
    ),
    broken(
        "a least number of events in percent",
        errors(RATE.replace("5%", "5%, at-least: 5%")),
        says='services/shop.yaml:11: rule "shop-failing": sentry-metric.at-least: "5%" is not a number of events; write "100 events" (shape)',
    ),
    broken(
        "a percentile of a metric that has none",
        platform("distribution", "gauge"),
        says='services/shop.yaml:16: rule "shop-slow": metric.p95: a gauge such as "trace.request" has no p95; write avg, min or max, or send a distribution (shape)',
    ),
)
