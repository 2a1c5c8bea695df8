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


SAME = [
    ("check", *DAY),
    ("check", "--format", "json", *DAY),
    ("check", "--explain", "fan-out"),
    ("check", "--explain", "no-such-check"),
    ("reach", *DAY),
    ("drill", "database-failure", "--at", "2026-12-24 03:00"),
    ("list", *DAY),
    ("show", "database-failure", *DAY),
    ("preview", *DAY),
    ("preview", "--environment", "staging", "--format", "json", *DAY),
    ("golden", "--check"),
    ("docs", "--check"),
    ("schema", "--check"),
    ("schema", "service"),
    ("test-alerting", "https://example.invalid", "--dry-run"),
    ("drift", "--cwd", "nowhere"),
    ("adopt",),
    ("health", "openapi"),
    ("health", "check", "http://127.0.0.1:1"),
    ("health", "serve", "nowhere.toml"),
    ("--version",),
    ("--help",),
    ("preview", "-h"),
]


@pytest.mark.parametrize("arguments", [pytest.param(words, id=" ".join(words)) for words in SAME])
def test_the_installed_command_answers_what_the_checkout_answers(
    installed: Environment, project: Path, arguments: tuple[str, ...]
) -> None:
    here = answer(installed.run("monitoring", *arguments, cwd=project))
    assert here == answer(checkout("monitoring", *arguments, cwd=project, environ={}))
    assert "Traceback" not in here[2]


HOLD = [
    ("check", *DAY),
    ("reach", *DAY),
    ("preview", *DAY),
    ("golden", "--check"),
    ("docs", "--check"),
    ("schema", "--check"),
]


@pytest.mark.parametrize("arguments", [pytest.param(words, id=" ".join(words)) for words in HOLD])
def test_the_agencys_platform_holds_there(installed: Environment, project: Path, arguments: tuple[str, ...]) -> None:
    assert installed.run("monitoring", *arguments, cwd=project).returncode == 0


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
