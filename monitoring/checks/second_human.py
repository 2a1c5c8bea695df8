"""A policy that must wake can ask two different humans, so that one who sleeps through it is not the end."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.checks._case import Case, Finding, Subjects, found

ABOUT = Subjects(
    "policies that must wake",
    lambda case: frozenset(
        route.page
        for team in case.catalog.teams.values()
        for severity, route in team.routes.items()
        if route.page and severity in case.catalog.severities and case.catalog.severities[severity].wakes
    ),
)


def looks(case: Case) -> Iterator[str | Finding]:
    """Looks at each policy that a waking severity pages; finds those with fewer than two different humans."""
    people = case.catalog.oncall.people
    for name, policy in case.waking_policies.items():
        yield name
        asked = {person for step in policy.steps for ask in step.ask for person in case.people_of(ask)}
        if len({people[person].email for person in asked}) < 2:
            only = people[min(asked)].name
            what, remedy = f'nobody but "{only}" can ever be asked', "add a step that asks somebody else"
            yield found(case, "policy", name, "steps", key="one human", what=what, remedy=remedy)
