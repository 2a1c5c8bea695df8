"""Everybody who can be asked by a page that must wake has a contact that wakes, before the step is over."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.checks._case import Case, Finding, Subjects, found
from monitoring.model.oncall import Step
from monitoring.model.severity import Severity, Waking
from monitoring.model.words import Length

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
    """Looks at each such person; finds those whom no contact at high urgency wakes, or wakes in time."""
    asked = {pair for _, severity, route in case.waking_routes for pair in _asked(case, severity, route.page)}
    for person, severity in sorted({(person, severity) for person, severity, _, _, _ in asked}):
        yield person
        wakes = case.catalog.severities[severity].wakes
        if wakes and wakes.by and _soonest(case, person, wakes) is None:
            by = " or ".join(wakes.by)
            what = f"is paged for {severity}, and no contact at high urgency is {by}"
            remedy = f"write contact: {{high: {{{wakes.by[0]}: 2m}}}}"
            yield found(case, "person", person, "contact", key=f"not woken by {severity}", what=what, remedy=remedy)
    yield from _too_late(case, asked)


Asked = tuple[str, Severity, str, int, int]
"""A person, the severity, the policy, the step counted from 1, and its delay in seconds."""


def _asked(case: Case, severity: Severity, policy: str | None) -> Iterator[Asked]:
    steps: tuple[Step, ...] = case.catalog.oncall.policies[policy].steps if policy else ()
    for number, step in enumerate(steps, start=1):
        for ask in step.ask:
            for person in case.people_of(ask):
                yield person, severity, policy or "", number, step.escalate_after.seconds


def _soonest(case: Case, person: str, wakes: Waking) -> Length | None:
    contacts = case.catalog.oncall.people[person].contact.high
    return min((after for kind, after in contacts.items() if kind in wakes.by), default=None)


def _too_late(case: Case, asked: set[Asked]) -> Iterator[Finding]:
    """People whose waking contact comes when the step has been escalated already, so that it never happens."""
    late = {
        (person, policy, number, delay, soonest)
        for person, severity, policy, number, delay in asked
        if (wakes := case.catalog.severities[severity].wakes)
        and (soonest := _soonest(case, person, wakes)) is not None
        and soonest.seconds >= delay
    }
    for person, policy, number, delay, soonest in sorted(late):
        step = f'step {number} of "{policy}"'
        what = f"is woken after {soonest}, and {step} escalates after {Length(delay)}, so it never happens"
        remedy = "let the contact come sooner, or the step last longer"
        key = f"woken too late for step {number} of {policy}"
        yield found(case, "person", person, "contact", key=key, what=what, remedy=remedy)
