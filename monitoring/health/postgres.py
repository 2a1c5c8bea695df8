"""Probes of Postgres, as Supabase runs it: by a connection of their own, or out of the application's pool."""

from __future__ import annotations

import asyncio
import os
import re
import socket
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from .check import HealthSettingError, Probe, ProbeError
from .resolving import resolve

if TYPE_CHECKING:
    from psycopg import AsyncConnection
    from psycopg_pool import AsyncConnectionPool

EXAMPLE = "postgresql://user:password@host/name"
_QUERY = "select current_setting('transaction_read_only')"
_ADDRESS = re.compile(r"(?P<place>postgres(?:ql)?://(?:[^@/]*@)?+[^?]*)\?(?P<words>.*)", re.DOTALL)
"""Credentials end at the first @ before any slash, so a password may hold a question mark (libpq, fe-connect.c)."""


def postgres(conninfo: str, *, writable: bool = True) -> Probe:
    """A probe that connects, asks and disconnects: it sees a server without free connections, or one that refuses us.

    With `writable` a read-only database fails, as Supabase makes one whose disk is full. Words of an application's
    address that libpq does not know, such as Prisma's `?pgbouncer=true`, change nothing here.
    Raises HealthSettingError when the connection string cannot be read, or takes its host from a service file.
    """
    known = _known_to_libpq(conninfo)
    _checked(known)

    async def probe() -> None:
        from psycopg import AsyncConnection

        resolved = await _resolved(known)
        connection = await AsyncConnection.connect(resolved, autocommit=True, prepare_threshold=None)
        try:
            await _ask_or_hang_up(connection, writable=writable)
        finally:
            connection.pgconn.finish()

    return probe


def postgres_pool(pool: AsyncConnectionPool[Any], *, writable: bool = True, wait: float = 0.4) -> Probe:
    """A probe that borrows a connection of the application's own pool: it fails when the application could get none.

    `wait` is how many seconds it stands in the pool's queue.
    """

    async def probe() -> None:
        from psycopg_pool import PoolTimeout

        try:
            async with pool.connection(timeout=wait) as connection:
                await _ask(connection, writable=writable)
        except PoolTimeout as error:
            raise ProbeError("the pool had no connection free in time") from error

    return probe


def _known_to_libpq(conninfo: str) -> str:
    """An address without the words that libpq refuses; `ssl` is one that it reads in an address alone."""
    from psycopg.pq import Conninfo

    parts = _ADDRESS.fullmatch(conninfo)
    if parts is None:
        return conninfo
    known = {option.keyword.decode() for option in Conninfo.get_defaults()} | {"ssl"}
    words = [word for word in parts["words"].split("&") if unquote(word.partition("=")[0]) in known]
    return f"{parts['place']}?{'&'.join(words)}" if words else parts["place"]


def _checked(conninfo: str) -> None:
    from psycopg import ProgrammingError
    from psycopg.conninfo import conninfo_to_dict

    try:
        given = conninfo_to_dict(conninfo)
    except ProgrammingError:
        raise HealthSettingError(f"the database address cannot be read; write {EXAMPLE}") from None
    if given.get("service") or os.environ.get("PGSERVICE"):
        what = "the database address takes its host from a service file (service= or PGSERVICE)"
        raise HealthSettingError(f"{what}, so its name would hold up every component; write {EXAMPLE} without one")


async def _resolved(conninfo: str) -> str:
    """A connection string in which each host has its addresses beside it, as libpq's lists of equal length.

    psycopg would look each name up in the event loop's own few threads. Host, address and port may come from PGHOST,
    PGHOSTADDR and PGPORT (postgresql.org/docs/current/libpq-envars.html); an address beside a host is not looked up.
    A host of a service file would be looked up by libpq itself (libpq-pgservice.html), and so is refused before.
    """
    from psycopg.conninfo import conninfo_to_dict, make_conninfo

    given = conninfo_to_dict(conninfo)
    hosts, ports = (_listed(given, word) for word in ("host", "port"))
    if not hosts or given.get("hostaddr") or os.environ.get("PGHOSTADDR"):
        return conninfo
    ports = ports if len(ports) > 1 else (ports or [""]) * len(hosts)
    if len(ports) != len(hosts):
        return conninfo  # libpq says what is wrong
    rows = [
        (host, address, port)
        for host, port, addresses in zip(hosts, ports, await _lookups(hosts), strict=True)
        for address in addresses
    ]
    columns = {word: ",".join(row[place] for row in rows) for place, word in enumerate(("host", "hostaddr", "port"))}
    return make_conninfo(conninfo, **columns)


async def _lookups(hosts: list[str]) -> list[tuple[str, ...]]:
    """Each host's addresses; a host that has none counts only where none has any. OSError then."""
    lookups = await asyncio.gather(*(_addresses_of(host) for host in hosts), return_exceptions=True)
    errors = [lookup for lookup in lookups if isinstance(lookup, BaseException)]
    if len(errors) == len(hosts):
        raise errors[0]
    return [() if isinstance(lookup, BaseException) else lookup for lookup in lookups]


def _listed(given: Mapping[str, Any], word: str) -> list[str]:
    text = str(given.get(word) or os.environ.get(f"PG{word.upper()}", ""))
    return text.split(",") if text else []


async def _addresses_of(host: str) -> tuple[str, ...]:
    """A host's addresses; a socket's folder has none."""
    return await resolve(host) if host and not host.startswith(("/", "@")) else ("",)


async def _ask_or_hang_up(connection: AsyncConnection[Any], *, writable: bool) -> None:
    """Ask; whoever cancels it ends the connection at once.

    psycopg would first ask the server to cancel the query and then wait for it, ten seconds in all where the server is
    silent (AsyncConnection.wait), and the component would stay red for that long after a failover.
    """
    asking = asyncio.create_task(_ask(connection, writable=writable))
    try:
        await asyncio.shield(asking)
    except asyncio.CancelledError:
        if not asking.done():
            with socket.socket(fileno=os.dup(connection.fileno())) as line:
                line.shutdown(socket.SHUT_RDWR)
        await asyncio.gather(asking, return_exceptions=True)
        raise


async def _ask(connection: AsyncConnection[Any], *, writable: bool) -> None:
    """Ask one real question; raises ProbeError when the answer is that writing is refused."""
    cursor = await connection.execute(_QUERY)
    row = await cursor.fetchone()
    if writable and row is not None and row[0] != "off":
        raise ProbeError("the database is read-only")
