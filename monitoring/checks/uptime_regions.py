"""A synthetic test runs from regions that exist; what pages asks from two regions or more, and tries again first."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.checks._check import catalog_check
from monitoring.checks._context import Context, Finding
from monitoring.checks._subjects import UPTIME_RULES
from monitoring.model.references import nearest
from monitoring.model.service import Rule
from monitoring.model.signals import SentryUptime, Uptime


@catalog_check("uptime-regions", about=UPTIME_RULES)
def uptime_regions(context: Context) -> Iterator[str | Finding]:
    """Looks at each uptime rule; finds regions that are not declared, and pages on one region's or one try's word."""
    for _, rule, signal in context.rules_on(Uptime):
        yield rule.id
        yield from _unknown(context, rule, signal)
        if context.rule_wakes(rule):
            yield from _hasty(context, rule, signal)
    for _, rule, monitor in context.rules_on(SentryUptime):
        yield rule.id
        if context.rule_wakes(rule) and monitor.failures < 2:
            what, remedy = "wakes a human on the word of a single region", "write failures: 2 or more"
            yield context.finding(
                "rule", rule.id, "sentry-uptime", "failures", key="one failure", what=what, remedy=remedy
            )


def _unknown(context: Context, rule: Rule, signal: Uptime) -> Iterator[Finding]:
    known = context.catalog.platform.regions
    for number, region in enumerate(signal.regions):
        if region not in known:
            yield context.finding(
                "rule",
                rule.id,
                "uptime",
                "regions",
                number,
                key=f"region {region}",
                what=f'"{region}" is no region of the Datadog account',
                remedy=nearest(region, known),
            )


def _hasty(context: Context, rule: Rule, signal: Uptime) -> Iterator[Finding]:
    if len(signal.regions) < 2:
        what, remedy = "wakes a human on the word of a single region", "name two regions or more"
        yield context.finding("rule", rule.id, "uptime", "regions", key="one region", what=what, remedy=remedy)
    elif signal.failing_in < 2:
        what, remedy = "wakes a human when a single region fails", "write failing-in: 2 or more"
        yield context.finding("rule", rule.id, "uptime", "failing-in", key="one region fails", what=what, remedy=remedy)
    if signal.retry is None or signal.retry.times < 1:
        what, remedy = "wakes a human on a single failed try", "write retry: {times: 1, after: 5s}"
        yield context.finding("rule", rule.id, "uptime", "retry", key="no retry", what=what, remedy=remedy)
