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
    for name, rules in case.acting.items():
        seen: dict[str, str] = {}
        for one in rules:
            yield one.rule.id
            if one.id in seen and name == case.catalog.owner_of_shared:
                yield _met(case, one, seen[one.id])
            seen.setdefault(one.id, one.rule.id)
            yield from _too_long(case, one)
    anywhere = {one.rule.id for rules in case.acting.values() for one in rules}
    yield from (rule.id for _, rule, _ in case.watches if rule.id not in anywhere)


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


def _too_long(case: Case, one: EffectiveRule) -> Iterator[Finding]:
    lengths = [("title", len(title(case.catalog, one)), LONGEST_SENTRY_MONITOR, "sentry takes")]
    if one.rule.cron:
        lengths.append(("id", len(one.id), LONGEST_CRON_SLUG, "sentry takes for a cron monitor"))
    if one.pages:
        name = len(pagerduty_service(case.catalog, one))
        lengths.append(("id", name, LONGEST_PAGERDUTY_NAME, "pagerduty takes for a service"))
    for word, length, longest, taker in lengths:
        if length > longest:
            yield found(
                case,
                "rule",
                one.rule.id,
                word,
                key=f"{word} too long",
                what=f"its {word} becomes {length} characters, and {taker} {longest}",
                remedy=f"shorten the {word}",
            )
