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


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with all three vendors; only for copying."""
    folder = tmp_path_factory.mktemp("made")
    command = [sys.executable, "-m", "monitoring", "init", "acme", "--today", TODAY]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return folder / "acme"


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


def test_it_comes_up_and_a_second_preview_changes_nothing(workspace: Workspace) -> None:
    (workspace.program / ".venv").symlink_to(REPOSITORY / ".venv")
    configure(workspace.program / "Pulumi.prod.yaml", {"monitoring:today": TODAY})
    make_what_humans_make(workspace.account, load(workspace.program / "catalog"))
    workspace.init()
    created = workspace.preview().changes
    assert {"website-down", "checkout-failing"} <= created.keys()
    assert {*created.values()} == {"create"}
    workspace.up()
    assert {urn.split("::")[2].partition(":")[0] for urn in workspace.state()} == {"datadog", "pagerduty", "sentry"}
    assert workspace.preview().changes == {}
