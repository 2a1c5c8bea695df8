"""The proof: at every instant of a horizon, each rule reaches whom its severity promises, or a witness says where not.

The cost follows the number of handoffs: each policy is swept once for each set of waking channels and each reading of
PagerDuty's rules, and every rule that pages it reads the same sweeps.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import lru_cache, reduce
from typing import Literal, NamedTuple

from monitoring.model.catalog import Catalog
from monitoring.model.platform import Waiver
from monitoring.model.severity import Waking
from monitoring.oncall.clock import DAY, midnight
from monitoring.reach.acceptance import AcceptedWitness, accept, waivers_in_force
from monitoring.reach.blame import PromisedTimes
from monitoring.reach.counts import Counts, counts
from monitoring.reach.dead_signals import CAN_NEVER_FIRE, FIRES_ALWAYS, BrokenSignal, dead_signals
from monitoring.reach.escalation import NotificationRules
from monitoring.reach.formatting import exact_length, listed
from monitoring.reach.mutes import MutedWindow, muted_windows
from monitoring.reach.paths import (
    AlertPath,
    OnCallData,
    PagedService,
    alert_paths,
    oncall_data,
    rules_to_prove,
)
from monitoring.reach.silence import SilentStretch, maintenance_failures, silence_of, sure_silence, within
from monitoring.reach.sweeps import LongestWait, PolicyVerdict, SweepCache
from monitoring.reach.witness import MUTED_THROUGHOUT, Failure, RuleFailure, Stretch, Witness, union, without, witnesses

YEAR = 366 * DAY

DEAD_ENDINGS = tuple(f": {cause}" for cause in (CAN_NEVER_FIRE, FIRES_ALWAYS, MUTED_THROUGHOUT))
"""How the keys of witnesses end that say that a signal says nothing."""

Promised = Literal["wakes", "does not wake", "limited-by-environment"]


class ProofVerdict(StrEnum):
    """What is known of a rule's promise."""

    HOLDS = "holds"
    FAILS = "fails"
    NOT_PROVED = "not proved"


class RuleProof(NamedTuple):
    """What holds for one rule: the worst first and second human, a witness for all that does not hold, and exceptions.

    Exceptions are the stretches in which planned windows mute it, and the witnesses that a waiver accepts.
    """

    path: AlertPath
    promised: Promised
    first: LongestWait | None = None
    second: LongestWait | None = None
    zone: str = "Etc/UTC"
    muted: tuple[MutedWindow, ...] = ()
    silent: tuple[SilentStretch, ...] = ()
    witnesses: tuple[Witness, ...] = ()
    accepted: tuple[AcceptedWitness, ...] = ()

    @property
    def verdict(self) -> ProofVerdict:
        """It fails where some witness speaks against it; an unknown detection time alone is not proved."""
        if any(not witness.unproved for witness in self.witnesses):
            return ProofVerdict.FAILS
        unknown = self.path.detection.seconds is None
        return ProofVerdict.NOT_PROVED if self.witnesses or unknown else ProofVerdict.HOLDS

    @property
    def holds(self) -> bool:
        """Whether its promise is proved, with its exceptions."""
        return self.verdict is ProofVerdict.HOLDS

    @property
    def wakes_anybody(self) -> bool:
        """Whether some witness says that it reaches a waking contact, accepted or not; for what must wake nobody."""
        against = (*self.witnesses, *(each.witness for each in self.accepted))
        return any(witness.hop in ("contact", "urgency") for witness in against)

    @property
    def can_fire(self) -> bool:
        """Whether nothing is known that keeps its signal from firing, or from firing anew, accepted or not."""
        against = (*self.witnesses, *(each.witness for each in self.accepted))
        return not any(witness.key.endswith(DEAD_ENDINGS) for witness in against)


