"""The proof: at every instant of a horizon, each rule reaches whom its severity promises, or a witness says where not.

The cost follows the number of handoffs: each policy is swept once for each set of waking channels, and every rule that
pages it reads the same sweep.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from monitoring.model.catalog import Catalog
from monitoring.model.severity import Waking
from monitoring.oncall.clock import DAY, midnight
from monitoring.reach.escalation import Groups, Notification, NotificationRule, Reachability, outcomes
from monitoring.reach.formatting import length
from monitoring.reach.paths import (
    AlertPath,
    MutedWindow,
    OnCallData,
    PagedService,
    alert_paths,
    oncall_data,
    rules_to_prove,
)
from monitoring.reach.witness import Witness, first_late, no_incident, second_late

YEAR = 366 * DAY
NEVER = sys.maxsize

Promised = Literal["wakes", "does not wake", "limited-by-environment"]


@dataclass(frozen=True, slots=True)
class LongestWait:
    """The longest that anybody waits: an instant at which it is so, and who is reached (None for nobody)."""

    at: int
    notification: Notification | None

    @property
    def after(self) -> int | None:
        """Seconds from firing, or None for never."""
        return None if self.notification is None else self.notification.after


@dataclass(frozen=True, slots=True)
class RuleProof:
    """What holds for one rule: the worst first and second human, and a witness for all that does not hold."""

    path: AlertPath
    promised: Promised
    first: LongestWait | None = None
    second: LongestWait | None = None
    zone: str = "Etc/UTC"
    muted: tuple[MutedWindow, ...] = ()
    witnesses: tuple[Witness, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether nothing speaks against it."""
        return not self.witnesses


@dataclass(frozen=True, slots=True)
class DuplicateResponder:
    """Somebody whom two steps of a policy ask at the same time, and for how many seconds of the horizon."""

    policy: str
    person: str
    steps: tuple[int, int]
    seconds: int


