"""Fixtures for tests on the real engine; without an engine they are skipped, unless CI is set."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.engine import declarations
from tests.engine.accounts.account import Account
from tests.engine.ours import use_own_catalog
from tests.engine.preview import workspace_in
from tests.engine.small import every_workspace
from tests.engine.workspace import REPOSITORY, Workspace, project, write_plugins

HERE = Path(__file__).parent
NewWorkspace = Callable[..., Workspace]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.engine)


@pytest.fixture(scope="session")
def engine() -> Path:
    """The engine to run."""
    command = [sys.executable, str(REPOSITORY / "tools" / "pulumi" / "engine.py"), "--no-build"]
    found = subprocess.run(command, capture_output=True, text=True)
    if found.returncode:
        raise_problems = pytest.fail if os.environ.get("CI") else pytest.skip
        raise_problems(found.stderr.strip() or "no engine")
    return Path(found.stdout.strip())


def furnished(room: Path) -> Account:
    """A room with plugins, a backend and accounts in which humans have made what only they can make."""
    write_plugins(room / "home")
    (room / "backend").mkdir(exist_ok=True)
    account = Account.at(room / "accounts.sqlite")
    account.seed_users("ana@youragency.com", "ben@youragency.com")
    account.seed_vendors("Datadog", "Sentry")
    account.seed_organization(
        "youragency", teams=("platform",), members=("ana@youragency.com",), environments=("production",)
    )
    account.seed_project("web", organization="youragency")
    account.seed_sentry_installation("pagerduty", "youragency")
    account.seed_sentry_installation("slack", "Your Agency")
    account.connect_datadog("slack", "youragency")
    account.connect_datadog("pagerduty")
    return account


@pytest.fixture(scope="session")
def empty_once(engine: Path, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A workspace with the small program and an empty stack; shared, so only for copying."""
    room = tmp_path_factory.mktemp("empty")
    program = project(room / "program", main=(HERE / "program.py").read_text())
    workspace = Workspace(engine=engine, room=room, account=furnished(room), program=program)
    workspace.init()
    return workspace


@pytest.fixture(scope="session")
def deployed_once(empty_once: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A workspace in which one of each resource stands; shared, so only for copying."""
    workspace = copied(empty_once, tmp_path_factory.mktemp("deployed") / "room")
    workspace.declare(*declarations.one_of_each())
    workspace.up()
    return workspace


@pytest.fixture(scope="session")
def ours_once(engine: Path, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The project's own program, deployed for prod into accounts in which only humans had been; only for copying."""
    workspace = workspace_in(tmp_path_factory.mktemp("ours"), engine=engine, stack="prod")
    workspace.up()
    return workspace


@pytest.fixture(scope="session")
def every_once(engine: Path, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The program with a rule of every signal, deployed for prod; shared, so only for copying."""
    workspace = every_workspace(tmp_path_factory.mktemp("every_signal"), engine=engine)
    workspace.up()
    return workspace


@pytest.fixture
def ours(ours_once: Workspace, tmp_path: Path) -> Workspace:
    """A workspace of the test's own in which the project's own program has been deployed."""
    return copied(ours_once, tmp_path / "room")


@pytest.fixture
def ours_untouched(engine: Path, tmp_path: Path) -> Workspace:
    """The project's own program before its first deployment, in accounts in which only humans have been."""
    return workspace_in(tmp_path, engine=engine, stack="prod")


def copied(workspace: Workspace, room: Path) -> Workspace:
    """The same workspace in another room, with a fresh list of calls."""
    shutil.copytree(workspace.room, room, symlinks=True)
    if (room / "program" / "catalog").exists():
        use_own_catalog(room / "program")
    account = Account.at(room / "accounts.sqlite")
    account.forget_calls()
    return Workspace(engine=workspace.engine, room=room, account=account, program=room / "program")


@pytest.fixture
def workspace(empty_once: Workspace, tmp_path: Path) -> Workspace:
    """A workspace of the test's own with the small program and an empty stack."""
    return copied(empty_once, tmp_path / "room")


@pytest.fixture
def deployed(deployed_once: Workspace, tmp_path: Path) -> Workspace:
    """A workspace of the test's own in which one of each resource stands."""
    return copied(deployed_once, tmp_path / "room")


@pytest.fixture
def new_workspace(engine: Path, tmp_path: Path) -> NewWorkspace:
    """Makes workspaces that share a backend and accounts: `new_workspace(program=folder, stack="staging")`."""

    def make(*, program: Path, stack: str = "prod", init: bool = True) -> Workspace:
        room = tmp_path / "room"
        account = Account.at(room / "accounts.sqlite") if room.exists() else furnished(room)
        workspace = Workspace(engine=engine, room=room, account=account, program=program, stack=stack)
        if init:
            workspace.init()
        return workspace

    return make
