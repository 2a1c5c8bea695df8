"""Conditions that are loosened or tightened: which way a value of a signal changes when it fires."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any, get_args

from monitoring.model.effective import overridden
from monitoring.model.scalars import Length, Quantity
from monitoring.model.service import SIGNAL_FIELDS, ForEachTenant, Rule, TenantOverride, words_of
from monitoring.model.signals import Errors, Issues, SentryMetric, Signal
from monitoring.model.signals.elsewhere import WAYS_IN
from monitoring.model.signals.issues import IssueLevel, IssuePriority
from monitoring.model.signals.query_monitor import QueryMonitor
from monitoring.model.signals.selector import AGGREGATIONS
from monitoring.model.threshold_word import ThresholdWord
from monitoring.review.compared import ComparedCatalogs
from monitoring.review.differences import CatalogDifference
from monitoring.review.effects import Effect
from monitoring.review.explaining import effect, from_to, number
from monitoring.review.risks import EffectKind

Words = tuple[str, ...]
"""The words of the catalog from a signal down to a value: ("metric", "above")."""


class Direction(StrEnum):
    """Which way a condition changes; unknown where it fires at other times, more often or less."""

    LOOSER = "fires later or less often"
    TIGHTER = "fires sooner or more often"
    UNKNOWN = "fires at other times"
    SAME = "fires as before"

    @property
    def opposite(self) -> Direction:
        """The other way round."""
        return {Direction.LOOSER: Direction.TIGHTER, Direction.TIGHTER: Direction.LOOSER}.get(self, self)


LOOSER, TIGHTER, UNKNOWN, SAME = Direction.LOOSER, Direction.TIGHTER, Direction.UNKNOWN, Direction.SAME

# What a higher value does to a condition.
HIGHER: Mapping[Words, Direction] = {
    ("errors", "more-than"): LOOSER,
    ("errors", "within"): TIGHTER,
    ("issues", "seen-at-least"): LOOSER,
    ("issues", "older-than"): LOOSER,
    ("issues", "younger-than"): TIGHTER,
    ("sentry-metric", "above"): LOOSER,
    ("cron", "late-after"): LOOSER,
    ("cron", "at-most"): LOOSER,
    ("cron", "failures"): LOOSER,
    ("sentry-uptime", "every"): LOOSER,
    ("sentry-uptime", "within"): LOOSER,
    ("sentry-uptime", "failures"): LOOSER,
    ("uptime", "every"): LOOSER,
    ("uptime", "failing-in"): LOOSER,
    ("uptime", "failing-for"): LOOSER,
    ("uptime", "retry", "times"): LOOSER,
    ("uptime", "retry", "after"): LOOSER,
    ("uptime", "asks", "health", "within"): LOOSER,
    ("uptime", "asks", "page", "within"): LOOSER,
    ("uptime", "asks", "connection", "within"): LOOSER,
    ("uptime", "asks", "dns", "within"): LOOSER,
    ("uptime", "asks", "grpc", "within"): LOOSER,
    ("uptime", "asks", "ping", "within"): LOOSER,
    ("uptime", "asks", "ping", "loses-below"): LOOSER,
    ("uptime", "asks", "certificate", "valid-for"): TIGHTER,
    **{
        (signal, word): LOOSER if word.is_upward else TIGHTER
        for signal in words_of(QueryMonitor)
        for word in ThresholdWord
    },
    **{(signal, word): LOOSER for signal in words_of(QueryMonitor) for word in ("new-groups-after", "arrives-after")},
    ("anomaly", "bounds"): LOOSER,
    ("outlier", "tolerance"): LOOSER,
    ("outlier", "share"): LOOSER,
    ("forecast", "within"): TIGHTER,
    ("forecast", "deviations"): TIGHTER,
    ("service-check", "failures"): LOOSER,
    ("service-check", "every"): LOOSER,
    ("slo", "objective"): TIGHTER,
    ("elsewhere", "detects-within"): LOOSER,
}
FOR_EVER = Length(sys.maxsize)
# What counts where a word is left out: what its vendor does by itself (DataDog/documentation, monitors/configuration).
LEFT_OUT: Mapping[str, Length | int] = {
    "new-groups-after": Length(60),
    "arrives-after": Length(0),
    "failing-for": Length(0),
    "seen-at-least": 1,
    "older-than": Length(0),
    "younger-than": FOR_EVER,
}
# What each next step does to a condition that takes what is at a step or above; left out, all of them count.
LADDERS: Mapping[Words, tuple[str, ...]] = {
    ("issues", "level"): get_args(IssueLevel),
    ("issues", "priority"): get_args(IssuePriority),
}
# What it does that there is something, or one more of it.
MORE: Mapping[Words, Direction] = {
    ("errors", "per-issue"): LOOSER,
    ("issues", "when"): TIGHTER,
    ("issues", "assigned-to"): LOOSER,
    ("issues", "latest-release"): LOOSER,
    **{(signal, "full-window"): LOOSER for signal in words_of(QueryMonitor)},
    ("uptime", "retry"): LOOSER,
    ("uptime", "regions"): TIGHTER,
    ("uptime", "methods"): TIGHTER,
    ("uptime", "asks", "page", "contains"): TIGHTER,
    ("uptime", "asks", "page", "headers"): TIGHTER,
    ("uptime", "asks", "page", "json-values"): TIGHTER,
    ("uptime", "asks", "page", "json-schema"): TIGHTER,
    ("uptime", "asks", "dns", "records"): TIGHTER,
    ("composite", "all-of"): LOOSER,
    ("composite", "any-of"): TIGHTER,
    ("composite", "none-of"): LOOSER,
}
# What a longer window, and a filter that lets less through, do to a condition over these aggregates; over an average or
# a percentile nobody can say.
LONGER: Mapping[tuple[str, bool], Direction] = {
    ("sum", True): TIGHTER,
    ("sum", False): LOOSER,
    ("max", True): TIGHTER,
    ("max", False): LOOSER,
    ("min", True): LOOSER,
    ("min", False): TIGHTER,
}
MEASURES = frozenset({*AGGREGATIONS, "unique"})
"""The words for what is computed, of which a signal has at most one."""
TRAFFIC = ": the number of events that a check compares with changes"
DECIDES_NOTHING: Mapping[Words, str] = {
    ("sentry-metric", "at-least"): TRAFFIC,
    ("ratio", "min-traffic"): TRAFFIC,
    ("trace", "min-traffic"): TRAFFIC,
    ("elsewhere", "posted-for"): " is posted to Slack for others",
}
"""The words of a signal that change neither when it fires nor whom it wakes, and what is said of the rule."""
COUNTS = frozenset({"count", "users"})
KINDS = {
    LOOSER: EffectKind.LOOSENED,
    TIGHTER: EffectKind.TIGHTENED,
    UNKNOWN: EffectKind.CONDITION_CHANGED,
    SAME: EffectKind.TEXT_CHANGED,
}


def condition_effects(compared: ComparedCatalogs, difference: CatalogDifference) -> Iterator[Effect]:
    """What a difference inside a rule's signal does: another signal, silence, or a condition that changes."""
    old, new = compared.rule(difference.place[1])
    if old is None or new is None:
        return
    words = difference.place[2:]
    people = compared.woken_by(new.id)
    if old.signal_word != new.signal_word:
        yield from _another_signal(compared, difference, old, new)
    elif words[1:] in (("when-silent",), ("resolves-after",)):
        yield _silence(compared, difference)
    elif len(words) == 2 and words[1] in MEASURES:
        yield _another_metric(compared, difference, old.signal, new.signal)
    elif words[0] == "elsewhere" and words[1] in WAYS_IN:
        yield _another_way_in(compared, difference)
    elif words in DECIDES_NOTHING:
        sentence = f'"{new.id}"{DECIDES_NOTHING[words]}: {_values(difference)}'
        yield effect(compared, difference, EffectKind.RULE_CHANGED, sentence)
    elif not _is_said_by_another(words, old.signal, new.signal):
        way = direction(words, old.signal, new.signal, difference)
        sentence = f'"{new.id}" {way}: {" ".join(words[1:]) or words[0]} {_values(difference)}'
        yield effect(compared, difference, KINDS[way], sentence, people=people)