@dataclass(frozen=True)
class Proof:
    """The answer for one environment from `start` to just before `end`."""

    environment: str
    start: int
    end: int
    rules: tuple[RuleProof, ...]
    counts: Counts
    witnesses: tuple[Witness, ...] = ()
    accepted: tuple[AcceptedWitness, ...] = ()
    unused_waivers: tuple[Waiver, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether as many rules were looked at as there are, and any at all."""
        return 0 < self.counts.rules == self.counts.rules_to_prove

    @property
    def holds(self) -> bool:
        """Whether nothing speaks against a promise, nothing that wakes is unproved, and every rule was looked at."""
        return not self.witnesses and self.whole


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
        promises_of(catalog, environment, today),
    )


@dataclass(frozen=True)
class Promises:
    """What a catalog says beside its paths: how many rules there are, what wakes by any severity, what is accepted.

    `rules_to_prove` is counted apart from the paths; none of the channels in `wakes_anybody` may reach anybody for a
    rule whose severity does not wake; `dead` says which rules can never fire, or fire always; `names` are the catalog's
    names of what a Plan calls otherwise, so that a waiver accepts the same witness in both proofs.
    """

    environment: str
    rules_to_prove: int
    wakes_anybody: frozenset[str]
    dead: Mapping[str, BrokenSignal] = field(default_factory=dict)
    waivers: tuple[Waiver, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)

    def renamed(self, failure: Failure) -> Failure:
        """A failure whose subject and cause are in the catalog's names."""
        if not self.names:
            return failure
        longest_first = sorted(self.names, key=len, reverse=True)
        cause = reduce(lambda text, name: text.replace(name, self.names[name]), longest_first, failure.cause)
        return replace(failure, subject=self.names.get(failure.subject, failure.subject), cause=cause)


def promises_of(catalog: Catalog, environment: str, today: date) -> Promises:
    """The promises of a catalog in one environment on a day."""
    return Promises(
        environment,
        rules_to_prove(catalog, environment),
        waking_channels(promise.wakes for promise in catalog.severities.values()),
        dead_signals(catalog, environment, today),
        waivers_in_force(catalog, today),
    )


class _Draft(NamedTuple):
    """A rule's proof before its failures are grouped into witnesses."""

    path: AlertPath
    promised: Promised
    failures: tuple[Failure, ...]
    verdict: PolicyVerdict | None = None
    zone: str = "Etc/UTC"
    muted: tuple[MutedWindow, ...] = ()
    silent: tuple[SilentStretch, ...] = ()


def prove(paths: Sequence[AlertPath], oncall_data: OnCallData, promises: Promises) -> Proof:
    """The proof for these paths over the span of `oncall_data`."""
    sweeps = SweepCache(oncall_data)
    acting = [path for path in paths if _acts_within(path, oncall_data.start, oncall_data.end)]
    drafts = [_draft(path, sweeps, promises) for path in acting]
    failed = [RuleFailure(draft.path.rule, draft.path.source, each) for draft in drafts for each in draft.failures]
    kept = accept(witnesses(failed), promises.waivers)
    against_rule, accepted = kept.by_rule, kept.accepted_by_rule
    proved = tuple(_rule_proof(draft, against_rule, accepted) for draft in drafts)
    return Proof(
        environment=promises.environment,
        start=oncall_data.start,
        end=oncall_data.end,
        rules=proved,
        counts=_counts(drafts, paths, sweeps, promises),
        witnesses=kept.witnesses,
        accepted=kept.accepted,
        unused_waivers=kept.unused,
    )


def _acts_within(path: AlertPath, start: int, end: int) -> bool:
    return (path.since is None or path.since < end) and (path.until is None or path.until > start)


def _rule_proof(
    draft: _Draft, against: Mapping[str, Sequence[Witness]], accepted: Mapping[str, Sequence[AcceptedWitness]]
) -> RuleProof:
    rule, verdict = draft.path.rule, draft.verdict
    proof = RuleProof(
        path=draft.path,
        promised=draft.promised,
        first=verdict.first if verdict else None,
        second=verdict.second if verdict else None,
        zone=draft.zone,
        muted=draft.muted,
        silent=draft.silent,
    )
    if not draft.failures:
        return proof
    keys = {each.key for each in draft.failures}
    return proof._replace(
        witnesses=tuple(witness for witness in against.get(rule, ()) if witness.key in keys),
        accepted=tuple(each for each in accepted.get(rule, ()) if each.witness.key in keys),
    )


# --- one rule --------------------------------------------------------------------------------------------------


def _draft(path: AlertPath, sweeps: SweepCache, promises: Promises) -> _Draft:
    data = sweeps.oncall_data
    start, end = max(path.since or data.start, data.start), min(path.until or data.end, data.end)
    muted, stretches = muted_windows(path.mutes, start, end), silence_of(path.mutes, start, end)
    draft = _promised(path, sure_silence(path.mutes, start, end), sweeps, promises)
    failures = (
        *_signal_failures(path, promises),
        *draft.failures,
        *maintenance_failures(path, stretches, start, end, draft.zone),
    )
    return _Draft(
        path,
        draft.promised,
        tuple(promises.renamed(_beginning(failure, path.since)) for failure in failures),
        draft.verdict,
        draft.zone,
        muted,
        within(stretches, start, end),
    )


def _beginning(failure: Failure, since: int | None) -> Failure:
    """A failure that says when it begins, by its stretches or with its rule."""
    return failure if failure.stretches else replace(failure, since=since)


def _promised(path: AlertPath, stretches: tuple[SilentStretch, ...], sweeps: SweepCache, promises: Promises) -> _Draft:
    if path.waking is None:
        woken = (each for page in path.pages for each in _wakes_people(path, page, sweeps, promises.wakes_anybody))
        return _Draft(path, "does not wake", tuple(woken))
    if path.limited_by_environment:
        return _Draft(path, "limited-by-environment", ())
    return _waking(path, path.waking, stretches, sweeps)


def _waking(path: AlertPath, waking: Waking, stretches: tuple[SilentStretch, ...], sweeps: SweepCache) -> _Draft:
    data = sweeps.oncall_data
    high_urgency = [page for page in path.pages if page.can_be_high]
    low_urgency = tuple(_low_urgency(path, page) for page in path.pages if not page.can_be_high)
    if not high_urgency:
        return _Draft(path, "wakes", low_urgency)
    unheard = _unheard(path, stretches, data)
    low_urgency += tuple(each for page in high_urgency for each in _low_outside(path, page, unheard, data))
    verdicts = [
        (sweeps.verdict(page.policy, limits_of(waking), (*unheard, *_low_spans(page, data))), page)
        for page in high_urgency
    ]
    verdict, page = min(verdicts, key=lambda judged: judged[0].rank)
    return _Draft(path, "wakes", (*low_urgency, *verdict.failures), verdict, data.zone(page.policy))


@lru_cache(maxsize=64)
def limits_of(waking: Waking) -> PromisedTimes:
    """What a severity promises, as the sweeps compare it."""
    by = frozenset(kind.value for kind in waking.by)
    return PromisedTimes(by, waking.first_human_within.seconds, waking.second_human_within.seconds)


def _unheard(path: AlertPath, stretches: tuple[SilentStretch, ...], data: OnCallData) -> tuple[tuple[int, int], ...]:
    """The spans of the horizon in which the rule cannot fire: planned windows, and what lies outside of a trial."""
    spans = [(each.start, each.end) for each in stretches]
    if path.since is not None:
        spans.insert(0, (data.start, path.since))
    if path.until is not None:
        spans.append((path.until, data.end))
    return tuple(spans)


def _low_urgency(path: AlertPath, page: PagedService) -> Failure:
    why = f'the PagerDuty service "{page.service}" has low urgency, which wakes nobody and never escalates'
    return Failure(path.rule, "low urgency", "urgency", why, f"give a service for {path.severity} high urgency")


def _low_spans(page: PagedService, data: OnCallData) -> tuple[tuple[int, int], ...]:
    """The spans of the horizon in which a service with support hours opens incidents at low urgency."""
    return tuple(page.hours.low(data.start, data.end)) if page.hours else ()


def _low_outside(
    path: AlertPath, page: PagedService, unheard: Iterable[tuple[int, int]], data: OnCallData
) -> Iterator[Failure]:
    """The instants at which the rule can fire and its page is outside of the support hours, where there are any."""
    if page.hours is None or not (stretches := without(union(_low_spans(page, data)), unheard)):
        return
    where = f'outside of the support hours of policy "{page.policy}"'
    yield Failure(
        subject=page.policy,
        cause=f"low urgency outside of support hours for {path.severity}",
        hop="urgency",
        why=f"{where} the page has low urgency, which wakes nobody and never escalates",
        fix=f"page {path.severity} by a policy without support-hours",
        source=data.sources.get(("policy", page.policy)),
        zone=page.hours.zone,
        stretches=stretches,
        always=stretches == (Stretch(data.start, data.end),),
    )


def _wakes_people(
    path: AlertPath, page: PagedService, sweeps: SweepCache, wakes_anybody: frozenset[str]
) -> Iterator[Failure]:
    """Whom a rule wakes though its severity promises not to: by high urgency, or by somebody's low-urgency contact.

    In support hours nobody sleeps, so there only what comes outside of them counts.
    """
    oncall_data, urgency = sweeps.oncall_data, "low" if page.hours else page.urgency
    for name in sweeps.everybody(page.policy):
        if channels := listed(_channels(oncall_data.people[name], urgency, wakes_anybody)):
            how = f'"{name}" is reached by {channels} at {urgency} urgency'
            fix = f'take {channels} out of the contact: low of "{name}"'
            if urgency == "high":
                fix = f'give the PagerDuty service "{page.service}" low urgency'
            yield Failure(
                subject=page.policy,
                cause=f"{channels} of {name} at {urgency} urgency",
                hop="contact" if urgency == "low" else "urgency",
                why=f"{path.severity} wakes nobody, and {how}",
                fix=fix,
                source=oncall_data.sources.get(("person", name)),
                people=(name,),
            )


def _channels(person: NotificationRules, urgency: str, waking: frozenset[str]) -> list[str]:
    """By which of the channels that wake a person is reached at an urgency."""
    contacts = person.high if urgency == "high" else person.low
    return sorted({contact.channel for contact in contacts} & waking)


# --- its signal ------------------------------------------------------------------------------------------------


def _signal_failures(path: AlertPath, promises: Promises) -> Iterator[Failure]:
    for broken in path.breaks:
        yield Failure(broken.subject or path.rule, broken.hop, broken.hop, broken.why, broken.fix, broken.source)
    if dead := promises.dead.get(path.rule) or promises.dead.get(path.catalog_rule):
        yield Failure(path.rule, dead.cause, "signal", dead.why, dead.fix, dead.source)
    seconds = path.detection.seconds
    if seconds is None:
        yield from _unknown_signal(path)
    elif seconds > path.detects_within:
        takes = f"the signal takes up to {exact_length(seconds)} ({path.detection.how})"
        why = f"{takes}, and {path.severity} promises {exact_length(path.detects_within)}"
        yield Failure(path.rule, "slow signal", "signal", why, path.faster)


def _unknown_signal(path: AlertPath) -> Iterator[Failure]:
    """For a rule that wakes: how long its signal takes is not known, so its promise is not proved."""
    if path.waking is not None and not path.limited_by_environment:
        why = f"how long the signal takes is not known ({path.detection.how})"
        promised = f"{why}, and {path.severity} promises {exact_length(path.detects_within)}"
        yield Failure(path.rule, "unknown detection time", "signal", promised, path.faster, unproved=True)


# --- counts ----------------------------------------------------------------------------------------------------


def _counts(drafts: Sequence[_Draft], paths: Sequence[AlertPath], sweeps: SweepCache, promises: Promises) -> Counts:
    """Each rule counts once: one on trial as what it is when that is over, where the horizon sees it."""
    promised = {draft.path.rule: draft.promised for draft in drafts}
    paging = sorted({page.policy for draft in drafts if draft.promised == "wakes" for page in draft.path.pages})
    return counts(
        rules=len({path.rule for path in paths}),
        rules_to_prove=promises.rules_to_prove,
        promised=list(promised.values()),
        in_trial=sum(draft.path.in_trial for draft in drafts),
        muted=len({draft.path.rule for draft in drafts if draft.muted}),
        undetermined=[draft.path.rule for draft in drafts if draft.path.detection.seconds is None],
        sweeps=sweeps,
        policies=paging,
        by=promises.wakes_anybody,
    )


def waking_channels(promises: Iterable[Waking | None]) -> frozenset[str]:
    """Every channel by which any severity wakes."""
    return frozenset(kind.value for waking in promises if waking is not None for kind in waking.by)