@dataclass(frozen=True, slots=True)
class Counts:
    """What was looked at, and what was found on the way; `rules_to_prove` is counted apart from the proof.

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


@dataclass(frozen=True)
class Proof:
    """The answer for one environment from `start` to just before `end`."""

    environment: str
    start: int
    end: int
    rules: tuple[RuleProof, ...]
    counts: Counts
    witnesses: tuple[Witness, ...] = field(default=())

    @property
    def holds(self) -> bool:
        """Whether every rule holds, and as many were looked at as there are."""
        return not self.witnesses and self.counts.rules == self.counts.rules_to_prove


def prove_catalog(
    catalog: Catalog, *, environment: str, today: date, horizon: int = YEAR, start: int | None = None
) -> Proof:
    """The proof of a catalog in one environment for `horizon` seconds, from the beginning of a day in UTC.

    `start` names another first instant. KeyError where there is no such environment.
    """
    begin = midnight(today) if start is None else start
    paths = alert_paths(catalog, environment, today)
    paged = sorted({page.policy for path in paths for page in path.pages})
    return prove(
        paths,
        oncall_data(catalog, begin, begin + horizon, paged),
        environment,
        rules_to_prove(catalog, environment),
        waking_channels(promise.wakes for promise in catalog.severities.values()),
    )


class _SweepCache:
    """Sweeps and what they say about a promise, each made once."""

    def __init__(self, oncall_data: OnCallData) -> None:
        self.oncall_data = oncall_data
        self.swept: dict[tuple[str, frozenset[str]], tuple[Reachability, ...]] = {}
        self.judged: dict[tuple[str, frozenset[str], int, int], _Verdict] = {}

    def outcomes(self, policy: str, by: frozenset[str]) -> tuple[Reachability, ...]:
        key = (policy, by)
        if key not in self.swept:
            data = self.oncall_data
            self.swept[key] = outcomes(data.policies[policy], data.people, by, data.start, data.end)
        return self.swept[key]

    def verdict(self, policy: str, waking: Waking) -> _Verdict:
        by = frozenset(kind.value for kind in waking.by)
        first, second = waking.first_human_within.seconds, waking.second_human_within.seconds
        key = (policy, by, first, second)
        if key not in self.judged:
            self.judged[key] = _verdict(self.outcomes(policy, by), first, second)
        return self.judged[key]


@dataclass(frozen=True, slots=True)
class _FailureSpan:
    outcome: Reachability
    seconds: int
    times: int


@dataclass(frozen=True, slots=True)
class _Verdict:
    first: LongestWait | None
    second: LongestWait | None
    no_incident: _FailureSpan | None
    first_fails: _FailureSpan | None
    second_fails: _FailureSpan | None


def prove(
    paths: Sequence[AlertPath],
    oncall_data: OnCallData,
    environment: str,
    rules_to_prove: int,
    wakes_anybody: frozenset[str],
) -> Proof:
    """The proof for these paths over the span of `oncall_data`; `rules_to_prove` is counted apart from the paths.

    `wakes_anybody` are the channels that wake by any severity's word: none of them may reach anybody for a rule whose
    severity does not wake.
    """
    sweeps = _SweepCache(oncall_data)
    proved = tuple(
        _proved(path, sweeps, wakes_anybody) for path in paths if _acts_within(path, oncall_data.start, oncall_data.end)
    )
    counts = _counts(proved, paths, sweeps, rules_to_prove, wakes_anybody)
    witnesses = tuple(witness for rule_proof in proved for witness in rule_proof.witnesses)
    return Proof(environment, oncall_data.start, oncall_data.end, proved, counts, witnesses)


def _acts_within(path: AlertPath, start: int, end: int) -> bool:
    return (path.since is None or path.since < end) and (path.until is None or path.until > start)


def _proved(path: AlertPath, sweeps: _SweepCache, wakes_anybody: frozenset[str]) -> RuleProof:
    broken = [*_breaks(path), *_slow_signal(path)]
    if path.waking is None:
        return _proved_not_to_wake(path, sweeps, wakes_anybody, broken)
    if path.limited_by_environment:
        return RuleProof(path, "limited-by-environment", witnesses=tuple(broken))
    return _proved_to_wake(path, path.waking, sweeps, broken)


def _breaks(path: AlertPath) -> Iterator[Witness]:
    for broken in path.breaks:
        yield Witness(path.rule, broken.hop, broken.why, broken.fix, broken.source)


def _slow_signal(path: AlertPath) -> Iterator[Witness]:
    seconds = path.detection.seconds
    if seconds is not None and seconds > path.detects_within:
        why = f"the signal takes up to {length(seconds)} ({path.detection.how})"
        reason = f"{why}, and {path.severity} promises {length(path.detects_within)}"
        yield Witness(path.rule, "signal", reason, "shorten its window or ask more often", path.source)


# --- severities that wake --------------------------------------------------------------------------------------


def _proved_to_wake(path: AlertPath, waking: Waking, sweeps: _SweepCache, broken: list[Witness]) -> RuleProof:
    high_urgency = [page for page in path.pages if page.urgency == "high"]
    low_urgency = [_low_urgency(path, page) for page in path.pages if page.urgency != "high"]
    muted = tuple(
        mute for mute in path.mutes if mute.start < sweeps.oncall_data.end and mute.end > sweeps.oncall_data.start
    )
    if not high_urgency:
        return RuleProof(path, "wakes", muted=muted, witnesses=(*broken, *low_urgency))
    judged = [(page, _judged(path, page, waking, muted, sweeps)) for page in high_urgency]
    page, verdict = min(judged, key=_severity_key)
    witnesses = (*broken, *low_urgency, *_witnesses(path, page, waking, verdict, sweeps.oncall_data))
    return RuleProof(
        path, "wakes", verdict.first, verdict.second, sweeps.oncall_data.zone(page.policy), muted, witnesses=witnesses
    )


def _severity_key(judged: tuple[PagedService, _Verdict]) -> tuple[int, int]:
    _, verdict = judged
    return _late(verdict.first), _late(verdict.second)


def _late(worst: LongestWait | None) -> int:
    return -1 if worst is None else NEVER if worst.after is None else worst.after


def _low_urgency(path: AlertPath, page: PagedService) -> Witness:
    why = f'the pagerduty service "{page.service}" has low urgency, which wakes nobody and never escalates'
    return Witness(path.rule, "urgency", why, f"give a service for {path.severity} high urgency", path.source)


def _judged(
    path: AlertPath, page: PagedService, waking: Waking, muted: tuple[MutedWindow, ...], sweeps: _SweepCache
) -> _Verdict:
    if not muted and path.since is None and path.until is None:
        return sweeps.verdict(page.policy, waking)
    by = frozenset(kind.value for kind in waking.by)
    spans = sorted((mute.start, mute.end) for mute in muted)
    if path.since is not None:
        spans.insert(0, (sweeps.oncall_data.start, path.since))
    if path.until is not None:
        spans.append((path.until, sweeps.oncall_data.end))
    outcomes_when_it_fires = _without_spans(sweeps.outcomes(page.policy, by), spans)
    return _verdict(outcomes_when_it_fires, waking.first_human_within.seconds, waking.second_human_within.seconds)


def _without_spans(swept: Iterable[Reachability], silent: Sequence[tuple[int, int]]) -> list[Reachability]:
    """Outcomes without the spans in which the rule cannot fire."""
    left = list(swept)
    for begin, finish in silent:
        left = [part for span in left for part in _without_span(span, begin, finish)]
    return left


def _without_span(span: Reachability, begin: int, finish: int) -> Iterator[Reachability]:
    if span.end <= begin or span.start >= finish:
        yield span
        return
    if span.start < begin:
        yield span._replace(end=begin)
    if span.end > finish:
        yield span._replace(start=finish)


def _verdict(swept: Sequence[Reachability], first: int, second: int) -> _Verdict:
    return _Verdict(
        first=_worst(swept, lambda span: span.first),
        second=_worst(swept, lambda span: span.second),
        no_incident=_failing(span for span in swept if not span.incident),
        first_fails=_failing(span for span in swept if span.incident and _misses(span.first, first)),
        second_fails=_failing(span for span in swept if span.first is not None and _misses(span.second, second)),
    )


def _misses(notification: Notification | None, within: int) -> bool:
    return notification is None or notification.after > within


def _worst(swept: Iterable[Reachability], which: Callable[[Reachability], Notification | None]) -> LongestWait | None:
    latest, worst = -1, None
    for span in swept:
        notification = which(span)
        after = NEVER if notification is None else notification.after
        if after > latest:
            latest, worst = after, LongestWait(span.start, notification)
    return worst


def _failing(swept: Iterable[Reachability]) -> _FailureSpan | None:
    earliest: Reachability | None = None
    seconds = times = 0
    last = -1
    for span in swept:
        earliest = earliest or span
        seconds += span.end - span.start
        times += span.start != last
        last = span.end
    return None if earliest is None else _FailureSpan(earliest, seconds, times)


def _witnesses(
    path: AlertPath, page: PagedService, waking: Waking, verdict: _Verdict, oncall_data: OnCallData
) -> Iterator[Witness]:
    by = frozenset(kind.value for kind in waking.by)
    if verdict.no_incident is not None:
        yield _witness(path, page, oncall_data, verdict.no_incident, no_incident(path, oncall_data, page))
    if failing := verdict.first_fails:
        explanation = first_late(oncall_data, page, failing.outcome, by, waking.first_human_within.seconds)
        yield _witness(path, page, oncall_data, failing, explanation)
    if failing := verdict.second_fails:
        explanation = second_late(oncall_data, page, failing.outcome, by, waking.second_human_within.seconds)
        yield _witness(path, page, oncall_data, failing, explanation)


def _witness(
    path: AlertPath,
    page: PagedService,
    oncall_data: OnCallData,
    failing: _FailureSpan,
    explanation: tuple[str, str, str, tuple[str, ...]],
) -> Witness:
    hop, why, fix, people = explanation
    always = failing.outcome.start == oncall_data.start and failing.seconds == oncall_data.end - oncall_data.start
    return Witness(
        rule=path.rule,
        hop=hop,
        why=why,
        fix=fix,
        source=oncall_data.sources.get(("policy", page.policy), path.source),
        people=people,
        zone=oncall_data.zone(page.policy),
        at=failing.outcome.start,
        seconds=failing.seconds,
        times=0 if always else failing.times,
    )


# --- severities that let people sleep --------------------------------------------------------------------------


def _proved_not_to_wake(
    path: AlertPath, sweeps: _SweepCache, wakes_anybody: frozenset[str], broken: list[Witness]
) -> RuleProof:
    woken = [witness for page in path.pages for witness in _wakes_people(path, page, sweeps.oncall_data, wakes_anybody)]
    return RuleProof(path, "does not wake", witnesses=(*broken, *woken))


def _wakes_people(
    path: AlertPath, page: PagedService, oncall_data: OnCallData, wakes_anybody: frozenset[str]
) -> Iterator[Witness]:
    """Whom a rule wakes though its severity promises not to: by high urgency, or by somebody's low-urgency contact."""
    steps = oncall_data.policies[page.policy].steps
    everybody = {name for step in steps for group in step.groups.people for name in group}
    for name in sorted(everybody):
        ways = _ways(oncall_data, name, page.urgency, wakes_anybody)
        if ways:
            why = (
                f'{path.severity} wakes nobody, and "{name}" is reached by {ways[0].channel} at {page.urgency} urgency'
            )
            fix = f'take {ways[0].channel} out of the contact: low of "{name}"'
            if page.urgency == "high":
                fix = f'give the pagerduty service "{page.service}" low urgency'
            source = oncall_data.sources.get(("person", name), path.source)
            yield Witness(path.rule, "contact" if page.urgency == "low" else "urgency", why, fix, source, (name,))


