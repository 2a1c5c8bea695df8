"""How alerting has failed other teams: each failure that a catalog can show, put into the good one, is found by name.

What a catalog cannot show is stopped elsewhere: gaps between layers and lost pages by the proof (`monitoring reach`),
a rule that was switched off by hand by the drift report, twins of a live monitor by the adoption, a restarted rotation
by the anchor that every layer has to name.
"""

from __future__ import annotations

import pytest

from tests.checks.good import ANOTHER_TEAM, Change, oncall, platform, report, shop, site, teams

LATENCY = """  - id: shop-slow-copy
    title: The shop is slow again
    severity: P1
    means: A copy with a number of its own.
    same-symptom-as: [shop-slow]
    metric: {p95: trace.request, where: {service: shop}, over: 10m, above: 3s, when-silent: alert}
"""
HOSTS = shop("by: [function]", "by: [function, host]")

INCIDENTS: list[tuple[str, str, tuple[Change, ...]]] = [
    (
        "a rule fired into nothing, because its severity had no receiver",
        "rule-route",
        (
            teams("    P3: {slack: [alerts]}\n", ""),
            site("    trial-until: 2026-12-24\n", "    trial-until: 2027-06-01\n"),
            site("severity: P3", "severity: P2"),
        ),
    ),
    (
        "warning and critical went to the same receiver, so severity had no consequence",
        "severity-matters",
        (teams("P0: {page: critical", "P0: {page: standard"),),
    ),
    (
        "half of production's pages came from test environments",
        "environment-caps",
        (platform("pages: false, slack: alerts-staging", "slack: alerts-staging"),),
    ),
    ("rules could not fire at all", "can-fire", (shop("above: 90%, recovers-at: 80%", "above: 110%"),)),
    (
        "a rule notified when its query failed, because the vendor's default says so",
        "no-data-decided",
        (shop("above: 3, when-silent: resolve", "above: 3"),),
    ),
    (
        "a bare handle paged on every transition",
        "message-handles",
        (shop("means: Customers cannot buy.", "means: Customers cannot buy @pagerduty-shop"),),
    ),
    (
        "the warning tier had no receiver, and certificates came close to their end unseen",
        "team-routes",
        ANOTHER_TEAM,
    ),
    ("one cause sent hundreds of pages", "fan-out", (HOSTS,)),
    ("rates without a minimum of traffic alerted at once", "rate-traffic", (shop(", at-least: 100 events", ""),)),
    (
        "thresholds in several copies drifted",
        "threshold-order",
        (shop("  - id: shop-memory", LATENCY + "  - id: shop-memory"),),
    ),
    (
        "synthetic tests ran from where the office is, and nobody had named the regions",
        "uptime-regions",
        (site("[aws:eu-central-1]", "[pl:office]"),),
    ),
    (
        "filters drifted to empty ones, and every issue was mailed",
        "same-symptom",
        (site("where: {feature: search}, ", ""),),
    ),
    (
        "jobs and services ran without a monitor",
        "tier-contract",
        (shop("{health: readiness, components: [shop]}", "{health: liveness}"),),
    ),
    (
        "a synthetic test only ever wrote to slack",
        "waking-routes",
        (teams("P1: {page: standard, slack", "P1: {slack"),),
    ),
    (
        "people ignored pages, and there was nobody behind them",
        "second-human",
        (oncall("{ask: [primary, secondary], escalate-after: 5m}", "{ask: [kit], escalate-after: 5m}"),),
    ),
    (
        "an objective so low that its page could never fire",
        "burn-rate",
        (
            shop("objective: 99.9%", "objective: 90%"),
            shop("title: Orders fail\n    severity: P2", "title: Orders fail\n    severity: P1"),
        ),
    ),
    (
        "a schedule was lost, and the policy went on without it",
        "unused",
        (
            oncall("{ask: [primary, secondary]", "{ask: [primary]"),
            oncall("{ask: [secondary]", "{ask: [kit]"),
        ),
    ),
]


@pytest.mark.parametrize(
    ("check", "changes"), [pytest.param(check, changes, id=id_) for id_, check, changes in INCIDENTS]
)
def test_it_would_have_been_stopped_here(check: str, changes: tuple[Change, ...]):
    assert check in {problem.check for problem in report(*changes).problems}
