"""Connections: how many a port holds, how long half a request may take, and what is said of a bad one."""

from __future__ import annotations

import asyncio
import os
import resource
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest
import uvicorn

from monitoring.health import HealthRegistry, health_app
from monitoring.health.connections import Budgets, ConnectionBudget, bounded_protocol, budgets
from monitoring.health.contract import HEADERS
from tests.health.factories import PATIENCE_SECONDS, Held, a_check, eventually, long_deadlines
from tests.health.ports import tcp_listener
from tests.health.postgres_server import free_port
from tests.health.waiting import wait_for

pytestmark = pytest.mark.anyio
ROOT = Path(__file__).parents[2]

FILES = 1024
"""What a process may open by default on most machines."""

SLOW = 2000
"""Connections that send half a head, more than the process could hold."""


@asynccontextmanager
async def on_a_bounded_port(
    *, limit: int = 100, within: float = PATIENCE_SECONDS, registry: HealthRegistry | None = None
) -> AsyncIterator[tuple[str, int]]:
    """The endpoint on a port with a budget, with the seconds that a request may take."""
    listener = tcp_listener()
    app = health_app(registry or HealthRegistry([a_check()]))
    protocol = bounded_protocol(limit, within=within)
    server = uvicorn.Server(uvicorn.Config(app, http=protocol, ws="none", lifespan="off", log_config=None))
    running = asyncio.create_task(server._serve([listener]))
    await eventually(lambda: server.started)
    try:
        yield listener.getsockname()
    finally:
        server.should_exit = True
        await running


async def closed(reader: asyncio.StreamReader) -> bytes:
    """What comes until the other side closes."""
    try:
        return await asyncio.wait_for(reader.read(), PATIENCE_SECONDS)
    except ConnectionResetError:
        return b""


HALVES = [
    pytest.param([], id="nothing at all"),
    pytest.param([b"GET /livez HTTP/1.1\r\nhost: x\r\n"], id="half a head"),
    pytest.param([b"GET /livez HTTP/1.1\r\nhost: x\r\n\r\nGET /li"], id="half a head behind a request"),
    pytest.param([b"GET /livez HTTP/1.1\r\nhost: x\r\n\r\n", b"GET"], id="half a head after a request"),
    pytest.param([b"POST /livez HTTP/1.1\r\nhost: x\r\ncontent-length: 999\r\n\r\n", b"x"], id="half a body"),
]


@pytest.mark.parametrize("parts", HALVES)
async def test_half_a_request_is_closed_after_its_time(parts: list[bytes]) -> None:
    async with on_a_bounded_port(within=0.2) as address:
        reader, writer = await asyncio.open_connection(*address)
        for part in parts:
            writer.write(part)
            await writer.drain()
        await closed(reader)
        writer.close()


async def test_a_head_that_drips_is_closed_after_its_time() -> None:
    async with on_a_bounded_port(within=0.3) as address:
        reader, writer = await asyncio.open_connection(*address)
        writer.write(b"GET /livez HTTP/1.1\r\n")
        ended = asyncio.create_task(closed(reader))
        while not ended.done():
            writer.write(b"a: b\r\n")
            await asyncio.wait({ended}, timeout=0.05)
        writer.close()


async def test_a_client_that_reads_nothing_is_closed_after_its_time() -> None:
    async with on_a_bounded_port(within=0.5) as address:
        with socket.socket() as client:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1)
            client.connect(address)
            client.setblocking(False)
            request = b"GET /livez HTTP/1.1\r\nhost: x\r\n\r\n" * 1000
            with pytest.raises(ConnectionError):
                await asyncio.wait_for(send_for_ever(client, request), PATIENCE_SECONDS)


async def send_for_ever(client: socket.socket, content: bytes) -> None:
    while True:
        await asyncio.get_running_loop().sock_sendall(client, content)


