"""In an empty folder, with nothing but the built wheel: a project of one's own, green at once."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from tests.scaffold.variants import RULES, VARIANTS
from tests.wheel.installing import ROOT, Environment


def new_project(installed: Environment, folder: Path, *words: str) -> Path:
    """A project that the installed command makes in an empty folder, with nothing beside it."""
    done = installed.run("monitoring", "init", "acme", *words, cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert [path.name for path in folder.iterdir()] == ["acme"]
    return folder / "acme"


@pytest.fixture(scope="module")
def acme(installed: Environment, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with all three vendors."""
    return new_project(installed, tmp_path_factory.mktemp("empty"))


@pytest.mark.parametrize("vendors", VARIANTS)
def test_everything_holds_at_once_and_it_shows_who_is_woken(
    installed: Environment, tmp_path: Path, vendors: tuple[str, ...]
) -> None:
    project = new_project(installed, tmp_path, "--vendors", ",".join(["pagerduty", *vendors]))
    verified = installed.run("monitoring", "verify", cwd=project)
    assert (verified.returncode, verified.stderr) == (0, "")
    assert verified.stdout.endswith("Everything holds.\n")
    shown = installed.run("monitoring", "preview", cwd=project)
    assert (shown.returncode, shown.stderr) == (0, "")
    assert [vendor for vendor, rule in RULES.items() if rule in shown.stdout] == [*vendors]


def test_it_asks_for_just_this_wheel_and_its_lock(wheel: Path, acme: Path) -> None:
    (line,) = [line for line in (acme / "requirements.txt").read_text().splitlines() if line.startswith("./")]
    assert line == f"./{wheel.name} --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}"
    (lock,) = acme.glob("wakeproof-*.txt")
    assert lock.read_text() == (ROOT / "requirements.txt").read_text()


def test_a_second_one_in_its_place_is_refused(installed: Environment, acme: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in acme.rglob("*")}
    done = installed.run("monitoring", "init", "acme", cwd=acme.parent)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith('error: "acme" holds .github, .gitignore, .gitlab-ci.yml and ')
    assert {path: path.stat().st_mtime_ns for path in acme.rglob("*")} == before


def test_without_the_vendors_packages_it_says_so_and_leaves_nothing(bare: Environment, tmp_path: Path) -> None:
    done = bare.run("monitoring", "init", "acme", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert 'this needs the extra "pulumi"' in done.stderr
    assert [*tmp_path.iterdir()] == []
