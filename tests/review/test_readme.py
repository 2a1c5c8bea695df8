"""The README shows a change as its reviewers see it: its commands are run, and its comment is theirs."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.git import commit, git
from tests.platforms import AGENCY
from tests.test_docs import apply

README = (Path(__file__).parents[2] / "README.md").read_text()
SECTION = README.partition("\n## What a change does to people\n")[2].partition("\n## ")[0]
NOW = ("--at", "2026-11-26 09:00")


def commands() -> list[list[str]]:
    """Each command of the section."""
    return [shlex.split(line) for line in re.findall(r"^(monitoring .+)$", SECTION, re.MULTILINE)]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The platform in a repository, with the edits that the section shows."""
    shutil.copytree(AGENCY.catalog, tmp_path / "catalog")
    (tmp_path / "Pulumi.yaml").write_text("name: agency\nruntime: python\n")
    git(tmp_path, "init", "--quiet", "--initial-branch", "main")
    commit(tmp_path, "begin")
    for block in re.findall(r"^```diff\n(.*?)^```$", SECTION, re.MULTILINE | re.DOTALL):
        apply(tmp_path, block)
    return tmp_path


def ran(project: Path, *words: str) -> str:
    """What a command prints; it has to end well."""
    command = [sys.executable, "-m", "monitoring", *words]
    return subprocess.run(command, cwd=project, capture_output=True, text=True, check=True).stdout


def test_the_comment_is_what_the_commands_make(project: Path) -> None:
    schedule, review = (command[1:] for command in commands())
    assert "Nothing is written" not in ran(project, *schedule)
    comment = ran(project, *review, *NOW)
    top = comment.partition("<details>")[0].splitlines()[1:]
    shown = [line.removeprefix(">").strip() for line in SECTION.splitlines() if line.startswith(">")]
    assert [line for line in shown if line] == [line for line in top if line]
