"""Names into addresses, each lookup in a thread of its own: a resolver that hangs holds up one component only.

The event loop's own lookups share a few threads; one name that hangs would take them all, for every component.
"""

from __future__ import annotations

import ipaddress
import socket
from asyncio import staggered
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TypeVar

from .check import ProbeError
from .threads import in_own_thread

T = TypeVar("T")
HEAD_START = 0.1
"""Seconds that an address has for itself before the next one is tried beside it (RFC 8305, section 5)."""


def is_address(host: str) -> bool:
    """Whether a host is an IP address already."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


async def resolve(host: str, port: int | str | None = None) -> tuple[str, ...]:
    """The addresses of a host, by the system's resolver, each once; an address is its own.

    Raises ProbeError where there is none, OSError where the resolver says why.
    """
    if is_address(host):
        return (host,)
    rows = await in_own_thread(partial(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM))
    if not rows:
        raise ProbeError("the name has no address")
    return tuple(dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in rows))


async def connected(host: str, port: int, connect: Callable[[str], Awaitable[T]]) -> T:
    """What `connect` makes of the first of a host's addresses that answers; OSError where none does."""
    addresses = await resolve(host, port)
    if len(addresses) == 1:
        return await connect(addresses[0])
    attempts = [partial(connect, address) for address in addresses]
    connection, winner, errors = await staggered.staggered_race(attempts, HEAD_START)
    if winner is None:
        raise next(error for error in reversed(errors) if error is not None)
    return connection  # type: ignore[no-any-return]  # typeshed knows no type of the result
