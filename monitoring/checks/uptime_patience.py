"""A rule that pages for the health endpoint waits for a network; how fast it answers is a rule of its own."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.checks._case import Case, Finding, found
from monitoring.checks._subjects import rules_with
from monitoring.model.service import Rule
from monitoring.model.severity import Severity
from monitoring.model.signals import Composite, Health, Uptime

PATIENT = 3
"""Seconds: the endpoint's own 0.8, and what a name, a handshake and one lost packet take between two continents."""

ABOUT = rules_with(
    "rules that ask the health endpoint", "uptime", only=lambda _, rule: rule.uptime and rule.uptime.asks.health
)


def looks(case: Case) -> Iterator[str | Finding]:
    """Looks at each rule that asks the health endpoint; finds impatient ones at P0, and those that stand alone.

    A rule stands alone where no other asks the same and waits long enough, at its own severity or above: then it is
    the outage's rule as well, and a slow network is an outage.
    """
    asking = [(rule, signal.asks.health) for _, rule, signal in case.watching(Uptime) if signal.asks.health]
    for rule, asked in asking:
        yield rule.id
        if asked.within.seconds < PATIENT:
            yield from _in_a_p0(case, rule, asked)
            if rule.severity is Severity.P0:
                what, remedy = f"is P0, and waits {asked.within} only", f"write within: {PATIENT}s, or a milder rule"
                yield _finding(case, rule, "impatient", what, remedy)
            elif not any(_patient_about(case, rule, asked, other, its) for other, its in asking):
                what = f"waits {asked.within} only, and no rule as severe asks the same and waits {PATIENT}s"
                yield _finding(case, rule, "stands alone", what, f"write within: {PATIENT}s, or add the patient rule")


def _in_a_p0(case: Case, rule: Rule, asked: Health) -> Iterator[Finding]:
    for _, whole, parts in case.watching(Composite):
        if whole.severity is Severity.P0 and rule.id in (*parts.all_of, *parts.any_of):
            what, remedy = f'waits {asked.within} only, and "{whole.id}" is P0 by it', "leave it out there"
            yield _finding(case, rule, f"impatient in {whole.id}", what, f"write within: {PATIENT}s, or {remedy}")


def _patient_about(case: Case, rule: Rule, asked: Health, other: Rule, its: Health) -> bool:
    """Whether another rule, in all of the same environments, asks for as much, waits longer and is as severe."""
    everywhere = tuple(case.catalog.platform.environments)
    return (
        its.health == asked.health
        and its.within.seconds >= PATIENT
        and other.severity.rank <= rule.severity.rank
        and set(case.asserted(asked)) <= set(case.asserted(its))
        and set(rule.environments or everywhere) <= set(other.environments or everywhere)
    )


def _finding(case: Case, rule: Rule, key: str, what: str, remedy: str) -> Finding:
    return found(case, "rule", rule.id, "uptime", "asks", key=key, what=what, remedy=remedy)
