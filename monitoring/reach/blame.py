"""Why an incident reaches somebody too late, at one instant: the hop, its cause, the people, and what would fix it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice

from monitoring.oncall.clock import MINUTE
from monitoring.reach.escalation import (
    EmptyStep,
    EscalationPolicy,
    EscalationStep,
    Notification,
    NotificationRule,
    Reachability,
    reached,
)
from monitoring.reach.formatting import either, exact_length, quoted
from monitoring.reach.paths import OnCallData
from monitoring.reach.repairs import Remedy, WakingContact, add_step, ask_as_well, put_on_call


@dataclass(frozen=True, slots=True)
class PromisedTimes:
    """What a severity promises: the channels that wake, and seconds to the first and to the second human."""

    by: frozenset[str]
    first: int
    second: int


@dataclass(frozen=True, slots=True)
class Blame:
    """The hop at which it fails, the cause in words that stay the same over time, why, and repairs, the best first.

    `absent` names the targets of a step on which nobody is on call, and `moment` when the incident comes to it.
    """

    hop: str
    cause: str
    why: str
    repairs: tuple[Remedy, ...]
    people: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    moment: int = 0


@dataclass(frozen=True, slots=True)
class StepVisit:
    """A step at the moment that an incident comes to it: after how many seconds, who is asked, how long it waits."""

    number: int
    step: EscalationStep
    after: int
    group: tuple[str, ...]
    waits: int


@dataclass(frozen=True, slots=True)
class Case:
    """An incident on a policy from one instant on, under one reading of PagerDuty's rules, and what is promised."""

    oncall_data: OnCallData
    policy: EscalationPolicy
    outcome: Reachability
    limits: PromisedTimes
    empty_step: EmptyStep = EmptyStep.PASSED

    def visits(self) -> Iterator[StepVisit]:
        """Every step that the incident comes to while nobody acknowledges, in order."""
        after = 0
        for visit, (number, step) in enumerate(self.policy.visits()):
            group = step.groups.at(self.outcome.start + after)
            waits = self.empty_step.delay_of(step, group, visit)
            yield StepVisit(number, step, after, group, waits)
            after += waits


def blames(case: Case) -> Iterator[Blame]:
    """Why the first human comes too late, and why the second does; nothing for a human who comes in time."""
    outcome, limits = case.outcome, case.limits
    if not outcome.incident:
        yield _no_incident(case)
        return
    if is_late(outcome.first, limits.first):
        arrival = _arrival(outcome.first, "nobody is reached", limits.first)
        yield _with_arrival(next(_blamed(case, limits.first)), arrival)
    if outcome.first is not None and is_late(outcome.second, limits.second):
        yield _second_late(case, outcome.first)


def is_late(notification: Notification | None, within: int) -> bool:
    """Whether a human is reached after a limit in seconds, or never."""
    return notification is None or notification.after > within


def _with_arrival(blame: Blame, arrival: str) -> Blame:
    return replace(blame, why=f"{blame.why}; {arrival}")


def _no_incident(case: Case) -> Blame:
    policy = case.policy
    targets = tuple(dict.fromkeys(target.name for step in policy.steps for target in step.targets))
    why = f'nobody is on call in the whole policy "{policy.name}", so PagerDuty opens no incident'
    repairs = tuple(_somebody_at_all(case))
    return Blame("schedule", "nobody on call at all", why, repairs, (), targets, case.outcome.start)


def _somebody_at_all(case: Case) -> Iterator[Remedy]:
    """Somebody in a schedule of the first step; then one more person in each schedule that comes after it."""
    chosen, within, after = list[str](), case.limits.first, 0
    for each in case.policy.steps:
        limit = case.limits.second if chosen else case.limits.first
        within = min(within, limit - after, each.delay - MINUTE)
        for target in each.targets:
            if within >= 0 and target.name not in chosen:
                chosen.append(target.name)
                yield put_on_call(case.policy, chosen, WakingContact(case.limits.by, within))
        after += each.delay


