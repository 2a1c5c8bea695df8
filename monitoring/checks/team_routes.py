"""A team that owns rules has a receiver for every severity, so that the next rule does not fall into nothing."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.checks._case import Case, Finding, found
from monitoring.checks._subjects import TEAMS

ABOUT = TEAMS


def looks(case: Case) -> Iterator[str | Finding]:
    """Looks at each team; finds the severities without a route that none of its rules has yet."""
    used = {(case.team_of(service, rule), rule.severity) for service, rule, _ in case.watches}
    owners = {team for team, _ in used}
    for name, team in case.catalog.teams.items():
        yield name
        for severity in case.catalog.severities:
            if name in owners and severity not in team.routes and (name, severity) not in used:
                yield found(
                    case,
                    "team",
                    name,
                    "routes",
                    key=f"no route for {severity}",
                    what=f"has no route for {severity}, and owns rules",
                    remedy=f"write where its {severity} rules arrive",
                )
