"""Fixtures for tests on the real engine; without an engine they are skipped, unless CI is set."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.engine.accounts.account import Account
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
        refuse = pytest.fail if os.environ.get("CI") else pytest.skip
        refuse(found.stderr.strip() or "no engine")
    return Path(found.stdout.strip())


@pytest.fixture
def account(tmp_path: Path) -> Account:
    """Accounts in which humans have made what only they can make."""
    account = Account.at(tmp_path / "accounts.sqlite")
    account.seed_users("ana@youragency.com", "ben@youragency.com")
    account.seed_vendors("Datadog", "Sentry")
    account.seed_organization("youragency", teams=("platform",), members=("ana@youragency.com",))
    account.seed_project("web", organization="youragency")
    account.seed_sentry_installation("pagerduty", "youragency")
    account.seed_sentry_installation("slack", "Your Agency")
    account.connect_datadog("slack", "youragency")
    account.connect_datadog("pagerduty")
    return account


@pytest.fixture
def new_workspace(engine: Path, tmp_path: Path, account: Account) -> NewWorkspace:
    """Makes workspaces: `new_workspace()` with the small program, `new_workspace(program=...)` with any folder."""

    def make(*, program: Path | None = None, stack: str = "prod", init: bool = True) -> Workspace:
        if not (tmp_path / "home").exists():
            write_plugins(tmp_path / "home")
            (tmp_path / "backend").mkdir()
        folder = program or tmp_path / "program"
        if not folder.exists():
            project(folder, main=(HERE / "program.py").read_text())
        workspace = Workspace(engine=engine, room=tmp_path, account=account, program=folder, stack=stack)
        if init:
            workspace.init()
        return workspace

    return make


@pytest.fixture
def workspace(new_workspace: NewWorkspace) -> Workspace:
    """A workspace with the small program and its stack."""
    return new_workspace()
