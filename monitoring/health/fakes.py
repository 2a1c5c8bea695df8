"""Probes for the tests of whoever mounts the endpoint: they pass, fail, hang, or misbehave."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from .check import Probe, ProbeError, Reading
from .contract import Status


@dataclass
class Switch:
    """A probe whose verdict a test sets; it counts how often it is called, and how many times at once at most."""

    status: Status = Status.PASS
    error: BaseException | None = None
    takes: float = 0.0
    calls: int = 0
    at_once: int = 0
    max_at_once: int = 0

    async def __call__(self) -> Reading:
        """Answer as set, after `takes` seconds."""
        self.calls += 1
        self.at_once += 1
        self.max_at_once = max(self.max_at_once, self.at_once)
        try:
            await asyncio.sleep(self.takes)
        finally:
            self.at_once -= 1
        if self.error is not None:
            raise self.error
        return Reading(self.status)


def passing() -> Probe:
    """A probe that passes."""
    return Switch()


def failing(message: str = "it is down") -> Probe:
    """A probe that fails with a message of its own."""
    return Switch(error=ProbeError(message))


def raising(error: BaseException) -> Probe:
    """A probe that raises what it never meant to raise."""
    return Switch(error=error)


def hanging() -> Probe:
    """A probe that never answers, and gives up when it is cancelled."""
    return Switch(takes=86_400.0)


def stubborn(seconds: float) -> Probe:
    """A probe that refuses to be cancelled for some seconds."""

    async def probe() -> None:
        end = asyncio.get_running_loop().time() + seconds
        while (left := end - asyncio.get_running_loop().time()) > 0:
            try:
                await asyncio.sleep(left)
            except asyncio.CancelledError:
                continue

    return probe
