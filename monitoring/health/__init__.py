"""The health endpoint for uptime tests; imports nothing else of ours, and can be copied into an application."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .app import health_app, health_routes, private_app
    from .check import Budget, HealthCheck, HealthSettingError, Probe, ProbeError, Reading
    from .check_state import Result
    from .contract import Component, Question, Status
    from .published_status import statuspage
    from .registry import Answer, ComponentStatus, HealthRegistry

__all__ = [
    "Answer",
    "Budget",
    "Component",
    "ComponentStatus",
    "HealthCheck",
    "HealthRegistry",
    "HealthSettingError",
    "Probe",
    "ProbeError",
    "Question",
    "Reading",
    "Result",
    "Status",
    "health_app",
    "health_routes",
    "private_app",
    "statuspage",
]

_ROOMS = {
    "app": ("health_app", "health_routes", "private_app"),
    "registry": ("Answer", "ComponentStatus", "HealthRegistry"),
    "check_state": ("Result",),
    "published_status": ("statuspage",),
    "check": ("Budget", "HealthCheck", "HealthSettingError", "Probe", "ProbeError", "Reading"),
    "contract": ("Component", "Question", "Status"),
}


def __getattr__(name: str) -> object:
    """A public name, imported when it is first used: the contract alone must not need Starlette."""
    for room, names in _ROOMS.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{room}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
