"""Witnesses: one for each policy and cause, with the rules that it concerns, and when it is so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple

from monitoring.errors import Source

MUTED_THROUGHOUT = "muted throughout"
"""The cause that no waiver accepts: a rule that is muted for the whole horizon protects nobody in it."""


class Stretch(NamedTuple):
    """From `start` to just before `end`."""

    start: int
    end: int


def union(stretches: Iterable[tuple[int, int]]) -> tuple[Stretch, ...]:
    """Stretches in order, those that touch or overlap as one."""
    merged: list[Stretch] = []
    for start, end in sorted(stretches):
        if merged and start <= merged[-1].end:
            merged[-1] = Stretch(merged[-1].start, max(merged[-1].end, end))
        else:
            merged.append(Stretch(start, end))
    return tuple(merged)


def without(stretches: Iterable[tuple[int, int]], removed: Iterable[tuple[int, int]]) -> tuple[Stretch, ...]:
    """What is left of stretches outside of others."""
    left = [Stretch(*each) for each in stretches]
    for start, end in removed:
        left = [part for each in left for part in _outside(each, start, end)]
    return tuple(left)


def _outside(stretch: Stretch, start: int, end: int) -> Iterator[Stretch]:
    before, after = Stretch(stretch.start, min(stretch.end, start)), Stretch(max(stretch.start, end), stretch.end)
    yield from (part for part in dict.fromkeys((before, after)) if part.start < part.end)


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that fails for a rule: at a subject (a policy, a rule, windows), for a cause, during stretches.

    Without stretches it fails whatever the instant. `source` is None where the rule's own line is the place.
    `unproved` says that nothing is known to fail, and nothing is proved either. `promised` are the seconds that it is
    measured by: of failures that become one witness, the one that promises the fewest is told. `since` is when it
    begins to matter where it has no stretches, as of a rule on trial.
    """

    subject: str
    cause: str
    hop: str
    why: str
    fix: str
    source: Source | None = None
    people: tuple[str, ...] = ()
    zone: str = "Etc/UTC"
    stretches: tuple[Stretch, ...] = ()
    always: bool = False
    unproved: bool = False
    notes: tuple[str, ...] = ()
    promised: int = 0
    since: int | None = None

    @property
    def key(self) -> str:
        """What a waiver names."""
        return f"{self.subject}: {self.cause}"


@dataclass(frozen=True, slots=True)
class Witness:
    """A cause, the rules whose promises it breaks, and when: in `stretches`, at every instant, or whenever one fires.

    `notes` say why just then, and who is on call before and after.
    """

    key: str
    rules: tuple[str, ...]
    hop: str
    why: str
    fix: str
    source: Source
    people: tuple[str, ...] = ()
    zone: str = "Etc/UTC"
    stretches: tuple[Stretch, ...] = field(default=(), repr=False)
    always: bool = False
    unproved: bool = False
    notes: tuple[str, ...] = ()
    since: int | None = None

    def is_acceptable_until(self, end: int) -> bool:
        """Whether a waiver with that end can accept it: it begins before, and is none that no waiver accepts."""
        begins = self.since if self.at is None else self.at
        return self.is_acceptable and (begins is None or begins < end)

    @property
    def is_acceptable(self) -> bool:
        """Whether a waiver can accept it."""
        return not self.key.endswith(f": {MUTED_THROUGHOUT}")

    @property
    def at(self) -> int | None:
        """The first instant, None where it is so whatever the instant."""
        return self.stretches[0].start if self.stretches else None

    @property
    def until(self) -> int | None:
        """When the first stretch ends."""
        return self.stretches[0].end if self.stretches else None

    @property
    def seconds(self) -> int | None:
        """How long it is so in the horizon, in all."""
        return sum(each.end - each.start for each in self.stretches) if self.stretches else None

    @property
    def times(self) -> int:
        """In how many stretches; 0 for every instant, and for whatever the instant."""
        return 0 if self.always else len(self.stretches)


def concerned(witness: Witness) -> str:
    """The rules of a witness in words: the first one by name, and how many others there are."""
    first, others = witness.rules[0], len(witness.rules) - 1
    return f'rule "{first}"' + (f" and {others} other{'s' if others > 1 else ''}" if others else "")


class RuleFailure(NamedTuple):
    """A failure with the rule that it is one of, and the rule's own place."""

    rule: str
    source: Source
    failure: Failure


def witnesses(failures: Iterable[RuleFailure]) -> tuple[Witness, ...]:
    """A witness for each subject and cause, in the order of their first failure."""
    groups: dict[object, list[RuleFailure]] = {}
    for each in failures:
        groups.setdefault(_identity(each.failure), []).append(each)
    return tuple(_witness(group) for group in groups.values())


def _identity(failure: Failure) -> object:
    """Failures of one policy and cause are one, however late each rule is; others are one where all is the same."""
    return failure.key if failure.stretches else (failure.key, failure.why, failure.fix)


def _witness(group: Sequence[RuleFailure]) -> Witness:
    _, source, failure = min(group, key=lambda each: each.failure.promised)
    distinct = list({id(each.failure): each.failure for each in group}.values())
    return Witness(
        key=failure.key,
        rules=tuple(dict.fromkeys(each.rule for each in group)),
        hop=failure.hop,
        why=failure.why,
        fix=failure.fix,
        source=failure.source or source,
        people=tuple(dict.fromkeys(chain.from_iterable(each.people for each in distinct))),
        zone=failure.zone,
        stretches=_stretches(distinct),
        always=any(each.always for each in distinct),
        unproved=all(each.unproved for each in distinct),
        notes=failure.notes,
        since=_since(distinct),
    )


def _since(failures: Sequence[Failure]) -> int | None:
    """When the first of them begins to matter; None where one does from the beginning."""
    begins = [each.since for each in failures if each.since is not None]
    return min(begins) if len(begins) == len(failures) else None


def _stretches(failures: Sequence[Failure]) -> tuple[Stretch, ...]:
    return (
        failures[0].stretches if len(failures) == 1 else union(chain.from_iterable(each.stretches for each in failures))
    )
