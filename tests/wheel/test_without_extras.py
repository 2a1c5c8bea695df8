"""The wheel without its extras: what can work does, and what needs one names it in one sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitoring import __version__
from monitoring.cli import absent
from tests.platforms import AGENCY
from tests.wheel.installing import Environment, environment_with

AGENCYS = ("--catalog", str(AGENCY.catalog))
DAY = ("--today", "2026-11-23")


def needs(package: str, extra: str) -> str:
    wheel = f"./wakeproof-{__version__}-py3-none-any.whl[{extra}]"
    return f'error: this needs the extra "{extra}" ("{package}" is missing); install it with pip install "{wheel}"\n'


@pytest.mark.parametrize(
    ("arguments", "shows"),
    [
        pytest.param(("--help",), "test-alerting", id="the list of commands"),
        pytest.param(("list", *AGENCYS, *DAY), "platform-outage", id="the rules"),
        pytest.param(("show", "api-uptime", *AGENCYS), "services/api.yaml", id="one rule"),
        pytest.param(("reach", *AGENCYS, *DAY), "every instant from", id="the proof"),
        pytest.param(("drill", "api-uptime", *AGENCYS), "is notified", id="a drill"),
        pytest.param(
            ("ci", "review", *AGENCYS[1:] * 2),
            "at the vendors: not asked, because this needs the extra",
            id="a review in a pipeline, which says why the vendors' part is missing",
        ),
        pytest.param(("schema", "service"), '"additionalProperties": false', id="a schema"),
        pytest.param(("check", *AGENCYS, *DAY), "0 problems", id="every check"),
        pytest.param(("check", "--explain", "fan-out"), "fan-out", id="a check's page"),
        pytest.param(
            ("test-alerting", "https://example.invalid", "--dry-run", *AGENCYS), "liveness", id="what a test would ask"
        ),
    ],
)
def test_what_can_work_does(bare: Environment, tmp_path: Path, arguments: tuple[str, ...], shows: str) -> None:
    done = bare.run("monitoring", *arguments, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert shows in done.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        pytest.param(("preview", *AGENCYS), 2, needs("google", "pulumi"), id="preview without the vendors' packages"),
        pytest.param(
            ("review", *AGENCYS[1:] * 2, "--plans"), 2, needs("pulumi", "pulumi"), id="a review that makes the Plans"
        ),
        pytest.param(("health", "serve"), 2, needs("uvicorn", "health"), id="a server without its packages"),
        pytest.param(("drift", "--cwd", ".", *AGENCYS), 2, "no Pulumi program in", id="drift without a program"),
        pytest.param(("drift", *AGENCYS), 2, "there is no Pulumi.yaml", id="drift without a project"),
        pytest.param(
            ("health", "check", "http://127.0.0.1:1"),
            1,
            "that the service runs",
            id="nobody who answers",
        ),
    ],
)
def test_what_needs_more_says_so_in_one_sentence(
    bare: Environment, tmp_path: Path, arguments: tuple[str, ...], code: int, says: str
) -> None:
    done = bare.run("monitoring", *arguments, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (code, "")
    assert says in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("extra", "program"),
    [
        pytest.param("pulumi", "import monitoring.program, monitoring.resources.declare", id="pulumi: the program"),
        pytest.param(
            "health",
            "from monitoring.health import probes; import monitoring.health.serve, uvicorn",
            id="health: the endpoint, its probes and its server",
        ),
    ],
)
def test_an_extra_brings_all_that_its_part_needs(wheel: Path, tmp_path: Path, extra: str, program: str) -> None:
    environment = environment_with(wheel, tmp_path / "venv", extras=[extra])
    done = environment.run("python", "-c", program, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(("package", "extra"), [("redis", "redis"), ("pymysql", "mysql"), ("h11", "health")])
def test_a_library_of_the_endpoint_names_the_extra_that_brings_it(package: str, extra: str) -> None:
    assert needs(package, extra) == f"error: {absent(package)}\n"
