"""A health check and a service that offend nobody, and how they are asked."""

from __future__ import annotations

from typing import Any

import httpx

from monitoring.health import Board, HealthCheck, health_app
from monitoring.health.fakes import Switch


def a_check(name: str = "database", **changes: Any) -> HealthCheck:
    """A critical check whose probe passes and whose result counts for a minute."""
    settings: dict[str, Any] = {"name": name, "probe": Switch(), "critical": True, "keep_for": 60.0}
    return HealthCheck(**settings | changes)


def a_client(board: Board, *, token: str | None = None) -> httpx.AsyncClient:
    """A client that asks the public application in process."""
    transport = httpx.ASGITransport(app=health_app(board, token=token))
    return httpx.AsyncClient(transport=transport, base_url="http://service")
