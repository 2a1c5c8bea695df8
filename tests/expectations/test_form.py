"""The form of a missing entry: it can be pasted, it names every field, and it holds no answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
import yaml

from monitoring.errors import CatalogError
from monitoring.expectations import compare, forms
from monitoring.loader import load_texts
from monitoring.model.catalog import Catalog
from monitoring.plan import Plan
from tests.conftest import TODAY
from tests.expectations.written import written
from tests.factories import texts
from tests.resources.every_signal import declared, every_signal


def leaves(value: object) -> list[object]:
    if isinstance(value, dict):
        return [leaf for inner in value.values() for leaf in leaves(inner)]
    return [leaf for inner in value for leaf in leaves(inner)] if isinstance(value, list) else [value]


def blanked(value: object) -> object:
    """An entry without its answers: the words of a mapping, and the first item of a list of mappings."""
    if isinstance(value, dict):
        return {key: blanked(inner) for key, inner in value.items()}
    if isinstance(value, tuple | list) and value and isinstance(value[0], dict):
        return [blanked(value[0])]
    return None


CATALOG = every_signal()
PLAN = declared(CATALOG)
FORM = forms([compare(CATALOG, PLAN, "prod", TODAY)], "prod")
RULES = yaml.safe_load(FORM)["rules"]


def test_a_form_holds_no_answer():
    assert set(leaves(yaml.safe_load(FORM))) == {None}


def test_every_rule_that_wakes_has_its_form():
    assert RULES.keys() == {rule.id for rule in compare(CATALOG, PLAN, "prod", TODAY).missing_rules}
    assert len(RULES) > 8


@pytest.mark.parametrize("rule", RULES)
def test_a_form_has_a_place_for_all_that_is_compared(rule: str):
    entry = written(CATALOG, PLAN).rules[rule].model_dump(by_alias=True, exclude_none=True, exclude_defaults=True)
    assert_inside(blanked(entry), RULES[rule])


def assert_inside(small: object, large: object) -> None:
    """Every word of one mapping is in another, at the same place."""
    if isinstance(small, dict):
        assert isinstance(large, dict)
        assert small.keys() <= large.keys()
        for key, inner in small.items():
            assert_inside(inner, large[key])
    elif isinstance(small, list):
        assert isinstance(large, list)
        assert_inside(small[0], large[0])


def test_a_form_that_is_pasted_as_it_is_names_each_blank_at_its_line():
    catalog = load_texts(texts())
    form = forms([compare(catalog, declared(catalog), "prod", TODAY)], "prod")
    with pytest.raises(CatalogError) as refused:
        load_texts(texts(expectations=form))
    says = [str(problem) for problem in refused.value.problems]
    assert (
        "expectations.yaml:4: policies.critical.steps.1.ask: is empty; write a value, or take the word out (shape)"
        in says
    )
    assert len(says) == len(leaves(yaml.safe_load(form)))


def test_nothing_missing_is_no_form(shipped: Catalog, plans: Mapping[str, Plan]):
    assert forms([compare(shipped, plans["prod"], "prod", TODAY)], "prod") == ""


def test_a_form_for_another_environment_stands_under_its_name():
    changed = ("platform.yaml", "pages: false, slack: alerts-staging, email: false", "slack: alerts-staging")
    catalog = load_texts(texts(changed))
    comparison = compare(catalog, replace(declared(catalog), stack="staging"), "staging", TODAY)
    form = yaml.safe_load(forms([comparison], "prod"))
    assert form.keys() == {"policies", "environments"}
    assert form["environments"]["staging"]["rules"].keys() == {"shop-failing", "shop-slow"}
