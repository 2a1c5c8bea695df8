"""The health endpoint under load, as ratios to a bare Starlette endpoint: cached, and with all probes hanging.

    python -m benchmarks.health [--seconds 2] [--connections 32]

Exit code 1 where a promise is broken: at least 0.7 of the bare endpoint's throughput, every answer within 800 ms, at
most one probe of a kind under way, counted at the dependency.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import multiprocessing
import socket
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route

from benchmarks.ratio import told
from monitoring.health import HealthCheck, HealthRegistry, health_app
from monitoring.health.contract import ANSWERS_WITHIN
from monitoring.health.fakes import Switch

LEAST = 0.7
ROUNDS = 7
COMPONENTS = ("database", "auth", "payments", "email", "hosting")
REQUEST = b"GET /api/health?type=full HTTP/1.1\r\nhost: localhost\r\n\r\n"


@dataclass(frozen=True)
class Load:
    """What one run measured: requests a second, the slowest answer in seconds, and probes under way at once."""

    rate: float
    slowest: float
    max_at_once: int


def bare() -> tuple[Any, list[Switch]]:
    """The measure: a Starlette endpoint that answers a constant JSON."""

    async def answer(_request: object) -> JSONResponse:
        return JSONResponse({"status": "pass"})

    return Starlette(routes=[Route("/api/health", answer)]), []


def endpoint(*, hanging: bool) -> tuple[Any, list[Switch]]:
    """The health endpoint with five checks, two of them critical, with the library's own cache times."""
    switches = [Switch(takes=86_400.0 if hanging else 0.0) for _ in COMPONENTS]
    checks = [
        HealthCheck(name, switch, critical=number < 2)
        for number, (name, switch) in enumerate(zip(COMPONENTS, switches, strict=True))
    ]
    return health_app(HealthRegistry(checks)), switches


def cached() -> tuple[Any, list[Switch]]:
    """All probes pass and are cached."""
    return endpoint(hanging=False)


def hanging() -> tuple[Any, list[Switch]]:
    """All probes hang for ever."""
    return endpoint(hanging=True)


KINDS = (bare, cached, hanging)


def serve(make: Callable[[], tuple[Any, list[Switch]]], listener: socket.socket, report: Connection) -> None:
    """Serve in a process of its own, until told; then report how many probes were under way at once."""
    logging.getLogger("monitoring.health").setLevel(logging.CRITICAL)
    app, switches = make()
    server = uvicorn.Server(uvicorn.Config(app, lifespan="off", log_config=None, access_log=False))

    async def run() -> None:
        running = asyncio.create_task(server.serve([listener]))
        await asyncio.to_thread(report.recv)
        server.should_exit = True
        await running

    asyncio.run(run())
    report.send(max((switch.max_at_once for switch in switches), default=0))


@contextmanager
def served(make: Callable[[], tuple[Any, list[Switch]]]) -> Iterator[tuple[int, Callable[[], int]]]:
    """An application in a process of its own: its port, and a function that ends it."""
    ours, theirs = multiprocessing.Pipe()
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.bind(("127.0.0.1", 0))
    listener.listen(1024)
    process = multiprocessing.Process(target=serve, args=(make, listener, theirs))
    process.start()

    def end() -> int:
        ours.send(None)
        return int(ours.recv())

    try:
        yield listener.getsockname()[1], end
    finally:
        process.join(10)
        process.kill()


async def ask(port: int, until: float, took: list[float]) -> None:
    """Ask over one kept connection until a time."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while (started := time.perf_counter()) < until:
        writer.write(REQUEST)
        head = await reader.readuntil(b"\r\n\r\n")
        await reader.readexactly(length(head))
        took.append(time.perf_counter() - started)
    writer.close()


def length(head: bytes) -> int:
    """The body's length that a response's head tells."""
    lines = (line.partition(b":") for line in head.lower().split(b"\r\n"))
    return next(int(value) for name, _, value in lines if name == b"content-length")


async def asked(port: int, *, seconds: float, connections: int) -> list[float]:
    """How long each answer took that came in some seconds over some connections."""
    took: list[float] = []
    until = time.perf_counter() + seconds
    await asyncio.gather(*(ask(port, until, took) for _ in range(connections)))
    return took


def measured(make: Callable[[], tuple[Any, list[Switch]]], *, seconds: float, connections: int) -> Load:
    """One kind of application under load, warmed up first."""
    with served(make) as (port, end):
        asyncio.run(asked(port, seconds=0.5, connections=connections))
        took = asyncio.run(asked(port, seconds=seconds, connections=connections))
        return Load(rate=len(took) / seconds, slowest=max(took), max_at_once=end())


def ratios(rounds: list[dict[str, Load]]) -> dict[str, float]:
    """Each kind's rate over the bare one's, the median of the rounds, so that a noisy machine is even to both."""
    kinds = [kind.__name__ for kind in KINDS[1:]]
    return {kind: statistics.median(each[kind].rate / each["bare"].rate for each in rounds) for kind in kinds}


def kept(rounds: list[dict[str, Load]]) -> bool:
    """Prints the table; whether every promise is kept."""
    lines = []
    for kind, ratio in ratios(rounds).items():
        probes = {"cached": "with answers cached", "hanging": "with all probes hanging"}[kind]
        slowest = max(each[kind].slowest for each in rounds)
        most = max(each[kind].max_at_once for each in rounds)
        within = f"within {ANSWERS_WITHIN * 1000:.0f} ms"
        lines += [
            told(
                f"of a bare endpoint's throughput, {probes}", f"{ratio:.2f}x", f"at least {LEAST}x", kept=ratio >= LEAST
            ),
            told(f"slowest answer, {probes}", f"{slowest * 1000:.0f} ms", within, kept=slowest <= ANSWERS_WITHIN),
            told(f"probes of a kind at once, {probes}", str(most), "at most 1", kept=most <= 1),
        ]
    return all(lines)


def main() -> int:
    """Measures, prints, and answers 1 where a promise is broken."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=2.0)
    parser.add_argument("--connections", type=int, default=32)
    options = parser.parse_args()
    load = {"seconds": options.seconds, "connections": options.connections}
    rounds = [{kind.__name__: measured(kind, **load) for kind in KINDS} for _ in range(ROUNDS)]
    return 0 if kept(rounds) else 1


if __name__ == "__main__":
    sys.exit(main())
