"""What the check receiver-reached finds, and what it lets pass."""

from __future__ import annotations

import pytest

from tests.checks.good import Case, Change, case, platform, shop, teams


def p3(more: str) -> Change:
    """Another receiver on the route of the one P3 rule of Datadog's."""
    return teams("P3: {slack: [alerts]}", f"P3: {{slack: [alerts], {more}}}")


def p0(more: str) -> Change:
    """Another receiver on the route of a rule of Sentry's and of one of Datadog's."""
    return teams("P0: {page: critical, slack: [alerts]}", f"P0: {{page: critical, slack: [alerts], {more}}}")


def at_datadog(more: str) -> Change:
    """A word more of Datadog's account."""
    return platform("  slack-account: youragency\n", f"  slack-account: youragency\n{more}\n")


def issues() -> Change:
    """A P3 rule about new issues in the place of a cron."""
    return shop(
        'severity: P2\n    means: Reports of the day are missing.\n    cron: {project: jobs, schedule: "30 2 * * *", '
        "time-zone: Europe/Berlin, late-after: 10m, at-most: 1h}",
        "severity: P3\n    means: Somebody should look.\n    issues: {project: web, when: [new, regressed]}",
    )


TEAMS = "  microsoft-teams: {alerts: {tenant: Your Agency, team: Platform, channel: Alerts}}"
CASES = [
    case(
        "a webhook that nobody has declared is refused",
        p3("webhook: [status-board]"),
        says=[
            (
                'teams.yaml: team "platform": no P3 rule of it reaches webhook "status-board": "status-board" is not '
                'written in datadog.webhooks; "status-board" is not written in sentry.webhooks; write datadog: '
                "{webhooks: [status-board]} in platform.yaml, or take it out of webhook (receiver-reached)"
            ),
        ],
    ),
    case(
        "a channel of microsoft teams that nobody has declared is refused",
        p3("microsoft-teams: [alerts]"),
        says=[
            (
                'teams.yaml: team "platform": no P3 rule of it reaches microsoft-teams "alerts": "alerts" is not '
                "written in datadog.microsoft-teams; Sentry's action for Microsoft Teams takes an id that nothing can "
                "look up; write datadog: {microsoft-teams: {alerts: {tenant: Agency, team: Platform, channel: "
                "Alerts}}} in platform.yaml, or take it out of microsoft-teams (receiver-reached)"
            ),
        ],
    ),
    case(
        "an opsgenie service that nobody has declared is refused",
        p3("opsgenie: [platform]"),
        says=[
            (
                'teams.yaml: team "platform": no P3 rule of it reaches opsgenie "platform": "platform" is not written '
                "in datadog.opsgenie; Sentry's action for Opsgenie takes an id that nothing can look up; write "
                "datadog: {opsgenie: [platform]} in platform.yaml, or take it out of opsgenie (receiver-reached)"
            ),
        ],
    ),
    case(
        "slack without an account of either vendor is refused",
        platform("  slack-workspace: Your Agency\n", ""),
        platform("  slack-account: youragency\n", ""),
        says=[
            (
                f'teams.yaml: team "platform": no {severity} rule of it reaches slack "alerts": '
                f"{reasons}; write datadog: {{slack-account: youragency}} in platform.yaml, or take it out of slack "
                "(receiver-reached)"
            )
            for severity, reasons in (
                ("P0", "sentry.slack-workspace is not written; datadog.slack-account is not written"),
                ("P1", "datadog.slack-account is not written; sentry.slack-workspace is not written"),
                ("P2", "sentry.slack-workspace is not written; datadog.slack-account is not written"),
                ("P3", "datadog.slack-account is not written; sentry.slack-workspace is not written"),
            )
        ],
    ),
    case(
        "slack without sentry's workspace is refused, though datadog writes to it for a rule of the same route",
        platform("  slack-workspace: Your Agency\n", ""),
        says=[
            (
                f'teams.yaml: team "platform": no {severity} rule of it that Sentry watches reaches slack "alerts": '
                "sentry.slack-workspace is not written; write sentry: {slack-workspace: Your Agency} in platform.yaml, "
                "or take it out of slack (receiver-reached)"
            )
            for severity in ("P0", "P1", "P2", "P3")
        ],
    ),
    case(
        "slack without datadog's account is refused, though sentry writes to it for a rule of the same route",
        platform("  slack-account: youragency\n", ""),
        says=[
            (
                f'teams.yaml: team "platform": no {severity} rule of it that Datadog watches reaches slack "alerts": '
                "datadog.slack-account is not written; write datadog: {slack-account: youragency} in platform.yaml, "
                "or take it out of slack (receiver-reached)"
            )
            for severity in ("P0", "P1", "P2", "P3")
        ],
    ),
    case(
        "a channel of microsoft teams that datadog writes to is right beside a rule of sentry's",
        p0("microsoft-teams: [alerts]"),
        at_datadog(TEAMS),
    ),
    case(
        "a webhook that one vendor of two calls is right",
        p0("webhook: [status-board]"),
        at_datadog("  webhooks: [status-board]"),
    ),
    case(
        "owners of issues are refused where no rule of the route is about issues",
        p3("issue-owners: active-members"),
        says=[
            (
                'teams.yaml: team "platform": no P3 rule of it reaches issue-owners "active-members": Datadog knows no '
                "owners of issues; Sentry knows owners for issues of errors alone, not for a monitor's; take it out of "
                "issue-owners (receiver-reached)"
            ),
        ],
    ),
    case("owners of issues are right where one rule is about issues", p3("issue-owners: active-members"), issues()),
    case("a declared opsgenie service is right", p3("opsgenie: [Platform_1]"), at_datadog("  opsgenie: [Platform_1]")),
]


@pytest.mark.parametrize("example", CASES)
def test_receiver_reached(example: Case) -> None:
    assert example.found("receiver-reached") == tuple(sorted(example.says))