def _second_late(case: Case, first: Notification) -> Blame:
    limit, second = case.limits.second, case.outcome.second
    later = [visit for visit in case.visits() if first.after < visit.after <= limit and visit.number != first.step]
    repeated = next((visit for visit in later if visit.group and set(visit.group) <= {first.person}), None)
    arrival = _arrival(second, "no second person is reached", limit)
    if repeated is not None and (second is None or repeated.after < second.after):
        return _with_arrival(_repeated(case, first, repeated), arrival)
    return _with_arrival(next(_blamed(case, limit, besides=first)), arrival)


def _repeated(case: Case, first: Notification, repeated: StepVisit) -> Blame:
    steps = f"{first.step + 1} and {repeated.number + 1}"
    why = f'step {repeated.number + 1} asks "{first.person}" again, who was already asked by step {first.step + 1}'
    contact = WakingContact(case.limits.by, _latest_contact(repeated, case.limits.second))
    fix = ask_as_well(case.policy, repeated.number, first.step, contact)
    return Blame("step", f"the same person in steps {steps}", why, (fix,), (first.person,))


def _arrival(notification: Notification | None, nobody: str, limit: int) -> str:
    arrives = nobody
    if notification is not None:
        after = exact_length(notification.after)
        arrives = f'"{notification.person}" is reached by {notification.channel} after {after}'
    return f"{arrives}, and {exact_length(limit)} is promised"


def _blamed(case: Case, limit: int, besides: Notification | None = None) -> Iterator[Blame]:
    """What is wrong on each step that comes within the limit, and at last that steps come too slowly."""
    for visit in case.visits():
        if visit.after > limit:
            break
        others = tuple(name for name in visit.group if besides is None or name != besides.person)
        if not visit.group:
            yield _nobody(case, visit, limit)
        elif others:
            yield from _late_people(case, visit, others, limit)
    yield _slow(case, case.outcome.first if besides is None else case.outcome.second, limit)


def _late_people(case: Case, visit: StepVisit, others: tuple[str, ...], limit: int) -> Iterator[Blame]:
    notifications = reached(case.oncall_data.people, others, case.limits.by, visit.step.delay, visit.number)
    if not notifications:
        yield _unreached(case, visit, others, limit)
    elif notifications[0].after + visit.after > limit:
        yield _late_contact(case, visit, notifications[0], limit)


def _nobody(case: Case, visit: StepVisit, limit: int) -> Blame:
    targets = tuple(dict.fromkeys(target.name for target in visit.step.targets))
    becomes = f"waits {exact_length(visit.waits)}, as it may" if visit.waits else "is passed at once"
    why = f"step {visit.number + 1} asks {quoted(targets)}, where nobody is on call, and {becomes}"
    contact = WakingContact(case.limits.by, _latest_contact(visit, limit))
    repairs = [put_on_call(case.policy, (target,), contact) for target in targets]
    if len(absent := _absent(case)) > 1:
        repairs.append(put_on_call(case.policy, absent, contact))
    cause = f"nobody on call in {either(targets, marks=False)}"
    return Blame("schedule", cause, why, tuple(repairs), (), targets, case.outcome.start + visit.after)


def _absent(case: Case) -> tuple[str, ...]:
    """The schedules of all steps in which nobody is on call when the incident comes to them first."""
    visits = islice(case.visits(), len(case.policy.steps))
    return tuple(dict.fromkeys(target.name for each in visits if not each.group for target in each.step.targets))


def _latest_contact(visit: StepVisit, limit: int) -> int:
    """How late a contact of the step may come: within the limit, and a minute before the step escalates."""
    return min(limit - visit.after, visit.step.delay - MINUTE) // MINUTE * MINUTE


