"""An installed package without its checkout: what can work does, and what cannot says why in one sentence."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
EXTRAS = ("pulumi", "prometheus_client", "psutil", "psycopg", "starlette", "uvicorn")
WITHOUT = f"""
import sys

class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0].startswith({EXTRAS!r}):
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)

sys.meta_path.insert(0, Absent())
from monitoring.cli import main
main()
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files that the package ships, as pyproject.toml names them, and nothing else of the checkout."""
    site = tmp_path_factory.mktemp("installed") / "site-packages"
    for pattern in ("**/*.py", *PROJECT["tool"]["setuptools"]["package-data"]["monitoring"]):
        for path in (ROOT / "monitoring").glob(pattern):
            target = site / path.relative_to(ROOT)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    return site


@pytest.fixture
def run(site: Path, tmp_path: Path):
    """Runs a command of the installed package in an empty directory, with none of the optional packages."""

    def runs(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", WITHOUT, *arguments],
            cwd=tmp_path,
            env={"PYTHONPATH": str(site), "COLUMNS": "200", "PATH": ""},
            capture_output=True,
            text=True,
            timeout=120,
        )

    return runs


@pytest.mark.parametrize(
    ("arguments", "shows"),
    [
        pytest.param(("--help",), "test-alerting", id="the list of commands"),
        pytest.param(("list",), "platform-outage", id="the rules"),
        pytest.param(("show", "api-uptime"), "services/api.yaml", id="one rule"),
        pytest.param(("reach",), "every instant from", id="the proof"),
        pytest.param(("drill", "api-uptime"), "is told", id="a drill"),
        pytest.param(("schema", "service"), '"additionalProperties": false', id="a schema"),
        pytest.param(("check", "--runbooks", str(ROOT / "docs" / "runbooks")), "0 problems", id="every check"),
        pytest.param(("test-alerting", "https://example.invalid", "--dry-run"), "liveness", id="what a test would ask"),
    ],
)
def test_what_can_work_does(run, arguments: tuple[str, ...], shows: str) -> None:
    done = run(*arguments, *(("--today", "2026-11-23") if arguments[0] in {"list", "check", "reach"} else ()))
    assert (done.returncode, done.stderr) == (0, "")
    assert shows in done.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        pytest.param(
            ("check",),
            2,
            "the runbooks of the shipped catalog stay in its checkout; name their directory with --runbooks",
            id="check without runbooks",
        ),
        pytest.param(
            ("check", "--explain", "fan-out"),
            2,
            "install the project from its checkout to read it",
            id="a check's page",
        ),
        pytest.param(("docs", "--check"), 2, "name a folder with --out", id="documents"),
        pytest.param(
            ("drill", "api-uptime", "--template", "internal"),
            2,
            "templates lie in operations/templates",
            id="a template",
        ),
        pytest.param(("incident", "new", "api-uptime"), 2, "templates lie in operations/templates", id="a review"),
        pytest.param(("preview",), 2, "run this from a checkout", id="preview without a program"),
        pytest.param(("drift",), 2, "there is no Pulumi here", id="drift without an engine"),
        pytest.param(
            ("health", "serve"),
            2,
            'install it with pip install "monitoring[health]"',
            id="a server without its packages",
        ),
        pytest.param(
            ("health", "check", "http://127.0.0.1:1"), 1, "is the right address and is up", id="nobody who answers"
        ),
    ],
)
def test_what_needs_more_says_so_in_one_sentence(run, arguments: tuple[str, ...], code: int, says: str) -> None:
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (code, "")
    assert says in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_preview_without_the_vendors_packages_names_them(run, site: Path) -> None:
    program = site / "__main__.py"
    program.write_text("raise AssertionError")
    done = run("preview")
    program.unlink()
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == 'error: this needs the package "pulumi"; run make preview in a checkout, which installs it\n'
