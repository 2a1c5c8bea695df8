"""The step that compares with the golden Plans: what differs is counted by name, and a missing one is said."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

import pytest

from monitoring.cli.ci.judge import plan_differences, plan_problems
from monitoring.loader import SHIPPED
from monitoring.model.catalog import Catalog
from monitoring.plan import Plan, dumps, read_plan
from tests.pipelines.workflows import ROOT

GOLDEN = ROOT / "tests" / "golden" / "prod.json"
MONITOR = "datadog:index/monitor:Monitor::high-memory"


@pytest.fixture(scope="module")
def declared() -> Plan:
    return read_plan(GOLDEN, "--golden")


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
    ("before", "after", "word", "says"),
    [
        pytest.param(quieter, same, "changed", "declares something else", id="a property"),
        pytest.param(without, same, "new    ", "declares something else", id="a new one"),
        pytest.param(same, without, "gone   ", "was declared before", id="one that is gone"),
    ],
)
def test_what_differs_is_named(
    declared: Plan,
    shipped: Catalog,
    tmp_path: Path,
    before: Callable[[Plan], Plan],
    after: Callable[[Plan], Plan],
    word: str,
    says: str,
) -> None:
    path = tmp_path / "prod.json"
    path.write_text(dumps(before(declared)))
    assert f"prod: {word} {MONITOR}" in list(plan_differences(path, after(declared)))
    problems = list(plan_problems(path, after(declared), shipped, SHIPPED))
    assert problems[0].source.line > 1
    assert says in " ".join(problem.what for problem in problems)


def test_the_same_plan_is_no_problem(declared: Plan, shipped: Catalog) -> None:
    assert list(plan_problems(GOLDEN, declared, shipped, SHIPPED)) == []
    assert list(plan_differences(GOLDEN, declared)) == []


def test_a_missing_plan_is_one_problem(declared: Plan, shipped: Catalog, tmp_path: Path) -> None:
    (problem,) = plan_problems(tmp_path / "prod.json", declared, shipped, SHIPPED)
    assert (problem.what, problem.remedy.split(",")[0]) == ("the golden Plan is missing", "run make golden")
    assert list(plan_differences(tmp_path / "prod.json", declared)) == []
