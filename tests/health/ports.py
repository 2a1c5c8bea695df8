"""An ASGI application on a loopback port, up at once and gone at once."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import uvicorn


@asynccontextmanager
async def on_a_port(app: Any) -> AsyncIterator[str]:
    """An application behind uvicorn on loopback, without the ticks that uvicorn takes to leave gracefully."""
    listener = tcp_listener()
    config = uvicorn.Config(app, lifespan="off", log_config=None, access_log=False, server_header=False)
    server = uvicorn.Server(config)
    running = asyncio.create_task(server._serve([listener]))
    while not server.started:
        await asyncio.sleep(0.001)
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        running.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await running
        await _closed(server, listener)


def tcp_listener() -> socket.socket:
    """A bound socket that names TCP, so that asyncio switches Nagle's delay off."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    return listener


async def _closed(server: uvicorn.Server, listener: socket.socket) -> None:
    for each in server.servers:
        each.close()
    for connection in tuple(server.server_state.connections):
        connection.transport.abort()
    for task in tuple(server.server_state.tasks):
        task.cancel()
    listener.close()
    await asyncio.sleep(0)
