"""A probe of MySQL, or of MariaDB, which speaks as it does."""

from __future__ import annotations

import ssl
from typing import Any
from urllib.parse import unquote, urlsplit

from .check import HealthSettingError, Probe, ProbeError

_QUERY = "select @@global.read_only"


def mysql(url: str, *, writable: bool = True, tls: bool = False, within: float = 0.5) -> Probe:
    """A probe that connects, asks and disconnects; with `writable` a read-only server fails.

    `within` is how many seconds each step may take; the check's own deadline counts as well. With `tls` the server's
    certificate has to be trusted. Raises HealthSettingError when the address cannot be read.
    """
    import pymysql

    settings = _address(url) | {"connect_timeout": within, "read_timeout": within, "write_timeout": within}
    settings["ssl"] = ssl.create_default_context() if tls else None

    def probe() -> None:
        with pymysql.connect(**settings) as connection, connection.cursor() as cursor:
            cursor.execute(_QUERY)
            row = cursor.fetchone()
        if writable and row is not None and row[0]:
            raise ProbeError("the database is read-only")

    return probe


def _address(url: str) -> dict[str, Any]:
    """`mysql://user:password@host:3306/name` as arguments."""
    try:
        parts = urlsplit(url)
        port = parts.port or 3306
    except ValueError:
        raise _unreadable() from None
    if parts.scheme != "mysql" or not parts.hostname:
        raise _unreadable()
    words = {"user": parts.username, "password": parts.password, "database": parts.path.strip("/")}
    return {"host": parts.hostname, "port": port} | {name: unquote(word) for name, word in words.items() if word}


def _unreadable() -> HealthSettingError:
    return HealthSettingError("the database address cannot be read; write mysql://user:password@host:3306/name")
