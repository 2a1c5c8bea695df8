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
from monitoring.reach.paths import AlertPath, MutedWindow, OnCallData, PagedService, chains, oncall_data, rules_to_prove
from monitoring.reach.witness import Witness, first_late, no_incident, second_late

YEAR = 366 * DAY
NEVER = sys.maxsize

Promised = Literal["wakes", "does not wake", "limited-by-environment"]


@dataclass(frozen=True, slots=True)
class WorstCase:
    """The longest that anybody waits: an instant at which it is so, and who is reached; `told` None means nobody."""

    at: int
    told: Notification | None

    @property
    def after(self) -> int | None:
        """Seconds from firing, or None for never."""
        return None if self.told is None else self.told.after


@dataclass(frozen=True, slots=True)
class RuleProof:
    """What holds for one rule: the worst first and second human, and a witness for all that does not hold."""

    chain: AlertPath
    promised: Promised
    first: WorstCase | None = None
    second: WorstCase | None = None
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
    found = chains(catalog, environment, today)
    paged = sorted({page.policy for chain in found for page in chain.pages})
    return prove(
        found,
        oncall_data(catalog, begin, begin + horizon, paged),
        environment,
        rules_to_prove(catalog, environment),
        waking_channels(promise.wakes for promise in catalog.severities.values()),
    )


class _SweepCache:
    """Sweeps and what they say about a promise, each made once."""

    def __init__(self, asked: OnCallData) -> None:
        self.oncall_data = asked
        self.swept: dict[tuple[str, frozenset[str]], tuple[Reachability, ...]] = {}
        self.judged: dict[tuple[str, frozenset[str], int, int], _Verdict] = {}

    def outcomes(self, policy: str, by: frozenset[str]) -> tuple[Reachability, ...]:
        key = (policy, by)
        if key not in self.swept:
            asked = self.oncall_data
            self.swept[key] = outcomes(asked.policies[policy], asked.people, by, asked.start, asked.end)
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
    first: WorstCase | None
    second: WorstCase | None
    no_incident: _FailureSpan | None
    first_fails: _FailureSpan | None
    second_fails: _FailureSpan | None


def prove(
    wired: Sequence[AlertPath], asked: OnCallData, environment: str, expected: int, wakes_anybody: frozenset[str]
) -> Proof:
    """The proof for these chains over the roster's span; `expected` is how many rules there are, counted apart.

    `wakes_anybody` are the channels that wake by any severity's word: none of them may reach anybody for a rule whose
    severity does not wake.
    """
    sweeps = _SweepCache(asked)
    proved = tuple(
        _proved(chain, sweeps, wakes_anybody) for chain in wired if _acts_within(chain, asked.start, asked.end)
    )
    counts = _counts(proved, wired, sweeps, expected, wakes_anybody)
    found = tuple(witness for one in proved for witness in one.witnesses)
    return Proof(environment, asked.start, asked.end, proved, counts, found)


def _acts_within(chain: AlertPath, start: int, end: int) -> bool:
    return (chain.since is None or chain.since < end) and (chain.until is None or chain.until > start)


def _proved(chain: AlertPath, sweeps: _SweepCache, wakes_anybody: frozenset[str]) -> RuleProof:
    broken = [*_breaks(chain), *_slow_signal(chain)]
    if chain.waking is None:
        return _proved_to_do_not_wake(chain, sweeps, wakes_anybody, broken)
    if chain.limited_by_environment:
        return RuleProof(chain, "limited-by-environment", witnesses=tuple(broken))
    return _proved_to_wake(chain, chain.waking, sweeps, broken)


def _breaks(chain: AlertPath) -> Iterator[Witness]:
    for one in chain.breaks:
        yield Witness(chain.rule, one.hop, one.why, one.fix, one.source)


def _slow_signal(chain: AlertPath) -> Iterator[Witness]:
    seconds = chain.detection.seconds
    if seconds is not None and seconds > chain.detects_within:
        why = f"the signal takes up to {length(seconds)} ({chain.detection.how})"
        said = f"{why}, and {chain.severity} promises {length(chain.detects_within)}"
        yield Witness(chain.rule, "signal", said, "shorten its window or ask more often", chain.source)


# --- severities that wake --------------------------------------------------------------------------------------


