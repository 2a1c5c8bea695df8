"""A policy that must wake can ask two different humans, so that one who sleeps through it is not the end."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.checks._check import Subjects, catalog_check
from monitoring.checks._context import Context, Finding

SUBJECTS = Subjects(
    "policies that must wake",
    lambda context: frozenset(
        route.page
        for team in context.catalog.teams.values()
        for severity, route in team.routes.items()
        if route.page and context.catalog.severities[severity].wakes
    ),
)


@catalog_check("second-human", about=SUBJECTS)
def second_human(context: Context) -> Iterator[str | Finding]:
    """Looks at each policy that a waking severity pages; finds those with fewer than two different humans."""
    people = context.catalog.oncall.people
    for name, policy in context.waking_policies.items():
        yield name
        people_asked = {person for step in policy.steps for ask in step.ask for person in context.people_of(ask)}
        if len({people[person].email for person in people_asked}) < 2:
            only = people[min(people_asked)].name
            what, remedy = f'nobody but "{only}" can ever be asked', "add a step that asks somebody else"
            yield context.finding("policy", name, "steps", key="one human", what=what, remedy=remedy)
