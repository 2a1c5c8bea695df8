"""Sweeps of policies, each made once, and what they say of a promise."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from monitoring.reach.blame import PromisedTimes
from monitoring.reach.escalation import EmptyStep, Notification, Reachability, outcomes
from monitoring.reach.failures import failures
from monitoring.reach.paths import OnCallData
from monitoring.reach.witness import Failure

NEVER = sys.maxsize

Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class LongestWait:
    """The longest that anybody waits: an instant at which it is so, and who is reached (None for nobody)."""

    at: int
    notification: Notification | None

    @property
    def after(self) -> int | None:
        """Seconds from firing, or None for never."""
        return None if self.notification is None else self.notification.after


@dataclass(frozen=True)
class PolicyVerdict:
    """The longest waits for a first and a second human, whatever the reading, and all that fails."""

    first: LongestWait | None
    second: LongestWait | None
    failures: tuple[Failure, ...]

    @cached_property
    def rank(self) -> tuple[int, int]:
        """The waits in seconds: what a rule that pages several policies compares them by."""
        return _seconds(self.first), _seconds(self.second)


def _seconds(wait: LongestWait | None) -> int:
    return -1 if wait is None else NEVER if wait.after is None else wait.after


class SweepCache:
    """Sweeps and what they say about a promise, each made once."""

    def __init__(self, oncall_data: OnCallData) -> None:
        self.oncall_data = oncall_data
        self.swept: dict[tuple[str, frozenset[str], EmptyStep], tuple[Reachability, ...]] = {}
        self._verdicts: dict[tuple[str, PromisedTimes, Spans], PolicyVerdict] = {}
        self._everybody: dict[str, tuple[str, ...]] = {}

    def sweeps(self, policy: str, by: frozenset[str]) -> Iterator[tuple[EmptyStep, tuple[Reachability, ...]]]:
        """The sweep of a policy under each reading in which it can differ."""
        data = self.oncall_data
        for empty_step in data.policies[policy].readings:
            key = (policy, by, empty_step)
            if key not in self.swept:
                arguments = () if empty_step is EmptyStep.PASSED else (empty_step,)
                swept = outcomes(data.policies[policy], data.people, by, data.start, data.end, *arguments)
                self.swept[key] = swept
            yield empty_step, self.swept[key]

    def verdict(self, policy: str, limits: PromisedTimes, unheard: Spans = ()) -> PolicyVerdict:
        """What a policy does for a promise at every instant but those in which the rule cannot fire."""
        key = (policy, limits, unheard)
        if key not in self._verdicts:
            sweeps = [(reading, _without(spans, unheard)) for reading, spans in self.sweeps(policy, limits.by)]
            every = [span for _, spans in sweeps for span in spans]
            self._verdicts[key] = PolicyVerdict(
                first=_longest_wait(every, lambda span: span.first),
                second=_longest_wait(every, lambda span: span.second),
                failures=failures(self.oncall_data, policy, limits, sweeps),
            )
        return self._verdicts[key]

    def everybody(self, policy: str) -> tuple[str, ...]:
        """Everybody whom a policy asks at some instant, sorted."""
        if policy not in self._everybody:
            groups = (group for step in self.oncall_data.policies[policy].steps for group in step.groups.people)
            self._everybody[policy] = tuple(sorted({name for group in groups for name in group}))
        return self._everybody[policy]


def _without(swept: Sequence[Reachability], unheard: Spans) -> Sequence[Reachability]:
    """Outcomes without the spans in which the rule cannot fire."""
    for begin, finish in unheard:
        swept = [part for span in swept for part in _around(span, begin, finish)]
    return swept


def _around(span: Reachability, begin: int, finish: int) -> Iterator[Reachability]:
    if span.end <= begin or span.start >= finish:
        yield span
        return
    if span.start < begin:
        yield span._replace(end=begin)
    if span.end > finish:
        yield span._replace(start=finish)


def _longest_wait(
    swept: Iterable[Reachability], which: Callable[[Reachability], Notification | None]
) -> LongestWait | None:
    latest, longest = -1, None
    for span in swept:
        notification = which(span)
        after = NEVER if notification is None else notification.after
        if after > latest:
            latest, longest = after, LongestWait(span.start, notification)
    return longest
