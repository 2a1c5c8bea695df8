"""The endpoint as a service: a public port, a private one, structured logs, and a shutdown that is announced first."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import socket
from collections.abc import Iterator
from dataclasses import dataclass

import uvicorn
from starlette.types import ASGIApp

from .app import health_app, private_app
from .connections import bounded_protocol, budgets, in_origin_form
from .registry import HealthRegistry
from .threads import DaemonThreads

log = logging.getLogger("monitoring.health")

LEAVE_WITHIN = 1.0
"""Seconds that the loop's end waits for probes that refuse to be cancelled."""

_SIGNALS = (signal.SIGTERM, signal.SIGINT)


@dataclass(frozen=True, slots=True)
class Listening:
    """Where the service listens and how it leaves; times in seconds.

    `drain_for` is how long readiness is red before the ports close: longer than the load balancer takes to notice.
    """

    host: str = "127.0.0.1"
    port: int = 8000
    private_host: str = "127.0.0.1"
    private_port: int | None = None
    drain_for: float = 5.0
    token: str | None = None


class PortTakenError(OSError):
    """A port that the service was to listen on belongs to somebody else."""


def run(registry: HealthRegistry, listening: Listening) -> None:
    """Serve as `serve` does, in a loop of its own, and end though a probe refuses to be cancelled."""
    loop = asyncio.new_event_loop()
    try:
        loop.run_until_complete(serve(registry, listening))
    finally:
        loop.run_until_complete(_cancel_all())
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()


async def _cancel_all() -> None:
    tasks = asyncio.all_tasks() - {asyncio.current_task()}
    for task in tasks:
        task.cancel()
    if tasks and (pending := (await asyncio.wait(tasks, timeout=LEAVE_WITHIN))[1]):
        log.warning("ended without %d of the probes, which refuse to be cancelled", len(pending))


async def serve(registry: HealthRegistry, listening: Listening) -> None:
    """Serve both ports in this loop until SIGTERM or SIGINT, then drain; a second signal leaves at once.

    The loop's end waits for no lookup of a name, nor for another call that it makes in a thread.
    Raises PortTakenError before anything listens.
    """
    asyncio.get_running_loop().set_default_executor(DaemonThreads())
    with contextlib.ExitStack() as ports:
        servers = _servers(registry, listening, ports)
        leaving = ports.enter_context(_signalled())
        running = [asyncio.create_task(server.serve(sockets=[port])) for server, port in servers]
        await _until(leaving, running)
        await _leave(registry, [server for server, _ in servers], running, leaving, drain_for=listening.drain_for)
    log.info("stopped")


@contextlib.contextmanager
def _signalled() -> Iterator[asyncio.Event]:
    """An event that SIGTERM and SIGINT set."""
    leaving, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in _SIGNALS:
        loop.add_signal_handler(number, leaving.set)
    try:
        yield leaving
    finally:
        for number in _SIGNALS:
            loop.remove_signal_handler(number)


async def _until(leaving: asyncio.Event, running: list[asyncio.Task[None]]) -> None:
    called = asyncio.create_task(leaving.wait())
    await asyncio.wait({called, *running}, return_when=asyncio.FIRST_COMPLETED)
    called.cancel()


async def _leave(
    registry: HealthRegistry,
    servers: list[uvicorn.Server],
    running: list[asyncio.Task[None]],
    leaving: asyncio.Event,
    *,
    drain_for: float,
) -> None:
    registry.drain()
    log.info("readiness is red, the ports close in %g s", drain_for)
    leaving.clear()
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(leaving.wait(), drain_for)
    for server in servers:
        server.should_exit = True
    await asyncio.gather(*running)
    await registry.aclose()


def _servers(
    registry: HealthRegistry, listening: Listening, ports: contextlib.ExitStack
) -> list[tuple[uvicorn.Server, socket.socket]]:
    allowed = budgets()
    public = _server(health_app(registry, token=listening.token), allowed.public, backlog=allowed.backlog)
    servers: list[tuple[uvicorn.Server, socket.socket]] = [(public, _bound(listening.host, listening.port, ports))]
    if listening.private_port is not None:
        private = _server(private_app(registry), allowed.private, backlog=allowed.backlog)
        servers.append((private, _bound(listening.private_host, listening.private_port, ports)))
    for _, port in servers:
        log.info("listening on port %d", port.getsockname()[1])
    return servers


class _Server(uvicorn.Server):
    """A uvicorn that leaves signals to us."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def _server(app: ASGIApp, max_connections: int, *, backlog: int) -> _Server:
    """A server that says nothing of itself in its headers, leaves logs to us, and has a budget of connections."""
    config = uvicorn.Config(
        in_origin_form(app),
        http=bounded_protocol(max_connections),
        ws="none",
        lifespan="off",
        backlog=backlog,
        timeout_graceful_shutdown=3,
        server_header=False,
        access_log=False,
        log_config=None,
    )
    return _Server(config)


def _bound(host: str, port: int, ports: contextlib.ExitStack) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Without the protocol's number asyncio does not switch Nagle's delay off, and each answer waits 40 ms.
    listener = ports.enter_context(socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP))
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        raise PortTakenError(f"cannot listen on port {port}: {(error.strerror or 'refused').lower()}") from error
    return listener
