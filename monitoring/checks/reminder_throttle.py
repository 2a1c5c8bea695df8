"""A rule repeats itself at an interval that its vendor takes, and on Sentry within its severity's promise."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.checks._check import rule_check
from monitoring.checks._context import Context, Finding, WatchedRule
from monitoring.checks._subjects import RULES
from monitoring.model.reminders import SENTRY_MINUTES, TEST_MINUTES
from monitoring.model.scalars import Length
from monitoring.model.service import Rule
from monitoring.model.signals import Elsewhere, SentrySignal, Signal, Uptime


@rule_check("reminder-throttle", about=RULES)
def reminder_throttle(context: Context, watched: WatchedRule[Signal]) -> Iterator[Finding]:
    """Looks at each rule; finds reminders that its vendor does not take, and on Sentry those that outlast the promise.

    Sentry swallows what happens between two reminders, Datadog does not.
    """
    _, rule, signal = watched
    if isinstance(signal, Elsewhere):
        yield from _not_ours(context, rule)
        return
    yield from _ends(context, rule)
    reminds = rule.reminds_every or context.catalog.severities[rule.severity].reminds_every
    if isinstance(signal, SentrySignal):
        yield from _not_taken(context, rule, reminds, "Sentry takes", SENTRY_MINUTES)
        yield from _too_long(context, rule, reminds)
    elif isinstance(signal, Uptime) and rule.reminds_every:
        yield from _not_taken(context, rule, reminds, "a test of Datadog takes", TEST_MINUTES)
    elif reminds.seconds % 60:
        what = f'Datadog takes no reminder every "{reminds}"'
        yield _finding(context, rule, "not taken", what, "write whole minutes, like 10m")


def _not_ours(context: Context, rule: Rule) -> Iterator[Finding]:
    """A reminder of what another system sends, which nothing here repeats."""
    if rule.reminds_every:
        what = f'only its sender can repeat it, and nothing here does so every "{rule.reminds_every}"'
        yield _finding(context, rule, "not ours", what, "take reminds-every out, and let the sender repeat it")


def _not_taken(context: Context, rule: Rule, reminds: Length, taker: str, steps: tuple[int, ...]) -> Iterator[Finding]:
    if reminds.seconds % 60 or reminds.seconds // 60 not in steps:
        listed = ", ".join(str(Length(minutes * 60)) for minutes in steps)
        yield _finding(context, rule, "not taken", f'{taker} no reminder every "{reminds}"', f"it is one of {listed}")


def _ends(context: Context, rule: Rule) -> Iterator[Finding]:
    """Reminders that end where somebody must be woken again, or where there are none."""
    severity = context.catalog.severities[rule.severity]
    every = rule.reminds_every or severity.reminds_every
    if rule.reminder_text is not None and every.seconds == 0:
        what, remedy = "reminds never, and has a text for reminders", "write reminds-every: 1h, or take this out"
        yield context.finding("rule", rule.id, "reminder-text", key="no reminder to say", what=what, remedy=remedy)
    if rule.reminds_at_most is None:
        return
    path = ("rule", rule.id, "reminds-at-most")
    if every.seconds == 0:
        what = f"reminds never, and {rule.reminds_at_most} times at most"
        yield context.finding(*path, key="no reminder", what=what, remedy="write reminds-every: 1h, or take this out")
    elif severity.wakes:
        what = (
            f"wakes people and falls silent after {rule.reminds_at_most} reminders: an incident that was closed by "
            "hand then stays closed, though the rule still fires"
        )
        yield context.finding(*path, key="reminders end", what=what, remedy="take reminds-at-most out")


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
