"""A threshold lies where the measured value can go: neither never nor always reached."""

from __future__ import annotations

from collections.abc import Iterator
from math import prod

from monitoring.checks._check import catalog_check
from monitoring.checks._context import Context, Finding
from monitoring.checks._subjects import rules_watching
from monitoring.model.scalars import Quantity
from monitoring.model.service import Rule
from monitoring.model.signals import (
    Errors,
    Issues,
    SentryMetric,
    Uptime,
)
from monitoring.model.signals.base import MeasuredValue
from monitoring.model.signals.query_monitor import QueryMonitor
from monitoring.model.threshold_word import ThresholdWord

COMPARING = (QueryMonitor, SentryMetric, Errors)
SUBJECTS = rules_watching(
    "rules with a value to compare",
    *(*COMPARING, Issues, Uptime),
    only=lambda _, rule: rule.uptime is None or not rule.uptime.asks.certificate,
)
NEVER = "can never fire"
SILENT_AT_NONE = "silent at none"
BEYOND_REASON = "beyond reason"
DEAD = frozenset({NEVER, SILENT_AT_NONE, BEYOND_REASON})
"""The keys of findings that say that a rule does not fire at all; the proof fails such a rule."""

ALWAYS = "fires always"
MAX_PER_SECOND = 10_000
"""Events of one platform in a second, beyond which a threshold is a slip of the hand: our own judgement."""


@catalog_check("can-fire", about=SUBJECTS)
def can_fire(context: Context) -> Iterator[str | Finding]:
    """Looks at each rule that compares a value; finds thresholds at or beyond the ends of what is possible."""
    for _, rule, signal in context.rules:
        if isinstance(signal, COMPARING):
            yield rule.id
            if isinstance(signal, QueryMonitor):
                yield from _too_few_groups(context, rule, signal)
            if value := signal.measured(context.catalog.platform.metrics):
                yield from _measured(context, rule, value)
                if isinstance(signal, QueryMonitor):
                    yield from _silence(context, rule, signal, value)
        elif isinstance(signal, Uptime) and not signal.asks.certificate:
            yield rule.id
            yield from _answer(context, rule, signal)
        elif isinstance(signal, Issues):
            yield rule.id
            yield from _known_elsewhere(context, rule, signal)


def _too_few_groups(context: Context, rule: Rule, signal: QueryMonitor) -> Iterator[Finding]:
    """Fewer groups than it compares with each other, where all of their values are listed."""
    values = [signal.group_values(key, context.catalog.platform.metrics) for key in signal.groups or ()]
    if values and all(values) and (count := prod(len(each or ()) for each in values)) < signal.min_groups:
        what = f"{NEVER}, since it compares {signal.min_groups} groups or more, and there are {count}"
        path, remedy = (rule.signal_word, "by"), "split it by a tag with more values"
        yield context.finding("rule", rule.id, *path, key=NEVER, what=what, remedy=remedy)


def _measured(context: Context, rule: Rule, value: MeasuredValue) -> Iterator[Finding]:
    if value.is_bounded:
        yield from _limits(context, rule, value)
        yield from _recovery(context, rule, value)
    if value.is_count:
        yield from _too_many(context, rule, value)


def _limits(context: Context, rule: Rule, value: MeasuredValue) -> Iterator[Finding]:
    verdict = _verdict(value.word, value.limit, is_part=_is_part(value))
    if verdict:
        possible = f"since the value lies {_range(value)}"
        what, remedy = f'{verdict} {value.word.in_words} "{value.limit}", {possible}', "write a value inside that"
        yield context.finding("rule", rule.id, rule.signal_word, value.field, key=verdict, what=what, remedy=remedy)


def _is_part(value: MeasuredValue) -> bool:
    """Whether it is a share that 100% is the end of."""
    return value.limit.dimension == "share" and not value.exceeds_whole


def _verdict(word: ThresholdWord, limit: Quantity, *, is_part: bool) -> str:
    """The verdict on a limit; nearly every share, time or size lies above 0, and a count need not."""
    value = limit.base
    match word:
        case ThresholdWord.ABOVE:
            always, never = value < 0 or (value == 0 and limit.dimension != "count"), is_part and value >= 1
        case ThresholdWord.AT_LEAST:
            always, never = value <= 0, is_part and value > 1
        case ThresholdWord.BELOW:
            always, never = is_part and value > 1, value <= 0
        case ThresholdWord.AT_MOST:
            always, never = is_part and value >= 1, value < 0
    return ALWAYS if always else NEVER if never else ""


def _range(value: MeasuredValue) -> str:
    return "between 0% and 100%" if _is_part(value) else "at 0 or above"


def _silence(context: Context, rule: Rule, signal: QueryMonitor, value: MeasuredValue) -> Iterator[Finding]:
    if value.is_count and signal.when_silent != "alert":
        yield from _silent_at_none(context, rule, value)
    if value.has_gaps and signal.full_window:
        yield _gaps(context, rule)


def _silent_at_none(context: Context, rule: Rule, value: MeasuredValue) -> Iterator[Finding]:
    """A count that falls to nothing sends nothing, so that silence decides and no comparison."""
    word, limit = value.word, value.limit.base
    falls_to_nothing = not word.is_upward and (limit > 0 or (word.fires_at_threshold and limit == 0))
    if falls_to_nothing:
        what = "does not fire when nothing at all is counted, because then no data come and nothing is compared"
        path, remedy = (rule.signal_word, value.field), "write when-silent: alert"
        yield context.finding("rule", rule.id, *path, key=SILENT_AT_NONE, what=what, remedy=remedy)


def _gaps(context: Context, rule: Rule) -> Finding:
    """A count sends nothing while nothing is counted, so that a window without a gap may never come."""
    what = "waits for a window without a gap, and a count has a gap wherever nothing is counted"
    path = (rule.signal_word, "full-window")
    return context.finding("rule", rule.id, *path, key="gaps", what=what, remedy="take full-window out")


def _too_many(context: Context, rule: Rule, value: MeasuredValue) -> Iterator[Finding]:
    limit, window = value.limit, value.window
    if limit.dimension == "count" and window.seconds and limit.base > MAX_PER_SECOND * window.seconds:
        what = f'{NEVER} above "{limit.number:.0f}", which is over {MAX_PER_SECOND} a second for {window}'
        path, remedy = (rule.signal_word, value.field), "write a number that has been seen, like 10"
        yield context.finding("rule", rule.id, *path, key=BEYOND_REASON, what=what, remedy=remedy)


def _recovery(context: Context, rule: Rule, value: MeasuredValue) -> Iterator[Finding]:
    recovery = value.recovers_at
    if recovery and (recovery.base < 0 or (_is_part(value) and recovery.base > 1)):
        what = f'never recovers at "{recovery}", since the value lies {_range(value)}'
        path = (rule.signal_word, "recovers-at")
        yield context.finding(
            "rule", rule.id, *path, key="never recovers", what=what, remedy="write a value inside that"
        )


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
        yield context.finding("rule", rule.id, "uptime", "asks", key=ALWAYS, what=what, remedy="write 1s or more")
