"""Everybody who can be asked by a page that must wake has a contact that wakes."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.checks._case import Case, Finding, Subjects, found
from monitoring.model.severity import Severity

ABOUT = Subjects(
    "people whom a waking policy can ask",
    lambda case: frozenset(
        person
        for team in case.catalog.teams.values()
        for severity, route in team.routes.items()
        if route.page and severity in case.catalog.severities and case.catalog.severities[severity].wakes
        for step in case.catalog.oncall.policies[route.page].steps
        for ask in step.ask
        for person in (case.catalog.oncall.schedules[ask].people if ask in case.catalog.oncall.schedules else (ask,))
    ),
)


def looks(case: Case) -> Iterator[str | Finding]:
    """Looks at each such person; finds those whom no contact at high urgency wakes for a severity that pages them."""
    pairs = sorted({pair for _, severity, route in case.waking_routes for pair in _asked(case, severity, route.page)})
    for person, severity in pairs:
        yield person
        wakes = case.catalog.severities[severity].wakes
        contacts = case.catalog.oncall.people[person].contact.high
        if wakes and wakes.by and not any(kind in contacts for kind in wakes.by):
            by = " or ".join(wakes.by)
            what = f"is paged for {severity}, and no contact at high urgency is {by}"
            remedy = f"write contact: {{high: {{{wakes.by[0]}: 2m}}}}"
            yield found(case, "person", person, "contact", key=f"not woken by {severity}", what=what, remedy=remedy)


def _asked(case: Case, severity: Severity, policy: str | None) -> Iterator[tuple[str, Severity]]:
    for step in case.catalog.oncall.policies[policy].steps if policy else ():
        for ask in step.ask:
            yield from ((person, severity) for person in case.people_of(ask))
