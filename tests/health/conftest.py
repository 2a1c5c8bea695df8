"""What the tests of the health endpoint share: a loop of their own, a real Postgres, and a way to ask."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest

from tests.health.postgres_server import PostgresServer, new_server


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
def cluster() -> Iterator[PostgresServer]:
    """A real Postgres for the session, started."""
    server = new_server()
    server.start()
    try:
        yield server
    finally:
        server.stop()
        shutil.rmtree(server.home)


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Loopback is asked directly whatever the machine's proxy settings are."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