async def test_a_kept_connection_is_answered_again_and_again() -> None:
    async with on_a_bounded_port() as address:
        reader, writer = await asyncio.open_connection(*address)
        for _ in range(3):
            writer.write(b"GET /livez HTTP/1.1\r\nhost: x\r\n")
            await writer.drain()
            writer.write(b"\r\n")
            head = await reader.readuntil(b"\r\n\r\n")
            assert head.startswith(b"HTTP/1.1 200")
            await reader.readexactly(len(b'{"status":"pass","checks":{}}'))
        writer.close()


async def test_a_request_for_another_protocol_is_answered_as_any_other(caplog: pytest.LogCaptureFixture) -> None:
    headers = {
        "connection": "Upgrade",
        "upgrade": "websocket",
        "sec-websocket-version": "13",
        "sec-websocket-key": "eA==",
    }
    async with on_a_bounded_port() as address, httpx.AsyncClient(timeout=PATIENCE_SECONDS) as client:
        answer = await client.get(f"http://{address[0]}:{address[1]}/livez", headers=headers)
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    assert not [record for record in caplog.records if record.name.startswith("uvicorn")]


BAD = [
    pytest.param(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\r\n\r\n", id="TLS on a plain port"),
    pytest.param(b"GET / HTTP/1.1\r\nbad header\r\n\r\n", id="a header without a colon"),
    pytest.param(b"GET /planted\r\n\r\n" + b"a" * 100, id="a line that is none"),
    pytest.param(b"GET / HTTP/1.1\r\nhost: x\r\na: " + b"a" * 70_000, id="a head that never ends"),
]


@pytest.mark.parametrize("request_bytes", BAD)
async def test_what_is_no_request_is_refused_with_the_headers_of_every_answer(request_bytes: bytes) -> None:
    async with on_a_bounded_port() as address:
        reader, writer = await asyncio.open_connection(*address)
        writer.write(request_bytes)
        answer = await closed(reader)
        writer.close()
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 400")
    assert all(f"{name}: {value}".encode() in head for name, value in HEADERS.items())
    assert body == b'{"title":"bad request","status":400}'


async def test_a_bad_request_behind_one_that_is_answered_ends_the_connection() -> None:
    async with on_a_bounded_port() as address:
        reader, writer = await asyncio.open_connection(*address)
        writer.write(b"GET /livez HTTP/1.1\r\nhost: x\r\n\r\n\x00\x01bad\r\n\r\n")
        await closed(reader)
        writer.close()


async def test_where_the_budget_is_spent_the_oldest_that_waits_goes() -> None:
    async with on_a_bounded_port(limit=3) as address:
        waiting = [await asyncio.open_connection(*address) for _ in range(3)]
        async with httpx.AsyncClient(timeout=PATIENCE_SECONDS) as client:
            assert (await client.get(f"http://{address[0]}:{address[1]}/livez")).status_code == 200
        assert await closed(waiting[0][0]) == b""
        for _, writer in waiting:
            writer.close()


async def test_a_request_that_is_answered_outlasts_connections_that_wait() -> None:
    held = Held()
    with long_deadlines():
        check = a_check(probe=held, deadline=PATIENCE_SECONDS)
    registry = HealthRegistry([check], deadline=PATIENCE_SECONDS)
    async with on_a_bounded_port(limit=2, registry=registry) as address:
        reader, writer = await asyncio.open_connection(*address)
        writer.write(b"GET /readyz HTTP/1.1\r\nhost: x\r\n\r\n")
        await eventually(lambda: held.calls == 1)
        later = [await asyncio.open_connection(*address) for _ in range(2)]
        assert await closed(later[0][0]) == b""
        held.release()
        assert (await asyncio.wait_for(reader.readline(), PATIENCE_SECONDS)).startswith(b"HTTP/1.1 200")
        for _, other in [(reader, writer), *later]:
            other.close()


class Ended:
    """A transport that only notes that it was aborted."""

    aborted = False

    def abort(self) -> None:
        self.aborted = True


def admitted(budget: ConnectionBudget, number: int) -> list[tuple[Any, Any]]:
    connections: list[tuple[Any, Any]] = [(object(), Ended()) for _ in range(number)]
    for connection, transport in connections:
        budget.admit(connection, transport)
    return connections


def test_a_connection_that_is_answered_is_never_the_one_to_go() -> None:
    budget = ConnectionBudget(2)
    (first, _), _ = admitted(budget, 2)
    budget.begin(first)
    admitted(budget, 1)
    assert first in budget.busy
    assert [transport.aborted for transport in budget.busy.values()] == [False]  # type: ignore[attr-defined]


def test_where_all_are_answered_the_new_one_goes() -> None:
    budget = ConnectionBudget(1)
    ((busy, _),) = admitted(budget, 1)
    budget.begin(busy)
    ((_, newcomer),) = admitted(budget, 1)
    assert newcomer.aborted
    budget.end(busy)
    assert list(budget.waiting) == [busy]
    budget.drop(busy)
    assert (budget.waiting, budget.busy) == ({}, {})


FILE_LIMITS = [
    pytest.param(1024, Budgets(384, 64, 64), id="the usual limit"),
    pytest.param(256, Budgets(96, 16, 16), id="the limit of a laptop"),
    pytest.param(16, Budgets(6, 1, 1), id="hardly any"),
    pytest.param(1_048_576, Budgets(4096, 256, 1024), id="the limit of a container"),
    pytest.param(-1, Budgets(4096, 256, 1024), id="no limit"),
]


@pytest.mark.parametrize(("files", "expected"), FILE_LIMITS)
def test_budgets_leave_files_for_the_probes(files: int, expected: Budgets) -> None:
    assert budgets(files) == expected
    assert files < 0 or expected.public + expected.private + 6 * expected.backlog <= files * 13 / 16


@contextmanager
def a_service(folder: Path) -> Iterator[tuple[psutil.Process, int, int]]:
    """The service as a process that may open FILES files, with its two ports."""
    (folder / "health.toml").write_text(
        '[[check]]\nname = "database"\nprobe = "dns"\nhost = "localhost"\ncritical = true\n'
    )
    public, private = free_port(), free_port()
    command = [sys.executable, "-m", "monitoring", "health", "serve", str(folder / "health.toml")]
    process = subprocess.Popen(
        [*command, "--port", str(public), "--private-port", str(private), "--drain-for", "0"],
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (FILES, FILES)),
    )
    try:
        wait_for(public)
        wait_for(private)
        yield psutil.Process(process.pid), public, private
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE_SECONDS) == 0
    finally:
        process.kill()
        process.wait()