def _proved_to_wake(chain: AlertPath, waking: Waking, sweeps: _SweepCache, broken: list[Witness]) -> RuleProof:
    awake = [page for page in chain.pages if page.urgency == "high"]
    quiet = [_low_urgency(chain, page) for page in chain.pages if page.urgency != "high"]
    muted = tuple(
        mute for mute in chain.mutes if mute.start < sweeps.oncall_data.end and mute.end > sweeps.oncall_data.start
    )
    if not awake:
        return RuleProof(chain, "wakes", muted=muted, witnesses=(*broken, *quiet))
    judged = [(page, _judged(chain, page, waking, muted, sweeps)) for page in awake]
    page, verdict = min(judged, key=_severity_key)
    found = (*broken, *quiet, *_witnesses(chain, page, waking, verdict, sweeps.oncall_data))
    return RuleProof(
        chain, "wakes", verdict.first, verdict.second, sweeps.oncall_data.zone(page.policy), muted, witnesses=found
    )


def _severity_key(judged: tuple[PagedService, _Verdict]) -> tuple[int, int]:
    _, verdict = judged
    return _late(verdict.first), _late(verdict.second)


def _late(worst: WorstCase | None) -> int:
    return -1 if worst is None else NEVER if worst.after is None else worst.after


def _low_urgency(chain: AlertPath, page: PagedService) -> Witness:
    why = f'the pagerduty service "{page.service}" has low urgency, which wakes nobody and never escalates'
    return Witness(chain.rule, "urgency", why, f"give a service for {chain.severity} high urgency", chain.source)


def _judged(
    chain: AlertPath, page: PagedService, waking: Waking, muted: tuple[MutedWindow, ...], sweeps: _SweepCache
) -> _Verdict:
    if not muted and chain.since is None and chain.until is None:
        return sweeps.verdict(page.policy, waking)
    by = frozenset(kind.value for kind in waking.by)
    spans = sorted((mute.start, mute.end) for mute in muted)
    if chain.since is not None:
        spans.insert(0, (sweeps.oncall_data.start, chain.since))
    if chain.until is not None:
        spans.append((chain.until, sweeps.oncall_data.end))
    heard = _heard(sweeps.outcomes(page.policy, by), spans)
    return _verdict(heard, waking.first_human_within.seconds, waking.second_human_within.seconds)


def _heard(swept: Iterable[Reachability], silent: Sequence[tuple[int, int]]) -> list[Reachability]:
    """Outcomes without the spans in which the rule cannot fire."""
    heard = list(swept)
    for begin, finish in silent:
        heard = [part for one in heard for part in _around(one, begin, finish)]
    return heard


def _around(one: Reachability, begin: int, finish: int) -> Iterator[Reachability]:
    if one.end <= begin or one.start >= finish:
        yield one
        return
    if one.start < begin:
        yield one._replace(end=begin)
    if one.end > finish:
        yield one._replace(start=finish)


def _verdict(swept: Sequence[Reachability], first: int, second: int) -> _Verdict:
    return _Verdict(
        first=_worst(swept, lambda one: one.first),
        second=_worst(swept, lambda one: one.second),
        no_incident=_failing(one for one in swept if not one.incident),
        first_fails=_failing(one for one in swept if one.incident and _misses(one.first, first)),
        second_fails=_failing(one for one in swept if one.first is not None and _misses(one.second, second)),
    )


def _misses(told: Notification | None, within: int) -> bool:
    return told is None or told.after > within


def _worst(swept: Iterable[Reachability], which: Callable[[Reachability], Notification | None]) -> WorstCase | None:
    latest, worst = -1, None
    for one in swept:
        told = which(one)
        after = NEVER if told is None else told.after
        if after > latest:
            latest, worst = after, WorstCase(one.start, told)
    return worst


def _failing(swept: Iterable[Reachability]) -> _FailureSpan | None:
    earliest: Reachability | None = None
    seconds = times = 0
    last = -1
    for one in swept:
        earliest = earliest or one
        seconds += one.end - one.start
        times += one.start != last
        last = one.end
    return None if earliest is None else _FailureSpan(earliest, seconds, times)


def _witnesses(
    chain: AlertPath, page: PagedService, waking: Waking, verdict: _Verdict, asked: OnCallData
) -> Iterator[Witness]:
    by = frozenset(kind.value for kind in waking.by)
    if verdict.no_incident is not None:
        yield _witness(chain, page, asked, verdict.no_incident, no_incident(chain, asked, page))
    if failing := verdict.first_fails:
        said = first_late(asked, page, failing.outcome, by, waking.first_human_within.seconds)
        yield _witness(chain, page, asked, failing, said)
    if failing := verdict.second_fails:
        said = second_late(asked, page, failing.outcome, by, waking.second_human_within.seconds)
        yield _witness(chain, page, asked, failing, said)


