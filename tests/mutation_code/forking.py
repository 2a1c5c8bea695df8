"""Work in a fork: its answer comes back as JSON, and nothing else of it."""

from __future__ import annotations

import json
import os
import resource
import select
import signal
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from typing import Any

MAX_MEMORY = 6 << 30
"""Bytes of a fork's data; a change that asks for more fails."""


def forked(work: Callable[[], Any], seconds: float) -> Any:
    """What the work answers in a process of its own; None where it ends without, or takes more processor time.

    Four times as much is left by the clock on the wall, for what waits instead of computing.
    """
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        os.close(reader)
        _answer(work, writer, seconds)
    os.close(writer)
    text = _read(reader, time.monotonic() + 4 * seconds)
    with suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return json.loads(text) if text else None


def _answer(work: Callable[[], Any], writer: int, seconds: float) -> None:
    os.setpgid(0, 0)
    quiet = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(quiet, number)
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds) + 5))
    resource.setrlimit(resource.RLIMIT_DATA, (MAX_MEMORY, MAX_MEMORY))
    try:
        text = json.dumps(work())
    except BaseException:
        text = json.dumps({"error": traceback.format_exc()})
    with os.fdopen(writer, "w") as answers:
        answers.write(text)
    os._exit(0)


def _read(reader: int, until: float) -> str:
    """All that is written until the other end is closed; nothing where that is not in time."""
    text, is_open = b"", True
    while is_open and (left := until - time.monotonic()) > 0:
        if select.select([reader], [], [], left)[0]:
            part = os.read(reader, 1 << 16)
            text, is_open = text + part, bool(part)
    os.close(reader)
    return "" if is_open else text.decode()
