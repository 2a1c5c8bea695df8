"""Logs at Datadog that match a search."""

from __future__ import annotations

from tests.signals.case import BrokenSignal, SignalCase, SuspectSignal, reaggregated, waiting

OVER = "over: 5m, above: 100, when-silent: resolve"

CASE = SignalCase(
    word="logs",
    rules="""
  - id: shop-log-errors
    title: The shop logs errors
    severity: P2
    means: Something fails for people.
    logs: {search: 'status:error (@http.url:"/pay" OR @http.url:"/cart")', over: 5m, above: 100, when-silent: resolve}
  - id: shop-log-slow
    title: The shop logs slow answers
    severity: P2
    means: People wait.
    logs: {search: "service:shop", p95: "@duration", by: [host, "@http.method"], over: 1d, at-least: 2000000,
           new-groups-after: 5m, when-silent: show}
""",
    declares={
        "shop-log-errors": (["Monitor"], "a count of logs"),
        "shop-log-slow": (["Monitor"], "a value of logs with every word"),
    },
    queries={
        "shop-log-errors": (
            r'logs("env:prod (status:error (@http.url:\"/pay\" OR @http.url:\"/cart\"))").index("*").rollup("count")'
            '.last("5m") > 100'
        ),
        "shop-log-slow": (
            'logs("env:prod service:shop").index("*").rollup("pc95","@duration").by("host,@http.method").last("24h")'
            " >= 2000000"
        ),
    },
    rewords={
        **reaggregated("shop-log-slow", "p95", "@duration"),
        "p95": ("shop-log-slow", {"p95": "@network.bytes"}),
        "unique": ("shop-log-slow", {"p95": None, "unique": "@usr.id"}),
        **waiting("shop-log-slow", "host", metrics=False),
        "search": ("shop-log-slow", {"search": "service:desk"}),
        "by": ("shop-log-slow", {"by": ["host"]}),
        "over": ("shop-log-slow", {"over": "1h"}),
        "above": ("shop-log-errors", {"above": 200}),
        "at-least": ("shop-log-slow", {"at-least": 3000000}),
        "below": ("shop-log-errors", {"above": None, "below": 100}),
        "at-most": ("shop-log-errors", {"above": None, "at-most": 100}),
    },
    sentences={
        "shop-log-errors": (
            'the number of logs that match "status:error (@http.url:"/pay" OR @http.url:"/cart")" above 100 over 5m'
        ),
        "shop-log-slow": (
            'p95 of @duration of logs that match "service:shop" for one host and @http.method at or above 2000000 '
            "over 1d, a new group not before 5m"
        ),
    },
    detected={
        "a count of logs": ({"search": "x", "over": "5m", "above": 5}, 360),
        "a value of logs over a day": ({"search": "x", "max": "@duration", "over": "1d", "above": 5}, 87_000),
    },
    broken=(
        BrokenSignal(
            "logs with no threshold",
            "logs: {search: x, over: 5m}",
            "logs: has no threshold; write one of above, at-least, below, at-most (shape)",
        ),
        BrokenSignal(
            "logs with two measures",
            f'logs: {{search: x, p95: "@duration", unique: "@usr.plan", {OVER}}}',
            "logs.p95: computes unique and p95; write one rule for each (shape)",
        ),
        BrokenSignal(
            "logs over longer than Datadog looks back",
            "logs: {search: x, over: 3d, above: 100}",
            'logs.over: "3d" is not a window that Datadog takes of logs; write whole minutes, 1m to 2d (shape)',
        ),
        BrokenSignal(
            "logs by five facets",
            f'logs: {{search: x, by: [a, b, c, d, "@e"], {OVER}}}',
            "logs.by: is split by 5 facets; name at most 4, as Datadog takes them (shape)",
        ),
        BrokenSignal(
            "logs by what is no facet",
            f"logs: {{search: x, by: ['@a\",\"b'], {OVER}}}",
            'logs.by.1: "@a","b" is not a facet of logs at Datadog; write a tag like service, or an attribute like '
            "@http.status_code, at most 200 characters (shape)",
        ),
        BrokenSignal(
            "logs of an environment of their own",
            f'logs: {{search: "env:staging status:error", {OVER}}}',
            'logs.search: the search names "env", which the environment decides; take it out, and write environments '
            "(shape)",
        ),
        BrokenSignal(
            "logs whose search closes more than it opens",
            f'logs: {{search: "a) OR (b", {OVER}}}',
            "logs.search: the search closes a bracket that is not open; write it as in Datadog's search (shape)",
        ),
        BrokenSignal(
            "logs whose search breaks off",
            f'logs: {{search: "service:shop OR", {OVER}}}',
            "logs.search: the search has nothing after OR; write it as in Datadog's search (shape)",
        ),
        BrokenSignal(
            "logs whose search joins nothing with something",
            f'logs: {{search: "status:error (AND service:shop)", {OVER}}}',
            "logs.search: the search has nothing before AND; write it as in Datadog's search (shape)",
        ),
        BrokenSignal(
            "logs whose search leaves a quote open",
            f"logs: {{search: '\"payment failed', {OVER}}}",
            "logs.search: the search has a quote that is not closed; write it as in Datadog's search (shape)",
        ),
        BrokenSignal(
            "logs whose search quotes inside a phrase",
            f'logs: {{search: \'@message:"said \\"no\\" twice"\', {OVER}}}',
            "logs.search: the search holds a quote behind a backslash, which a query cannot hold; write it as in "
            "Datadog's search (shape)",
        ),
        BrokenSignal(
            "logs whose data come late",
            f"logs: {{search: x, arrives-after: 15m, {OVER}}}",
            "logs.arrives-after: Datadog takes arrives-after on metrics alone, and this is a log alert; take "
            "arrives-after out (shape)",
        ),
    ),
    suspect=(
        SuspectSignal(
            "a number of logs that falls to none sends nothing",
            "logs: {search: x, over: 5m, below: 1, when-silent: resolve}",
            "can-fire",
            "does not fire when nothing at all is counted, because then no data come and nothing is compared; write "
            "when-silent: alert",
        ),
        SuspectSignal(
            "a number of logs that is always reached",
            "logs: {search: x, over: 5m, at-least: 0, when-silent: resolve}",
            "can-fire",
            'fires always at or above "0", since the value lies at 0 or above; write a value inside that',
        ),
        SuspectSignal(
            "logs by people",
            'logs: {search: x, by: ["@usr.id"], over: 5m, above: 5, when-silent: resolve}',
            "personal-data",
            'is split by "@usr.id", which is about a person, and each page names one; split it by something else',
        ),
    ),
)
