"""One run of the program: its answer, and each way in which it can fail, as the exception that it is."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pulumi import RunError

from monitoring.errors import CatalogError, PlanError, UsageError
from monitoring.loader import PlatformFiles
from monitoring.plan import Plan
from monitoring.preview.run import preview
from tests.conftest import TODAY
from tests.platforms import AGENCY


@pytest.fixture
def catalog(tmp_path: Path) -> Path:
    """A copy of the shipped catalog, with its runbooks where the checks look for them."""
    shutil.copytree(AGENCY.catalog, tmp_path / "catalog")
    shutil.copytree(AGENCY.runbooks, tmp_path / "docs" / "runbooks")
    return tmp_path / "catalog"


def change(catalog: Path, file: str, old: str, new: str) -> None:
    text = (catalog / file).read_text("utf-8")
    assert text.count(old) == 1
    (catalog / file).write_text(text.replace(old, new), "utf-8")


def test_the_program_runs_with_a_catalog_that_is_elsewhere(catalog: Path):
    change(catalog, "services/auth.yaml", "more-than: 20", "more-than: 21")
    found = preview(environment="prod", today=TODAY, files=PlatformFiles(catalog))
    monitor = found.by_key["sentry:index/metricMonitor:MetricMonitor::auth-system-down"]
    assert monitor.inputs["conditionGroup"]["conditions"][0]["comparison"] == 21
    assert isinstance(found, Plan)


def test_a_mistake_in_the_catalog_is_told_with_its_line(catalog: Path):
    change(catalog, "services/auth.yaml", "severity: P0", "severity: P9")
    with pytest.raises(CatalogError) as raised:
        preview(environment="prod", today=TODAY, files=PlatformFiles(catalog))
    assert [str(problem.source) for problem in raised.value.problems] == ["services/auth.yaml:12"]


def test_what_a_check_finds_is_told_with_its_line(catalog: Path):
    change(catalog, "teams.yaml", "P0: {page: security, slack: [alerts-critical], ", "P0: {slack: [alerts-critical], ")
    with pytest.raises(CatalogError, match="must wake a human") as raised:
        preview(environment="prod", today=TODAY, files=PlatformFiles(catalog))
    assert not isinstance(raised.value, PlanError)


BESIDE = """
import pulumi_pagerduty as pagerduty
from monitoring.program import run
run()
pagerduty.EscalationPolicy("beside", name="Critical & worse", num_loops=0, rules=[])
"""


def test_what_a_vendor_would_refuse_of_a_program_of_ones_own_is_told(catalog: Path):
    (catalog.parent / "__main__.py").write_text(BESIDE)
    with pytest.raises(PlanError) as raised:
        preview(environment="prod", today=TODAY, files=PlatformFiles(catalog))
    assert 'PagerDuty EscalationPolicy "beside", name' in {problem.where for problem in raised.value.problems}


def test_an_environment_that_there_is_not_is_a_wrong_use():
    with pytest.raises(UsageError, match='no environment is called "production"'):
        preview(environment="production", today=TODAY, files=AGENCY)


def test_the_program_beside_the_catalog_is_the_one_that_runs(catalog: Path):
    (catalog.parent / "__main__.py").write_text("from pulumi import RunError\nraise RunError('its own program')\n")
    with pytest.raises(RunError, match="its own program"):
        preview(environment="prod", today=TODAY, files=PlatformFiles(catalog))


def test_without_a_program_beside_the_catalog_the_tool_has_its_own(catalog: Path, plans):
    assert not (catalog.parent / "__main__.py").exists()
    assert preview(environment="prod", today=TODAY, files=PlatformFiles(catalog)) == plans["prod"]


def test_a_run_after_a_failed_one_starts_afresh(catalog: Path, plans):
    change(catalog, "services/auth.yaml", "severity: P0", "severity: P9")
    with pytest.raises(CatalogError):
        preview(environment="prod", today=TODAY, files=PlatformFiles(catalog))
    assert preview(environment="prod", today=TODAY, files=AGENCY) == plans["prod"]
