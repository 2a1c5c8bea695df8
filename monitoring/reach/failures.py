"""What fails on a policy: the spans in which a promise is broken, grouped by cause, each with a fix that was tried."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from monitoring.reach.blame import Blame, Case, PromisedTimes, blames, is_late
from monitoring.reach.escalation import (
    EmptyStep,
    EscalationPolicy,
    NotificationRule,
    NotificationRules,
    People,
    Reachability,
    outcomes,
)
from monitoring.reach.formatting import exact_length, quoted
from monitoring.reach.occasion import notes
from monitoring.reach.paths import OnCallData
from monitoring.reach.witness import Failure, Stretch, union

TRIED = 60  # spans of a cause in which a repair of people's contacts is tried; each of them is alike

Sweep = tuple[EmptyStep, Sequence[Reachability]]


def failures(
    oncall_data: OnCallData, policy: str, limits: PromisedTimes, sweeps: Iterable[Sweep]
) -> tuple[Failure, ...]:
    """Every cause for which some instant of the sweeps breaks the limits, in the order of their first instants."""
    by_cause: dict[str, list[tuple[Case, Blame]]] = {}
    for empty_step, spans in sweeps:
        for span in spans:
            if breaks(span, limits):
                case = Case(oncall_data, oncall_data.policies[policy], span, limits, empty_step)
                for blame in blames(case):
                    by_cause.setdefault(blame.cause, []).append((case, blame))
    return tuple(_failure(cause, blamed) for cause, blamed in by_cause.items())


def breaks(span: Reachability, limits: PromisedTimes) -> bool:
    """Whether an incident that begins in a span reaches somebody too late, or nobody."""
    return not span.incident or is_late(span.first, limits.first) or is_late(span.second, limits.second)


def _failure(cause: str, blamed: Sequence[tuple[Case, Blame]]) -> Failure:
    blamed = sorted(blamed, key=lambda each: each[0].outcome.start)
    case, blame = blamed[0]
    oncall_data, policy = case.oncall_data, case.policy.name
    stretches = union((each.outcome.start, each.outcome.end) for each, _ in blamed)
    return Failure(
        subject=policy,
        cause=cause,
        hop=blame.hop,
        why=blame.why,
        fix=_fix(_changes(blamed), [each for each, _ in blamed]),
        source=oncall_data.sources.get(("policy", policy)),
        people=tuple(dict.fromkeys(name for _, each in blamed for name in each.people)),
        zone=oncall_data.zone(policy),
        stretches=stretches,
        always=stretches == (Stretch(oncall_data.start, oncall_data.end),),
        notes=tuple(notes(case, blame, stretches)),
        promised=case.limits.first,
    )


def _fix(changes: Iterable[Change], cases: Sequence[Case]) -> str:
    """The first change after which the promise holds; where none is enough alone, the first one, which says so."""
    insufficient = ""
    for change in changes:
        if _repaired(change, cases):
            return change.text
        insufficient = insufficient or f"{change.text}; that alone is not enough"
    return insufficient or "promise less in severities.yaml, or ask people who are reached sooner"


@dataclass(frozen=True, slots=True)
class Change:
    """A repair for everybody whom a cause concerns: the people and the policy as they would then be."""

    text: str
    people: People
    policy: EscalationPolicy
    is_for_failures: bool = True
    """Whether it changes nothing but what fails, so that nothing else has to be tried."""


def _changes(blamed: Sequence[tuple[Case, Blame]]) -> Iterator[Change]:
    """The repairs of a cause, that of contacts for everybody at once."""
    case, first = blamed[0]
    people = case.oncall_data.people
    contacts = {
        repair.person: repair.contact for _, blame in blamed for repair in blame.repairs if repair.contact is not None
    }
    for repair in first.repairs:
        if repair.contact is None:
            newcomers = repair.newcomers
            policy = repair.policy() if repair.policy else case.policy
            yield Change(repair.text, {**people, **newcomers}, policy, is_for_failures=bool(newcomers))
        else:
            yield _contacts_changed(case, contacts)


def _contacts_changed(case: Case, contacts: Mapping[str, NotificationRule]) -> Change:
    people = case.oncall_data.people
    soonest = min(contacts.values(), key=lambda rule: rule.after)
    within = exact_length(soonest.after)
    text = f"let {soonest.channel} reach {quoted(sorted(contacts))} within {within}"
    write = f"write {soonest.channel}: {within} in contact: high"
    return Change(
        f"{text}; {write}", {**people, **{name: _with(people[name], soonest) for name in contacts}}, case.policy
    )


def _with(known: NotificationRules, rule: NotificationRule) -> NotificationRules:
    others = [other for other in known.high if other.channel != rule.channel]
    return NotificationRules(tuple(sorted([*others, rule], key=lambda other: other.after)), known.low)


def _repaired(change: Change, cases: Sequence[Case]) -> bool:
    """Whether the promise holds with the change: where it failed, and with other delays at every instant."""
    if not change.is_for_failures:
        return all(_holds(change, cases[0], reading) for reading in EmptyStep)
    spans = islice(cases, TRIED)
    return all(_holds(change, case, case.empty_step, (case.outcome.start, case.outcome.end)) for case in spans)


def _holds(change: Change, case: Case, empty_step: EmptyStep, span: tuple[int, int] | None = None) -> bool:
    oncall_data, by = case.oncall_data, case.limits.by
    start, end = span or (oncall_data.start, oncall_data.end)
    end = min(end, _known_until(change.policy))
    swept = outcomes(change.policy, change.people, by, start, end, empty_step) if start < end else ()
    return bool(swept) and not any(breaks(outcome, case.limits) for outcome in swept)


def _known_until(policy: EscalationPolicy) -> int:
    """Until when an incident may begin whose end lies in all timelines of a policy, which may have become longer."""
    return min(step.groups.end for step in policy.steps) - policy.longest
