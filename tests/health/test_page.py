"""The page of the endpoint names everything that a reader can use."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitoring.cli.test_alerting import SCENARIOS
from monitoring.health import HealthCheck, contract, probes
from monitoring.health.settings import USUAL

PAGE = (Path(__file__).parents[2] / "manual/health.md").read_text()


@pytest.mark.parametrize("probe", probes.__all__)
def test_every_probe_has_its_line(probe: str) -> None:
    assert f"`{probe}(" in PAGE


@pytest.mark.parametrize("scenario", [scenario.name for scenario in SCENARIOS])
def test_every_scenario_has_its_line(scenario: str) -> None:
    assert f"| `{scenario}` |" in PAGE


def test_every_usual_variable_is_named() -> None:
    named = {name for names in USUAL.values() for name in names.values()}
    assert {name for name in named if f"`{name}`" not in PAGE} == set()


def test_every_path_is_named() -> None:
    asked = {path for question in contract.Question for path in contract.paths(question)}
    assert {path for path in asked if f"`{path}`" not in PAGE} == set()


def test_every_default_of_a_check_is_named() -> None:
    check = HealthCheck("database", probes.dns("localhost"))
    times = {"deadline": check.deadline, "keep_for": check.keep_for, "keep_failure_for": check.keep_failure_for}
    rows = [f"| `{name}` | {seconds:g} s |" for name, seconds in times.items()]
    assert [row for row in rows if row not in PAGE] == []
