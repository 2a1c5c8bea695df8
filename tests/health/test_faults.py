"""The whole service under fault: a real Postgres, every vendor's fault, in time, right component, recovery, no leak."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import itertools
import socket
import ssl
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import psutil
import psycopg
import pytest
import trustme
from psycopg_pool import AsyncConnectionPool

from monitoring.health import HealthCheck, HealthRegistry, Probe, health_app, probes
from tests.health.factories import HANGS_FOR_SECONDS, PATIENCE_SECONDS, Clock, eventually, long_deadlines
from tests.health.ports import on_a_port, tcp_listener
from tests.health.postgres_server import PostgresServer
from tests.health.standins import FAULTS, StandIn, standin

pytestmark = pytest.mark.anyio

FULL = "/api/health?type=full"
Answered = tuple[int, dict[str, str]]
"""HTTP status, and each component's status."""


@dataclass(frozen=True)
class Service:
    """The endpoint on a real port, with what it depends on."""

    client: httpx.AsyncClient
    auth: StandIn
    payments: StandIn
    registry: HealthRegistry

    async def ask(self, path: str = FULL) -> Answered:
        """What the endpoint answers; that it does while a dependency hangs is the point, how soon is a benchmark's."""
        response = await self.client.get(path)
        return response.status_code, {name: parts[0]["status"] for name, parts in response.json()["checks"].items()}


@asynccontextmanager
async def service(
    cluster: PostgresServer,
    *,
    keep_for: float = 0.0,
    clock: Callable[[], float] = time.monotonic,
    deadline: float = HANGS_FOR_SECONDS,
) -> AsyncIterator[Service]:
    """The endpoint with a database, auth (critical) and payments, results kept for `keep_for` seconds."""
    async with contextlib.AsyncExitStack() as stack:
        auth, payments = [await stack.enter_async_context(standin()) for _ in range(2)]
        kept: dict[str, Any] = {"keep_for": keep_for, "keep_failure_for": keep_for, "deadline": deadline}
        with long_deadlines():
            checks = [
                HealthCheck("database", probes.postgres(cluster.conninfo), critical=True, **kept),
                HealthCheck("auth", probes.clerk(secret_key="planted", base=auth.url), critical=True, **kept),
                HealthCheck("payments", probes.stripe(secret_key="planted", base=payments.url), **kept),
            ]
        registry = HealthRegistry(checks, clock=clock, deadline=PATIENCE_SECONDS)
        url = await stack.enter_async_context(on_a_port(health_app(registry)))
        client = await stack.enter_async_context(httpx.AsyncClient(base_url=url, timeout=PATIENCE_SECONDS))
        yield Service(client, auth, payments, registry)
        await registry.aclose()


async def until_ready(served: Service) -> None:
    """Ask until the service is ready."""
    while (await served.ask("/readyz"))[0] != 200:
        await asyncio.sleep(0.01)


@dataclass(frozen=True)
class Broken:
    """A probe whose dependency is broken, and how that is mended."""

    probe: Probe
    heal: Callable[[], Awaitable[None]]


STATUS = {"none": "pass", "429": "warn"}


@pytest.mark.parametrize("fault", [*FAULTS, "reset"])
async def test_a_vendor_s_fault_is_its_component_s_alone(cluster: PostgresServer, fault: str) -> None:
    status = STATUS.get(fault, "fail")
    async with service(cluster) as served:
        served.payments.fault = fault
        assert await served.ask() == (200, {"database": "pass", "auth": "pass", "payments": status})
        served.payments.fault, served.auth.fault = "none", fault
        components = {"database": "pass", "auth": status, "payments": "pass"}
        assert await served.ask() == (503 if status == "fail" else 200, components)
        served.auth.fault = "none"
        assert await served.ask() == (200, {"database": "pass", "auth": "pass", "payments": "pass"})


