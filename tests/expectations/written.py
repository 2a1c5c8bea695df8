"""What a Plan says, as entries that hold; for tests of the comparison only, since it proves nothing of a Plan."""

from __future__ import annotations

from typing import Any

from monitoring.expectations.reading import firing, rule_row
from monitoring.model.catalog import Catalog
from monitoring.model.expectation import Expectations
from monitoring.plan import Plan


def written(catalog: Catalog, plan: Plan) -> Expectations:
    """An entry for each rule of a Plan."""
    account = catalog.platform.datadog.slack_account
    rows = {name: rule_row(plan, resources, account) for name, resources in firing(plan).items()}
    return Expectations.model_validate({"rules": frozen(rows)})


def frozen(value: Any) -> Any:
    """The same with tuples for lists, and without what is empty."""
    if isinstance(value, dict):
        return {key: frozen(inner) for key, inner in value.items() if inner not in (None, [], ())}
    return tuple(map(frozen, value)) if isinstance(value, list | tuple) else value