def _witness(
    chain: AlertPath,
    page: PagedService,
    asked: OnCallData,
    failing: _FailureSpan,
    said: tuple[str, str, str, tuple[str, ...]],
) -> Witness:
    hop, why, fix, people = said
    always = failing.outcome.start == asked.start and failing.seconds == asked.end - asked.start
    return Witness(
        rule=chain.rule,
        hop=hop,
        why=why,
        fix=fix,
        source=asked.sources.get(("policy", page.policy), chain.source),
        people=people,
        zone=asked.zone(page.policy),
        at=failing.outcome.start,
        seconds=failing.seconds,
        times=0 if always else failing.times,
    )


# --- severities that let people sleep --------------------------------------------------------------------------


def _proved_to_do_not_wake(
    chain: AlertPath, sweeps: _SweepCache, wakes_anybody: frozenset[str], broken: list[Witness]
) -> RuleProof:
    woken = [witness for page in chain.pages for witness in _woken(chain, page, sweeps.oncall_data, wakes_anybody)]
    return RuleProof(chain, "does not wake", witnesses=(*broken, *woken))


def _woken(chain: AlertPath, page: PagedService, asked: OnCallData, wakes_anybody: frozenset[str]) -> Iterator[Witness]:
    """Whom a rule wakes though its severity promises not to: by high urgency, or by somebody's low-urgency contact."""
    steps = asked.policies[page.policy].steps
    everybody = {name for step in steps for group in step.groups.people for name in group}
    for name in sorted(everybody):
        ways = _ways(asked, name, page.urgency, wakes_anybody)
        if ways:
            why = (
                f'{chain.severity} wakes nobody, and "{name}" is reached by {ways[0].channel} at {page.urgency} urgency'
            )
            fix = f'take {ways[0].channel} out of the contact: low of "{name}"'
            if page.urgency == "high":
                fix = f'give the pagerduty service "{page.service}" low urgency'
            source = asked.sources.get(("person", name), chain.source)
            yield Witness(chain.rule, "contact" if page.urgency == "low" else "urgency", why, fix, source, (name,))


def _ways(asked: OnCallData, name: str, urgency: str, channels: frozenset[str]) -> list[NotificationRule]:
    person = asked.people[name]
    return [one for one in (person.high if urgency == "high" else person.low) if one.channel in channels]


# --- counts ----------------------------------------------------------------------------------------------------


def _counts(
    proved: Sequence[RuleProof], wired: Sequence[AlertPath], sweeps: _SweepCache, expected: int, by: frozenset[str]
) -> Counts:
    asked = sweeps.oncall_data
    paging = sorted({page.policy for one in proved if one.promised == "wakes" for page in one.chain.pages})
    return Counts(
        rules=len({chain.rule for chain in wired}),
        rules_to_prove=expected,
        wake=sum(one.promised == "wakes" for one in proved),
        do_not_wake=sum(one.promised == "does not wake" for one in proved),
        limited_by_environment=sum(one.promised == "limited-by-environment" for one in proved),
        in_trial=sum(one.chain.in_trial for one in proved),
        muted=sum(bool(one.muted) for one in proved),
        policies=len(paging),
        handoffs=sum(len(line) - 1 for line in asked.timelines.values()),
        spans=sum(len(swept) for swept in sweeps.swept.values()),
        undetermined=tuple(sorted({one.chain.rule for one in proved if one.chain.detection.seconds is None})),
        without_waking_contact=tuple(_without_waking_contact(asked, paging, by)),
        in_two_steps=tuple(two for policy in paging for two in _in_two_steps(asked, policy)),
    )


def _without_waking_contact(asked: OnCallData, policies: Iterable[str], by: frozenset[str]) -> Iterator[str]:
    people = {
        name
        for policy in policies
        for step in asked.policies[policy].steps
        for group in step.groups.people
        for name in group
    }
    yield from sorted(name for name in people if not _ways(asked, name, "high", by))


def _in_two_steps(asked: OnCallData, policy: str) -> Iterator[DuplicateResponder]:
    steps = asked.policies[policy].steps
    for later in range(1, len(steps)):
        for earlier in range(later):
            shared = _shared(steps[earlier].groups, steps[later].groups, asked.start, asked.end)
            for person, seconds in sorted(shared.items()):
                yield DuplicateResponder(policy, person, (earlier, later), seconds)


def _shared(one: Groups, other: Groups, start: int, end: int) -> dict[str, int]:
    seconds: dict[str, int] = {}
    for group in one.between(start, end):
        for inner in other.between(group.start, group.end):
            for person in set(group.people) & set(inner.people):
                seconds[person] = seconds.get(person, 0) + inner.end - inner.start
    return seconds


def waking_channels(promises: Iterable[Waking | None]) -> frozenset[str]:
    """Every channel by which any severity wakes."""
    return frozenset(kind.value for waking in promises if waking is not None for kind in waking.by)
