"""Asking a health endpoint from outside, as an uptime test does."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import httpx

from monitoring.vendors.http_clients import http_client
from monitoring.vendors.reading import ReadLimits, read

MAX_BODY = 256 * 1024
"""Bytes; an answer of the endpoint has a hundred for each component."""

_PLAIN = {"accept-encoding": "identity"}


@dataclass(frozen=True)
class EndpointAnswer:
    """What a path answered, whole."""

    status: int
    headers: httpx.Headers
    content: bytes

    @property
    def text(self) -> str:
        """The body as text, whatever it is."""
        return self.content.decode(errors="replace")

    @cached_property
    def body(self) -> dict[str, Any]:
        """The body as an object; an empty one where it is none."""
        try:
            content = json.loads(self.content)
        except (ValueError, RecursionError):
            return {}
        return content if isinstance(content, dict) else {}


@dataclass(frozen=True, slots=True)
class EndpointClient:
    """Who asks, and what each answer may cost; a redirect is not followed."""

    http: httpx.AsyncClient
    limits: ReadLimits

    async def ask(self, path: str, *, method: str = "GET", **headers: str) -> EndpointAnswer:
        """The answer at a path. Raises NoAnswerError where none comes within the limits."""
        request = {"headers": _PLAIN | headers}
        response, content = await read(self.http, method, path, limits=self.limits, decoded=False, **request)
        return EndpointAnswer(response.status_code, response.headers, content)


def endpoint_client(url: str, *, deadline: float, transport: httpx.AsyncBaseTransport | None = None) -> EndpointClient:
    """A client for the endpoint of a platform; `deadline` is for each answer, in seconds."""
    return EndpointClient(
        http_client(base_url=url, timeout=deadline, transport=transport), ReadLimits(deadline, MAX_BODY)
    )
