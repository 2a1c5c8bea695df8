"""Changes that may repair a broken promise: what a policy would then be, and whom it would ask, so that each is tried.

A sentence names the number with which it was tried.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from monitoring.oncall.clock import MINUTE
from monitoring.oncall.timeline import Timeline
from monitoring.reach.escalation import (
    EscalationPolicy,
    EscalationStep,
    NotificationRule,
    NotificationRules,
    People,
    Target,
    step,
)
from monitoring.reach.formatting import exact_length, quoted

NEWCOMER = "somebody who is asked as well"


@dataclass(frozen=True, slots=True)
class Remedy:
    """A change that may fix a cause: its sentence, and somebody's contact or a policy as it would then be.

    The policy is made when it is tried, since a cause has a remedy for each of its many instants.
    `newcomers` are asked by that policy and are nobody whom the catalog names; it is tried where the promise fails.
    """

    text: str = ""
    person: str = ""
    contact: NotificationRule | None = None
    policy: Callable[[], EscalationPolicy] | None = None
    newcomers: People = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class WakingContact:
    """How somebody new is reached: by any of some channels, within so many seconds of being asked."""

    channels: frozenset[str]
    within: int

    @property
    def rules(self) -> NotificationRules:
        """The same as a person's notification rules."""
        return NotificationRules(tuple(NotificationRule(channel, self.within) for channel in sorted(self.channels)))

    def __str__(self) -> str:
        return f"whom {' or '.join(sorted(self.channels))} reaches within {exact_length(self.within)}"


def put_on_call(policy: EscalationPolicy, targets: Sequence[str], contact: WakingContact) -> Remedy:
    """Somebody else in each of some schedules, for the time in which nobody is on call there."""
    people = {target: f"somebody in {target}" for target in targets}
    first, *others = targets
    where = f'"{first}"' + (f", and somebody else in {quoted(others)}," if others else "")
    text = f"put somebody on call in {where} at that time, {contact}"
    newcomers = dict.fromkeys(people.values(), contact.rules)
    return Remedy(text, policy=partial(_filled, policy, people), newcomers=newcomers)


def _filled(policy: EscalationPolicy, people: Mapping[str, str]) -> EscalationPolicy:
    targets = (
        tuple(replace(target, timeline=_without_gaps(target, people.get(target.name))) for target in known.targets)
        for known in policy.steps
    )
    steps = (step(filled, known.delay) for known, filled in zip(policy.steps, targets, strict=True))
    return replace(policy, steps=tuple(steps))


def _without_gaps(target: Target, person: str | None) -> Timeline:
    return replace(target.timeline, people=tuple(shift.person or person for shift in target.timeline))


def ask_as_well(policy: EscalationPolicy, number: int, besides: int, contact: WakingContact) -> Remedy:
    """One more person on a step, since it asks nobody but whom the step `besides` asks."""
    text = f'let step {number + 1} of "{policy.name}" ask somebody whom step {besides + 1} does not ask, and {contact}'
    return Remedy(text, policy=partial(_with_one_more, policy, number), newcomers={NEWCOMER: contact.rules})


def _with_one_more(policy: EscalationPolicy, number: int) -> EscalationPolicy:
    known = policy.steps[number]
    more = step((*known.targets, _newcomer(known)), known.delay)
    return replace(policy, steps=(*policy.steps[:number], more, *policy.steps[number + 1 :]))


def add_step(policy: EscalationPolicy, contact: WakingContact) -> Remedy:
    """A last step that asks another person."""
    text = f'add a step to "{policy.name}" that asks another person, {contact}'
    longer = partial(_with_a_last_step, policy, contact.within + MINUTE)
    return Remedy(text, policy=longer, newcomers={NEWCOMER: contact.rules})


def _with_a_last_step(policy: EscalationPolicy, delay: int) -> EscalationPolicy:
    return replace(policy, steps=(*policy.steps, step((_newcomer(policy.steps[-1]),), delay)))


def _newcomer(beside: EscalationStep) -> Target:
    return Target(NEWCOMER, Timeline((beside.groups.starts[0],), (NEWCOMER,), beside.groups.end))
