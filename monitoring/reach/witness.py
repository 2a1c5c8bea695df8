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


def no_incident(chain: AlertPath, oncall_data: OnCallData, page: PagedService) -> tuple[str, str, str, tuple[str, ...]]:
    """Hop, why, fix and people where nobody at all is on call."""
    asked = [ask.name for step in oncall_data.policies[page.policy].steps for ask in step.asks]
    why = f'nobody is on call in the whole policy "{page.policy}", so pagerduty makes no incident'
    fix = f'put somebody on call in {quoted(asked)} at that time, or ask a person by name in a step of "{page.policy}"'
    return "schedule", f"{why} for {chain.rule}", fix, ()


def first_late(
    oncall_data: OnCallData, page: PagedService, outcome: Reachability, by: frozenset[str], limit: int
) -> tuple[str, str, str, tuple[str, ...]]:
    """Hop, why, fix and people where the first human comes too late, or never."""
    blamed = next(_blamed(oncall_data, page, outcome, by, limit))
    said = _arrival(outcome.first, "nobody is reached")
    return blamed.hop, f"{blamed.why}; {said}, and {length(limit)} is promised", blamed.fix, blamed.people


def second_late(
    oncall_data: OnCallData, page: PagedService, outcome: Reachability, by: frozenset[str], limit: int
) -> tuple[str, str, str, tuple[str, ...]]:
    """Hop, why, fix and people where a second, different human comes too late, or never."""
    first = outcome.first
    if first is None:
        return first_late(oncall_data, page, outcome, by, limit)
    again = [v for v in visits(oncall_data, page.policy, outcome.start) if v.after <= limit and v.number != first.step]
    same = next((visit for visit in again if visit.group and set(visit.group) <= {first.person}), None)
    said = f"{_arrival(outcome.second, 'no second human is reached')}, and {length(limit)} is promised"
    if same is not None and (outcome.second is None or same.after < outcome.second.after):
        why = f'step {same.number + 1} asks "{first.person}" again, who was already asked by step {first.step + 1}'
        fix = f'let step {same.number + 1} of "{page.policy}" ask somebody else than step {first.step + 1}'
        return "step", f"{why}; {said}", fix, (first.person,)
    blamed = next(_blamed(oncall_data, page, outcome, by, limit, besides=first.person))
    return blamed.hop, f"{blamed.why}; {said}", blamed.fix, blamed.people


def _arrival(told: Notification | None, nobody: str) -> str:
    if told is None:
        return nobody
    return f'"{told.person}" is reached by {told.channel} after {length(told.after)}'


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
            told = reached(oncall_data.people, others, by, visit.step.delay, visit.number)[0]
            if told.after + visit.after > limit:
                yield _late_contact(visit, told)
    yield _slow(oncall_data, page, outcome.first if besides is None else outcome.second, limit)


def _nobody(visit: StepVisit) -> _Blame:
    asked = quoted([ask.name for ask in visit.step.asks])
    why = f"step {visit.number + 1} asks {asked}, where nobody is on call, and is passed at once"
    return _Blame("schedule", why, f"put somebody on call in {asked} at that time")


def _unreached(oncall_data: OnCallData, visit: StepVisit, group: tuple[str, ...], by: frozenset[str]) -> _Blame:
    person, ways = group[0], " or ".join(sorted(by))
    late = [one for one in oncall_data.people[person].high if one.channel in by]
    if late:
        slow = f"whose {late[0].channel} comes {length(late[0].after)} after being asked"
        why = f'step {visit.number + 1} asks "{person}", {slow}, when the step has escalated after '
        fix = f'let {late[0].channel} reach "{person}" sooner than that, or lengthen the step\'s escalate-after'
        return _Blame("contact", why + length(visit.step.delay), fix, group)
    why = f'step {visit.number + 1} asks "{person}", who has no {ways} at high urgency'
    return _Blame("contact", why, f'give "{person}" {ways} in contact: high', group)


def _late_contact(visit: StepVisit, told: Notification) -> _Blame:
    why = (
        f'step {visit.number + 1} comes after {length(visit.after)} and asks "{told.person}", '
        f"whom {told.channel} reaches {length(told.after)} later"
    )
    if visit.after > told.after:
        return _Blame("delay", why, "shorten escalate-after of the steps before it", (told.person,))
    return _Blame("contact", why, f'let {told.channel} reach "{told.person}" sooner', (told.person,))


def _slow(oncall_data: OnCallData, page: PagedService, told: Notification | None, limit: int) -> _Blame:
    policy = oncall_data.policies[page.policy]
    if told is None:
        why = f'the steps of "{page.policy}" ask nobody else within {length(limit)}'
        return _Blame("policy", why, f'add a step to "{page.policy}" that asks another person')
    slowest = max(range(told.step), key=lambda number: policy.steps[number].delay, default=0)
    delay = length(policy.steps[slowest].delay)
    why = f'step {slowest + 1} of "{page.policy}" waits {delay} before it escalates'
    return _Blame("delay", why, f"shorten escalate-after of step {slowest + 1}", (told.person,))
