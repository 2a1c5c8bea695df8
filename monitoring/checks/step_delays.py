"""A step gives somebody the time to be woken before it passes on."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.checks._case import Case, Finding, found
from monitoring.checks._subjects import POLICIES
from monitoring.model.oncall import Person, Policy, Step
from monitoring.model.severity import ContactKind

ABOUT = POLICIES


def looks(case: Case) -> Iterator[str | Finding]:
    """Looks at each policy; finds steps that escalate before the waking contact of somebody whom they ask.

    A contact later than the step's escalation never happens at PagerDuty. The least delay that PagerDuty takes, one
    whole minute, is the model's.
    """
    for name, policy in case.catalog.oncall.policies.items():
        yield name
        if name in case.waking_policies:
            yield from _hasty(case, name, policy)


def _hasty(case: Case, name: str, policy: Policy) -> Iterator[Finding]:
    waking = {kind for severity in case.waking_severities for kind in _by(case, severity)}
    for number, step in enumerate(policy.steps):
        for person in sorted({person for ask in step.ask for person in case.people_of(ask)}):
            late = _too_late(case.catalog.oncall.people[person], step, waking)
            if late:
                what = f'step {number + 1} passes on after {step.escalate_after}, and wakes "{person}" after {late}'
                remedy = f"escalate after more than {late}, or contact {person} sooner"
                key = f"step {number + 1} too short for {person}"
                path = ("steps", number, "escalate-after")
                yield found(case, "policy", name, *path, key=key, what=what, remedy=remedy)


def _by(case: Case, severity: object) -> tuple[ContactKind, ...]:
    wakes = next(promise.wakes for name, promise in case.catalog.severities.items() if name is severity)
    return wakes.by if wakes else ()


def _too_late(person: Person, step: Step, waking: set[ContactKind]) -> str:
    delays = [delay for kind, delay in person.contact.high.items() if kind in waking]
    return str(min(delays)) if delays and min(delays) >= step.escalate_after else ""
