"""A server in a thread that answers each connection by a script, however badly."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Script = Callable[[socket.socket, threading.Event], None]
HEAD = "HTTP/1.1 200 OK\r\ncontent-type: application/health+json\r\n"
"""How a health answer begins; further headers may follow."""


def whole(body: bytes, *, status: str = "200 OK", headers: str = "") -> Script:
    """A plain answer, with the headers that it needs and some more."""
    head = f"HTTP/1.1 {status}\r\ncontent-length: {len(body)}\r\nconnection: close\r\n{headers}\r\n"
    return lambda connection, _ended: connection.sendall(head.encode("latin-1") + body)


def endless(head: str, part: bytes, *, pause: float = 0.0) -> Script:
    """An answer whose end never comes."""

    def script(connection: socket.socket, ended: threading.Event) -> None:
        connection.sendall(head.encode("latin-1"))
        while not ended.wait(pause):
            connection.sendall(part)

    return script


@contextmanager
def answering(script: Script, *, reads_first: bool = True) -> Iterator[str]:
    """The address of a server that runs a script for each connection, once it has read what is asked."""
    ended, threads = threading.Event(), list[threading.Thread]()

    def serve(connection: socket.socket) -> None:
        with contextlib.suppress(OSError), connection:
            if reads_first:
                connection.recv(65_536)
            script(connection, ended)

    def accept(listener: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = listener.accept()
                threads.append(threading.Thread(target=serve, args=(connection,), daemon=True))
                threads[-1].start()

    with socket.create_server(("127.0.0.1", 0), backlog=64) as listener:
        threading.Thread(target=accept, args=(listener,), daemon=True).start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            ended.set()
            listener.shutdown(socket.SHUT_RDWR)