@asynccontextmanager
async def refused(_cluster: PostgresServer, _patch: pytest.MonkeyPatch) -> AsyncIterator[Broken]:
    """A vendor whose port is closed, then open again."""
    listener = tcp_listener()
    port = listener.getsockname()[1]
    listener.close()
    stands = StandIn()
    servers: list[asyncio.Server] = []

    async def heal() -> None:
        servers.append(await asyncio.start_server(stands.serve, "127.0.0.1", port))

    yield Broken(probes.stripe(secret_key="planted", base=f"http://127.0.0.1:{port}"), heal)
    for server in servers:
        server.close()


@asynccontextmanager
async def unresolved(_cluster: PostgresServer, patch: pytest.MonkeyPatch) -> AsyncIterator[Broken]:
    """A vendor whose name does not resolve, then does."""
    resolve, known = socket.getaddrinfo, set[str]()

    def resolver(host: Any, *rest: Any, **more: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        if name == "payments.youragency.com" and name not in known:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return resolve("127.0.0.1" if name in known else host, *rest, **more)

    async def heal() -> None:
        known.add("payments.youragency.com")

    patch.setattr(socket, "getaddrinfo", resolver)
    async with standin() as vendor:
        yield Broken(probes.stripe(secret_key="x", base=f"http://payments.youragency.com:{vendor.port}"), heal)


@asynccontextmanager
async def wrong_certificate(_cluster: PostgresServer, _patch: pytest.MonkeyPatch) -> AsyncIterator[Broken]:
    """A vendor with another host's certificate, then with its own."""
    authority = trustme.CA()
    server, client = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH), ssl.create_default_context()
    authority.issue_cert("elsewhere.youragency.com").configure_cert(server)
    authority.configure_trust(client)

    async def heal() -> None:
        authority.issue_cert("127.0.0.1").configure_cert(server)

    async with standin(tls=server) as vendor:
        yield Broken(probes.http(f"{vendor.url}/v1/balance", trust=client), heal)


@asynccontextmanager
async def exhausted_pool(cluster: PostgresServer, _patch: pytest.MonkeyPatch) -> AsyncIterator[Broken]:
    """An application that holds every connection of its pool, then gives one back."""
    async with AsyncConnectionPool(cluster.conninfo, min_size=2, max_size=2, open=False) as pool:
        held = [await pool.getconn() for _ in range(2)]

        async def heal() -> None:
            for connection in held:
                await pool.putconn(connection)

        yield Broken(probes.postgres_pool(pool), heal)


@pytest.mark.parametrize("fault", [refused, unresolved, wrong_certificate, exhausted_pool])
@pytest.mark.parametrize("critical", [True, False], ids=["critical", "third party"])
async def test_what_is_broken_fails_alone_and_recovers(
    cluster: PostgresServer, monkeypatch: pytest.MonkeyPatch, fault: Any, critical: bool
) -> None:
    async with fault(cluster, monkeypatch) as broken:
        kept: dict[str, Any] = {"keep_for": 0.0, "keep_failure_for": 0.0, "deadline": PATIENCE_SECONDS}
        with long_deadlines():
            database = HealthCheck("database", probes.postgres(cluster.conninfo), critical=True, **kept)
            checks = [database, HealthCheck("broken", broken.probe, critical=critical, **kept)]
        registry = HealthRegistry(checks, deadline=PATIENCE_SECONDS)
        async with (
            on_a_port(health_app(registry)) as url,
            httpx.AsyncClient(base_url=url, timeout=PATIENCE_SECONDS) as client,
        ):
            served = Service(client, StandIn(), StandIn(), registry)
            assert await served.ask() == (503 if critical else 200, {"database": "pass", "broken": "fail"})
            await broken.heal()
            assert await served.ask() == (200, {"database": "pass", "broken": "pass"})


PHASES = ("up", "down", "up again")
ANSWERS_A_PHASE = 24
"""How many right answers each phase has to see: three of each of those who keep asking."""


