"""A health endpoint that listens on loopback for the stories that ask one: sign-in and database pass, e-mail fails."""

from __future__ import annotations

import contextlib
import logging
import socket
import threading
import time
from collections.abc import Iterator

import uvicorn

from monitoring.health import HealthCheck, HealthRegistry, health_app
from monitoring.health.fakes import failing, passing

CHECKS = (
    HealthCheck("auth", passing(), critical=True),
    HealthCheck("database", passing(), critical=True),
    HealthCheck("email", failing()),
)


@contextlib.contextmanager
def endpoint() -> Iterator[str]:
    """The address of the endpoint while it listens."""
    logging.getLogger("monitoring.health").addHandler(logging.NullHandler())
    with socket.socket() as port:
        port.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(health_app(HealthRegistry(CHECKS)), log_config=None, access_log=False))
        thread = threading.Thread(target=server.run, args=([port],), daemon=True)
        thread.start()
        try:
            _wait(server, thread)
            yield "http://{}:{}".format(*port.getsockname())
        finally:
            server.should_exit = True
            thread.join(timeout=10)


def _wait(server: uvicorn.Server, thread: threading.Thread) -> None:
    while not server.started:
        assert thread.is_alive(), "the endpoint could not start"
        time.sleep(0.01)