def _ways(oncall_data: OnCallData, name: str, urgency: str, channels: frozenset[str]) -> list[NotificationRule]:
    person = oncall_data.people[name]
    return [rule for rule in (person.high if urgency == "high" else person.low) if rule.channel in channels]


# --- counts ----------------------------------------------------------------------------------------------------


def _counts(
    proved: Sequence[RuleProof],
    paths: Sequence[AlertPath],
    sweeps: _SweepCache,
    rules_to_prove: int,
    by: frozenset[str],
) -> Counts:
    oncall_data, paging = sweeps.oncall_data, _waking_policies(proved)
    return Counts(
        rules=len({path.rule for path in paths}),
        rules_to_prove=rules_to_prove,
        wake=sum(rule_proof.promised == "wakes" for rule_proof in proved),
        do_not_wake=sum(rule_proof.promised == "does not wake" for rule_proof in proved),
        limited_by_environment=sum(rule_proof.promised == "limited-by-environment" for rule_proof in proved),
        in_trial=sum(rule_proof.path.in_trial for rule_proof in proved),
        muted=sum(bool(rule_proof.muted) for rule_proof in proved),
        policies=len(paging),
        handoffs=sum(len(line) - 1 for line in oncall_data.timelines.values()),
        spans=sum(len(swept) for swept in sweeps.swept.values()),
        undetermined=tuple(sorted({path.rule for path in paths if path.detection.seconds is None})),
        without_waking_contact=tuple(_without_waking_contact(oncall_data, paging, by)),
        in_two_steps=tuple(duplicate for policy in paging for duplicate in _in_two_steps(oncall_data, policy)),
    )


def _waking_policies(proved: Iterable[RuleProof]) -> list[str]:
    """The policies that some rule pages which must wake somebody."""
    return sorted({page.policy for proof in proved if proof.promised == "wakes" for page in proof.path.pages})


def _without_waking_contact(oncall_data: OnCallData, policies: Iterable[str], by: frozenset[str]) -> Iterator[str]:
    people = {
        name
        for policy in policies
        for step in oncall_data.policies[policy].steps
        for group in step.groups.people
        for name in group
    }
    yield from sorted(name for name in people if not _ways(oncall_data, name, "high", by))


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


def waking_channels(promises: Iterable[Waking | None]) -> frozenset[str]:
    """Every channel by which any severity wakes."""
    return frozenset(kind.value for waking in promises if waking is not None for kind in waking.by)
