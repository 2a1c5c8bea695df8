"""A rate has enough traffic behind it, even at the quietest hour."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.checks._check import rule_check
from monitoring.checks._context import Context, Finding, WatchedRule
from monitoring.checks._subjects import rules_with
from monitoring.model.service import Rule
from monitoring.model.signals import SentryMetric

SUBJECTS = rules_with("rules on a metric of sentry", "sentry_metric")


@rule_check("rate-traffic", about=SUBJECTS, signal=SentryMetric)
def rate_traffic(context: Context, watched: WatchedRule[SentryMetric]) -> Iterator[Finding]:
    """Looks at each metric of Sentry; finds rates whose window may hold fewer events than they ask for.

    Sentry has no minimum of traffic for a rate (getsentry/sentry issue 37248), so the window must be long enough that
    the project's quietest traffic already gives `at-least`.
    """
    _, rule, signal = watched
    if signal.measure == "failure_rate":
        yield from _thin(context, rule, signal)


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
