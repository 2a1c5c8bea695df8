"""A query of Datadog as it stands."""

from __future__ import annotations

from tests.signals.case import BrokenSignal, SignalCase, SuspectSignal

LOGS = 'logs("env:prod").rollup("count").last("5m")'

CASE = SignalCase(
    word="query",
    rules="""
  - id: shop-queue
    title: The queue is long
    severity: P2
    means: Mails wait.
    query: {query: "logs(\\"env:prod\\").rollup(\\"count\\").last(\\"5m\\")", above: 100, when-silent: resolve}
""",
    declares={"shop-queue": (["Monitor"], "a raw query")},
    queries={"shop-queue": f"{LOGS} > 100"},
    sentences={"shop-queue": f"{LOGS} > 100.0"},
    detected={
        "a raw query's window": ({"query": "avg(last_10m):avg:cpu{*}", "above": 5}, 660),
        "a log query's": ({"query": 'logs("x").rollup("count").last("5m")', "above": 5}, 360),
        "a query that does not tell": ({"query": "something else", "above": 5}, None),
    },
    broken=(
        BrokenSignal(
            "a raw query with no threshold",
            f"query: {{query: '{LOGS}'}}",
            "query: has no threshold; write one of above, at-least, below, at-most (shape)",
        ),
    ),
    suspect=(
        SuspectSignal(
            "a count of logs that falls to none sends nothing",
            f"query: {{query: '{LOGS}', below: 1, when-silent: resolve}}",
            "can-fire",
            "does not fire when nothing at all is counted, because then no data come and nothing is compared; write "
            "when-silent: alert",
        ),
    ),
)
