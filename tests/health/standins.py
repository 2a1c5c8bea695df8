"""Loopback stand-ins for HTTP vendors, with the faults that real ones have."""

from __future__ import annotations

import asyncio
import json
import socket
import ssl
import struct
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

GOOD = {
    "/v1/jwks": {"keys": [{"kty": "RSA", "kid": "one"}]},
    "/auth/v1/health": {"name": "GoTrue"},
    "/v1/balance": {"object": "balance"},
    "/domains": {"data": []},
    "/v6/deployments": {"deployments": [{"readyState": "READY"}]},
}


@dataclass
class StandIn:
    """A server whose fault a test sets while it runs; it counts what it is asked, and how much at once."""

    fault: str = "none"
    content: Any = None
    headers: tuple[tuple[str, str], ...] = ()
    reason: str = "Reason"
    calls: int = 0
    at_once: int = 0
    max_at_once: int = 0
    port: int = 0
    scheme: str = "http"
    requests: list[str] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    tasks: set[asyncio.Task[Any]] = field(default_factory=set)

    @property
    def url(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.port}"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self.tasks.add(task)
        self.calls += 1
        self.at_once += 1
        self.max_at_once = max(self.max_at_once, self.at_once)
        try:
            await self._answer(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            self.at_once -= 1
            self.tasks.discard(task)
            writer.transport.abort()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.fault == "reset":
            sock = writer.get_extra_info("socket")
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            return
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        path = head.split()[1]
        self.heads.append(head)
        self.requests.append(path)
        await FAULTS[self.fault](self, reader, writer, path)

    def good(self, path: str) -> Any:
        return self.content if self.content is not None else GOOD.get(path.split("?")[0], {})


Fault = Callable[[StandIn, asyncio.StreamReader, asyncio.StreamWriter, str], Any]


def _head(standin: StandIn, status: int, length: int, extra: tuple[tuple[str, str], ...] = ()) -> bytes:
    headers = (("Content-Type", "application/json"), ("Content-Length", str(length)), *standin.headers, *extra)
    lines = [f"HTTP/1.1 {status} {standin.reason}", *(f"{name}: {value}" for name, value in headers)]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


async def _send(standin: StandIn, writer: asyncio.StreamWriter, status: int, body: bytes, *extra: Any) -> None:
    writer.write(_head(standin, status, len(body), extra) + body)
    await writer.drain()


def _status(status: int) -> Fault:
    async def answer(standin: StandIn, _reader: Any, writer: asyncio.StreamWriter, path: str) -> None:
        await _send(standin, writer, status, json.dumps(standin.good(path)).encode())

    return answer


async def _gone_quiet(_standin: StandIn, reader: asyncio.StreamReader, _writer: Any, _path: str) -> None:
    """Wait until the other side gives up."""
    await reader.read()


async def _drip(standin: StandIn, _reader: Any, writer: asyncio.StreamWriter, _path: str) -> None:
    writer.write(_head(standin, 200, 10_000))
    for _ in range(10_000):
        writer.write(b" ")
        await writer.drain()
        await asyncio.sleep(0.05)


async def _huge(standin: StandIn, _reader: Any, writer: asyncio.StreamWriter, _path: str) -> None:
    writer.write(_head(standin, 200, 10**9))
    for _ in range(10_000):
        writer.write(b"[" * 100_000)
        await writer.drain()


async def _redirect(standin: StandIn, _reader: Any, writer: asyncio.StreamWriter, path: str) -> None:
    await _send(standin, writer, 302, b"", ("Location", f"{standin.url}{path}"))


async def _bad_json(standin: StandIn, _reader: Any, writer: asyncio.StreamWriter, _path: str) -> None:
    await _send(standin, writer, 200, b'{"keys": [')


async def _not_http(_standin: StandIn, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, _path: str) -> None:
    writer.write(b"SSH-2.0-OpenSSH_9.9\r\n\r\n")
    await writer.drain()
    await reader.read()


FAULTS: dict[str, Fault] = {
    "none": _status(200),
    "401": _status(401),
    "429": _status(429),
    "500": _status(500),
    "black hole": _gone_quiet,
    "slow drip": _drip,
    "huge body": _huge,
    "endless redirect": _redirect,
    "bad JSON": _bad_json,
    "not HTTP": _not_http,
}


@asynccontextmanager
async def standin(*, tls: ssl.SSLContext | None = None, **set_up: Any) -> AsyncIterator[StandIn]:
    """A stand-in that listens while the context lasts."""
    stands = StandIn(scheme="https" if tls else "http", **set_up)
    server = await asyncio.start_server(stands.serve, "127.0.0.1", 0, ssl=tls)
    stands.port = server.sockets[0].getsockname()[1]
    try:
        yield stands
    finally:
        server.close()
        for task in tuple(stands.tasks):
            task.cancel()
        await asyncio.gather(*stands.tasks, return_exceptions=True)
        await asyncio.sleep(0)
