"""What a change does to promises: how late people are reached at worst, what holds no more, when nobody is on call."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from monitoring.model.signals import Uptime
from monitoring.oncall.moved import MovedShift
from monitoring.reach.formatting import exact_length, wall_clock
from monitoring.reach.proof import Proof, RuleProof
from monitoring.reach.sweeps import LongestWait
from monitoring.reach.witness import Witness
from monitoring.review.compared import ComparedCatalogs
from monitoring.review.effects import Effect
from monitoring.review.people import few
from monitoring.review.risks import EffectKind


def promise_effects(compared: ComparedCatalogs) -> Iterator[Effect]:
    """Every effect on promises."""
    yield from _holes(compared)
    yield from _witnesses(compared)
    yield from (_answer_effect(compared, change) for change in answer_changes(compared))
    yield from _outside_tests(compared)
    yield from _acting(compared)


# --- waits -----------------------------------------------------------------------------------------------------


class AnswerChange(NamedTuple):
    """The longest wait for the first or second person, before and after in seconds, None for never, and its instant."""

    environment: str
    which: str
    before: int | None
    after: int | None
    at: int
    zone: str
    rules: tuple[str, ...]

    @property
    def is_later(self) -> bool:
        """Whether it is worse than before."""
        return self.after is None or (self.before is not None and self.after > self.before)

    @property
    def lengths(self) -> str:
        """Both lengths: 5m → 8m."""
        return " → ".join("never" if each is None else exact_length(each) for each in (self.before, self.after))


def answer_changes(compared: ComparedCatalogs) -> tuple[AnswerChange, ...]:
    """Which waits are others than before, one for all rules of an environment for which they are the same."""
    groups: defaultdict[tuple[str, str, int | None, int | None, int, str], list[str]] = defaultdict(list)
    for environment in compared.environments:
        old = {
            compared.goes_on_as("rule", name): each
            for name, each in _waits(compared.old_answers[environment].proof).items()
        }
        for name, new in _waits(compared.new_answers[environment].proof).items():
            for which, was, becomes in _both(old.get(name), new):
                if was.after != becomes.after:
                    groups[environment, which, was.after, becomes.after, becomes.at, new.zone].append(name)
    return tuple(AnswerChange(*key, tuple(sorted(rules))) for key, rules in sorted(groups.items(), key=_by_first_rule))


def _by_first_rule(group: tuple[object, list[str]]) -> str:
    return min(group[1])


def _waits(proof: Proof) -> dict[str, RuleProof]:
    """The proof of each rule that wakes; of one with a trial, that of its severity."""
    return {each.path.rule: each for each in proof.rules if each.first is not None}


def _both(old: RuleProof | None, new: RuleProof) -> Iterator[tuple[str, LongestWait, LongestWait]]:
    if old is not None:
        for which, was, becomes in (("first", old.first, new.first), ("second", old.second, new.second)):
            if was is not None and becomes is not None:
                yield which, was, becomes


def _answer_effect(compared: ComparedCatalogs, change: AnswerChange) -> Effect:
    kind = EffectKind.ANSWER_LATER if change.is_later else EffectKind.ANSWER_SOONER
    when = wall_clock(change.at, change.zone)
    return Effect(
        kind=kind,
        subject=change.rules[0],
        sentence=f"the {change.which} person is reached at worst {change.lengths} ({when}): {few(change.rules)}",
        source=compared.rule_source(change.rules[0]),
        people=compared.woken_by(compared.catalog_rule(change.rules[0])),
        before="never" if change.before is None else exact_length(change.before),
        after="never" if change.after is None else exact_length(change.after),
        detail=f"{change.environment} {change.which}",
    )


# --- witnesses -------------------------------------------------------------------------------------------------


def _witnesses(compared: ComparedCatalogs) -> Iterator[Effect]:
    """Promises that fail and did not, and the other way round: one effect for a cause and its rules."""
    for environment, answer in compared.new_answers.items():
        old = compared.old_answers[environment].proof.witnesses if environment in compared.old_answers else ()
        new = answer.proof.witnesses
        old_pairs = {(_key(compared, each), compared.goes_on_as("rule", rule)) for each in old for rule in each.rules}
        new_pairs = {(each.key, rule) for each in new for rule in each.rules}
        for witness in new:
            broken = [rule for rule in sorted(witness.rules) if (witness.key, rule) not in old_pairs]
            if broken:
                yield _witness_effect(environment, witness, broken, EffectKind.PROMISE_BROKEN)
        for witness in old:
            key, rules = _key(compared, witness), sorted(compared.goes_on_as("rule", rule) for rule in witness.rules)
            kept = [rule for rule in rules if (key, rule) not in new_pairs and compared.acts(rule)]
            if kept:
                yield _witness_effect(environment, witness, kept, EffectKind.PROMISE_KEPT)


def _key(compared: ComparedCatalogs, witness: Witness) -> str:
    """A witness's key with the new name of the rule that is its subject."""
    subject, colon, cause = witness.key.partition(": ")
    return f"{compared.goes_on_as('rule', compared.goes_on_as('policy', subject))}{colon}{cause}"


