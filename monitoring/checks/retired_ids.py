"""The id of a retired rule, and a former id, are not given to anything else: an id is a rule's identity for ever."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.checks._case import Case, Finding, found
from monitoring.checks._subjects import RULES

ABOUT = RULES


def looks(case: Case) -> Iterator[str | Finding]:
    """Looks at each rule; finds ids that are retired, or that another rule formerly had."""
    former = {old: rule.id for _, rule, _ in case.watches for old in rule.formerly}
    for _, rule, _ in case.watches:
        yield rule.id
        if rule.id in case.catalog.accepted.retired:
            what, remedy = "has the id of a retired rule", "give it a new id, or take the id out of retired"
            yield found(case, "rule", rule.id, "id", key="is retired", what=what, remedy=remedy)
        if rule.id in former:
            what, remedy = f'has the id that "{former[rule.id]}" formerly had', "give it another id"
            yield found(case, "rule", rule.id, "id", key=f"formerly {former[rule.id]}", what=what, remedy=remedy)
