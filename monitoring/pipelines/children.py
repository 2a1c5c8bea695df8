"""Programs that run below a command: asked to end before they are killed, so that none leaves its lock behind."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

GRACE = 30.0
"""Seconds in which a program that only reads may end once it is interrupted."""


def captured(
    command: Sequence[str], *, cwd: Path | None = None, environ: Mapping[str, str] | None = None, grace: float = GRACE
) -> subprocess.CompletedProcess[str]:
    """Runs a program to its end; its exit code and what it printed.

    Where this process is interrupted or asked to end meanwhile, so is the program, and KeyboardInterrupt is raised once
    it has ended. An engine that is killed instead leaves its plugins running, and the lock of a refresh behind
    (pulumi/pulumi, pkg/backend/diy/backend.go, Refresh).
    """
    pipe, nothing = subprocess.PIPE, subprocess.DEVNULL
    with interrupted_by_sigterm():
        process = subprocess.Popen(
            command, cwd=cwd, env=environ, stdin=nothing, stdout=pipe, stderr=pipe, text=True, start_new_session=True
        )
        try:
            out, err = process.communicate()
        except KeyboardInterrupt:
            stop(process, grace=grace)
            raise
    return subprocess.CompletedProcess(command, process.returncode, out, err)


def stop(process: subprocess.Popen[bytes] | subprocess.Popen[str], *, grace: float) -> int:
    """Interrupts a program that leads a session of its own, and kills the session where it does not end; its code."""
    process.send_signal(signal.SIGINT)
    try:
        process.communicate(timeout=grace)
    except (subprocess.TimeoutExpired, KeyboardInterrupt):
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
    return process.returncode


@contextmanager
def interrupted_by_sigterm() -> Iterator[None]:
    """Lets a request to end interrupt this process as Ctrl-C does."""
    before = signal.signal(signal.SIGTERM, _interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
