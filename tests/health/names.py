"""A resolver in which one name hangs until a test lets go; every other name is looked up as ever."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest

HANGS = "hangs.youragency.com"


@dataclass
class Resolver:
    """Counts the lookups of the name that hangs, and how many are under way."""

    released: threading.Event = field(default_factory=threading.Event)
    under_way: list[threading.Thread] = field(default_factory=list)
    lookups: int = 0

    def look_up(self, host: Any, *arguments: Any, **settings: Any) -> Any:
        if host not in (HANGS, HANGS.encode()):
            return REAL(host, *arguments, **settings)
        self.lookups += 1
        self.under_way.append(threading.current_thread())
        self.released.wait()
        self.under_way.remove(threading.current_thread())
        return REAL("127.0.0.1", *arguments, **settings)


REAL = socket.getaddrinfo


@contextmanager
def hanging_name() -> Iterator[Resolver]:
    """The resolver of this process, in which HANGS hangs; it becomes 127.0.0.1 once released."""
    resolver = Resolver()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "getaddrinfo", resolver.look_up)
        try:
            yield resolver
        finally:
            resolver.released.set()
