"""A health check and a service that offend nobody, and how they are asked."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import anyio
import httpx
import pytest

from monitoring.health import HealthCheck, HealthRegistry, Question, health_app
from monitoring.health.fakes import Switch

PATIENCE_SECONDS = 60.0
"""After which a test gives up on something that never comes; nothing that is only slow takes as long."""


HANGS_FOR_SECONDS = 2.0
"""After which a probe that never answers has failed; long enough for one that answers on a busy machine."""


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Held:
    """A probe that passes once a test releases it; a stubborn one also refuses to be cancelled until then."""

    def __init__(self, *, stubborn: bool = False) -> None:
        self.calls, self._stubborn, self._released = 0, stubborn, asyncio.Event()

    def hold(self) -> None:
        """Let no further probe pass."""
        self._released.clear()

    def release(self) -> None:
        """Let every probe pass."""
        self._released.set()

    async def __call__(self) -> None:
        self.calls += 1
        while not self._released.is_set():
            try:
                await self._released.wait()
            except asyncio.CancelledError:
                if not self._stubborn:
                    raise


@contextmanager
def long_deadlines() -> Iterator[None]:
    """Checks made here may have deadlines that a busy machine keeps, far beyond what a service may promise."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("monitoring.health.check.MAX_DEADLINE", PATIENCE_SECONDS)
        yield


async def eventually(holds: Callable[[], object]) -> None:
    """Let others go on until something holds. TimeoutError when it never does."""
    with anyio.fail_after(PATIENCE_SECONDS):
        while not holds():
            await anyio.sleep(0.01)


def a_check(name: str = "database", **changes: Any) -> HealthCheck:
    """A critical check whose probe passes and whose result counts for a minute."""
    settings: dict[str, Any] = {"name": name, "probe": Switch(), "critical": True, "keep_for": 60.0}
    return HealthCheck(**settings | changes)


def a_client(registry: HealthRegistry, *, token: str | None = None) -> httpx.AsyncClient:
    """A client that asks the public application in process."""
    transport = httpx.ASGITransport(app=health_app(registry, token=token))
    return httpx.AsyncClient(transport=transport, base_url="http://service")


async def outcome(probe: Any, *, deadline: float = HANGS_FOR_SECONDS) -> tuple[str, str]:
    """The status that a probe gives its component, and the private reason."""
    with long_deadlines():
        check = a_check(probe=probe, deadline=deadline, keep_failure_for=0.0, keep_for=0.0)
    registry = HealthRegistry([check], deadline=PATIENCE_SECONDS)
    (component,) = (await registry.ask(Question.FULL)).components
    assert component.result is not None
    return str(component.status), component.result.output
