"""A rule that pages for the health endpoint waits for a network; how fast it answers is a rule of its own."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.checks._check import catalog_check
from monitoring.checks._context import Context, Finding
from monitoring.checks._subjects import rules_watching
from monitoring.model.service import Rule
from monitoring.model.severity import Severity
from monitoring.model.signals import Composite, SentryUptime, Uptime
from monitoring.model.signals.uptime_requests import Health

PATIENT = 3
"""Seconds: the endpoint's own 0.8, and what a name, a handshake and one lost packet take between two continents."""

SUBJECTS = rules_watching(
    "rules that ask the health endpoint", SentryUptime, Uptime, only=lambda _, rule: rule.signal.health_question
)


@catalog_check("uptime-patience", about=SUBJECTS)
def uptime_patience(context: Context) -> Iterator[str | Finding]:
    """Looks at each rule that asks the health endpoint; finds impatient ones at P0, and those that stand alone.

    A rule stands alone where no other asks the same and waits long enough, at its own severity or above: then it is
    the outage's rule as well, and a slow network is an outage.
    """
    asking = [(rule, question) for _, rule, signal in context.rules if (question := signal.health_question)]
    for rule, question in asking:
        yield rule.id
        if question.within.base < PATIENT:
            yield from _in_a_p0(context, rule, question)
            if rule.severity is Severity.P0:
                what, remedy = f"is P0, and waits {question.within} only", f"write within: {PATIENT}s, or a milder rule"
                yield _finding(context, rule, "impatient", what, remedy)
            elif not any(_patient_about(context, rule, question, *other) for other in asking):
                what = f"waits {question.within} only, and no rule as severe asks the same and waits {PATIENT}s"
                remedy = f"write within: {PATIENT}s, or add the patient rule"
                yield _finding(context, rule, "stands alone", what, remedy)


def _in_a_p0(context: Context, rule: Rule, question: Health) -> Iterator[Finding]:
    for _, whole, parts in context.rules_on(Composite):
        if whole.severity is Severity.P0 and rule.id in (*parts.all_of, *parts.any_of):
            what, remedy = f'waits {question.within} only, and "{whole.id}" is P0 by it', "leave it out there"
            yield _finding(context, rule, f"impatient in {whole.id}", what, f"write within: {PATIENT}s, or {remedy}")


def _patient_about(context: Context, rule: Rule, question: Health, other: Rule, other_question: Health) -> bool:
    """Whether another rule, in all of the same environments, asks for as much, waits longer and is as severe."""
    everywhere = tuple(context.catalog.platform.environments)
    return (
        other_question.health == question.health
        and other_question.within.base >= PATIENT
        and other.severity.rank <= rule.severity.rank
        and set(context.asserted(question)) <= set(context.asserted(other_question))
        and set(rule.environments or everywhere) <= set(other.environments or everywhere)
    )


def _finding(context: Context, rule: Rule, key: str, what: str, remedy: str) -> Finding:
    path = ("uptime", "asks") if rule.uptime else (rule.signal_word, "within")
    return context.finding("rule", rule.id, *path, key=key, what=what, remedy=remedy)
