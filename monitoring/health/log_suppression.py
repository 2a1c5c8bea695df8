"""Keeps other libraries from logging what a dependency said while a probe asks it.

Client libraries write addresses, status lines and errors into their own logs. Inside a probe those records are dropped;
the registry logs the probe's outcome itself, masked. Outside a probe nothing changes.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

LOGGERS = (
    "asyncio",
    "httpcore.connection",
    "httpcore.http11",
    "httpcore.http2",
    "httpcore.proxy",
    "httpcore.socks",
    "httpx",
    "psycopg",
    "psycopg.pool",
)

_asking: ContextVar[bool] = ContextVar("monitoring_health_asking", default=False)


@contextmanager
def suppress_client_logs() -> Iterator[None]:
    """Drop what the client libraries log inside this context."""
    _install()
    token = _asking.set(True)
    try:
        yield
    finally:
        _asking.reset(token)


def _install() -> None:
    for name in LOGGERS:
        logging.getLogger(name).addFilter(_outside_a_probe)


def _outside_a_probe(record: logging.LogRecord) -> bool:
    return not _asking.get() or record.levelno >= logging.CRITICAL
