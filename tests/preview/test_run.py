"""One run of the program: its answer, and each way in which it can fail, as the exception that it is."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from monitoring.errors import CatalogError, PlanError, UsageError
from monitoring.loader import SHIPPED
from monitoring.plan import Plan
from monitoring.preview.run import preview
from tests.conftest import TODAY

RUNBOOKS = Path(__file__).parents[2] / "docs" / "runbooks"


@pytest.fixture
def catalog(tmp_path: Path) -> Path:
    """A copy of the shipped catalog, with its runbooks where the checks look for them."""
    shutil.copytree(SHIPPED, tmp_path / "catalog")
    shutil.copytree(RUNBOOKS, tmp_path / "docs" / "runbooks")
    return tmp_path / "catalog"


def change(catalog: Path, file: str, old: str, new: str) -> None:
    text = (catalog / file).read_text("utf-8")
    assert text.count(old) == 1
    (catalog / file).write_text(text.replace(old, new), "utf-8")


def test_the_program_runs_with_a_catalog_that_is_elsewhere(catalog: Path):
    change(catalog, "services/auth.yaml", "more-than: 20", "more-than: 21")
    found = preview(environment="prod", today=TODAY, catalog=catalog)
    monitor = found.by_key["sentry:index/metricMonitor:MetricMonitor::auth-system-down"]
    assert monitor.inputs["conditionGroup"]["conditions"][0]["comparison"] == 21
    assert isinstance(found, Plan)


def test_a_mistake_in_the_catalog_is_told_with_its_line(catalog: Path):
    change(catalog, "services/auth.yaml", "severity: P0", "severity: P9")
    with pytest.raises(CatalogError) as raised:
        preview(environment="prod", today=TODAY, catalog=catalog)
    assert [str(problem.source) for problem in raised.value.problems] == ["services/auth.yaml:12"]


def test_what_a_check_finds_is_told_with_its_line(catalog: Path):
    change(catalog, "teams.yaml", "P0: {page: security, slack: [alerts-critical], ", "P0: {slack: [alerts-critical], ")
    with pytest.raises(CatalogError, match="must wake a human") as raised:
        preview(environment="prod", today=TODAY, catalog=catalog)
    assert not isinstance(raised.value, PlanError)


def test_what_a_vendor_would_refuse_is_told_with_its_line(catalog: Path):
    change(catalog, "oncall.yaml", "title: Critical\n", "title: Critical & worse\n")
    with pytest.raises(PlanError) as raised:
        preview(environment="prod", today=TODAY, catalog=catalog)
    (problem,) = raised.value.problems
    assert problem.source.file == "oncall.yaml"
    assert problem.where == 'pagerduty EscalationPolicy "critical", name'


def test_an_environment_that_there_is_not_is_a_wrong_use():
    with pytest.raises(UsageError, match='no environment is called "production"'):
        preview(environment="production", today=TODAY)


def test_a_program_that_there_is_not_is_a_wrong_use(tmp_path: Path):
    with pytest.raises(UsageError, match="there is no program at"):
        preview(environment="prod", today=TODAY, program=tmp_path / "__main__.py")


def test_a_run_after_a_failed_one_starts_afresh(catalog: Path, plans):
    change(catalog, "services/auth.yaml", "severity: P0", "severity: P9")
    with pytest.raises(CatalogError):
        preview(environment="prod", today=TODAY, catalog=catalog)
    assert preview(environment="prod", today=TODAY) == plans["prod"]
