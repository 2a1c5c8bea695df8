"""A rule on Sentry repeats itself within its severity's promise, at an interval that Sentry takes."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.checks._check import catalog_check
from monitoring.checks._context import Context, Finding
from monitoring.checks._subjects import SENTRY_RULES
from monitoring.model.scalars import Length
from monitoring.model.service import Rule
from monitoring.model.signals import SentrySignal

FREQUENCIES = (0, 5, 10, 30, 60, 180, 720, 1440)
"""Minutes between two notifications of a Sentry alert: `frequency_minutes` of the provider's `sentry_alert`."""


@catalog_check("reminder-throttle", about=SENTRY_RULES)
def reminder_throttle(context: Context) -> Iterator[str | Finding]:
    """Looks at each rule on Sentry; finds throttles that Sentry does not take, or that outlast the promise."""
    for _, rule, signal in context.rules:
        if isinstance(signal, SentrySignal):
            yield rule.id
            reminds = rule.reminds_every or context.catalog.severities[rule.severity].reminds_every
            yield from _not_taken(context, rule, reminds)
            yield from _too_long(context, rule, reminds)


def _not_taken(context: Context, rule: Rule, reminds: Length) -> Iterator[Finding]:
    if reminds.seconds % 60 or reminds.seconds // 60 not in FREQUENCIES:
        listed = ", ".join(str(Length(minutes * 60)) for minutes in FREQUENCIES)
        yield _finding(
            context, rule, "not taken", f'Sentry takes no reminder every "{reminds}"', f"it is one of {listed}"
        )


def _too_long(context: Context, rule: Rule, reminds: Length) -> Iterator[Finding]:
    wakes = context.catalog.severities[rule.severity].wakes
    if wakes and reminds > wakes.first_human_within:
        promised = wakes.first_human_within
        what = f"is silent for {reminds} after it has fired, and {rule.severity} promises a human within {promised}"
        yield _finding(context, rule, "outlasts the promise", what, f"remind every {promised} or sooner")


def _finding(context: Context, rule: Rule, key: str, what: str, remedy: str) -> Finding:
    own = ("rule", rule.id, "reminds-every")
    kind, name, *path = own if rule.reminds_every else ("severity", str(rule.severity), "reminds-every")
    source = context.catalog.at(kind, name, *path)
    return Finding(f"{rule.id}: {key}", source, f'rule "{rule.id}"', what, remedy)
