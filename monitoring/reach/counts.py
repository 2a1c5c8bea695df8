"""What a proof looked at, and what it met on the way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from monitoring.reach.escalation import Groups
from monitoring.reach.paths import OnCallData
from monitoring.reach.sweeps import SweepCache


@dataclass(frozen=True, slots=True)
class DuplicateResponder:
    """Somebody whom two steps of a policy ask at the same time, and for how many seconds of the horizon."""

    policy: str
    person: str
    steps: tuple[int, int]
    seconds: int


@dataclass(frozen=True, slots=True)
class Counts:
    """What was looked at; `rules_to_prove` is counted apart from the proof.

    `undetermined` are rules whose signal does not tell how long it takes.
    """

    rules: int
    rules_to_prove: int
    wake: int
    do_not_wake: int
    limited_by_environment: int
    in_trial: int
    muted: int
    policies: int
    handoffs: int
    spans: int
    undetermined: tuple[str, ...]
    without_waking_contact: tuple[str, ...]
    in_two_steps: tuple[DuplicateResponder, ...]


# long: one line a count
def counts(
    *,
    rules: int,
    rules_to_prove: int,
    promised: Sequence[str],
    in_trial: int,
    muted: int,
    undetermined: Iterable[str],
    sweeps: SweepCache,
    policies: Sequence[str],
    by: frozenset[str],
) -> Counts:
    """The counts of a proof that swept `policies`, where `by` are the channels that wake."""
    data = sweeps.oncall_data
    return Counts(
        rules=rules,
        rules_to_prove=rules_to_prove,
        wake=promised.count("wakes"),
        do_not_wake=promised.count("does not wake"),
        limited_by_environment=promised.count("limited-by-environment"),
        in_trial=in_trial,
        muted=muted,
        policies=len(policies),
        handoffs=sum(len(line) - 1 for line in data.timelines.values()),
        spans=sum(len(swept) for swept in sweeps.swept.values()),
        undetermined=tuple(sorted(set(undetermined))),
        without_waking_contact=tuple(_without_waking_contact(sweeps, policies, by)),
        in_two_steps=tuple(duplicate for policy in policies for duplicate in _in_two_steps(data, policy)),
    )


def _without_waking_contact(sweeps: SweepCache, policies: Iterable[str], by: frozenset[str]) -> Iterator[str]:
    people = sweeps.oncall_data.people
    for name in sorted({name for policy in policies for name in sweeps.everybody(policy)}):
        if not any(rule.channel in by for rule in people[name].high):
            yield name


def _in_two_steps(oncall_data: OnCallData, policy: str) -> Iterator[DuplicateResponder]:
    steps = oncall_data.policies[policy].steps
    for later in range(1, len(steps)):
        for earlier in range(later):
            shared = _shared(steps[earlier].groups, steps[later].groups, oncall_data.start, oncall_data.end)
            for person, seconds in sorted(shared.items()):
                yield DuplicateResponder(policy, person, (earlier, later), seconds)


def _shared(earlier: Groups, later: Groups, start: int, end: int) -> dict[str, int]:
    seconds: dict[str, int] = {}
    for group in earlier.between(start, end):
        for inner in later.between(group.start, group.end):
            for person in set(group.people) & set(inner.people):
                seconds[person] = seconds.get(person, 0) + inner.end - inner.start
    return seconds
