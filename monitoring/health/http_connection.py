"""One GET over a connection of its own, whose names are looked up in threads of its own."""

from __future__ import annotations

import base64
import ssl
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from functools import lru_cache, partial
from urllib.parse import unquote, urlsplit
from urllib.request import getproxies, proxy_bypass

import httpcore
import httpx

from .resolving import connected


class OwnLookups(httpcore.AsyncNetworkBackend):
    """httpcore's connections, but for the lookup of names, which `connected` does."""

    def __init__(self) -> None:
        """Take httpcore's own way to connect."""
        self._backend = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """A connection to the first of the host's addresses that answers."""
        settings = {"timeout": timeout, "local_address": local_address, "socket_options": socket_options}
        return await connected(host, port, partial(self._backend.connect_tcp, port=port, **settings))  # type: ignore[arg-type]


@lru_cache(maxsize=1)
def usual_trust() -> ssl.SSLContext:
    """One TLS context for all probes, read when the first is declared: it takes longer than a probe may."""
    return httpx.create_ssl_context()


@asynccontextmanager
async def streamed(url: str, headers: Mapping[str, str], *, trust: ssl.SSLContext) -> AsyncIterator[httpcore.Response]:
    """The answer to one GET, its body unread; a redirect is not followed.

    Nothing is kept between requests: no pool to leak, no loop to outlive.
    """
    address = httpx.URL(url)
    target = httpcore.URL(scheme=address.raw_scheme, host=address.raw_host, port=address.port, target=address.raw_path)
    async with (
        httpcore.AsyncConnectionPool(
            ssl_context=trust, proxy=proxy_for(address.scheme, address.host), network_backend=OwnLookups()
        ) as pool,
        pool.stream("GET", target, headers=[*_credentials(address).items(), *headers.items()]) as response,
    ):
        yield response


async def body_of(response: httpcore.Response, limit: int) -> bytes | None:
    """The whole body of an answer; None where it is longer than so many bytes, of which no more is read."""
    body = bytearray()
    async for part in response.aiter_stream():
        body += part
        if len(body) > limit:
            return None
    return bytes(body)


def _credentials(address: httpx.URL) -> dict[str, str]:
    """The user and the password of an address, as the header that carries them (RFC 7617)."""
    if not address.userinfo:
        return {}
    secret = base64.b64encode(f"{address.username}:{address.password}".encode()).decode()
    return {"authorization": f"Basic {secret}"}


def proxy_for(scheme: str, host: str) -> httpcore.Proxy | None:
    """The proxy that the environment names for a host: HTTPS_PROXY, HTTP_PROXY or ALL_PROXY, unless NO_PROXY has it."""
    proxies = getproxies()
    url = proxies.get(scheme) or proxies.get("all")
    if not url or proxy_bypass(host):
        return None
    parts = urlsplit(url if "://" in url else f"http://{url}")
    own = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
    secret = (unquote(parts.username), unquote(parts.password or "")) if parts.username else None
    return httpcore.Proxy(own, auth=secret)
