"""A maintenance window mutes something: all that it names has a rule on Datadog where the window counts."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.checks._check import catalog_check
from monitoring.checks._context import Context, Finding
from monitoring.checks._subjects import MAINTENANCE
from monitoring.model.effective import EffectiveRule
from monitoring.model.maintenance import Maintenance
from monitoring.model.references import nearest
from monitoring.model.signals.query_monitor import QueryMonitor
from monitoring.naming.downtimes import is_muted


@catalog_check("maintenance-matches", about=MAINTENANCE)
def maintenance_matches(context: Context) -> Iterator[str | Finding]:
    """Looks at each window; finds services, rules, environments and values of it in which it mutes nothing.

    It mutes Datadog's signals only: Sentry has no such mute, and nothing here mutes what another system sends.
    """
    for name, window in context.catalog.maintenance.items():
        yield name
        muted = [rule for rule in context.settled_rules if is_muted(window, rule)]
        yield from _services(context, name, window, muted)
        yield from _rules(context, name, window, muted)
        yield from _environments(context, name, window, muted)
        yield from _values(context, name, window, muted)


def _services(context: Context, name: str, window: Maintenance, muted: list[EffectiveRule]) -> Iterator[Finding]:
    missed = {rule.service.service for rule in muted}
    for service in window.services if window.services != "all" else ():
        if service not in missed:
            what = f'"{service}" has no rule at Datadog there{_split(window)}, and a window mutes nothing else'
            remedy = f"take {service} out; none of its rules is muted"
            yield context.finding(
                "maintenance", name, "services", key=f"nothing of {service}", what=what, remedy=remedy
            )


def _rules(context: Context, name: str, window: Maintenance, muted: list[EffectiveRule]) -> Iterator[Finding]:
    missed = {rule.rule.id for rule in muted}
    for rule_id in window.rules:
        if rule_id not in missed:
            what = f'"{rule_id}" is no rule at Datadog there{_split(window)}, and a window mutes nothing else'
            remedy = f"take {rule_id} out; it is not muted"
            yield context.finding("maintenance", name, "rules", key=f"nothing of {rule_id}", what=what, remedy=remedy)


def _split(window: Maintenance) -> str:
    """What `where` asks of a rule besides."""
    return f" that is split by {', '.join(sorted(window.where))}" if window.where else ""


def _environments(context: Context, name: str, window: Maintenance, muted: list[EffectiveRule]) -> Iterator[Finding]:
    missed = {rule.environment for rule in muted}
    for environment in window.environments:
        if environment not in missed:
            what = f'nothing that it names is a rule at Datadog in "{environment}"{_split(window)}'
            remedy = f"take {environment} out"
            yield context.finding(
                "maintenance", name, "environments", key=f"nothing in {environment}", what=what, remedy=remedy
            )


def _values(context: Context, name: str, window: Maintenance, muted: list[EffectiveRule]) -> Iterator[Finding]:
    """Groups that none of the muted rules has, where the values of all of their groups are listed."""
    metrics, signals = context.catalog.platform.metrics, [rule.rule.signal for rule in muted]
    for key, values in window.where.items():
        listed = [signal.group_values(key, metrics) for signal in signals if isinstance(signal, QueryMonitor)]
        legal = {value for each in listed for value in each or ()}
        for value in values if listed and all(listed) else ():
            if value not in legal:
                what = f'no rule that it mutes has a group with {key} "{value}"'
                remedy, at = nearest(value, legal), ("where", key)
                yield context.finding(
                    "maintenance", name, *at, key=f"nothing with {key}:{value}", what=what, remedy=remedy
                )
