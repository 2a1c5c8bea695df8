"""Probes of Postgres, as Supabase runs it: by a connection of their own, or out of the application's pool."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .check import HealthSettingError, Probe, ProbeError

if TYPE_CHECKING:
    from psycopg import AsyncConnection
    from psycopg_pool import AsyncConnectionPool

_QUERY = "select current_setting('transaction_read_only')"


def postgres(conninfo: str, *, writable: bool = True) -> Probe:
    """A probe that connects, asks and disconnects: it sees a server without free connections, or one that refuses us.

    With `writable` a read-only database fails, as Supabase makes one whose disk is full.
    Raises HealthSettingError when the connection string cannot be read.
    """
    _checked(conninfo)

    async def probe() -> None:
        from psycopg import AsyncConnection

        connection = await AsyncConnection.connect(conninfo, autocommit=True, prepare_threshold=None)
        try:
            await _ask(connection, writable=writable)
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


def _checked(conninfo: str) -> None:
    from psycopg import ProgrammingError
    from psycopg.conninfo import conninfo_to_dict

    try:
        conninfo_to_dict(conninfo)
    except ProgrammingError:
        raise HealthSettingError(
            "the database address cannot be read; write postgresql://user:password@host/name"
        ) from None


async def _ask(connection: AsyncConnection[Any], *, writable: bool) -> None:
    """Ask one real question; raises ProbeError when the answer is that writing is refused."""
    cursor = await connection.execute(_QUERY)
    row = await cursor.fetchone()
    if writable and row is not None and row[0] != "off":
        raise ProbeError("the database is read-only")
