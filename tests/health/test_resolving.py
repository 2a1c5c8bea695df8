"""A name that never resolves: its own component fails, every other one stays green, and nobody waits for it."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest

from monitoring.health import HealthCheck, HealthRegistry, Probe, health_app, probes
from monitoring.health.resolving import connected, is_address, resolve
from tests.health.factories import PATIENCE_SECONDS, Clock, eventually, long_deadlines
from tests.health.names import HANGS, hanging_name
from tests.health.ports import on_a_port
from tests.health.postgres_server import PostgresServer, free_port
from tests.health.standins import standin
from tests.health.waiting import wait_for

pytestmark = pytest.mark.anyio
ROOT = Path(__file__).parents[2]

OTHERS = 8
"""More hanging names than the event loop has threads of its own for lookups on a small machine."""

ASKING: dict[str, Callable[[int, PostgresServer], Probe]] = {
    "an HTTP vendor": lambda port, _: probes.stripe(secret_key="planted", base=f"http://{HANGS}:{port}"),
    "a database": lambda _, cluster: probes.postgres(cluster.conninfo.replace("127.0.0.1", HANGS)),
    "a database with a second host": lambda _, cluster: probes.postgres(
        cluster.conninfo.replace("127.0.0.1", f"127.0.0.1,{HANGS}")
    ),
    "a certificate": lambda port, _: probes.tls(HANGS, port=port),
    "a name": lambda _port, _cluster: probes.dns(HANGS),
    "a probe of one's own": lambda _port, _cluster: resolves,
}


async def resolves() -> None:
    assert await resolve(HANGS) == ("127.0.0.1",)


def by_name(conninfo: str) -> str:
    return conninfo.replace("127.0.0.1", "localhost")


def a_check(name: str, probe: Probe, *, deadline: float, critical: bool = False) -> HealthCheck:
    with long_deadlines():
        return HealthCheck(name, probe, critical, deadline=deadline, keep_for=0.0, keep_failure_for=0.0)


async def statuses(client: httpx.AsyncClient) -> dict[str, str]:
    response = await client.get("/api/health?type=full")
    return {name: parts[0]["status"] for name, parts in response.json()["checks"].items()}


@pytest.mark.parametrize("asking", ASKING)
async def test_a_hanging_name_fails_alone_and_recovers(cluster: PostgresServer, asking: str) -> None:
    async with standin() as payments:
        hung = ASKING[asking](payments.port, cluster)
        checks = [
            a_check("database", probes.postgres(by_name(cluster.conninfo)), deadline=PATIENCE_SECONDS, critical=True),
            a_check(
                "payments",
                probes.stripe(secret_key="planted", base=f"http://localhost:{payments.port}"),
                deadline=PATIENCE_SECONDS,
            ),
            *(a_check(f"part-{n}", hung, deadline=0.1) for n in range(OTHERS)),
        ]
        registry = HealthRegistry(checks, deadline=PATIENCE_SECONDS)
        red = {f"part-{n}": "fail" for n in range(OTHERS)}
        async with (
            on_a_port(health_app(registry)) as url,
            httpx.AsyncClient(base_url=url, timeout=PATIENCE_SECONDS) as client,
        ):
            with hanging_name() as resolver:
                for _ in range(4):
                    assert await statuses(client) == {"database": "pass", "payments": "pass", **red}
                assert (len(resolver.under_way), resolver.lookups) == (OTHERS, OTHERS), "a live lookup is not repeated"
                resolver.released.set()
                await eventually(lambda: not resolver.under_way)


REQUESTS = [
    pytest.param(300, id="a sample"),
    pytest.param(10_000, id="ten thousand requests", marks=pytest.mark.full),
]


@pytest.mark.parametrize("requests", REQUESTS)
async def test_a_hanging_resolver_under_load_costs_one_thread_and_nothing_else(
    cluster: PostgresServer, requests: int
) -> None:
    clock = Clock()
    with long_deadlines():
        database = HealthCheck(
            "database",
            probes.postgres(by_name(cluster.conninfo)),
            critical=True,
            deadline=PATIENCE_SECONDS,
            keep_for=1.0,
        )
        hung = HealthCheck(
            "email", probes.resend(api_key="planted", base=f"http://{HANGS}"), keep_for=1.0, deadline=0.1
        )
    registry = HealthRegistry([database, hung], deadline=PATIENCE_SECONDS, clock=clock)
    async with (
        on_a_port(health_app(registry)) as url,
        httpx.AsyncClient(base_url=url, timeout=PATIENCE_SECONDS) as client,
    ):
        with hanging_name() as resolver:
            await asyncio.gather(*(statuses(client) for _ in range(20)))
            before = held()
            for _ in range(0, requests, 20):
                clock.now += 0.5
                seen = await asyncio.gather(*(statuses(client) for _ in range(20)))
                assert {tuple(row.items()) for row in seen} == {(("database", "pass"), ("email", "fail"))}
            assert resolver.lookups == 1
            await eventually(lambda: all(now <= then for now, then in zip(held(), before, strict=True)))


def held() -> tuple[int, int, int]:
    """How many threads, tasks and open files there are."""
    return threading.active_count(), len(asyncio.all_tasks()), psutil.Process().num_fds()


SERVES = f"""
import asyncio, os, socket, sys, threading
from monitoring.health import HealthCheck, HealthRegistry, probes
from monitoring.health.serve import Listening, serve

