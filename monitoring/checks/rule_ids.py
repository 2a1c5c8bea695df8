"""Ids stay apart when rules unfold for each customer, and fit into the names of all three vendors."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.checks._case import Case, Finding, found
from monitoring.checks._subjects import RULES
from monitoring.conventions import (
    LONGEST_CRON_SLUG,
    LONGEST_PAGERDUTY_NAME,
    LONGEST_SENTRY_MONITOR,
    pagerduty_service,
    title,
)
from monitoring.model.effective import EffectiveRule

ABOUT = RULES


def looks(case: Case) -> Iterator[str | Finding]:
    """Looks at each rule as it acts; finds ids that meet after unfolding, and names that a vendor would refuse."""
    acting = [one for rules in case.acting.values() for one in rules]
    anywhere = {one.rule.id for one in acting}
    yield from anywhere
    yield from (rule.id for _, rule, _ in case.watches if rule.id not in anywhere)
    yield from _meetings(case)
    yield from _too_long(case, acting)


def _meetings(case: Case) -> Iterator[Finding]:
    met: set[tuple[str, str]] = set()
    for rules in case.acting.values():
        seen: dict[str, str] = {}
        for one in rules:
            if one.id in seen and (one.rule.id, one.id) not in met:
                met.add((one.rule.id, one.id))
                yield _met(case, one, seen[one.id])
            seen.setdefault(one.id, one.rule.id)


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


def _too_long(case: Case, acting: list[EffectiveRule]) -> Iterator[Finding]:
    longest: dict[tuple[str, str, str], tuple[int, int]] = {}
    for one in acting:
        for word, taker, length, most in _lengths(case, one):
            if length > most:
                key = (one.rule.id, word, taker)
                longest[key] = max((length, most), longest.get(key, (0, 0)))
    for (rule, word, taker), (length, most) in longest.items():
        said, remedy = f"its {word} becomes {length} characters, and {taker} takes {most}", f"shorten the {word}"
        yield found(case, "rule", rule, word, key=f"{word} too long", what=said, remedy=remedy)


def _lengths(case: Case, one: EffectiveRule) -> Iterator[tuple[str, str, int, int]]:
    yield "title", "sentry", len(title(case.catalog, one)), LONGEST_SENTRY_MONITOR
    if one.rule.cron:
        yield "id", "a cron monitor of sentry", len(one.id), LONGEST_CRON_SLUG
    if one.pages:
        yield "id", "a service of pagerduty", len(pagerduty_service(case.catalog, one)), LONGEST_PAGERDUTY_NAME