def _values(difference: CatalogDifference) -> str:
    return from_to(difference.before, difference.after)


def _another_signal(
    compared: ComparedCatalogs, difference: CatalogDifference, old: Rule, new: Rule
) -> Iterator[Effect]:
    sentence = f'"{new.id}" watches something else: {old.signal_word} → {new.signal_word}'
    yield effect(compared, difference, EffectKind.SIGNAL_CHANGED, sentence, detail="", people=compared.woken_by(new.id))


def _another_metric(compared: ComparedCatalogs, difference: CatalogDifference, old: Signal, new: Signal) -> Effect:
    """Another metric, or another value computed of it: one effect, though two fields differ."""
    was, becomes = (each.in_words if isinstance(each, QueryMonitor) else "" for each in (old, new))
    name = difference.place[1]
    sentence = f'"{name}" {UNKNOWN}: {was} → {becomes}'
    people = compared.woken_by(name)
    return effect(compared, difference, EffectKind.CONDITION_CHANGED, sentence, detail="metric", people=people)


def _another_way_in(compared: ComparedCatalogs, difference: CatalogDifference) -> Effect:
    """Another integration, whose key or address the sender has to get; another name of the sender is a text."""
    name, word = difference.place[1], difference.place[3]
    if word == "events-api" and difference.before and difference.after:
        sentence = f'"{name}" {SAME}: its sender is called {_values(difference)}'
        return effect(compared, difference, EffectKind.TEXT_CHANGED, sentence)
    sentence = f'what is sent for "{name}" has to go to another key or address: {word} {_values(difference)}'
    people = compared.woken_by(name)
    return effect(compared, difference, EffectKind.WAY_IN_CHANGED, sentence, people=people)