async def test_thousands_of_half_requests_silence_neither_port(tmp_path: Path) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard < SLOW + 500:
        pytest.skip(f"this machine lets a process open {hard} files only")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, SLOW + 500), hard))
    with a_service(tmp_path) as (process, public, private):
        async with httpx.AsyncClient(timeout=PATIENCE_SECONDS) as client:
            ports = {public: "/livez", private: "/readyz"}
            urls = [f"http://127.0.0.1:{port}{path}" for port, path in ports.items()]
            assert [(await client.get(url)).status_code for url in urls] == [200, 200]
            memory = process.memory_info().rss
            slow = []
            for number in range(SLOW):
                reader, writer = await asyncio.open_connection("127.0.0.1", public)
                writer.write(b"GET /livez HTTP/1.1\r\nhost: x\r\n")
                slow.append((reader, writer))
                if number % 200 == 199:
                    async with httpx.AsyncClient(timeout=PATIENCE_SECONDS) as newcomer:
                        assert [(await newcomer.get(url)).status_code for url in urls] == [200, 200]
                    assert process.num_fds() < FILES
            assert {await closed(reader) for reader, _ in slow} == {b""}
            for _, writer in slow:
                writer.close()
        await eventually(lambda: process.num_fds() < 40)
        assert process.memory_info().rss - memory < 50 * 2**20
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


async def test_half_requests_leave_no_task_behind() -> None:
    async with on_a_bounded_port(within=0.2) as address:
        before = len(asyncio.all_tasks())
        slow = [await asyncio.open_connection(*address) for _ in range(50)]
        for reader, writer in slow:
            await closed(reader)
            writer.close()
        await eventually(lambda: len(asyncio.all_tasks()) <= before)