def hangs(*arguments, **settings):
    os.write(1, b"hangs\\n")
    threading.Event().wait()

async def own():
    await asyncio.get_running_loop().getaddrinfo("{HANGS}", 80)

socket.getaddrinfo = hangs
checks = [HealthCheck("email", probes.resend(api_key="x", base="http://{HANGS}")), HealthCheck("own", own)]
asyncio.run(serve(HealthRegistry(checks), Listening(port=int(sys.argv[1]), drain_for=0.0)))
"""


async def test_leaving_does_not_wait_for_lookups_that_never_end() -> None:
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-c", SERVES, str(port)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    try:
        await asyncio.to_thread(wait_for, port)
        async with httpx.AsyncClient(timeout=PATIENCE_SECONDS) as client:
            assert (await client.get(f"http://127.0.0.1:{port}/api/health?type=full")).json()["status"] == "warn"
        process.send_signal(signal.SIGTERM)
        output, _ = await asyncio.to_thread(process.communicate, timeout=PATIENCE_SECONDS)
    finally:
        process.kill()
    assert (process.returncode, output) == (0, "hangs\nhangs\n")


async def test_an_address_is_not_looked_up() -> None:
    with hanging_name():
        assert await resolve("127.0.0.1") == ("127.0.0.1",)
        assert await resolve("::1") == ("::1",)
    assert not is_address("127.0.0.1.youragency.com")


async def test_of_several_addresses_the_first_that_answers_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [(0, 0, 0, "", (address, 443)) for address in ("192.0.2.1", "192.0.2.2", "192.0.2.3")]
    monkeypatch.setattr("socket.getaddrinfo", lambda *_a, **_k: rows)

    async def connect(address: str) -> str:
        if address == "192.0.2.1":
            await asyncio.sleep(PATIENCE_SECONDS)
        if address == "192.0.2.2":
            raise ConnectionRefusedError(address)
        return address

    assert await connected("youragency.com", 443, connect) == "192.0.2.3"


async def test_of_several_addresses_none_that_answers_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [(0, 0, 0, "", (address, 443)) for address in ("192.0.2.1", "192.0.2.2")]
    monkeypatch.setattr("socket.getaddrinfo", lambda *_a, **_k: rows)

    async def connect(address: str) -> Any:
        raise ConnectionRefusedError(address)

    with pytest.raises(ConnectionRefusedError):
        await connected("youragency.com", 443, connect)
