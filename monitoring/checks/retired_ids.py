"""The id of a retired rule, and a former id, are not given to anything else: an id is a rule's identity for ever."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.checks._case import Case, Finding, Watch, found
from monitoring.checks._subjects import RULES
from monitoring.model.signals import Signal

ABOUT = RULES


def looks_at(case: Case, watch: Watch[Signal]) -> Iterator[Finding]:
    """Looks at each rule; finds ids that are retired, or that another rule formerly had."""
    name = watch.rule.id
    if name in case.catalog.accepted.retired:
        what, remedy = "has the id of a retired rule", "give it a new id, or take the id out of retired"
        yield found(case, "rule", name, "id", key="is retired", what=what, remedy=remedy)
    if name in case.former_ids:
        other = case.former_ids[name]
        what, remedy = f'has the id that "{other}" formerly had', "give it another id"
        yield found(case, "rule", name, "id", key=f"formerly {other}", what=what, remedy=remedy)
