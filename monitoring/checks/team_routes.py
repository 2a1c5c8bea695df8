"""A team that owns rules has a receiver for every severity in use, so that its next rule does not fall into nothing."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.checks._check import catalog_check
from monitoring.checks._context import Context, Finding
from monitoring.checks._subjects import TEAMS


@catalog_check("team-routes", about=TEAMS)
def team_routes(context: Context) -> Iterator[str | Finding]:
    """Looks at each team; finds severities without a route that other teams' rules have, and none of its own yet."""
    used = {(context.team_of(service, rule), rule.severity) for service, rule, _ in context.rules}
    owners = {team for team, _ in used}
    for name, team in context.catalog.teams.items():
        yield name
        for severity in context.severities_in_use:
            if name in owners and severity not in team.routes and (name, severity) not in used:
                yield context.finding(
                    "team",
                    name,
                    "routes",
                    key=f"no route for {severity}",
                    what=f"has no route for {severity}, and owns rules",
                    remedy=f"write where its {severity} rules arrive",
                )
