"""A whole answer over HTTP, or none: one deadline from the connection to the last byte, and one limit of size."""

from __future__ import annotations

import asyncio
import errno
import os
import ssl
from dataclasses import dataclass
from typing import Any

import httpx


@dataclass(frozen=True, slots=True)
class ReadLimits:
    """What one answer may cost: seconds until its last byte, and bytes of its body."""

    deadline: float
    size: int


class NoAnswerError(Exception):
    """No whole answer came; the message says why, in words of our own."""


class NoConnectionError(NoAnswerError):
    """Nobody listens, or TLS does not come about."""


class TooLargeError(NoAnswerError):
    """The body is larger than the limit."""


async def read(
    http: httpx.AsyncClient, method: str, url: str, *, limits: ReadLimits, decoded: bool = True, **request: Any
) -> tuple[httpx.Response, bytes]:
    """The answer's head and its whole body. Raises NoAnswerError where none comes within the limits.

    Where `decoded` is false a compressed body is refused unread: a few bytes of it can fill the memory.
    """
    try:
        async with asyncio.timeout(limits.deadline), http.stream(method, url, **request) as response:
            return response, await _body(response, limits.size, decoded=decoded)
    except (TimeoutError, httpx.TimeoutException):
        raise NoAnswerError(f"no whole answer within {limits.deadline:g} s") from None
    except httpx.ConnectError as error:
        raise NoConnectionError(f"no connection: {_reason(error)}") from None
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise NoAnswerError(f"no answer ({type(error).__name__})") from None


def _reason(error: httpx.ConnectError) -> str:
    """Why nobody could be reached, in the system's words: the innermost cause knows, each one above it says less."""
    cause: BaseException = error
    while (below := cause.__cause__ or cause.__context__) is not None:
        cause = below
    match cause:
        case ssl.SSLError():  # its numbers are of another list
            text = str(cause)
        case OSError(errno=int(number)) if number in errno.errorcode:
            text = os.strerror(number)
        case OSError(strerror=str(words)):
            text = words
        case _:
            text = str(cause)
    return text.strip().lower() or type(cause).__name__


async def _body(response: httpx.Response, size: int, *, decoded: bool) -> bytes:
    encoding = response.headers.get("content-encoding", "identity")
    if not decoded and encoding.strip().lower() != "identity":
        raise NoAnswerError("the answer is compressed, which was not asked for")
    body = bytearray()
    async for part in response.aiter_bytes() if decoded else response.aiter_raw():
        body += part
        if len(body) > size:
            raise TooLargeError(f"the answer is larger than {size:,} bytes")
    return bytes(body)
