"""Events at Datadog that match a search."""

from __future__ import annotations

from tests.signals.case import BrokenSignal, SignalCase, SuspectSignal, waiting

OVER = "over: 15m, above: 2, when-silent: resolve"

CASE = SignalCase(
    word="events",
    rules="""
  - id: shop-rollbacks
    title: The shop is rolled back again and again
    severity: P2
    means: No new version stays.
    events: {search: 'source:github (@action:"roll back" OR status:error)', over: 1h, at-least: 3, when-silent: resolve}
  - id: shop-evictions
    title: Many pods are evicted
    severity: P3
    means: The cluster has too little room.
    events: {search: "source:kubernetes evicted", unique: pod_name, by: [kube_cluster_name, "@node.pool"], over: 1d,
             above: 20, new-groups-after: 5m, notifies-by: [kube_cluster_name], when-silent: show}
""",
    declares={
        "shop-rollbacks": (["Monitor"], "a count of events"),
        "shop-evictions": (["Monitor"], "different values of events with every word"),
    },
    queries={
        "shop-rollbacks": (
            r'events("env:prod (source:github (@action:\"roll back\" OR status:error))").rollup("count")'
            '.last("1h") >= 3'
        ),
        "shop-evictions": (
            'events("env:prod source:kubernetes evicted").rollup("cardinality","pod_name")'
            '.by("kube_cluster_name,@node.pool").last("24h") > 20'
        ),
    },
    rewords={
        **waiting("shop-evictions", "@node.pool", metrics=False),
        "notifies-by": ("shop-evictions", {"notifies-by": None}),
        "search": ("shop-evictions", {"search": "source:kubernetes killed"}),
        "unique": ("shop-evictions", {"unique": "node_name"}),
        "by": ("shop-evictions", {"by": ["kube_cluster_name"], "notifies-by": None}),
        "over": ("shop-evictions", {"over": "1h"}),
        "above": ("shop-evictions", {"above": 30}),
        "at-least": ("shop-rollbacks", {"at-least": 4}),
        "below": ("shop-rollbacks", {"at-least": None, "below": 3}),
        "at-most": ("shop-rollbacks", {"at-least": None, "at-most": 3}),
    },
    sentences={
        "shop-rollbacks": (
            'the number of events that match "source:github (@action:"roll back" OR status:error)" at or above 3 '
            "over 1h"
        ),
        "shop-evictions": (
            'unique of pod_name of events that match "source:kubernetes evicted" for one kube_cluster_name and '
            "@node.pool above 20 over 1d, a new group not before 5m, notified once for each kube_cluster_name"
        ),
    },
    detected={
        "a count of events": ({"search": "x", "over": "5m", "above": 5}, 360),
        "different values of events over a day": ({"search": "x", "unique": "host", "over": "1d", "above": 5}, 87_000),
    },
    broken=(
        BrokenSignal(
            "events with no threshold",
            "events: {search: x, over: 5m}",
            "events: has no threshold; write one of above, at-least, below, at-most (shape)",
        ),
        BrokenSignal(
            "events over longer than Datadog looks back",
            "events: {search: x, over: 3d, above: 100}",
            'events.over: "3d" is not a window that Datadog takes of events; write whole minutes, 1m to 2d (shape)',
        ),
        BrokenSignal(
            "events by five facets",
            f'events: {{search: x, by: [a, b, c, d, "@e"], {OVER}}}',
            "events.by: is split by 5 facets; name at most 4, as Datadog takes them (shape)",
        ),
        BrokenSignal(
            "events of an environment of their own",
            f'events: {{search: "env:staging status:error", {OVER}}}',
            'events.search: the search names "env", which the environment decides; take it out, and write environments '
            "(shape)",
        ),
        BrokenSignal(
            "events whose search leaves a quote open",
            f"events: {{search: '\"roll back', {OVER}}}",
            "events.search: the search has a quote that is not closed; write it as in Datadog's search (shape)",
        ),
    ),
    suspect=(
        SuspectSignal(
            "a number of events that falls to none sends nothing",
            "events: {search: x, over: 5m, below: 1, when-silent: resolve}",
            "can-fire",
            "does not fire when nothing at all is counted, because then no data come and nothing is compared; write "
            "when-silent: alert",
        ),
        SuspectSignal(
            "events by people",
            f'events: {{search: x, by: ["@usr.id"], {OVER}}}',
            "personal-data",
            'is split by "@usr.id", which is about a person, and each page names one; split it by something else',
        ),
    ),
)
