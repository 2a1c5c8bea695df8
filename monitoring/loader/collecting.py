"""The garbage collector, kept out of work that only builds."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Keeps the collector from walking through a catalog again and again while it is read or judged.

    Neither makes cycles that would have to be found, and each walk costs more the larger the catalog is.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
