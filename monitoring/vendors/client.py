"""Asking a vendor: bounded in time, size and attempts; what goes wrong is one sentence that shows no key."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx

from monitoring.errors import VendorError
from monitoring.vendors.access import Vendor
from monitoring.vendors.http_clients import http_client
from monitoring.vendors.origin import is_private, origin
from monitoring.vendors.reading import NoAnswerError, NoConnectionError, ReadLimits, TooLargeError, read
from monitoring.vendors.waiting import wait_before

TOO_MANY = 429


@dataclass(frozen=True, slots=True)
class Patience:
    """What an answer may cost: seconds until its last byte, bytes, attempts, and the longest wait between two."""

    deadline: float = 30.0
    size: int = 32 * 1024 * 1024
    attempts: int = 4
    longest_wait: float = 90.0
    pages: int = 100


@dataclass(frozen=True, slots=True)
class Client:
    """Who asks, and the clocks that it goes by."""

    http: httpx.AsyncClient
    patience: Patience = Patience()
    sleep: Callable[[float], Awaitable[object]] = asyncio.sleep
    now: Callable[[], float] = time.time


@dataclass(frozen=True, slots=True)
class WholeAnswer:
    """A whole answer."""

    status: int
    headers: httpx.Headers
    content: bytes
    url: httpx.URL
    following: str = ""
    """The address of the next page, where the answer says that there is one."""


@asynccontextmanager
async def opened(patience: Patience = Patience()) -> AsyncIterator[Client]:
    """A client for as long as the block runs."""
    async with http_client(timeout=patience.deadline) as http:
        yield Client(http, patience)


async def get(client: Client, vendor: Vendor, path: str, query: Mapping[str, str | int] | None = None) -> Any:
    """The JSON at a path of a vendor; None where there is nothing (404). Raises VendorError for everything else."""
    return content_of(vendor, await fetched(client, vendor, f"{vendor.address}{path}", query))


async def required(client: Client, vendor: Vendor, path: str, query: Mapping[str, str | int] | None = None) -> Any:
    """The JSON at a path that has to be there. Raises VendorError for everything else."""
    return present(vendor, path, await get(client, vendor, path, query))


def present(vendor: Vendor, path: str, content: Any) -> Any:
    """The content itself; VendorError where there is none."""
    if content is None:
        raise VendorError(
            f"{vendor.name}: there is no {path} (404); see that the names, the address and the key are right"
        )
    return content


async def fetched(
    client: Client, vendor: Vendor, url: str, query: Mapping[str, str | int] | None = None
) -> WholeAnswer:
    """The answer to a question, asked again after 429 and 5xx. Raises VendorError where none comes."""
    return await asked_again(client, vendor, "GET", url, params=query)


async def asked_again(client: Client, vendor: Vendor, method: str, url: str, **request: Any) -> WholeAnswer:
    """The answer to what may be sent more than once, with the vendor's headers. Raises VendorError where none comes."""
    patience = client.patience
    for attempt in range(2, patience.attempts + 2):
        answered = await _once(client, vendor, method, url, headers=dict(vendor.headers), **request)
        if not _may_pass(answered):
            return answered
        if attempt <= patience.attempts:
            wait = wait_before(attempt, answered.headers, now=client.now())
            await client.sleep(_bearable(vendor, answered.status, wait, patience))
    times = f"answered {answered.status}, {patience.attempts} times"
    raise VendorError(f"{vendor.name}: {times}; try again later, or look at its status page")


async def post(client: Client, vendor: Vendor, url: str, **body: Any) -> WholeAnswer:
    """The answer to what is sent, which is never sent twice. Raises VendorError where none comes.

    The vendor's own headers are not sent: `url` may be of another host, such as the one that takes events.
    """
    return await _once(client, vendor, "POST", url, **body)


def _may_pass(answered: WholeAnswer) -> bool:
    """Whether waiting helps: the vendor is ill, or asks for less haste.

    GitHub says the latter by 403 as well (docs.github.com/en/rest, rate limits): with Retry-After, or with none left.
    """
    hurried = "retry-after" in answered.headers or answered.headers.get("x-ratelimit-remaining") == "0"
    return answered.status == TOO_MANY or answered.status >= 500 or (answered.status == 403 and hurried)


def _bearable(vendor: Vendor, status: int, wait: float, patience: Patience) -> float:
    """The wait itself; VendorError where it is too long."""
    if wait > patience.longest_wait:
        raise VendorError(f"{vendor.name}: answered {status} and asks to wait {wait:.0f} s; try again after that")
    return wait


async def _once(client: Client, vendor: Vendor, method: str, url: str, **request: Any) -> WholeAnswer:
    """One attempt, bounded from the connection to the last byte."""
    limits = ReadLimits(client.patience.deadline, client.patience.size)
    try:
        _require_private(vendor, httpx.URL(url))
        response, body = await read(client.http, method, url, limits=limits, **request)
    except TooLargeError as error:
        raise VendorError(f"{vendor.name}: {error}; a proxy may be answering") from None
    except NoConnectionError:
        raise VendorError(f"{vendor.name}: no answer (ConnectError); look at its status page") from None
    except NoAnswerError as error:
        raise VendorError(f"{vendor.name}: {error}; look at its status page") from None
    except httpx.InvalidURL:
        raise VendorError(f"{vendor.name}: no answer (InvalidURL); look at its status page") from None
    return WholeAnswer(response.status_code, response.headers, body, response.url, _following(response))


def _require_private(vendor: Vendor, url: httpx.URL) -> None:
    if not is_private(url):
        raise VendorError(f"{vendor.name}: {origin(url)} is not https; nothing is sent there")


def _following(response: httpx.Response) -> str:
    """The address of the next page, where the Link header says that it has results (docs.sentry.io/api/pagination)."""
    link = response.links.get("next", {})
    return link.get("url", "") if link.get("results") == "true" else ""


def content_of(vendor: Vendor, answered: WholeAnswer) -> Any:
    """The JSON of an answer, None for 404. Raises VendorError for everything else."""
    match answered.status:
        case 404:
            return None
        case 401 | 403:
            raise VendorError(f"{vendor.name}: the key is refused ({answered.status}); see that it may read")
        case 301 | 302 | 303 | 307 | 308:
            raise VendorError(f"{vendor.name}: {_redirected(answered)}; see that the address is right")
        case 200:
            return _json(vendor, answered.content)
        case status:
            raise VendorError(f"{vendor.name}: answered {status}; try again, or look at its status page")


def _redirected(answered: WholeAnswer) -> str:
    """A key goes nowhere that it was not meant for, so that no redirect is followed."""
    return f"answered {answered.status}, a redirect to another address, which no key is sent to"


def _json(vendor: Vendor, content: bytes) -> Any:
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        raise VendorError(f"{vendor.name}: the answer is not JSON; look at its status page") from None


def same_origin(vendor: Vendor, url: str) -> str:
    """The address itself; VendorError where a key would go to another place than the vendor's own."""
    there, own = httpx.URL(url), httpx.URL(vendor.address)
    if origin(there) != origin(own):
        raise VendorError(f"{vendor.name}: the next page is at {origin(there)}, and not at {origin(own)}; not followed")
    return url


def endless(vendor: Vendor, path: str, patience: Patience) -> VendorError:
    """What is said of a list that does not end."""
    return VendorError(
        f"{vendor.name}: {path} has more than {patience.pages} pages, which nobody reads; ask its support"
    )
