"""What keeps contributions in order: owners, forms and hooks name what there is."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest
import yaml

from monitoring.loader import load

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
FORMS = ROOT / ".github" / "ISSUE_TEMPLATE"
OWNERS = [
    line.split() for line in (ROOT / ".github" / "CODEOWNERS").read_text().splitlines() if line and line[0] != "#"
]
HOOKS = [
    hook for repo in yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())["repos"] for hook in repo["hooks"]
]
LINTERS = set(re.findall(r"\$\(BIN\)/(\w+)", (ROOT / "Makefile").read_text().split("\nlint:")[1].split("\n\n")[0]))


def owners(path: str) -> list[str]:
    """Who owns a file, by the last line that fits it."""
    fitting = [teams for pattern, *teams in OWNERS if pattern == "*" or fnmatch(f"/{path}", pattern)]
    return fitting[-1]


def teams(names: list[str]) -> Iterator[str]:
    return (name.removeprefix("@youragency/") for name in names)


def test_every_owner_is_a_team_of_the_catalog() -> None:
    assert {team for _, *names in OWNERS for team in teams(names)} <= load(ROOT / "catalog").teams.keys()


@pytest.mark.parametrize("pattern", [pattern for pattern, *_ in OWNERS if pattern != "*"])
def test_every_line_of_the_owners_fits_something(pattern: str) -> None:
    assert list(ROOT.glob(pattern.strip("/")))


@pytest.mark.parametrize("service", sorted(load(ROOT / "catalog").services))
def test_a_service_is_reviewed_by_the_team_that_owns_it(service: str) -> None:
    owner = load(ROOT / "catalog").services[service].team
    assert list(teams(owners(f"catalog/services/{service}.yaml"))) == [owner]


@pytest.mark.parametrize(
    ("schema", "files"),
    [
        pytest.param("vendor.github-issue-forms", ["alert.yml", "tool.yml"], id="the forms are ones that GitHub takes"),
        pytest.param("vendor.github-issue-config", ["config.yml"], id="their settings are ones that GitHub takes"),
    ],
)
def test_issues(schema: str, files: list[str]) -> None:
    paths = [str(FORMS / file) for file in files]
    ran = subprocess.run(
        [str(BIN / "check-jsonschema"), "--builtin-schema", schema, *paths], capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stdout


def test_every_form_is_checked() -> None:
    assert {path.name for path in FORMS.iterdir()} == {"alert.yml", "tool.yml", "config.yml"}


def test_the_hooks_are_ones_that_pre_commit_takes() -> None:
    command = [str(BIN / "pre-commit"), "validate-config", str(ROOT / ".pre-commit-config.yaml")]
    ran = subprocess.run(command, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout


@pytest.mark.parametrize("hook", [pytest.param(hook, id=hook["id"]) for hook in HOOKS])
def test_a_hook_runs_what_the_lock_installs(hook: dict[str, str]) -> None:
    program, *_ = hook["entry"].split()
    assert hook["language"] == "system"
    assert program.startswith(".venv/bin/")
    assert (BIN / Path(program).name).exists()


def test_every_linter_but_the_slow_one_is_a_hook() -> None:
    assert LINTERS - {Path(hook["entry"].split()[0]).name for hook in HOOKS} == {"mypy"}


def test_a_misspelt_word_is_refused(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text("Somebody recieves a page.\n")  # codespell:ignore
    ran = subprocess.run([str(BIN / "codespell"), str(tmp_path)], capture_output=True, text=True)
    assert (ran.returncode, "==> receives" in ran.stdout) == (65, True)
