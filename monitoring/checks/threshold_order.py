"""Rules that watch the same thing fire in order: the more severe one at the worse value, and no two at one severity."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

from monitoring.checks._check import catalog_check
from monitoring.checks._context import Context, Finding, WatchedRule
from monitoring.checks._subjects import rules_with
from monitoring.model.service import Rule
from monitoring.model.signals import (
    Composite,
    Cron,
    Elsewhere,
    Errors,
    MetricSignal,
    RawQuery,
    SentryMetric,
    Signal,
    Slo,
    Uptime,
)
from monitoring.model.threshold_word import ThresholdWord

SUBJECTS = rules_with(
    "rules with a threshold",
    *("metric", "query", "sentry_metric", "errors", "uptime"),
    only=lambda _, rule: rule.uptime is None or rule.uptime.asks.certificate,
)


class _Limit(NamedTuple):
    rule: Rule
    badness: float
    spelled: str
    path: tuple[str, str]
    is_exceeded: bool = True
    """Whether the value itself does not fire yet."""

    @property
    def rank(self) -> tuple[float, bool]:
        """What is higher where the rule fires at a worse value."""
        return self.badness, self.is_exceeded


@catalog_check("threshold-order", about=SUBJECTS)
def threshold_order(context: Context) -> Iterator[str | Finding]:
    """Looks at each rule with a threshold; finds pairs on the same thing that fire in the wrong order, or twice."""
    families: dict[Any, list[_Limit]] = {}
    for watched in context.rules:
        same, limit = _limit(watched)
        if limit:
            yield watched.rule.id
            families.setdefault((same, watched.rule.environments, str(watched.rule.for_each_tenant)), []).append(limit)
    for family in families.values():
        if len(family) > 1:
            yield from _disordered(context, sorted(family, key=lambda limit: limit.rule.severity.rank))


def _limit(watched: WatchedRule[Signal]) -> tuple[object, _Limit | None]:
    rule, signal = watched.rule, watched.signal
    same: object
    match signal:
        case Errors():
            same = ("errors", signal.project, _key(signal.where), str(signal.window), signal.per_issue)
            return same, _Limit(rule, signal.limit, f"more than {signal.limit}", ("errors", signal.limit_word))
        case SentryMetric():
            same = ("sentry", signal.project, signal.measure, _key(signal.where), str(signal.over))
            return same, _Limit(rule, signal.above.base, f"above {signal.above}", ("sentry-metric", "above"))
        case MetricSignal():
            return _metric_limit(rule, signal)
        case RawQuery():
            return _query_limit(rule, signal)
        case Uptime() if signal.asks.certificate:
            left = signal.asks.certificate.valid_for
            same = ("certificate", signal.asks.certificate.host)
            return same, _Limit(rule, -left.seconds, f"less than {left} left", ("uptime", "asks"))
        case Uptime() | Cron() | Composite() | Slo() | Elsewhere():
            return None, None


def _metric_limit(rule: Rule, signal: MetricSignal) -> tuple[object, _Limit]:
    word = signal.threshold_word
    same = (signal.aggregation, signal.name, _key(signal.where), signal.by, str(signal.over), word.is_upward)
    return same, _of_word(rule, word, signal.threshold.base, str(signal.threshold))


def _query_limit(rule: Rule, signal: RawQuery) -> tuple[object, _Limit]:
    word = signal.threshold_word
    return (signal.query, word.is_upward), _of_word(rule, word, signal.threshold, f"{signal.threshold:g}")


def _of_word(rule: Rule, word: ThresholdWord, value: float, spelled: str) -> _Limit:
    badness, place = value if word.is_upward else -value, (rule.signal_word, word)
    return _Limit(rule, badness, f"{word.in_words} {spelled}", place, is_exceeded=not word.fires_at_threshold)


def _key(where: dict[str, tuple[str, ...]]) -> frozenset[tuple[str, frozenset[str]]]:
    return frozenset((name, frozenset(values)) for name, values in where.items())


def _disordered(context: Context, family: list[_Limit]) -> Iterator[Finding]:
    for worse, milder in pairwise(family):
        if worse.rule.severity is milder.rule.severity:
            what = f'watches the same thing as "{worse.rule.id}", at the same severity'
            yield _pair(context, milder, worse, what, "keep one of the two")
        elif worse.rank <= milder.rank:
            what = (
                f'is {worse.rule.severity} and fires at "{worse.spelled}", '
                f'no worse than the {milder.rule.severity} rule "{milder.rule.id}" at "{milder.spelled}"'
            )
            yield _pair(context, worse, milder, what, "let the more severe rule fire at the worse value")


def _pair(context: Context, limit: _Limit, other: _Limit, what: str, remedy: str) -> Finding:
    return context.finding(
        "rule", limit.rule.id, *limit.path, key=f"order with {other.rule.id}", what=what, remedy=remedy
    )
