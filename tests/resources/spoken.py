"""An Args object as its vendor hears it, and rules as builders get them."""

from __future__ import annotations

from typing import Any

from monitoring.model.catalog import Catalog
from monitoring.model.effective import EffectiveRule, effective_rules
from monitoring.pulumi_internals import input_type_to_dict, is_input_type
from tests.resources.every_signal import TODAY


def spoken(value: Any) -> Any:
    """The value with the engine's own names of properties; what was left out is not there."""
    if is_input_type(type(value)):
        return {name: spoken(inner) for name, inner in input_type_to_dict(value).items() if inner is not None}
    return [spoken(inner) for inner in value] if isinstance(value, list) else value


def the_rule(catalog: Catalog, id_: str, environment: str = "prod") -> EffectiveRule:
    """One rule as it acts."""
    (found,) = (rule for rule in effective_rules(catalog, environment, TODAY) if rule.id == id_)
    return found
