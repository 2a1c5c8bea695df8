"""A vendor on a loopback port whose answers a test scripts, faults included; clocks that a test reads and sets."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from monitoring.plan import VENDORS
from monitoring.vendors.access import Access, Vendor
from monitoring.vendors.client import Client, Patience
from tests.health.ports import on_a_port

TOKEN = "hidden-token"
NOW = 1_764_000_000.0
Answer = Callable[[Request], Response]


@dataclass
class Loopback:
    """One vendor: its scripted answers, what it was asked, and how long somebody would have waited."""

    url: str = ""
    script: list[Answer] = field(default_factory=list)
    asked: list[Request] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)

    @property
    def vendor(self) -> Vendor:
        return Vendor("Sentry", self.url, {"authorization": f"Bearer {TOKEN}"})

    @property
    def access(self) -> Access:
        headers = {"authorization": f"Bearer {TOKEN}"}
        datadog, pagerduty, sentry = (Vendor(name, self.url, headers) for name in VENDORS.values())
        return Access(datadog, pagerduty, sentry, pagerduty_events=self.url, vendors=tuple(VENDORS))

    def answers(self, *script: Answer) -> None:
        """One after the other; the last one for ever."""
        self.script = list(script)

    async def answer(self, request: Request) -> Response:
        self.asked.append(request)
        return self.script.pop(0)(request) if len(self.script) > 1 else self.script[0](request)

    async def wait(self, seconds: float) -> None:
        """Nobody waits in a test: what would have been waited is noted."""
        self.waits.append(seconds)


@asynccontextmanager
async def loopback(*script: Answer, patience: Patience | None = None) -> AsyncIterator[tuple[Client, Loopback]]:
    """A client whose waits are noted, and the vendor that it asks."""
    held = Loopback(script=list(script))
    app = Starlette(routes=[Route("/{path:path}", held.answer, methods=["GET", "POST"])])
    async with on_a_port(app) as held.url, httpx.AsyncClient(timeout=None) as http:
        yield Client(http, patience or Patience(), held.wait, lambda: NOW), held


def says(content: Any, status: int = 200, **headers: str) -> Answer:
    """An answer that is JSON."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda _: JSONResponse(content, status, named)


def text(content: bytes, status: int = 200) -> Answer:
    """An answer that is no JSON."""
    return lambda _: Response(content, status)


def drips(part: bytes) -> Answer:
    """An answer that comes in parts, without end."""

    async def parts() -> AsyncIterator[bytes]:
        while True:
            yield part
            await asyncio.sleep(0)

    return lambda _: StreamingResponse(parts())
