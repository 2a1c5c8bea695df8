"""What is compared with a golden Plan: each difference is named, and a missing one is said."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

import pytest

from monitoring.cli.golden import ComparedPlan, stale
from monitoring.model.catalog import Catalog
from monitoring.plan import Plan
from monitoring.preview.golden import GoldenPlan, read_golden
from tests.conftest import TODAY
from tests.platforms import AGENCY

MONITOR = "datadog:index/monitor:Monitor::high-memory"
PATH = Path("golden/prod.json")


@pytest.fixture(scope="module")
def declared() -> Plan:
    return read_golden(AGENCY.golden("prod").read_text("utf-8")).plan


def compared(before: Plan, after: Plan) -> ComparedPlan:
    return ComparedPlan("prod", PATH, GoldenPlan(TODAY, before), GoldenPlan(TODAY, after))


def same(plan: Plan) -> Plan:
    return plan


def without(plan: Plan) -> Plan:
    kept = tuple(resource for resource in plan.resources if resource.key != MONITOR)
    return dataclasses.replace(plan, resources=kept)


def quieter(plan: Plan) -> Plan:
    monitor = plan.by_key[MONITOR]
    changed = dataclasses.replace(monitor, inputs={**monitor.inputs, "priority": "5"})
    resources = tuple(changed if resource is monitor else resource for resource in plan.resources)
    return dataclasses.replace(plan, resources=resources)


@pytest.mark.parametrize(
    ("before", "after", "word", "checks"),
    [
        pytest.param(quieter, same, "changed", ["the program declares something else"], id="a property"),
        pytest.param(without, same, "new    ", ["the program declares something else"], id="a new one"),
        pytest.param(
            same,
            without,
            "gone   ",
            ["was declared before, and is not any more", "the program declares something else"],
            id="one that is gone",
        ),
    ],
)
def test_what_differs_is_named(
    declared: Plan,
    shipped: Catalog,
    before: Callable[[Plan], Plan],
    after: Callable[[Plan], Plan],
    word: str,
    checks: list[str],
) -> None:
    found = compared(before(declared), after(declared))
    assert list(found.differences()) == [f"prod: {word} {MONITOR}"]
    problems = list(stale(found, shipped))
    assert [problem.what for problem in problems] == checks
    assert problems[-1].source.line > 1


def test_the_same_plan_is_no_problem(declared: Plan, shipped: Catalog) -> None:
    found = compared(declared, declared)
    assert (list(stale(found, shipped)), list(found.differences())) == ([], [])


def test_a_missing_plan_is_one_problem(shipped: Catalog) -> None:
    found = ComparedPlan("prod", PATH, None, None)
    assert [(problem.what, problem.remedy) for problem in stale(found, shipped)] == [
        ("is missing", "run monitoring golden, and read it")
    ]
    assert list(found.differences()) == []