def _is_said_by_another(words: Words, old: Signal, new: Signal) -> bool:
    """Whether the sentence about single events speaks for this value: a count that comes or goes with them."""
    changed = isinstance(old, Errors) and isinstance(new, Errors) and old.each_event != new.each_event
    return changed and words in (("errors", "more-than"), ("errors", "within"))


def _silence(compared: ComparedCatalogs, difference: CatalogDifference) -> Effect:
    name, values = difference.place[1], _values(difference)
    if difference.place[-1] == "resolves-after":
        sentence = f'"{name}" resolves by itself at another time after its data stop: {values}'
        return effect(compared, difference, EffectKind.CONDITION_CHANGED, sentence, people=compared.woken_by(name))
    kind = EffectKind.CONDITION_CHANGED
    if difference.before == "alert":
        kind = EffectKind.SILENCE_IGNORED
    elif difference.after == "alert":
        kind = EffectKind.SILENCE_ALERTS
    sentence = f'what "{name}" does when its data stops coming changes: {values}'
    return effect(compared, difference, kind, sentence, people=compared.woken_by(name))


def direction(words: Words, old: Signal, new: Signal, difference: CatalogDifference) -> Direction:
    """Which way a value of a signal changes when it fires."""
    before, after = (
        LEFT_OUT.get(words[-1]) if value is None else value for value in (difference.before, difference.after)
    )
    if words == ("errors", "each-event"):
        return _single_events(old, new)
    if words in HIGHER and words[-1] in list(ThresholdWord) and (before is None or after is None):
        return _by_word(old, new)
    if words in HIGHER:
        return _by_number(before, after, HIGHER[words])
    if steps := LADDERS.get(words):
        return _by_step(difference.before, difference.after, steps)
    if "where" in words:
        return _by_filter(before, after, _narrower(new))
    if words[1:] == ("over",):
        return _by_number(before, after, _longer(new))
    if words == ("composite", "any-of") and not (before and after):
        return _by_members(before, after, LOOSER)  # the first one is a condition more
    if words in MORE or words[:-1] in MORE:
        return _by_members(before, after, MORE.get(words) or MORE[words[:-1]])
    return UNKNOWN


def _by_step(before: str | None, after: str | None, steps: tuple[str, ...]) -> Direction:
    old, new = (steps.index(step) if step else -1 for step in (before, after))
    return _by_number(old, new, LOOSER)


def _single_events(old: Signal, new: Signal) -> Direction:
    if not (isinstance(old, Errors) and isinstance(new, Errors)):
        return UNKNOWN
    if old.limit == new.limit:
        return _by_number(old.window, new.window, TIGHTER)
    return _by_number(old.limit, new.limit, LOOSER)


def _by_number(before: Any, after: Any, when_higher: Direction) -> Direction:
    old, new = number(before), number(after)
    if old is None or new is None or _is_another_dimension(before, after):
        return UNKNOWN
    if old == new:
        return SAME
    return when_higher if new > old else when_higher.opposite