async def test_a_database_restarted_under_load(cluster: PostgresServer) -> None:
    answers: list[tuple[str, Answered]] = []
    phase = ["up"]

    async def keep_asking(served: Service) -> None:
        while phase[0] != "over":
            before = phase[0]
            answer = await served.ask("/readyz")
            answers.append((before if before == phase[0] else "changing", answer))

    async def seen(when: str, status: int) -> None:
        await eventually(lambda: Counter((at, code) for at, (code, _) in answers)[when, status] >= ANSWERS_A_PHASE)

    async with service(cluster, keep_for=0.05, deadline=PATIENCE_SECONDS) as served, asyncio.TaskGroup() as group:
        for _ in range(8):
            group.create_task(keep_asking(served))
        await seen("up", 200)
        for change, now, status in ((cluster.stop, "down", 503), (cluster.start, "up again", 200)):
            phase[0] = f"before {now}"
            await asyncio.to_thread(change)
            await seen(phase[0], status)
            phase[0] = now
            await seen(now, status)
        phase[0] = "over"
    steady = {(when, code, components["database"]) for when, (code, components) in answers if when in PHASES}
    assert steady == {("up", 200, "pass"), ("down", 503, "fail"), ("up again", 200, "pass")}
    assert {components["auth"] for _, (_, components) in answers} == {"pass"}


async def test_a_database_that_hangs_under_load_and_liveness_does_not_notice(cluster: PostgresServer) -> None:
    async with service(cluster, keep_for=0.05) as served:
        cluster.freeze()
        try:
            answers = await asyncio.gather(*(served.ask("/readyz") for _ in range(20)))
            live = await served.ask("/livez")
        finally:
            cluster.thaw()
        assert {(status, components["database"]) for status, components in answers} == {(503, "fail")}
        assert live[0] == 200
        await until_ready(served)


@pytest.mark.parametrize("fault", ["none", "black hole"])
async def test_at_most_one_probe_of_a_kind_is_under_way(cluster: PostgresServer, fault: str) -> None:
    clock = Clock()
    async with service(cluster, keep_for=0.02, clock=clock) as served:
        served.auth.fault = fault
        for _ in range(3):
            await asyncio.gather(*(served.ask() for _ in range(40)))
            clock.now += 0.03
        assert served.auth.max_at_once == served.payments.max_at_once == 1
        assert 1 <= served.auth.calls <= 3


def held(cluster: PostgresServer) -> dict[str, int]:
    """What this process and the database hold: tasks, open files and sockets, backends."""
    with psycopg.connect(cluster.conninfo) as connection:
        row = connection.execute(
            "select count(*) from pg_stat_activity where backend_type = 'client backend'"
        ).fetchone()
    assert row is not None
    return {"tasks": len(asyncio.all_tasks()), "files": psutil.Process().num_fds(), "backends": row[0]}


HANGING = ("black hole", "slow drip")
"""Faults that end with the probe's deadline only, and so cost its time in each round."""


async def storm(served: Service, requests: int) -> set[int]:
    """Ask many times, eight at once, while the vendors walk through every fault."""
    rounds = ([fault] * (1 if fault in HANGING else 3) for fault in [*FAULTS, "reset", "none"])
    faults, statuses = itertools.cycle([fault for each in rounds for fault in each]), set()
    for _ in range(0, requests, 8):
        served.payments.fault = served.auth.fault = next(faults)
        answers = await asyncio.gather(*(served.ask(FULL if k % 2 else "/readyz") for k in range(8)))
        statuses |= {status for status, _ in answers}
    return statuses


REQUESTS = [
    pytest.param(312, id="a sample"),
    pytest.param(10_000, id="ten thousand requests", marks=pytest.mark.full),
]


@pytest.mark.parametrize("requests", REQUESTS)
async def test_nothing_is_leaked(cluster: PostgresServer, requests: int) -> None:
    async with service(cluster, keep_for=0.03) as served:
        await storm(served, 64)
        await settle(served)
        before = held(cluster)
        assert await storm(served, requests) == {200, 503}
        await settle(served)
        await eventually(lambda: not grown(before, held(cluster)))


async def settle(served: Service) -> None:
    """Let what is under way end, and ask once more without fault."""
    served.payments.fault = served.auth.fault = "none"
    await until_ready(served)
    await eventually(lambda: served.payments.at_once == served.auth.at_once == 0)
    gc.collect()


def grown(before: dict[str, int], after: dict[str, int]) -> dict[str, int]:
    """What there is more of than before."""
    return {what: number for what, number in after.items() if number > before[what]}
