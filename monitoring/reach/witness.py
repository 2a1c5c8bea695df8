"""Why a proof fails: the hop, the people, and what would fix it, at one instant."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from monitoring.errors import Source
from monitoring.reach.escalation import EscalationStep, Notification, Reachability, reached
from monitoring.reach.formatting import length, quoted
from monitoring.reach.paths import AlertPath, OnCallData, PagedService


@dataclass(frozen=True, slots=True)
class Witness:
    """A rule and an instant at which its promise fails.

    `at` is the first such instant, and `seconds` all of them in the horizon, in `times` stretches; both are None where
    it fails whatever the instant.
    """

    rule: str
    hop: str
    why: str
    fix: str
    source: Source
    people: tuple[str, ...] = ()
    zone: str = "Etc/UTC"
    at: int | None = None
    seconds: int | None = None
    times: int = 0


@dataclass(frozen=True, slots=True)
class StepVisit:
    """A step at the moment that an incident comes to it: after how many seconds, and who is asked."""

    number: int
    step: EscalationStep
    after: int
    group: tuple[str, ...]


def visits(oncall_data: OnCallData, policy: str, at: int) -> Iterator[StepVisit]:
    """Every step that an unacknowledged incident from that instant comes to, in order."""
    after = 0
    for number, step in oncall_data.policies[policy].visits():
        group = step.groups.at(at + after)
        yield StepVisit(number, step, after, group)
        after += step.delay if group else 0


def no_incident(path: AlertPath, oncall_data: OnCallData, page: PagedService) -> tuple[str, str, str, tuple[str, ...]]:
    """Hop, why, fix and people where nobody at all is on call."""
    targets = [target.name for step in oncall_data.policies[page.policy].steps for target in step.targets]
    why = f'nobody is on call in the whole policy "{page.policy}", so pagerduty makes no incident'
    fix = (
        f'put somebody on call in {quoted(targets)} at that time, or ask a person by name in a step of "{page.policy}"'
    )
    return "schedule", f"{why} for {path.rule}", fix, ()


def first_late(
    oncall_data: OnCallData, page: PagedService, outcome: Reachability, by: frozenset[str], limit: int
) -> tuple[str, str, str, tuple[str, ...]]:
    """Hop, why, fix and people where the first human comes too late, or never."""
    blamed = next(_blamed(oncall_data, page, outcome, by, limit))
    arrival = _arrival(outcome.first, "nobody is reached")
    return blamed.hop, f"{blamed.why}; {arrival}, and {length(limit)} is promised", blamed.fix, blamed.people


def second_late(
    oncall_data: OnCallData, page: PagedService, outcome: Reachability, by: frozenset[str], limit: int
) -> tuple[str, str, str, tuple[str, ...]]:
    """Hop, why, fix and people where a second, different human comes too late, or never."""
    first = outcome.first
    if first is None:
        return first_late(oncall_data, page, outcome, by, limit)
    later_visits = [
        v for v in visits(oncall_data, page.policy, outcome.start) if v.after <= limit and v.number != first.step
    ]
    repeated = next((visit for visit in later_visits if visit.group and set(visit.group) <= {first.person}), None)
    arrival = f"{_arrival(outcome.second, 'no second human is reached')}, and {length(limit)} is promised"
    if repeated is not None and (outcome.second is None or repeated.after < outcome.second.after):
        why = f'step {repeated.number + 1} asks "{first.person}" again, who was already asked by step {first.step + 1}'
        fix = f'let step {repeated.number + 1} of "{page.policy}" ask somebody else than step {first.step + 1}'
        return "step", f"{why}; {arrival}", fix, (first.person,)
    blamed = next(_blamed(oncall_data, page, outcome, by, limit, besides=first.person))
    return blamed.hop, f"{blamed.why}; {arrival}", blamed.fix, blamed.people


def _arrival(notification: Notification | None, nobody: str) -> str:
    if notification is None:
        return nobody
    return f'"{notification.person}" is reached by {notification.channel} after {length(notification.after)}'


@dataclass(frozen=True, slots=True)
class _Blame:
    hop: str
    why: str
    fix: str
    people: tuple[str, ...] = ()


def _blamed(
    oncall_data: OnCallData,
    page: PagedService,
    outcome: Reachability,
    by: frozenset[str],
    limit: int,
    besides: str | None = None,
) -> Iterator[_Blame]:
    """What is wrong on each step that comes within the limit, and at last that steps come too slowly."""
    for visit in visits(oncall_data, page.policy, outcome.start):
        if visit.after > limit:
            break
        others = tuple(name for name in visit.group if name != besides)
        if not visit.group:
            yield _nobody(visit)
        elif others and not reached(oncall_data.people, others, by, visit.step.delay, visit.number):
            yield _unreached(oncall_data, visit, others, by)
        elif others:
            notification = reached(oncall_data.people, others, by, visit.step.delay, visit.number)[0]
            if notification.after + visit.after > limit:
                yield _late_contact(visit, notification)
    yield _slow(oncall_data, page, outcome.first if besides is None else outcome.second, limit)


def _nobody(visit: StepVisit) -> _Blame:
    targets = quoted([target.name for target in visit.step.targets])
    why = f"step {visit.number + 1} asks {targets}, where nobody is on call, and is passed at once"
    return _Blame("schedule", why, f"put somebody on call in {targets} at that time")


def _unreached(oncall_data: OnCallData, visit: StepVisit, group: tuple[str, ...], by: frozenset[str]) -> _Blame:
    person, channels = group[0], " or ".join(sorted(by))
    late_rules = [rule for rule in oncall_data.people[person].high if rule.channel in by]
    if late_rules:
        slow = f"whose {late_rules[0].channel} comes {length(late_rules[0].after)} after being asked"
        why = f'step {visit.number + 1} asks "{person}", {slow}, when the step has escalated after '
        fix = f'let {late_rules[0].channel} reach "{person}" sooner than that, or lengthen the step\'s escalate-after'
        return _Blame("contact", why + length(visit.step.delay), fix, group)
    why = f'step {visit.number + 1} asks "{person}", who has no {channels} at high urgency'
    return _Blame("contact", why, f'give "{person}" {channels} in contact: high', group)


def _late_contact(visit: StepVisit, notification: Notification) -> _Blame:
    why = (
        f'step {visit.number + 1} comes after {length(visit.after)} and asks "{notification.person}", '
        f"whom {notification.channel} reaches {length(notification.after)} later"
    )
    if visit.after > notification.after:
        return _Blame("delay", why, "shorten escalate-after of the steps before it", (notification.person,))
    return _Blame(
        "contact", why, f'let {notification.channel} reach "{notification.person}" sooner', (notification.person,)
    )


def _slow(oncall_data: OnCallData, page: PagedService, notification: Notification | None, limit: int) -> _Blame:
    policy = oncall_data.policies[page.policy]
    if notification is None:
        why = f'the steps of "{page.policy}" ask nobody else within {length(limit)}'
        return _Blame("policy", why, f'add a step to "{page.policy}" that asks another person')
    slowest = max(range(notification.step), key=lambda number: policy.steps[number].delay, default=0)
    delay = length(policy.steps[slowest].delay)
    why = f'step {slowest + 1} of "{page.policy}" waits {delay} before it escalates'
    return _Blame("delay", why, f"shorten escalate-after of step {slowest + 1}", (notification.person,))
