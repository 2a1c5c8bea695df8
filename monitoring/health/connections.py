"""The service's own side of HTTP: how many connections it holds, for how long, and what it says of a bad request.

uvicorn 0.54 has no time limit for a request's head (its only one is for idle connections that were kept), so that
half a request holds a connection for as long as its sender likes.
"""

from __future__ import annotations

import asyncio
import re
import resource
from dataclasses import dataclass, field
from typing import Any, ClassVar

import h11
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from .contract import HEADERS, PROBLEM_TYPE
from .render import problem

REQUEST_WITHIN = 5.0
"""Seconds from a connection, or a request's first byte, to its whole head; and from there to its whole answer."""

MAX_PUBLIC, MAX_PRIVATE, MAX_BACKLOG = 4096, 256, 1024


@dataclass(frozen=True, slots=True)
class Budgets:
    """How many connections each port holds at most, and how many may wait to be accepted."""

    public: int
    private: int
    backlog: int


def budgets(files: int | None = None) -> Budgets:
    """What a process may hold that can open so many files, its own limit by default.

    asyncio accepts a backlog at a time, and counts up to three before the first connection is known: with those the
    two ports take at most 13 of 16 files, and the rest is left for probes.
    """
    limit = files if files is not None else resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    if limit < 0:
        return Budgets(MAX_PUBLIC, MAX_PRIVATE, MAX_BACKLOG)
    share = max(limit // 16, 1)
    return Budgets(min(6 * share, MAX_PUBLIC), min(share, MAX_PRIVATE), min(share, MAX_BACKLOG))


@dataclass(slots=True)
class ConnectionBudget:
    """The connections of one port: those that wait for a request, oldest first, and those with one under way."""

    limit: int
    waiting: dict[asyncio.Protocol, asyncio.Transport] = field(default_factory=dict)
    busy: dict[asyncio.Protocol, asyncio.Transport] = field(default_factory=dict)

    def admit(self, connection: asyncio.Protocol, transport: asyncio.Transport) -> None:
        """Take a connection; where the budget is spent the oldest that waits goes, and if none does the new one."""
        self.waiting[connection] = transport
        if len(self.waiting) + len(self.busy) > self.limit:
            oldest = next(iter(self.waiting))
            self.waiting.pop(oldest).abort()

    def begin(self, connection: asyncio.Protocol) -> None:
        """A request's head is whole."""
        if (transport := self.waiting.pop(connection, None)) is not None:
            self.busy[connection] = transport

    def end(self, connection: asyncio.Protocol) -> None:
        """The answer is complete."""
        if (transport := self.busy.pop(connection, None)) is not None:
            self.waiting[connection] = transport

    def drop(self, connection: asyncio.Protocol) -> None:
        """The connection is gone."""
        self.waiting.pop(connection, None)
        self.busy.pop(connection, None)


def bounded_protocol(limit: int, *, within: float = REQUEST_WITHIN) -> type[H11Protocol]:
    """The protocol of one port, with a budget of its own."""

    class PortProtocol(BoundedProtocol):
        budget = ConnectionBudget(limit)
        request_within = within

    return PortProtocol


_ABSOLUTE = re.compile(r"https?://[^/]*", re.IGNORECASE)


def in_origin_form(app: ASGIApp) -> ASGIApp:
    """The application, which a whole address asks as its path does (RFC 9112, 3.2.2); the host in it means nothing."""

    async def by_path(scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        if (authority := _ABSOLUTE.match(path)) is not None:
            scope = {**scope, "path": path[authority.end() :] or "/"}
        await app(scope, receive, send)

    return by_path


class BoundedProtocol(H11Protocol):
    """uvicorn's protocol, with a time limit for each request and each answer, and one budget for a port."""

    budget: ClassVar[ConnectionBudget]
    request_within: ClassVar[float]

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        """Begin without a time limit."""
        super().__init__(*arguments, **settings)
        self._limit: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Wait for a head."""
        super().connection_made(transport)
        self._limit_time()
        self.budget.admit(self, transport)

    def data_received(self, data: bytes) -> None:
        """Read on; the time limit begins with a request, and anew with its answer."""
        was_answering = self._answering()
        super().data_received(data)
        if self._answering() and not was_answering:
            self.budget.begin(self)
            self._limit_time()
        elif self._limit is None:
            self._limit_time()

    def on_response_complete(self) -> None:
        """Wait for the next request; uvicorn closes a connection that stays idle."""
        self._end_limit()
        self.budget.end(self)
        super().on_response_complete()
        if self._answering():
            self.budget.begin(self)
            self._limit_time()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        self._end_limit()
        self.budget.drop(self)
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002  what came is never repeated
        """Refuse what is no HTTP with the headers that every answer has, and close."""
        body = problem("bad request", 400)
        own = {"content-type": PROBLEM_TYPE, "content-length": str(len(body)), "connection": "close"}
        head = h11.Response(status_code=400, headers=[*HEADERS.items(), *own.items()], reason=b"Bad Request")
        try:
            events = [self.conn.send(event) for event in (head, h11.Data(data=body), h11.EndOfMessage())]
        except h11.LocalProtocolError:  # an answer is under way
            self.transport.abort()
            return
        self.transport.write(b"".join(part for part in events if part))
        self.transport.close()

    def _should_upgrade(self) -> bool:
        """Never: a request for another protocol is answered as if it were none, and uvicorn has nothing to warn of."""
        return False

    def _answering(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def _limit_time(self) -> None:
        self._end_limit()
        self._limit = self.loop.call_later(self.request_within, self.transport.abort)

    def _end_limit(self) -> None:
        if self._limit is not None:
            self._limit.cancel()
            self._limit = None
