"""When the garbage collector runs: not while something is only built, and rarely over the vendors' packages."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def gc_paused(*, freeze: bool = False) -> Iterator[None]:
    """Keeps the collector from walking again and again through what only grows: imports, a catalog, a Plan.

    None of these makes cycles that would have to be swept up, and each walk costs more the more there is. With
    `freeze`, the collector never looks at what there is now again: for imports, which stay until the process ends.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if freeze:
            gc.freeze()
        if was_enabled:
            gc.enable()


def collect_rarely() -> None:
    """Lets the collector run a hundredth as often, from now on: for the program, whose objects live until it ends."""
    gc.set_threshold(200_000, 20, 100)
