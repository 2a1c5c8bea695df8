"""The id of a retired rule, and a former id, are not given to anything else: an id is a rule's identity for ever."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.checks._check import catalog_check
from monitoring.checks._context import Context, Finding
from monitoring.checks._subjects import RULES


@catalog_check("retired-ids", about=RULES)
def retired_ids(context: Context) -> Iterator[str | Finding]:
    """Looks at each rule; finds ids that are retired, or that another rule formerly had."""
    owners = {former: rule.id for _, rule, _ in context.rules for former in rule.formerly}
    for name in context.catalog.rules:
        yield name
        if name in context.catalog.accepted.retired:
            what, remedy = "has the id of a retired rule", "give it a new id, or take the id out of retired"
            yield context.finding("rule", name, "id", key="is retired", what=what, remedy=remedy)
        if name in owners:
            what, remedy = f'has the id that "{owners[name]}" formerly had', "give it another id"
            yield context.finding("rule", name, "id", key=f"formerly {owners[name]}", what=what, remedy=remedy)
