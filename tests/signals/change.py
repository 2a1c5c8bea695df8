"""A metric of Datadog against its own value some time before."""

from __future__ import annotations

from tests.signals.case import BrokenSignal, SignalCase, SuspectSignal, reaggregated, waiting

CASE = SignalCase(
    word="change",
    rules="""
  - id: shop-requests-fall
    title: Far fewer requests than yesterday
    severity: P2
    means: People do not get through.
    change: {avg: trace.request, where: {service: shop}, by: [env, service], over: 10m, against: 1d, relative: true,
             below: -30%, recovers-at: -10%, when-silent: alert}
  - id: shop-requests-slower
    title: Requests are slower than an hour ago
    severity: P2
    means: People wait longer.
    change: {p95: trace.request, over: 5m, against: 1h, above: 2s, when-silent: show}
""",
    declares={
        "shop-requests-fall": (["Monitor"], "a relative change with every word"),
        "shop-requests-slower": (["Monitor"], "a change"),
    },
    queries={
        "shop-requests-fall": (
            "pct_change(avg(last_10m),1d_ago):avg:trace.request{env:prod,service:shop} by {env,service} < -30"
        ),
        "shop-requests-slower": "change(avg(last_5m),1h_ago):p95:trace.request{env:prod} > 2",
    },
    rewords={
        **reaggregated("shop-requests-slower", "p95", "trace.request"),
        "p95": ("shop-requests-slower", {"p95": "trace.other"}),
        **waiting("shop-requests-fall", "env", silent="show"),
        "where": ("shop-requests-fall", {"where": None}),
        "by": ("shop-requests-fall", {"by": ["service"]}),
        "over": ("shop-requests-slower", {"over": "6m"}),
        "against": ("shop-requests-slower", {"against": "2h"}),
        "relative": ("shop-requests-slower", {"relative": True, "above": "50%"}),
        "above": ("shop-requests-slower", {"above": "3s"}),
        "at-least": ("shop-requests-slower", {"above": None, "at-least": "2s"}),
        "below": ("shop-requests-fall", {"below": "-40%"}),
        "at-most": ("shop-requests-fall", {"below": None, "at-most": "-30%"}),
        "recovers-at": ("shop-requests-fall", {"recovers-at": "-5%"}),
    },
    sentences={
        "shop-requests-fall": (
            "avg of trace.request where service is shop for one env and service over 10m, compared with 1d before: a "
            "change below -30%"
        ),
        "shop-requests-slower": "p95 of trace.request over 5m, compared with 1h before: a change above 2s",
    },
    detected={
        "a change's window": ({"avg": "cpu", "over": "15m", "against": "1d", "above": 5}, 960),
        "a change over longer than its shift": ({"avg": "cpu", "over": "1h", "against": "5m", "above": 5}, None),
    },
    broken=(
        BrokenSignal(
            "a change with no threshold",
            "change: {avg: trace.request, over: 10m, against: 1d}",
            "change: has no threshold; write one of above, at-least, below, at-most (shape)",
        ),
        BrokenSignal(
            "a relative change in seconds",
            "change: {avg: trace.request, over: 10m, against: 1d, relative: true, above: 2s}",
            'change.above: "2s" is a time, and a relative change is a share; write a share, like 5% (shape)',
        ),
        BrokenSignal(
            "a change in percent that is not relative",
            "change: {avg: trace.request, over: 10m, against: 1d, above: 5%}",
            'change.above: "5%" is a share, and metric "trace.request" is a time; write a time, like 2s (shape)',
        ),
        BrokenSignal(
            "a fall with the sign of a rise",
            "change: {avg: trace.request, over: 10m, against: 1d, relative: true, below: 30%}",
            'change.below: fires below "30%", so also while nothing changes; write "below: -30%" (shape)',
        ),
        BrokenSignal(
            "a rise that may be none",
            "change: {avg: trace.request, over: 10m, against: 1d, relative: true, at-least: 0%}",
            'change.at-least: fires at or above "0%", so also while nothing changes; write "above: 0%" (shape)',
        ),
        BrokenSignal(
            "a fall of more than there is",
            "change: {avg: trace.request, over: 10m, against: 1d, relative: true, below: -100%}",
            'change.below: never fires below "-100%", since a value falls by 100% at most; write less, like '
            '"below: -50%" (shape)',
        ),
        BrokenSignal(
            "a change against longer ago than Datadog looks",
            "change: {avg: trace.request, over: 10m, against: 9w, above: 2s}",
            'change.against: "9w" is not a time that Datadog takes; write whole minutes, 1m to 4w, like 1d (shape)',
        ),
    ),
    suspect=(
        SuspectSignal(
            "a change that recovers beyond its threshold",
            "change: {avg: trace.request, where: {service: shop}, over: 10m, against: 1d, above: 2s, recovers-at: 3s, "
            "when-silent: show}",
            "recovery-side",
            'recovers at "3s", which is not below "2s"; write a value below the threshold, or leave recovers-at out',
        ),
    ),
)
