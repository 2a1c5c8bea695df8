"""A rule on Sentry repeats itself within its severity's promise, at an interval that Sentry takes."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.checks._case import Case, Finding, Watch
from monitoring.checks._subjects import SENTRY_RULES
from monitoring.model.service import Rule
from monitoring.model.signals import Signal
from monitoring.model.words import Length

ABOUT = SENTRY_RULES
FREQUENCIES = (0, 5, 10, 30, 60, 180, 720, 1440)
"""Minutes between two notifications of a Sentry alert: `frequency_minutes` of the provider's `sentry_alert`."""


def looks_at(case: Case, watch: Watch[Signal]) -> Iterator[Finding]:
    """Looks at each rule on Sentry; finds throttles that Sentry does not take, or that outlast the promise."""
    rule = watch.rule
    reminds = rule.reminds_every or case.catalog.severities[rule.severity].reminds_every
    yield from _not_taken(case, rule, reminds)
    yield from _too_long(case, rule, reminds)


def _not_taken(case: Case, rule: Rule, reminds: Length) -> Iterator[Finding]:
    if reminds.seconds % 60 or reminds.seconds // 60 not in FREQUENCIES:
        listed = ", ".join(str(Length(minutes * 60)) for minutes in FREQUENCIES)
        yield _finding(case, rule, "not taken", f'sentry takes no reminder every "{reminds}"', f"it is one of {listed}")


def _too_long(case: Case, rule: Rule, reminds: Length) -> Iterator[Finding]:
    wakes = case.catalog.severities[rule.severity].wakes
    if wakes and reminds > wakes.first_human_within:
        promised = wakes.first_human_within
        what = f"is silent for {reminds} after it has fired, and {rule.severity} promises a human within {promised}"
        yield _finding(case, rule, "outlasts the promise", what, f"remind every {promised} or sooner")


def _finding(case: Case, rule: Rule, key: str, what: str, remedy: str) -> Finding:
    own = ("rule", rule.id, "reminds-every")
    kind, name, *path = own if rule.reminds_every else ("severity", str(rule.severity), "reminds-every")
    source = case.catalog.at(kind, name, *path)
    return Finding(f"{rule.id}: {key}", source, f'rule "{rule.id}"', what, remedy)
