"""What ships declares what it declared, and what was typed by hand."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from monitoring.cli.golden import ComparedPlan, stale
from monitoring.model.catalog import Catalog
from monitoring.plan import Plan
from monitoring.preview.golden import GoldenPlan, read_golden
from tests.conftest import TODAY
from tests.golden import reading
from tests.platforms import AGENCY

HERE = Path(__file__).parent
BY_HAND: Mapping[str, Any] = yaml.safe_load((HERE / "prod_by_hand.yaml").read_text("utf-8"))


@pytest.mark.parametrize("environment", ["prod", "staging"])
def test_the_plan_is_the_golden_one(plans: Mapping[str, Plan], shipped: Catalog, environment: str):
    written = read_golden(AGENCY.golden(environment).read_text("utf-8"))
    now = GoldenPlan(TODAY, plans[environment])
    compared = ComparedPlan(environment, AGENCY.golden(environment), written, now)
    assert [*map(str, stale(compared, shipped)), *compared.differences()] == []


@pytest.mark.parametrize("environment", ["prod", "staging"])
def test_a_golden_plan_reads_back_as_it_was_written(environment: str):
    text = AGENCY.golden(environment).read_text("utf-8")
    assert str(read_golden(text)) == text


@pytest.mark.parametrize("rule", BY_HAND["rules"])
def test_a_rule_arrives_and_fires_as_typed_by_hand(plans: Mapping[str, Plan], rule: str):
    assert reading.rows(plans["prod"])[rule] == BY_HAND["rules"][rule]


def test_no_rule_is_missing_from_the_table_typed_by_hand(plans: Mapping[str, Plan]):
    assert reading.rows(plans["prod"]).keys() == BY_HAND["rules"].keys()


def test_policies_ask_whom_they_ask_in_the_table_typed_by_hand(plans: Mapping[str, Plan]):
    assert reading.policies(plans["prod"]) == BY_HAND["policies"]
