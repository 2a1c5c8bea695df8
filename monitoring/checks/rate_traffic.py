"""A rate has enough traffic behind it, even at the quietest hour."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.checks._check import catalog_check
from monitoring.checks._context import Context, Finding
from monitoring.checks._subjects import rules_with
from monitoring.model.burn_rates import burn_rates
from monitoring.model.service import Rule
from monitoring.model.signals import SentryMetric, Slo

SUBJECTS = rules_with("rules on a metric of sentry, and objectives", "sentry_metric", "slo")


@catalog_check("rate-traffic", about=SUBJECTS)
def rate_traffic(context: Context) -> Iterator[str | Finding]:
    """Looks at each rate; finds those that one failed event at the quietest hour could fire.

    Sentry has no minimum of traffic for a rate (getsentry/sentry issue 37248), so the window must be long enough that
    the project's quietest traffic already gives `at-least`. An objective is looked at where its total says how quiet
    it can be.
    """
    for _, rule, signal in context.rules:
        if isinstance(signal, SentryMetric):
            yield rule.id
            if signal.measure == "failure_rate":
                yield from _thin(context, rule, signal)
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


def _thin(context: Context, rule: Rule, signal: SentryMetric) -> Iterator[Finding]:
    quietest = context.catalog.platform.projects[signal.project].quietest_per_minute
    if signal.at_least is None:
        what = "is a rate without a minimum of traffic, so one failure at night is 100%"
        yield _finding(context, rule, "no at-least", what, "write at-least: 100 events")
    elif quietest is None:
        what = f'needs "{signal.at_least}", and nobody says how quiet "{signal.project}" can be'
        yield _finding(context, rule, "quietest unknown", what, "write quietest-per-minute of the project")
    elif quietest * signal.over.minutes < signal.at_least.number:
        holds = f"{quietest * signal.over.minutes:g}"
        what = f'its window of {signal.over} holds {holds} events at the quietest, and it needs "{signal.at_least}"'
        yield _finding(context, rule, "window too quiet", what, "write a longer window, or a smaller at-least")


def _finding(context: Context, rule: Rule, key: str, what: str, remedy: str) -> Finding:
    return context.finding("rule", rule.id, "sentry-metric", "at-least", key=key, what=what, remedy=remedy)
