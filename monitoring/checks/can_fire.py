"""A threshold lies where the measured value can go: neither never nor always reached."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from math import inf, prod
from typing import NamedTuple

from monitoring.checks._check import catalog_check
from monitoring.checks._context import ALWAYS, NEVER, Context, Finding, Fires
from monitoring.checks._parts_apart import why_never
from monitoring.checks._subjects import rules_watching
from monitoring.checks.raw_query import fires_without_data
from monitoring.model.effective import overridden
from monitoring.model.service import Rule
from monitoring.model.signals import (
    Composite,
    Errors,
    Issues,
    RawQuery,
    SentryMetric,
    Uptime,
)
from monitoring.model.signals.base import MeasuredValue
from monitoring.model.signals.query_monitor import QueryMonitor
from monitoring.model.threshold_word import ThresholdWord

COMPARING = (QueryMonitor, SentryMetric, Errors)
SUBJECTS = rules_watching(
    "rules with a value to compare",
    *(*COMPARING, Issues, Uptime, Composite),
    only=lambda _, rule: rule.uptime is None or not rule.uptime.asks.certificate,
)
SILENT_AT_NONE = "silent at none"
BEYOND_REASON = "beyond reason"
FIRES: Mapping[str, Fires] = {NEVER: NEVER, SILENT_AT_NONE: NEVER, BEYOND_REASON: NEVER, ALWAYS: ALWAYS}
"""How a rule fires, by the key of a finding that is about all that it does."""

MAX_PER_SECOND = 10_000
"""Events of one platform in a second, beyond which a threshold is a slip of the hand: our own judgement."""


class _Place(NamedTuple):
    """Where a value is compared: in the signal of a rule, or in what one tenant has of its own."""

    rule: Rule
    tenant: str = ""

    def finding(self, context: Context, field: str, key: str, what: str, remedy: str) -> Finding:
        """A finding at a word of the place; its key names the tenant."""
        whose, owner = (f'for "{self.tenant}" ', f" for {self.tenant}") if self.tenant else ("", "")
        at = ("for-each-tenant", "except", self.tenant) if self.tenant else (self.rule.signal_word,)
        return context.finding(
            "rule",
            self.rule.id,
            *at,
            field,
            key=key + owner,
            what=whose + what,
            remedy=remedy,
            fires=FIRES.get(key, ""),
        )


@catalog_check("can-fire", about=SUBJECTS)
def can_fire(context: Context) -> Iterator[str | Finding]:
    """Looks at each rule that compares a value; finds thresholds at or beyond the ends of what is possible."""
    dead: dict[str, set[Fires]] = {}
    for _, rule, signal in context.rules:
        if isinstance(signal, COMPARING):
            found = _compared(context, rule, signal)
        elif isinstance(signal, Uptime) and not signal.asks.certificate:
            found = _answer(context, rule, signal)
        elif isinstance(signal, Issues):
            found = _known_elsewhere(context, rule, signal)
        else:
            continue
        yield rule.id
        for finding in found:
            dead.setdefault(rule.id, set()).add(finding.fires)
            yield finding
        if isinstance(signal, RawQuery) and (fires := fires_without_data(context, signal)):
            dead.setdefault(rule.id, set()).add(fires)
    for _, rule, composite in context.rules_on(Composite):
        yield rule.id
        yield from _combined(context, rule, composite, dead)


def _combined(context: Context, rule: Rule, signal: Composite, dead: Mapping[str, set[Fires]]) -> Iterator[Finding]:
    """A composite that needs a part which never fires, or one that never ceases to."""
    never = {part for part in signal.parts if NEVER in dead.get(part, ())}
    always = {part for part in signal.parts if ALWAYS in dead.get(part, ())}
    needed = [part for part in signal.all_of if part in never]
    needed += signal.any_of if set(signal.any_of) <= never else ()
    stopping = [part for part in signal.none_of if part in always]
    for part in [*needed, *stopping][:1]:
        does = "fires always, and it waits for that to end" if part in stopping else "never does"
        what, remedy = f'{NEVER}, since its part "{part}" {does}', f'mend "{part}", or take it out'
        yield context.finding("rule", rule.id, "composite", key=NEVER, what=what, remedy=remedy, fires=NEVER)
        return
    if why := why_never(signal, context.catalog, never):
        what, remedy = f"{NEVER}, since {why}", "take one of the two out"
        yield context.finding("rule", rule.id, "composite", key=NEVER, what=what, remedy=remedy, fires=NEVER)
    elif lasting := _lasting(signal, always, never):
        what, remedy = f'{ALWAYS}, since its part "{lasting}" does', f'mend "{lasting}", or take it out'
        yield context.finding("rule", rule.id, "composite", key=ALWAYS, what=what, remedy=remedy, fires=ALWAYS)


def _lasting(signal: Composite, always: Set[str], never: Set[str]) -> str:
    """A part that fires always, where nothing else is needed; empty where something is."""
    chosen = [part for part in signal.any_of if part in always]
    needed = (*signal.all_of, *(chosen[:1] or signal.any_of))
    return needed[0] if set(needed) <= always and set(signal.none_of) <= never else ""


def _compared(context: Context, rule: Rule, signal: QueryMonitor | SentryMetric | Errors) -> Iterator[Finding]:
    metrics, place = context.catalog.platform.metrics, _Place(rule)
    if isinstance(signal, QueryMonitor):
        yield from _too_few_groups(context, rule, signal)
    if value := signal.measured(metrics):
        yield from _measured(context, place, value)
        if isinstance(signal, QueryMonitor):
            yield from _silence(context, place, signal, value)
    for tenant, override in rule.for_each_tenant.except_.items() if rule.for_each_tenant else ():
        own = overridden(rule, override).signal.measured(metrics)
        if own and own != value:
            yield from _measured(context, _Place(rule, tenant), own)


def _too_few_groups(context: Context, rule: Rule, signal: QueryMonitor) -> Iterator[Finding]:
    """Fewer groups than it compares with each other, where all of their values are listed."""
    values = [signal.group_values(key, context.catalog.platform.metrics) for key in signal.groups or ()]
    if values and all(values) and (count := prod(len(each or ()) for each in values)) < signal.min_groups:
        what = f"{NEVER}, since it compares {signal.min_groups} groups or more, and there are {count}"
        path, remedy = (rule.signal_word, "by"), "split it by a tag with more values"
        yield context.finding("rule", rule.id, *path, key=NEVER, what=what, remedy=remedy, fires=NEVER)


def _measured(context: Context, place: _Place, value: MeasuredValue) -> Iterator[Finding]:
    yield from _limits(context, place, value)
    yield from _recovery(context, place, value)
    if value.is_count or value.has_gaps:
        yield from _too_many(context, place, value)


def _limits(context: Context, place: _Place, value: MeasuredValue) -> Iterator[Finding]:
    if verdict := _verdict(value):
        what = f'{verdict} {value.word.in_words} "{value.limit}", since the value lies {_range(value)}'
        yield place.finding(context, value.field, verdict, what, "write a value inside that")


def _verdict(value: MeasuredValue) -> str:
    """The verdict on a limit; nearly every time or size lies above 0, and what counts need not."""
    limit = value.limit.base
    lowest = -inf if value.lowest is None else value.lowest
    highest = inf if value.highest is None else value.highest
    match value.word:
        case ThresholdWord.ABOVE:
            is_at_none = limit == lowest == 0 and value.limit.dimension != "count"
            always, never = limit < lowest or is_at_none, limit >= highest
        case ThresholdWord.AT_LEAST:
            always, never = limit <= lowest, limit > highest
        case ThresholdWord.BELOW:
            always, never = limit > highest, limit <= lowest
        case ThresholdWord.AT_MOST:
            always, never = limit >= highest, limit < lowest
    return ALWAYS if always else NEVER if never else ""


def _range(value: MeasuredValue) -> str:
    """Between which ends a value lies, one of which is known."""
    low, high = (None if end is None else _end(value, end) for end in (value.lowest, value.highest))
    if low is None or high is None:
        return f"at {high} or below" if low is None else f"at {low} or above"
    return f"between {low} and {high}"


def _end(value: MeasuredValue, end: float) -> str:
    return f"{end:.0%}" if value.limit.dimension == "share" and (end or value.highest is not None) else f"{end:g}"


def _silence(context: Context, place: _Place, signal: QueryMonitor, value: MeasuredValue) -> Iterator[Finding]:
    if value.is_count and signal.when_silent != "alert":
        yield from _silent_at_none(context, place, value)
    if value.has_gaps and signal.full_window:
        yield _gaps(context, place)


def _silent_at_none(context: Context, place: _Place, value: MeasuredValue) -> Iterator[Finding]:
    """A count that falls to nothing sends nothing, so that silence decides and no comparison."""
    word, limit = value.word, value.limit.base
    falls_to_nothing = not word.is_upward and (limit > 0 or (word.fires_at_threshold and limit == 0))
    if falls_to_nothing:
        what = "does not fire when nothing at all is counted, because then no data come and nothing is compared"
        yield place.finding(context, value.field, SILENT_AT_NONE, what, "write when-silent: alert")


def _gaps(context: Context, place: _Place) -> Finding:
    """A count sends nothing while nothing is counted, so that a window without a gap may never come."""
    what = "waits for a window without a gap, and a count has a gap wherever nothing is counted"
    return place.finding(context, "full-window", "gaps", what, "take full-window out")


def _too_many(context: Context, place: _Place, value: MeasuredValue) -> Iterator[Finding]:
    limit, window = value.limit, value.window
    if limit.dimension == "count" and window.seconds and limit.base > MAX_PER_SECOND * window.seconds:
        what = f'{NEVER} above "{limit.number:.0f}", which is over {MAX_PER_SECOND} a second for {window}'
        yield place.finding(context, value.field, BEYOND_REASON, what, "write a number that has been seen, like 10")


def _recovery(context: Context, place: _Place, value: MeasuredValue) -> Iterator[Finding]:
    recovery, lowest, highest = value.recovers_at, value.lowest, value.highest
    if recovery is None:
        return
    is_beyond = (lowest is not None and recovery.base < lowest) or (highest is not None and recovery.base > highest)
    if is_beyond:
        what = f'never recovers at "{recovery}", since the value lies {_range(value)}'
        yield place.finding(context, "recovers-at", "never recovers", what, "write a value inside that")


def _known_elsewhere(context: Context, rule: Rule, signal: Issues) -> Iterator[Finding]:
    """A new issue is one whose first event has just come, so what speaks of its past hardly ever holds."""
    for word in signal.needing_another_environment():
        what = f"hardly ever fires: only an issue that another environment has seen before is new and meets {word}"
        counted = f"errors: {{project: {signal.project}, more-than: 10, within: 1h, per-issue: true}}"
        remedy = f"take {word} out, or count with {counted}"
        yield context.finding("rule", rule.id, "issues", word, key=f"hardly ever: {word}", what=what, remedy=remedy)


def _answer(context: Context, rule: Rule, signal: Uptime) -> Iterator[Finding]:
    within = signal.asks.shortest_wait
    if within is not None and within.base == 0:
        what = f'{ALWAYS}, since no answer comes within "{within}"'
        path, remedy = ("uptime", "asks"), "write 1s or more"
        yield context.finding("rule", rule.id, *path, key=ALWAYS, what=what, remedy=remedy, fires=ALWAYS)
