"""The service as a process: ports, logs, a shutdown that readiness announces, and the command that asks it."""

from __future__ import annotations

import asyncio
import inspect
import json
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
import typer
from typer.testing import CliRunner

from monitoring.cli import health
from monitoring.cli.health import register
from monitoring.errors import UsageError
from monitoring.health import HealthRegistry
from monitoring.health.serve import Listening, PortTakenError, run, serve
from tests.health.factories import PATIENCE_SECONDS, Held, a_check
from tests.health.postgres_server import free_port
from tests.health.waiting import wait_for, wait_until

ROOT = Path(__file__).parents[2]
CHECKS = '[[check]]\nname = "database"\nprobe = "dns"\nhost = "localhost"\ncritical = true\n'
SERVE = [sys.executable, "-m", "monitoring", "health", "serve"]
TOKEN = "a-token-long-enough-to-keep"

app = typer.Typer()
register(app)


@app.callback()
def group() -> None:
    """A command line of one group."""


def invoked(*arguments: str, **environ: str) -> Any:
    return CliRunner().invoke(app, ["health", *arguments], env=environ)


@contextmanager
def serving(tmp_path: Path, *, drain_for: float = 300.0) -> Iterator[tuple[subprocess.Popen[str], int, int]]:
    """The service as a process, with its public and its private port."""
    (tmp_path / "health.toml").write_text(CHECKS)
    public, private = free_port(), free_port()
    ports = ["--port", str(public), "--private-port", str(private), "--drain-for", str(drain_for)]
    command = [*SERVE, str(tmp_path / "health.toml"), *ports]
    environ = {**os.environ, "PYTHONPATH": str(ROOT), "HEALTH_TOKEN": TOKEN}
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environ)
    try:
        wait_for(public)
        yield process, public, private
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def is_red(public: int) -> bool:
    return httpx.get(f"http://127.0.0.1:{public}/readyz", timeout=PATIENCE_SECONDS).status_code == 503


def test_a_service_from_start_to_end(tmp_path: Path) -> None:
    with serving(tmp_path) as (process, public, private):
        url = f"http://127.0.0.1:{public}"
        ready = httpx.get(f"{url}/readyz")
        assert (ready.status_code, ready.json()) == (
            200,
            {"status": "pass", "checks": {"database": [{"status": "pass"}]}},
        )
        assert "server" not in ready.headers
        assert httpx.get(f"{url}/metrics").status_code == 404
        assert "health_component_status" in httpx.get(f"http://127.0.0.1:{private}/metrics").text
        detailed = invoked("check", url, "--token", TOKEN)
        assert (detailed.exit_code, " ms" in detailed.output.split("database")[1]) == (0, True)
        process.send_signal(signal.SIGTERM)
        wait_until(lambda: is_red(public), what="readiness is red")
        assert httpx.get(f"{url}/livez").status_code == 200
        assert invoked("check", url).exit_code == 1
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=PATIENCE_SECONDS)
    assert process.returncode == 0, "a second signal leaves at once"


ABSOLUTE = {
    "http://elsewhere.example/api/health?type=liveness": 200,
    "http://elsewhere.example/api/health?type=unknown": 400,
    "http://elsewhere.example:81/livez": 200,
    "http://elsewhere.example": 404,
    "http://elsewhere.example/livez/": 404,
}


def test_a_whole_address_in_the_request_line_is_asked_as_its_path(tmp_path: Path) -> None:
    """As proxies send it (RFC 9112, section 3.2.2)."""
    with serving(tmp_path) as (_, public, _), httpx.Client(proxy=f"http://127.0.0.1:{public}") as client:
        answers = {address: client.get(address) for address in ABSOLUTE}
    assert {address: answer.status_code for address, answer in answers.items()} == ABSOLUTE
    assert not any("elsewhere" in answer.text or "location" in answer.headers for answer in answers.values())


def test_without_a_second_signal_it_leaves_when_the_drain_is_over(tmp_path: Path) -> None:
    with serving(tmp_path, drain_for=1.0) as (process, _public, _private):
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=PATIENCE_SECONDS)
    assert process.returncode == 0
    lines = [json.loads(line) for line in errors.splitlines()]
    assert {line.keys() >= {"at", "level", "logger", "message"} for line in lines} == {True}
    assert [line["message"] for line in lines if line["logger"] == "monitoring.health"][-2:] == [
        "readiness is red, the ports close in 1 s",
        "stopped",
    ]


