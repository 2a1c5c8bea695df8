"""A route of a severity that wakes pages somebody; Slack and e-mail wake nobody."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.checks._check import Subjects, catalog_check
from monitoring.checks._context import Context, Finding

SUBJECTS = Subjects(
    "routes of severities that wake",
    lambda context: frozenset(
        f"{name} {severity}"
        for name, team in context.catalog.teams.items()
        for severity in team.routes
        if context.catalog.severities[severity].wakes
    ),
)


@catalog_check("waking-routes", about=SUBJECTS)
def waking_routes(context: Context) -> Iterator[str | Finding]:
    """Looks at each route of a severity that wakes; finds those that page nobody."""
    for team, severity, route in context.waking_routes:
        yield f"{team} {severity}"
        if route.page is None:
            yield context.finding(
                "team",
                team,
                "routes",
                severity,
                key=f"{severity} pages nobody",
                what=f"its {severity} rules must wake a human, and the route pages nobody",
                remedy="write page: with an escalation policy",
            )