def _witness_effect(environment: str, witness: Witness, rules: list[str], kind: EffectKind) -> Effect:
    verb = "fails" if kind is EffectKind.PROMISE_BROKEN else "does not fail any more"
    return Effect(
        kind=kind,
        subject=witness.key,
        sentence=f"the promise of {few(rules)} {verb} in {environment}: {witness.why}{_when(witness)}",
        source=witness.source,
        gone=kind is EffectKind.PROMISE_KEPT,
        people=witness.people,
        detail=environment,
    )


def _when(witness: Witness) -> str:
    return "" if witness.at is None else f" (first on {wall_clock(witness.at, witness.zone)})"


# --- holes of schedules ----------------------------------------------------------------------------------------


def _holes(compared: ComparedCatalogs) -> Iterator[Effect]:
    """When a schedule that both catalogs have has nobody on call and had somebody, and the other way round."""
    old_schedules = {compared.goes_on_as("schedule", name) for name in compared.before.oncall.schedules}
    for name, moved in compared.moved.items():
        if name in old_schedules and name in compared.after.oncall.schedules:
            opened = [shift for shift in moved if shift.becomes is None]
            closed = [shift for shift in moved if shift.was is None]
            for kind, shifts in ((EffectKind.HOLE_OPENED, opened), (EffectKind.HOLE_CLOSED, closed)):
                if shifts:
                    yield _hole(compared, kind, name, shifts)


def _hole(compared: ComparedCatalogs, kind: EffectKind, name: str, shifts: list[MovedShift]) -> Effect:
    length = exact_length(sum(each.end - each.start for each in shifts))
    when = wall_clock(shifts[0].start, compared.schedules[name].time_zone)
    who = "nobody is on call any more" if kind is EffectKind.HOLE_OPENED else "somebody is on call where nobody was"
    return Effect(
        kind=kind,
        subject=name,
        sentence=f'{who} in "{name}" for {length} of the coming year, first on {when}',
        after=length,
        source=compared.schedule_source(name),
        people=tuple(sorted({person for each in shifts for person in (each.was, each.becomes) if person})),
    )


# --- what acts where -------------------------------------------------------------------------------------------


def _outside_tests(compared: ComparedCatalogs) -> Iterator[Effect]:
    """Services that both catalogs have and that lose their only test from outside, or get their first."""
    for name, service in compared.after.services.items():
        old = compared.before.services.get(compared.old_name("service", name))
        if old is None:
            continue
        had, has = (any(isinstance(rule.signal, Uptime) for rule in each.rules) for each in (old, service))
        if had != has:
            kind = EffectKind.TEST_GAINED if has else EffectKind.TEST_LOST
            verb = "gets its first" if has else "loses its only"
            sentence = f'service "{name}" {verb} test from outside'
            yield Effect(kind, name, sentence, compared.source(("service", name)))


def _acting(compared: ComparedCatalogs) -> Iterator[Effect]:
    """Rules of both catalogs that act in an environment in which they did not, or no more."""
    for environment in compared.environments:
        old = {compared.goes_on_as("rule", name) for name in compared.old_answers[environment].woken_by_rule}
        new = set(compared.new_answers[environment].woken_by_rule)
        for kind, rules, verb in (
            (EffectKind.ENVIRONMENT_LOST, old - new, "does not act any more in"),
            (EffectKind.ENVIRONMENT_GAINED, new - old, "acts also in"),
        ):
            for rule in sorted(rules):
                if None not in compared.rule(rule):
                    place = ("rule", rule, "environments")
                    yield Effect(
                        kind=kind,
                        subject=rule,
                        sentence=f'"{rule}" {verb} {environment}',
                        source=compared.source(place),
                        detail=environment,
                        explains=(place,),
                    )