def _unreached(case: Case, visit: StepVisit, group: tuple[str, ...], limit: int) -> Blame:
    person, channels = group[0], " or ".join(sorted(case.limits.by))
    late = next((rule for rule in case.oncall_data.people[person].high if rule.channel in case.limits.by), None)
    if late is None:
        why = f'step {visit.number + 1} asks "{person}", who has no {channels} at high urgency'
        rule = NotificationRule(min(case.limits.by, default="phone"), max(_latest_contact(visit, limit), 0))
        return Blame("contact", f"no {channels} in step {visit.number + 1}", why, (Remedy("", person, rule),), group)
    slow = f"whose {late.channel} comes {exact_length(late.after)} after being asked"
    why = f'step {visit.number + 1} asks "{person}", {slow}, when the step has escalated after '
    repairs = [*_sooner(visit, person, late, limit), *_longer_step(case, visit, late, limit)]
    cause = f"{late.channel} too late in step {visit.number + 1}"
    return Blame("contact", cause, why + exact_length(visit.step.delay), tuple(repairs), group)


def _late_contact(case: Case, visit: StepVisit, notification: Notification, limit: int) -> Blame:
    person, channel = notification.person, notification.channel
    why = (
        f'step {visit.number + 1} comes after {exact_length(visit.after)} and asks "{person}", '
        f"whom {channel} reaches {exact_length(notification.after)} later"
    )
    rule = NotificationRule(channel, notification.after)
    sooner = list(_sooner(visit, person, rule, limit))
    if visit.after > notification.after:
        shorter = list(_shorter_step(case, visit.number, visit.after + notification.after - limit))
        cause = f"step {visit.number + 1} comes too late"
        return Blame("delay", cause, why, (*shorter, *sooner), (person,))
    return Blame("contact", f"{channel} too late in step {visit.number + 1}", why, tuple(sooner), (person,))


def _slow(case: Case, notification: Notification | None, limit: int) -> Blame:
    name = case.policy.name
    if notification is None:
        why = f'the steps of "{name}" ask nobody else within {exact_length(limit)}'
        contact = WakingContact(case.limits.by, max(limit - sum(step.delay for step in case.policy.steps), 0))
        return Blame("policy", "nobody else is asked", why, (add_step(case.policy, contact),))
    slowest = _slowest_before(case.policy, notification.step)
    delay = exact_length(case.policy.steps[slowest].delay)
    why = f'step {slowest + 1} of "{name}" waits {delay} before it escalates'
    repairs = tuple(_shorter_step(case, notification.step, notification.after - limit))
    return Blame("delay", f"step {slowest + 1} waits too long", why, repairs, (notification.person,))


# --- repairs ---------------------------------------------------------------------------------------------------


def _sooner(visit: StepVisit, person: str, rule: NotificationRule, limit: int) -> Iterator[Remedy]:
    latest = _latest_contact(visit, limit)
    if 0 <= latest < rule.after:
        yield Remedy("", person, NotificationRule(rule.channel, latest))


def _longer_step(case: Case, visit: StepVisit, late: NotificationRule, limit: int) -> Iterator[Remedy]:
    """A longer delay of a step, so that a contact still happens; only where it then comes in time."""
    if visit.after + late.after <= limit:
        delay = max(late.after + MINUTE, visit.step.least_delay)
        yield _step_repair(case, visit.number, delay, "lengthen")


def _shorter_step(case: Case, before: int, seconds: int) -> Iterator[Remedy]:
    """The slowest step before another one, shorter by so many seconds and up to a whole minute."""
    slowest = _slowest_before(case.policy, before)
    delay = (case.policy.steps[slowest].delay - seconds) // MINUTE * MINUTE
    if delay >= case.policy.steps[slowest].least_delay:
        yield _step_repair(case, slowest, delay, "shorten")


def _step_repair(case: Case, number: int, delay: int, verb: str) -> Remedy:
    policy = case.policy
    changed = replace(policy.steps[number], delay=delay)
    steps = (*policy.steps[:number], changed, *policy.steps[number + 1 :])
    text = f'{verb} escalate-after of step {number + 1} of "{policy.name}" to {exact_length(delay)}'
    return Remedy(text, policy=partial(replace, policy, steps=steps))


def _slowest_before(policy: EscalationPolicy, number: int) -> int:
    return max(range(number), key=lambda earlier: policy.steps[earlier].delay, default=0)
