"""The real engine brings up a project whose environment holds the installed wheel, and nothing of this checkout."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from tests.engine import small
from tests.engine.workspace import Workspace
from tests.wheel.installing import Environment, build, environment_with


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """An environment with the wheel and what the program needs."""
    room = tmp_path_factory.mktemp("wheel")
    return environment_with(build("wheel", room / "dist"), room / "venv", extras=["pulumi"])


@pytest.fixture
def workspace(engine: Path, environment: Environment, tmp_path: Path) -> Workspace:
    """The small catalog's project, whose program runs in that environment."""
    path = os.pathsep.join([str(environment.bin), str(engine.parent), os.environ["PATH"]])
    workspace = replace(small.small_workspace(tmp_path / "room", engine=engine), extra={"PATH": path})
    (workspace.program / ".venv").unlink()
    (workspace.program / ".venv").symlink_to(environment.folder)
    return workspace


def test_a_project_comes_up_and_a_second_update_changes_nothing(workspace: Workspace, environment: Environment) -> None:
    program = workspace.program / "__main__.py"
    program.write_text(f"import monitoring\nprint(monitoring.__file__)\n{program.read_text()}")
    assert str(environment.site / "monitoring" / "__init__.py") in workspace.up().out
    assert {urn.split("::")[2].partition(":")[0] for urn in workspace.state()} == {"datadog", "pagerduty", "sentry"}
    assert workspace.preview().changes == {}
