"""Ids stay apart when rules unfold for each customer, and fit into the names of all three vendors."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.checks._case import Case, Finding, Watch, found
from monitoring.checks._subjects import RULES
from monitoring.conventions import (
    LONGEST_CRON_SLUG,
    LONGEST_PAGERDUTY_NAME,
    LONGEST_SENTRY_MONITOR,
    pagerduty_service,
    title,
)
from monitoring.model.effective import EffectiveRule
from monitoring.model.signals import Signal

ABOUT = RULES


def looks_at(case: Case, watch: Watch[Signal]) -> Iterator[Finding]:
    """Looks at each rule as it acts; finds names that a vendor would refuse."""
    longest: dict[tuple[str, str], tuple[int, int]] = {}
    for unfold in case.unfolding.values():
        for one in unfold(watch.service, watch.rule):
            for word, taker, length, most in _lengths(case, one):
                if length > most:
                    longest[word, taker] = max((length, most), longest.get((word, taker), (0, 0)))
    for (word, taker), (length, most) in longest.items():
        said, remedy = f"its {word} becomes {length} characters, and {taker} takes {most}", f"shorten the {word}"
        yield found(case, "rule", watch.rule.id, word, key=f"{word} too long", what=said, remedy=remedy)


def looks(case: Case) -> Iterator[Finding]:
    """Looks at each rule that unfolds for customers; finds ids that it and another rule would both have."""
    met: set[tuple[str, str]] = set()
    for place, unfold in case.unfolding.items():
        seen: dict[str, str] = {}
        for rule in case.written["for_each_tenant"]:
            for one in unfold(*case.catalog.rules[rule.id]):
                other = seen.setdefault(one.id, _plain(case, one.id, place) or rule.id)
                if other != rule.id and (rule.id, one.id) not in met:
                    met.add((rule.id, one.id))
                    yield _met(case, one, other)


def _plain(case: Case, name: str, place: str) -> str:
    """The id, where a rule without customers has it and acts there."""
    _, rule = case.catalog.rules.get(name, (None, None))
    return name if rule and not rule.for_each_tenant and place in case.places_of(rule) else ""


def _met(case: Case, one: EffectiveRule, other: str) -> Finding:
    return found(
        case,
        "rule",
        one.rule.id,
        "id",
        key=f"unfolds to {one.id}",
        what=f'unfolds to the id "{one.id}", which the rule "{other}" has too',
        remedy="give one of them another id",
    )


def _lengths(case: Case, one: EffectiveRule) -> Iterator[tuple[str, str, int, int]]:
    yield "title", "sentry", len(title(case.catalog, one)), LONGEST_SENTRY_MONITOR
    if one.rule.cron:
        yield "id", "a cron monitor of sentry", len(one.id), LONGEST_CRON_SLUG
    if one.pages:
        yield "id", "a service of pagerduty", len(pagerduty_service(case.catalog, one)), LONGEST_PAGERDUTY_NAME
