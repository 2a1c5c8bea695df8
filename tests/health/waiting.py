"""Waiting for what a process does, without a loop."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable

from tests.health.factories import PATIENCE_SECONDS


def wait_for(port: int) -> None:
    def listens() -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", port)) == 0

    wait_until(listens, what="the service listens")


def wait_until(holds: Callable[[], bool], *, what: str) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < end, f"waited in vain until {what}"
        time.sleep(0.02)
