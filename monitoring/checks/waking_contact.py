"""Everybody who can be asked by a page that must wake has a contact that wakes, before the step is over."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.checks._check import Subjects, catalog_check
from monitoring.checks._context import Context, Finding
from monitoring.model.oncall import Step, contacts
from monitoring.model.scalars import Length
from monitoring.model.severity import Severity, Waking

AskedStep = tuple[str, Severity, str, int, int]
"""A person, the severity, the policy, the step counted from 1, and its delay in seconds."""


def _people(context: Context, ask: str) -> tuple[str, ...]:
    schedules = context.catalog.oncall.schedules
    return schedules[ask].people if ask in schedules else (ask,)


SUBJECTS = Subjects(
    "people whom a waking policy can ask",
    lambda context: frozenset(
        person
        for team in context.catalog.teams.values()
        for severity, route in team.routes.items()
        if route.page and context.catalog.severities[severity].wakes
        for step in context.catalog.oncall.policies[route.page].steps
        for ask in step.ask
        for person in _people(context, ask)
    ),
)


@catalog_check("waking-contact", about=SUBJECTS)
def waking_contact(context: Context) -> Iterator[str | Finding]:
    """Looks at each such person; finds those whom no contact at high urgency wakes, or wakes in time."""
    steps = {pair for _, severity, route in context.waking_routes for pair in _steps_of(context, severity, route.page)}
    for person, severity in sorted({(person, severity) for person, severity, _, _, _ in steps}):
        yield person
        wakes = context.catalog.severities[severity].wakes
        if wakes and wakes.by and _soonest(context, person, wakes) is None:
            by = " or ".join(wakes.by)
            what = f"is paged for {severity}, and no contact at high urgency is {by}"
            remedy = f"write contact: {{high: {{{wakes.by[0]}: 2m}}}}"
            yield context.finding("person", person, "contact", key=f"not woken by {severity}", what=what, remedy=remedy)
    yield from _too_late(context, steps)


def _steps_of(context: Context, severity: Severity, policy: str | None) -> Iterator[AskedStep]:
    steps: tuple[Step, ...] = context.catalog.oncall.policies[policy].steps if policy else ()
    for number, step in enumerate(steps, start=1):
        for ask in step.ask:
            for person in context.people_of(ask):
                yield person, severity, policy or "", number, step.escalate_after.seconds


def _soonest(context: Context, person: str, wakes: Waking) -> Length | None:
    high = context.catalog.oncall.people[person].contact.high
    return min((after for kind, after in contacts(high) if kind in wakes.by), default=None)


def _too_late(context: Context, steps: set[AskedStep]) -> Iterator[Finding]:
    """People whose waking contact comes when the step has been escalated already, so that it never happens."""
    late = {
        (person, policy, number, delay, soonest)
        for person, severity, policy, number, delay in steps
        if (wakes := context.catalog.severities[severity].wakes)
        and (soonest := _soonest(context, person, wakes)) is not None
        and soonest.seconds >= delay
    }
    for person, policy, number, delay, soonest in sorted(late):
        step = f'step {number} of "{policy}"'
        what = f"is woken after {soonest}, and {step} escalates after {Length(delay)}, so it never happens"
        remedy = "let the contact come sooner, or the step last longer"
        key = f"woken too late for step {number} of {policy}"
        yield context.finding("person", person, "contact", key=key, what=what, remedy=remedy)
