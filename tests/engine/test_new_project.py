"""A project that `monitoring init` made, on the real engine: as a template of Pulumi's, and brought up."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml

from monitoring.loader import load
from tests.engine.accounts.account import Account
from tests.engine.ours import TODAY, configure, make_what_humans_make
from tests.engine.workspace import REPOSITORY, Workspace, write_plugins
from tests.scaffold.variants import RULES, VARIANTS


@pytest.fixture
def vendors() -> tuple[str, ...]:
    """The vendors beside PagerDuty."""
    return ("datadog", "sentry")


@pytest.fixture
def made(tmp_path: Path, vendors: tuple[str, ...]) -> Path:
    """A new project."""
    command = [sys.executable, "-m", "monitoring", "init", "acme", "--today", TODAY]
    command += ["--vendors", ",".join(["pagerduty", *vendors])]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    return tmp_path / "acme"


@pytest.fixture
def workspace(engine: Path, made: Path, tmp_path: Path) -> Workspace:
    """A place for the engine, in which `pulumi new` has made the project anew; nothing is reached from it."""
    write_plugins(tmp_path / "home")
    (tmp_path / "backend").mkdir()
    account = Account.at(tmp_path / "accounts.sqlite")
    workspace = Workspace(engine=engine, room=tmp_path, account=account, program=tmp_path / "program")
    words = ["new", str(made), "--generate-only", "--yes", "--name", "acme", "--dir", str(workspace.program)]
    new = subprocess.run(
        [str(engine), *words, "--non-interactive"], env=workspace.environment, capture_output=True, text=True
    )
    assert new.returncode == 0, new.stdout + new.stderr
    return workspace


def files(folder: Path) -> Mapping[str, bytes]:
    """Every file of a folder by its path in it."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_pulumi_new_gives_the_same_files_but_for_its_own(workspace: Workspace, made: Path) -> None:
    new, here = dict(files(workspace.program)), dict(files(made))
    project, template = yaml.safe_load(new.pop("Pulumi.yaml")), yaml.safe_load(here.pop("Pulumi.yaml"))
    assert new == here
    # Pulumi takes the block out that made it a template, and notes where the project came from.
    assert project.pop("config") == {"pulumi:tags": {"value": {"pulumi:template": str(made)}}}
    assert project == {name: value for name, value in template.items() if name != "template"}


@pytest.mark.parametrize("vendors", VARIANTS)
def test_it_comes_up_and_a_second_preview_changes_nothing(workspace: Workspace, vendors: tuple[str, ...]) -> None:
    (workspace.program / ".venv").symlink_to(REPOSITORY / ".venv")
    configure(workspace.program / "Pulumi.prod.yaml", {"monitoring:today": TODAY})
    make_what_humans_make(workspace.account, load(workspace.program / "catalog"))
    workspace.init()
    created = workspace.preview().changes
    assert [vendor for vendor, rule in RULES.items() if rule in created] == [*vendors]
    assert {*created.values()} == {"create"}
    workspace.up()
    assert {urn.split("::")[2].partition(":")[0] for urn in workspace.state()} == {"pagerduty", *vendors}
    assert workspace.preview().changes == {}
