"""A rate has enough traffic behind it, even at the quietest hour."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from monitoring.checks._check import catalog_check
from monitoring.checks._context import Context, Finding
from monitoring.checks._subjects import rules_with
from monitoring.model.burn_rates import burn_rates
from monitoring.model.scalars import Quantity
from monitoring.model.service import Rule
from monitoring.model.signals import SentryMetric, Slo
from monitoring.model.signals.query_monitor import QueryMonitor, RateOfCounts


class _Traffic(NamedTuple):
    """What a rate needs of its window, by a word of the catalog, and what the quietest traffic gives."""

    word: str
    needs: Quantity | None
    example: Quantity
    quietest: float | None
    sender: str
    declared: str
    minutes: float


DIVIDING = ("ratio", "trace")
SUBJECTS = rules_with("rules on a metric of sentry, ratios, traces, and objectives", "sentry_metric", *DIVIDING, "slo")


@catalog_check("rate-traffic", about=SUBJECTS)
def rate_traffic(context: Context) -> Iterator[str | Finding]:
    """Looks at each rate; finds those that one failed event at the quietest hour could fire.

    Neither Sentry (getsentry/sentry issue 37248) nor a monitor of Datadog over one query has a minimum of traffic for a
    rate, so the window must be long enough that the quietest traffic already gives it. An objective is looked at where
    its total says how quiet it can be.
    """
    for _, rule, signal in context.rules:
        if isinstance(signal, SentryMetric):
            yield rule.id
            if signal.measure == "failure_rate":
                yield from _thin(context, rule, _of_project(context, signal))
        elif isinstance(signal, QueryMonitor) and rule.signal_word in DIVIDING:
            yield rule.id
            if rate := signal.rate(context.catalog.platform.metrics):
                yield from _thin(context, rule, _of_counts(context, rate, signal.seconds or 0))
        elif isinstance(signal, Slo):
            yield rule.id
            yield from _burnt_by_one(context, rule, signal)


def _burnt_by_one(context: Context, rule: Rule, signal: Slo) -> Iterator[Finding]:
    """Burn windows in which a single failed event burns the budget faster than the alert waits for."""
    quietest = context.catalog.platform.metrics[signal.total.name].quietest_per_minute
    if quietest is None:
        return
    for rate in burn_rates(wakes=context.rule_wakes(rule)):
        events = quietest * 60 * rate.long_hours
        burn, factor = 1 / events / (1 - signal.objective.base), rate.factor(signal.days)
        if burn > factor:
            what = (
                f"one failed event of the {events:g} that {rate.long_hours}h hold at the quietest burns its budget "
                f"{burn:.3g} times too fast, and it fires above {factor:g}"
            )
            remedy = "write a lower objective, or count failures with metric"
            key = f"one event over {rate.long_hours}h"
            yield context.finding("rule", rule.id, "slo", "objective", key=key, what=what, remedy=remedy)


def _of_project(context: Context, signal: SentryMetric) -> _Traffic:
    """What a rate of Sentry's needs, and what its project sends."""
    needs, quietest = signal.at_least, context.catalog.platform.projects[signal.project].quietest_per_minute
    example = Quantity(100, "events")
    return _Traffic("at-least", needs, example, quietest, f'"{signal.project}"', "the project", signal.over.minutes)


def _of_counts(context: Context, rate: RateOfCounts, window: int) -> _Traffic:
    """What a share needs, and what the counts by which it divides send together; unknown where one of them is."""
    metrics, names = context.catalog.platform.metrics, dict.fromkeys(rate.counts)
    sent = [metrics[name].quietest_per_minute if name in metrics else None for name in names]
    quietest = None if None in sent else sum(each or 0 for each in sent)
    needs = None if rate.min_traffic is None else Quantity(rate.min_traffic)
    spelled = " and ".join(f'"{name}"' for name in names)
    return _Traffic("min-traffic", needs, Quantity(100), quietest, spelled, "the metric", window / 60)


def _thin(context: Context, rule: Rule, traffic: _Traffic) -> Iterator[Finding]:
    what = remedy = key = ""
    if traffic.needs is None:
        key, what = f"no {traffic.word}", "is a rate without a minimum of traffic, so one failure at night is 100%"
        remedy = f"write {traffic.word}: {traffic.example}"
    elif traffic.quietest is None:
        key, what = "quietest unknown", f'needs "{traffic.needs}", and nobody says how quiet {traffic.sender} can be'
        remedy = f"write quietest-per-minute of {traffic.declared}"
    elif traffic.quietest * traffic.minutes < traffic.needs.number:
        holds = f"{traffic.quietest * traffic.minutes:g} events at the quietest"
        key, what = "window too quiet", f'its window holds {holds}, and it needs "{traffic.needs}"'
        remedy = f"write a longer window, or a smaller {traffic.word}"
    if what:
        path = (rule.signal_word, traffic.word)
        yield context.finding("rule", rule.id, *path, key=key, what=what, remedy=remedy)
