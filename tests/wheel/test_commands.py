"""An installed command answers what the checkout answers, byte for byte; without a catalog it names `init`."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.platforms import AGENCY
from tests.wheel.installing import ROOT, Environment, checkout

DAY = ("--today", "2026-11-23")
NOBODYS = (
    "error: no catalog belongs to this folder; make one with monitoring init DIR, or name one with --catalog DIR\n"
)
PROJECT = ("Pulumi.yaml", "Pulumi.prod.yaml", "Pulumi.staging.yaml", "__main__.py")
Answer = tuple[int, str, str]


def answer(done: subprocess.CompletedProcess[str]) -> Answer:
    return done.returncode, done.stdout, done.stderr


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project's folder outside of the checkout, with the agency's platform in it."""
    folder = tmp_path_factory.mktemp("projects") / "agency"
    shutil.copytree(AGENCY.root, folder)
    for name in PROJECT:
        shutil.copy2(ROOT / name, folder / name)
    written = checkout("monitoring", "schema", "--write", "catalog/schema", cwd=folder, environ={})
    assert written.returncode == 0, written.stderr
    return folder


def test_the_packages_come_from_the_environment_alone(installed: Environment, project: Path) -> None:
    program = "import monitoring, pulumi_sentry; print(monitoring.__file__); print(pulumi_sentry.__file__)"
    said = installed.run("python", "-c", program, cwd=project).stdout.splitlines()
    assert said == [str(installed.site / name / "__init__.py") for name in ("monitoring", "pulumi_sentry")]


# What is typed, and the exit code.
COMMANDS = [
    (("check", *DAY), 0),
    (("check", "--format", "json", *DAY), 0),
    (("check", "--explain", "fan-out"), 0),
    (("check", "--explain", "no-such-check"), 2),
    (("reach", *DAY), 0),
    (("drill", "database-failure", "--at", "2026-12-24 03:00"), 0),
    (("list", *DAY), 0),
    (("show", "database-failure", *DAY), 0),
    (("preview", *DAY), 0),
    (("preview", "--environment", "staging", "--format", "json", *DAY), 0),
    (("golden", "--check"), 0),
    (("docs", "--check"), 0),
    (("schema", "--check"), 0),
    (("schema", "service"), 0),
    (("test-alerting", "https://example.invalid", "--dry-run"), 0),
    (("drift", "--cwd", "nowhere"), 2),
    (("adopt",), 2),
    (("health", "openapi"), 0),
    (("health", "check", "http://127.0.0.1:1"), 1),
    (("health", "serve", "nowhere.toml"), 2),
    (("--version",), 0),
    (("--help",), 0),
    (("preview", "-h"), 0),
]


@pytest.mark.parametrize(("words", "code"), [pytest.param(*case, id=" ".join(case[0])) for case in COMMANDS])
def test_the_installed_command_answers_what_the_checkout_answers(
    installed: Environment, project: Path, words: tuple[str, ...], code: int
) -> None:
    here = installed.run("monitoring", *words, cwd=project)
    assert (here.returncode, "Traceback" in here.stderr) == (code, False)
    assert answer(here) == answer(checkout("monitoring", *words, cwd=project, environ={}))


def test_every_check_has_its_page_there(installed: Environment, project: Path) -> None:
    program = (
        "from monitoring.checks import check_names; from monitoring.cli.check import show_page\n"
        "for name in check_names(): show_page(name)"
    )
    done = installed.run("python", "-c", program, cwd=project)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(words, id=f"{words[0]} of nobody's catalog")
        for words in (
            ("check",), ("reach",), ("drill", "x"), ("list",), ("show", "x"), ("preview",), ("golden",), ("docs",),
            ("drift",), ("adopt",), ("schema", "--check"), ("test-alerting", "https://example.invalid"),
        )
    ],
)  # fmt: skip
def test_in_an_empty_folder_a_command_names_what_makes_a_catalog(
    installed: Environment, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    assert answer(installed.run("monitoring", *arguments, cwd=tmp_path)) == (2, "", NOBODYS)
    assert list(tmp_path.iterdir()) == []
