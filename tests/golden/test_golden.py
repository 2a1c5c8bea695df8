"""What the tests' platform declares is what it declared when somebody read it."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from monitoring.cli.golden import ComparedPlan, stale
from monitoring.model.catalog import Catalog
from monitoring.plan import Plan
from monitoring.preview.golden import GoldenPlan, read_golden
from tests.conftest import TODAY
from tests.platforms import AGENCY


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
