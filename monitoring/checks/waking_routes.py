"""A route of a severity that wakes pages somebody; Slack and e-mail wake nobody."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.checks._case import Case, Finding, Subjects, found

ABOUT = Subjects(
    "routes of severities that wake",
    lambda case: frozenset(
        f"{name} {severity}"
        for name, team in case.catalog.teams.items()
        for severity in team.routes
        if severity in case.catalog.severities and case.catalog.severities[severity].wakes
    ),
)


def looks(case: Case) -> Iterator[str | Finding]:
    """Looks at each route of a severity that wakes; finds those that page nobody."""
    for team, severity, route in case.waking_routes:
        yield f"{team} {severity}"
        if route.page is None:
            yield found(
                case,
                "team",
                team,
                "routes",
                severity,
                key=f"{severity} pages nobody",
                what=f"its {severity} rules must wake a human, and the route pages nobody",
                remedy="write page: with an escalation policy",
            )
