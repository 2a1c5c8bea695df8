"""A service check of Datadog's Agent."""

from __future__ import annotations

from tests.signals.case import BrokenSignal, SignalCase, SuspectSignal, waiting

REST = "failures: 3, every: 15s, when-silent: show"

CASE = SignalCase(
    word="service-check",
    rules="""
  - id: shop-unreachable
    title: A host does not reach the shop
    severity: P1
    means: Some people see errors.
    service-check: {check: http.can_connect, where: {instance: shop}, by: [host, url], failures: 3, recovers-after: 5,
                    every: 15s, new-groups-after: 5m, notifies-by: [url], when-silent: alert}
  - id: shop-agent
    title: An agent is gone
    severity: P3
    means: A host is not watched.
    service-check: {check: datadog.agent.up, by: [host], failures: 1, when-silent: show}
""",
    declares={
        "shop-unreachable": (["Monitor"], "a service check with every word"),
        "shop-agent": (["Monitor"], "a service check"),
    },
    queries={
        "shop-unreachable": (
            '"http.can_connect".over("env:prod","instance:shop").by("host","url").last(5).count_by_status()'
        ),
        "shop-agent": '"datadog.agent.up".over("env:prod").by("host").last(1).count_by_status()',
    },
    rewords={
        **waiting("shop-unreachable", "host", silent="show", metrics=False),
        "check": ("shop-agent", {"check": "datadog.agent.check_status"}),
        "where": ("shop-unreachable", {"where": {"instance": "desk"}}),
        "by": ("shop-unreachable", {"by": ["url"], "notifies-by": None}),
        "failures": ("shop-unreachable", {"failures": 2}),
        "recovers-after": ("shop-unreachable", {"recovers-after": 4}),
        "every": ("shop-unreachable", {"every": "20s"}),
    },
    sentences={
        "shop-unreachable": (
            "check http.can_connect where instance is shop for one host and url failed 3 times in a row, fine again "
            "after 5 runs, a new group not before 5m, notified once for each url"
        ),
        "shop-agent": "check datadog.agent.up for one host failed once",
    },
    detected={
        "a check that runs four times a minute": (
            {"check": "x", "by": ("host",), "failures": 3, "every": "15s"},
            105,
        ),
        "a check of which nobody says how often it runs": ({"check": "x", "by": ("host",), "failures": 3}, None),
    },
    broken=(
        BrokenSignal(
            "a service check without groups",
            f"service-check: {{check: http.can_connect, by: [], {REST}}}",
            "service-check.by: has no tags that tell what is checked; name some, like by: [host] (shape)",
        ),
        BrokenSignal(
            "a service check by the environment alone",
            f"service-check: {{check: http.can_connect, by: [env], {REST}}}",
            'service-check.by: is split by "env", of which each environment has one value; name what tells one '
            "checked thing from another, like by: [host] (shape)",
        ),
        BrokenSignal(
            "a service check by more tags than anybody reads",
            f"service-check: {{check: http.can_connect, by: [{', '.join(f't{n}' for n in range(1_000))}], {REST}}}",
            "service-check.by: names 1000 tags; name at most 10, like by: [host] (shape)",
        ),
        BrokenSignal(
            "a service check by one tag twice",
            f"service-check: {{check: http.can_connect, by: [host, host], {REST}}}",
            'service-check.by: names "host" twice; name it once (shape)',
        ),
        BrokenSignal(
            "a service check that never fails",
            "service-check: {check: http.can_connect, by: [host], failures: 0, when-silent: show}",
            'service-check.failures: "0" is not a number of runs that Datadog looks at; write 1 to 100, like 3 (shape)',
        ),
        BrokenSignal(
            "a service check that recovers later than Datadog looks back",
            f"service-check: {{check: http.can_connect, by: [host], recovers-after: 101, {REST}}}",
            'service-check.recovers-after: "101" is not a number of runs that Datadog looks at; write 1 to 100, like 3 '
            "(shape)",
        ),
        BrokenSignal(
            "a service check by two values of a tag",
            f"service-check: {{check: http.can_connect, where: {{role: [db, web]}}, by: [host], {REST}}}",
            "service-check.where.role: a check is filtered by one value of a tag, and role has 2; write one rule for "
            "each (shape)",
        ),
        BrokenSignal(
            "a service check of an environment of its own",
            f"service-check: {{check: http.can_connect, where: {{env: staging}}, by: [host], {REST}}}",
            'service-check.where.env: filters on "env", which the environment decides; take it out, and write '
            "environments (shape)",
        ),
        BrokenSignal(
            "a service check that resolves in silence",
            "service-check: {check: http.can_connect, by: [host], failures: 3, when-silent: resolve}",
            "service-check.when-silent: Datadog resolves no service check when its data stop; write when-silent: alert "
            "or show (shape)",
        ),
        BrokenSignal(
            "a service check whose data come late",
            f"service-check: {{check: http.can_connect, by: [host], arrives-after: 15m, {REST}}}",
            "service-check.arrives-after: Datadog takes arrives-after on metrics alone, and this is a service check; "
            "take arrives-after out (shape)",
        ),
        BrokenSignal(
            "a service check with another's name",
            f"service-check: {{check: 'can connect', by: [host], {REST}}}",
            'service-check.check: "can connect" is not the name of a service check; write letters, digits, dots, - and '
            "_, at most 100, like http.can_connect (shape)",
        ),
        BrokenSignal(
            "a service check that runs without a pause",
            "service-check: {check: http.can_connect, by: [host], failures: 3, every: 0m, when-silent: show}",
            'service-check.every: "0m" is no time between two runs; write 1s or more, like 15s (shape)',
        ),
    ),
    suspect=(
        SuspectSignal(
            "a service check by people",
            f"service-check: {{check: http.can_connect, by: [user.email], {REST}}}",
            "personal-data",
            'is split by "user.email", which is about a person, and each page names one; split it by something else',
        ),
    ),
)