def _by_word(old: Signal, new: Signal) -> Direction:
    """Which way it goes where a threshold is written with another word: at 5 fires more often than above 5."""
    if not (isinstance(old, QueryMonitor) and isinstance(new, QueryMonitor)):
        return UNKNOWN
    was, becomes = old.threshold_word, new.threshold_word
    if was.is_upward is not becomes.is_upward:
        return UNKNOWN
    way = _by_number(old.threshold, new.threshold, LOOSER if was.is_upward else TIGHTER)
    reaches = TIGHTER if becomes.fires_at_threshold else LOOSER
    return reaches if way in (SAME, reaches) else UNKNOWN


def _is_another_dimension(before: Any, after: Any) -> bool:
    return isinstance(before, Quantity) and isinstance(after, Quantity) and before.dimension != after.dimension


def _by_members(before: Any, after: Any, when_more: Direction) -> Direction:
    """Which way it goes where one side has all that the other has, and more."""
    old, new = _members(before), _members(after)
    if old < new:
        return when_more
    return when_more.opposite if new < old else UNKNOWN


def _members(value: Any) -> frozenset[Any]:
    if isinstance(value, tuple):
        return frozenset(value)
    return frozenset({str(value)}) if value else frozenset()


def _by_filter(before: Any, after: Any, when_narrower: Direction) -> Direction:
    """Which way it goes where a tag is filtered on: no value lets everything through."""
    if before is None:
        return when_narrower
    if after is None:
        return when_narrower.opposite
    return _by_members(before, after, when_narrower.opposite)


def _narrower(signal: Signal) -> Direction:
    """What a filter that lets less through does."""
    match signal:
        case Errors() | Issues():
            return LOOSER
        case SentryMetric() if signal.measure in COUNTS:
            return LOOSER
        case QueryMonitor():
            return _longer(signal).opposite
        case _:
            return UNKNOWN


def _longer(signal: Signal) -> Direction:
    """What a longer window does."""
    match signal:
        case SentryMetric() if signal.measure in COUNTS:
            return TIGHTER
        case QueryMonitor():
            return LONGER.get((signal.window_aggregation, signal.threshold_word.is_upward), UNKNOWN)
        case _:
            return UNKNOWN


# --- for each tenant -------------------------------------------------------------------------------------------


def tenant_effects(compared: ComparedCatalogs, difference: CatalogDifference) -> Iterator[Effect]:
    """What a difference in `for-each-tenant` does: which tenants there are, or what one has of its own."""
    old, new = compared.rule(difference.place[1])
    if old is None or new is None:
        return
    people = compared.woken_by(new.id)
    if difference.place[3:4] != ("except",):
        sentence = f'"{new.id}" counts for other tenants: {_plan(old.for_each_tenant)} → {_plan(new.for_each_tenant)}'
        yield effect(compared, difference, EffectKind.SIGNAL_CHANGED, sentence, people=people)
        return
    tenant = difference.place[4]
    was, becomes = (_own_signal(rule, tenant) for rule in (old, new))
    ways = {
        _by_number(getattr(was, n, None), getattr(becomes, n), HIGHER[new.signal_word, w]) for n, w in _own_values(new)
    } - {SAME}
    way = ways.pop() if len(ways) == 1 else UNKNOWN if ways else SAME
    changed = _own_changes(new, was, becomes, difference.place[5:]) or _values(difference)
    sentence = f'"{new.id}" {way} for tenant "{tenant}": {changed}'
    yield effect(compared, difference, KINDS[way], sentence, people=people)


def _plan(each: ForEachTenant | None) -> str:
    return f'each tenant of plan "{each.plan}"' if each else "all together"


def _own_signal(rule: Rule, tenant: str) -> Signal:
    own = rule.for_each_tenant.except_.get(tenant) if rule.for_each_tenant else None
    return overridden(rule, own).signal


def _own_changes(rule: Rule, was: Signal, becomes: Signal, words: Sequence[object]) -> str:
    """What a tenant had and has instead, of one word where the difference is about it: `within 5m → 1h`."""
    values = ((word, getattr(was, name, None), getattr(becomes, name)) for name, word in _own_values(rule))
    return ", ".join(
        f"{word} {old} → {new}" for word, old, new in values if old != new and (not words or word in words)
    )


def _own_values(rule: Rule) -> Iterator[tuple[str, str]]:
    """The values that a tenant can have of its own, which the rule's signal has."""
    for name, field in TenantOverride.model_fields.items():
        if name in type(rule.signal).model_fields and (rule.signal_word, field.alias or name) in HIGHER:
            yield name, field.alias or name


SIGNAL_WORDS = frozenset(SIGNAL_FIELDS)
