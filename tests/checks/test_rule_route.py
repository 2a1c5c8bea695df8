"""What the check rule-route finds, and what it lets pass."""

from __future__ import annotations

import pytest

from tests.checks.good import Case, case, platform, shop, site, teams

CRON = 'cron: {project: jobs, schedule: "30 2 * * *", time-zone: Europe/Berlin, late-after: 10m, at-most: 1h}'
ISSUES = "issues: {project: web, when: [new, regressed]}"
ELSEWHERE = "elsewhere: {events-api: the night's host, fires-when: the job fails, detects-within: 5m}"
NIGHTLY = (
    "    title: The nightly job did not run\n    severity: {}\n    means: Reports of the day are missing.\n    {}\n"
)

STAKEHOLDERS = shop(CRON, f"{ELSEWHERE[:-1]}, posted-for: stakeholders}}")

CASES = [
    case(
        "a rule that is posted for stakeholders is refused where PagerDuty posts nothing",
        STAKEHOLDERS,
        says=[
            (
                'services/shop.yaml: rule "shop-nightly": says for whom it is posted to Slack, and PagerDuty posts '
                "nothing; write pagerduty: {slack: true} in platform.yaml, or take posted-for out (rule-route)"
            ),
        ],
    ),
    case(
        "a rule is posted for stakeholders where PagerDuty posts",
        STAKEHOLDERS,
        platform("pagerduty: {subdomain: youragency,", "pagerduty: {subdomain: youragency, slack: true,"),
    ),
    case(
        "a rule whose team has no route for its severity is refused",
        teams("    P2: {page: standard, slack: [alerts]}\n", ""),
        *(
            shop(f"    title: {title}\n    severity: P2\n", f"    title: {title}\n    severity: P3\n")
            for title in ("Requests fail", "Memory runs out", "Orders fail", "The queue is long")
        ),
        says=[
            (
                'services/shop.yaml: rule "shop-nightly": the team "platform" has no route for P2, so it would reach '
                "nobody; write P2 under the routes of platform in teams.yaml (rule-route)"
            ),
        ],
    ),
    case(
        "a rule on trial needs its P3 route too",
        teams("    P3: {slack: [alerts]}\n", ""),
        site("severity: P3", "severity: P2"),
        says=[
            (
                'services/site.yaml: rule "site-trial": the team "platform" has no route for P3, so it would reach '
                "nobody; write P3 under the routes of platform in teams.yaml (rule-route)"
            ),
        ],
    ),
    case(
        "an environment that leaves no receiver is refused",
        platform("pages: false, slack: alerts-staging, email: false}", "pages: false, email: false}"),
        teams("    P0: {page: critical, slack: [alerts]}", "    P0: {page: critical}"),
        says=[
            (
                'services/shop.yaml: rule "shop-failing": the environment "staging" leaves no receiver of the P0 '
                'route of "platform"; give staging a slack channel, or take the rule out of it (rule-route)'
            ),
            (
                'services/site.yaml: rule "everything-down": the environment "staging" leaves no receiver of the P0 '
                'route of "platform"; give staging a slack channel, or take the rule out of it (rule-route)'
            ),
        ],
    ),
    case(
        "a rule that tells the owners of issues alone is refused where an issue without one tells nobody",
        teams("    P3: {slack: [alerts]}", "    P3: {webhook: [board], issue-owners: nobody}"),
        shop(NIGHTLY.format("P2", CRON), NIGHTLY.format("P3", ISSUES)),
        platform("  teams: {platform: platform}\n", "  teams: {platform: platform}\n  webhooks: {board: board-1a2b}\n"),
        platform("  slack-account: youragency\n", "  slack-account: youragency\n  webhooks: [board]\n"),
        says=[
            (
                'services/shop.yaml: rule "shop-nightly": in "prod" an issue without an owner reaches nobody: the P3 '
                'route of "platform" has no more; write issue-owners: active-members, or another receiver beside it '
                "(rule-route)"
            ),
        ],
    ),
    case(
        "a rule that tells the owners of issues, or else somebody, arrives",
        teams("    P3: {slack: [alerts]}", "    P3: {webhook: [board], issue-owners: active-members}"),
        shop(NIGHTLY.format("P2", CRON), NIGHTLY.format("P3", ISSUES)),
        platform("  teams: {platform: platform}\n", "  teams: {platform: platform}\n  webhooks: {board: board-1a2b}\n"),
        platform("  slack-account: youragency\n", "  slack-account: youragency\n  webhooks: [board]\n"),
    ),
    case(
        "a rule that is about no issue arrives nowhere where the route tells owners of issues alone",
        teams("    P3: {slack: [alerts]}", "    P3: {issue-owners: active-members}"),
        says=[
            (
                f'services/site.yaml: rule "{name}": in "prod" its vendor can write to no receiver of the P3 route of '
                '"platform"; write a receiver that it can write to, like email: [oncall@youragency.com] (rule-route)'
            )
            for name in ("site-certificate", "site-trial")
        ],
    ),
    case(
        "what another system sends needs a route that pages",
        shop(NIGHTLY.format("P2", CRON), NIGHTLY.format("P3", ELSEWHERE)),
        says=[
            (
                'services/shop.yaml: rule "shop-nightly": arrives through PagerDuty alone, and the P3 route of '
                '"platform" pages nobody; write page: POLICY under the P3 route of platform, or take a severity whose '
                "route pages (rule-route)"
            ),
        ],
    ),
    case(
        "and an environment that pages",
        shop(NIGHTLY.format("P2", CRON), NIGHTLY.format("P2", f"{ELSEWHERE}\n    environments: [staging]")),
        says=[
            (
                'services/shop.yaml: rule "shop-nightly": arrives through PagerDuty alone, and none of its '
                "environments pages anybody; write environments: [prod], or take environments out (rule-route)"
            ),
        ],
    ),
    case(
        "what another system sends is right where it pages",
        shop(NIGHTLY.format("P2", CRON), NIGHTLY.format("P2", ELSEWHERE)),
    ),
    case(
        "a rule that is to wake people and acts where nobody is paged is refused",
        shop("severity: P1\n    means: Pages", "severity: P1\n    environments: [staging]\n    means: Pages"),
        says=[
            (
                'services/shop.yaml: rule "shop-slow": is P1 and wakes nobody: it acts in staging alone, where nobody '
                "is paged; write environments: [prod], or a severity that wakes nobody (rule-route)"
            ),
        ],
    ),
    case(
        "a rule that wakes nobody may act where nobody is paged",
        shop("severity: P2\n    means: Too many", "severity: P2\n    environments: [staging]\n    means: Too many"),
    ),
    case(
        "a rule that acts where somebody is paged may act elsewhere too",
        shop("severity: P1\n    means: Pages", "severity: P1\n    environments: [prod, staging]\n    means: Pages"),
    ),
]


@pytest.mark.parametrize("one", CASES)
def test_rule_route(one: Case) -> None:
    assert one.found("rule-route") == one.says