def test_a_port_that_is_taken_is_told_in_plain_words(tmp_path: Path) -> None:
    (tmp_path / "health.toml").write_text(CHECKS)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        command = [*SERVE, str(tmp_path / "health.toml"), "--port", str(port)]
        found = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert found.returncode == 2
    assert found.stderr.splitlines()[-1] == (
        f"error: cannot listen on port {port}: address already in use; choose another with --port or --private-port"
    )


WRONG = [
    pytest.param(["serve", "nowhere.toml"], "no such file", id="serving a file that is missing"),
    pytest.param(["check", "youragency.com"], "is not a URL", id="asking what is not a URL"),
]


@pytest.mark.parametrize(("arguments", "says"), WRONG)
def test_used_wrongly(arguments: list[str], says: str) -> None:
    found = invoked(*arguments)
    assert isinstance(found.exception, UsageError)
    assert says in str(found.exception)


@pytest.mark.anyio
async def test_the_same_in_this_process() -> None:
    public, private = free_port(), free_port()
    listening = Listening(port=public, private_port=private, drain_for=300.0, token=TOKEN)
    served = asyncio.create_task(serve(HealthRegistry([a_check()]), listening))
    async with httpx.AsyncClient(timeout=PATIENCE_SECONDS) as client:
        for port in (public, private):
            await asyncio.to_thread(wait_for, port)
            assert (await client.get(f"http://127.0.0.1:{port}/readyz")).status_code == 200
        os.kill(os.getpid(), signal.SIGTERM)
        while (await client.get(f"http://127.0.0.1:{public}/readyz")).status_code != 503:
            await asyncio.sleep(0.01)
    os.kill(os.getpid(), signal.SIGTERM)
    await served


def serve_a_stubborn_probe(public: int) -> None:
    """A whole service in a process of its own, asked once and ended while its probe refuses to be cancelled."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")

    def ask_and_end() -> None:
        wait_for(public)
        assert is_red(public)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=ask_and_end).start()
    check = a_check(probe=Held(stubborn=True), deadline=0.1)
    run(HealthRegistry([check], deadline=0.1), Listening(port=public, drain_for=0.0))
    print("ended")


def test_a_probe_that_refuses_to_be_cancelled_does_not_hold_up_the_end() -> None:
    code = f"from tests.health.test_serve import serve_a_stubborn_probe as serve; serve({free_port()})"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "ended\n"), done.stderr
    end = "stopped\nended without 1 of the probes, which refuse to be cancelled\n"
    assert end in done.stderr


def test_the_command_drains_as_long_as_the_service_does() -> None:
    default = inspect.signature(health.serve).parameters["drain_for"].default
    assert default == Listening().drain_for == 5, "manual/health.md says so"


@pytest.mark.anyio
async def test_without_a_private_port_nothing_private_is_served() -> None:
    public = free_port()
    served = asyncio.create_task(serve(HealthRegistry([a_check()]), Listening(port=public, drain_for=0.0)))
    await asyncio.to_thread(wait_for, public)
    async with httpx.AsyncClient() as client:
        assert (await client.get(f"http://127.0.0.1:{public}/metrics")).status_code == 404
    os.kill(os.getpid(), signal.SIGINT)
    await served


@pytest.mark.anyio
async def test_a_port_that_is_taken_ends_before_anything_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(PortTakenError, match="address already in use"):
        await serve(HealthRegistry([a_check()]), Listening(port=free_port(), private_port=taken.getsockname()[1]))


def test_a_short_token_is_refused(tmp_path: Path) -> None:
    (tmp_path / "health.toml").write_text(CHECKS)
    command = [*SERVE, str(tmp_path / "health.toml"), "--token", "short"]
    found = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert (found.returncode, "shorter than 16 characters" in found.stderr) == (2, True)


def test_the_description_is_printed() -> None:
    found = invoked("openapi")
    assert found.output == (ROOT / "manual/health-openapi.yaml").read_text()


def test_json_for_a_machine(tmp_path: Path) -> None:
    with serving(tmp_path) as (_process, public, _private):
        found = json.loads(invoked("check", f"http://127.0.0.1:{public}", "--format", "json").output)
    assert (found["status"], found["components"][0]["component"]) == ("pass", "database")
