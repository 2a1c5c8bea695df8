"""Opsgenie ends on a known day: a route that still names it is moved away before."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.checks._check import Subjects, catalog_check
from monitoring.checks._context import Context, Finding
from monitoring.checks._receivers import receivers
from monitoring.model.receivers import OPSGENIE_ENDS, ReceiverKind
from monitoring.model.scalars import many

DAYS_BEFORE = 90
"""How many days before the end it is reported: a quarter, in which a team can move its schedules and try them."""

SUBJECTS = Subjects(
    "Opsgenie services of routes",
    lambda context: frozenset(
        name
        for team in context.catalog.teams.values()
        for route in team.routes.values()
        for name in route.of_kind(ReceiverKind.OPSGENIE)
    ),
)


@catalog_check("opsgenie-ends", about=SUBJECTS)
def opsgenie_ends(context: Context) -> Iterator[str | Finding]:
    """Looks at each Opsgenie service of a route; finds all of them from 90 days before Opsgenie ends."""
    days = (OPSGENIE_ENDS - context.today).days
    for kind, entry, path, name in receivers(context):
        if ReceiverKind.OPSGENIE not in path:
            continue
        yield name
        if days <= 0:
            what = f'sends to Opsgenie "{name}", which takes nothing since {OPSGENIE_ENDS}'
            remedy = "take opsgenie out, and write page: with an escalation policy"
            yield context.finding(kind, entry, *path, key=f"opsgenie {name} is over", what=what, remedy=remedy)
        elif days <= DAYS_BEFORE:
            what = f'sends to Opsgenie "{name}", which takes nothing from {OPSGENIE_ENDS} on, in {many(days, "day")}'
            remedy = "write page: with an escalation policy, or waive this until you have moved"
            yield context.finding(kind, entry, *path, key=f"opsgenie {name} ends soon", what=what, remedy=remedy)
