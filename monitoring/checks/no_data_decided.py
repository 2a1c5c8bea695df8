"""What silence of a metric means is decided in the catalog, not by a vendor's default."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.checks._check import catalog_check
from monitoring.checks._context import Context, Finding
from monitoring.checks._receivers import deaf_environments
from monitoring.checks._subjects import SILENT_RULES
from monitoring.model.service import Rule, Service
from monitoring.model.signals.query_monitor import QueryMonitor


@catalog_check("no-data-decided", about=SILENT_RULES)
def no_data_decided(context: Context) -> Iterator[str | Finding]:
    """Looks at each rule over a query at Datadog; finds no `when-silent`, or an alert unheard."""
    for service, rule, signal in context.rules:
        if isinstance(signal, QueryMonitor):
            yield rule.id
            yield from _resolves_too_soon(context, rule, signal)
            if signal.when_silent is None:
                yield _undecided(context, rule, signal)
            elif signal.when_silent == "alert":
                yield from _heard_by_nobody(context, service, rule)


def _heard_by_nobody(context: Context, service: Service, rule: Rule) -> Iterator[Finding]:
    """Missing data arrive at the pager and in channels; a mailbox hears of what fires, and of nothing else."""
    deaf = deaf_environments(context, service, rule)
    if deaf:
        places = " and ".join(deaf)
        what = f"alerts when no data arrive, and in {places} its route has no pager and no channel to hear it"
        remedy = f"add slack to the {rule.severity} route, or write when-silent: show"
        yield context.finding("rule", rule.id, rule.signal_word, key="silence unheard", what=what, remedy=remedy)


def _resolves_too_soon(context: Context, rule: Rule, signal: QueryMonitor) -> Iterator[Finding]:
    """Without data, an incident that wakes closes by itself before it has been answered, or while the silence lasts."""
    wakes, after = context.catalog.severities[rule.severity].wakes, signal.resolves_after
    if wakes is None or after is None:
        return
    what, remedy = "", "write a longer time"
    if signal.when_silent == "alert":
        what = f"alerts when no data arrive, and resolves after {after} of it, though the silence lasts"
        remedy = "write when-silent: show"
    elif after <= wakes.second_human_within:
        promised = f"{rule.severity} promises a second human within {wakes.second_human_within}"
        what = f"resolves after {after} without data, and {promised}"
    if what:
        path, remedy = (rule.signal_word, "resolves-after"), f"{remedy}, or take resolves-after out"
        yield context.finding("rule", rule.id, *path, key="resolves too soon", what=what, remedy=remedy)


def _undecided(context: Context, rule: Rule, signal: QueryMonitor) -> Finding:
    fills = signal.fills_silence(context.catalog.platform.metrics)
    what = "does not say what it means when no data arrives"
    remedy = "write when-silent: show, for here no data are 0" if fills else "write when-silent: alert, resolve or show"
    return context.finding("rule", rule.id, rule.signal_word, key="silence undecided", what=what, remedy=remedy)
