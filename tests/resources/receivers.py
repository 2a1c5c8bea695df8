"""The small catalog with a receiver of each kind beside the pages."""

from __future__ import annotations

from tests.factories import Change

TEAMS_CHANNEL = "{tenant: Your Agency, team: Platform, channel: Web alerts}"
ACCOUNTS: tuple[Change, ...] = (
    ("platform.yaml", "  teams: {platform: platform}\n",
     "  teams: {platform: platform}\n  webhooks: {status-board: status-board-1a2b3c}\n"),
    ("platform.yaml", "  slack-account: youragency\n",
     f"  slack-account: youragency\n  microsoft-teams: {{web: {TEAMS_CHANNEL}}}\n  webhooks: [status-board]\n"
     "  opsgenie: [Platform_1]\n"),
)  # fmt: skip
MORE = "slack: [alerts], microsoft-teams: [web], webhook: [status-board], opsgenie: [Platform_1]"


def on_each_route(*severities: str) -> tuple[Change, ...]:
    """A receiver of each kind on the routes of these severities, and in the vendors' accounts."""
    routes = (f"    {severity}: {{page: critical, slack: [alerts]}}" for severity in severities)
    return (*ACCOUNTS, *(("teams.yaml", route, route.replace("slack: [alerts]", MORE)) for route in routes))
