"""What a Plan says, read as the vendors act on it; as entries that hold for tests of the comparison only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from monitoring.expectations.reading import firing, rule_row
from monitoring.expectations.references import Row
from monitoring.model.catalog import Catalog
from monitoring.model.expectation import Expectations
from monitoring.plan import Plan

SLACK_ACCOUNT = "youragency"


def rows(plan: Plan, slack_account: str = SLACK_ACCOUNT) -> Mapping[str, Row]:
    """Every rule of a Plan with where it arrives and what its vendor watches."""
    return {name: rule_row(plan, resources, slack_account) for name, resources in firing(plan).items()}


def written(catalog: Catalog, plan: Plan) -> Expectations:
    """An entry for each rule of a Plan, which proves nothing of it."""
    entries = rows(plan, catalog.platform.slack_account)
    return Expectations.model_validate({"rules": frozen(entries)})


def frozen(value: Any) -> Any:
    """The same with tuples for lists, and without what is empty."""
    if isinstance(value, Mapping):
        return {key: frozen(inner) for key, inner in value.items() if inner not in (None, [], ())}
    return tuple(map(frozen, value)) if isinstance(value, list | tuple) else value
