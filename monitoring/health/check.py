"""Health checks: a name, a probe, how long it may take and how long its result counts."""

from __future__ import annotations

import math
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from .contract import COMPONENT, Component, Status, known_status

MAX_DEADLINE = 0.65
"""Seconds; a probe that had longer could not be part of an answer that comes within `contract.ANSWERS_WITHIN`."""


class HealthSettingError(ValueError):
    """A health check, or the file that names it, was written wrongly; the message says what to do."""


def checked_address(url: str) -> str:
    """The address itself; HealthSettingError where HTTP cannot ask it."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise HealthSettingError("the address of an HTTP probe needs http:// or https:// and a host")
    try:
        _ = parts.port
    except ValueError:
        raise HealthSettingError("the address of an HTTP probe has a port that is no number up to 65535") from None
    return url


class ProbeError(Exception):
    """A probe's own, considered verdict; its message is the probe's own, never the dependency's."""

    def __init__(self, message: str, *, status: Status = Status.FAIL) -> None:
        """Keep the message and the status that the component takes."""
        super().__init__(message)
        self.message = message
        self.status = status


@dataclass(frozen=True, slots=True)
class Reading:
    """What a probe may return; `note` is shown to those with the token only. A status that is none is a fail."""

    status: Status = Status.PASS
    note: str = ""

    def __post_init__(self) -> None:
        """Take "fail" for Status.FAIL, and any other word for a fail that says so."""
        status = known_status(self.status)
        note = self.note if status is not None else f"the probe gave a status that is none of {', '.join(Status)}"
        object.__setattr__(self, "status", status or Status.FAIL)
        object.__setattr__(self, "note", note if isinstance(note, str) else "")


Probe = Callable[[], Awaitable[Reading | None]] | Callable[[], Reading | None]
"""Asks once: returns nothing or a reading, raises when the component fails. A plain function runs in its own thread."""


Published = Callable[[], Awaitable[str]]
"""Asks once what a vendor publishes of itself: returns words of our own."""


@dataclass(frozen=True, slots=True)
class Budget:
    """How often a probe may ask at most: `calls` in `per` seconds, unspent calls saved up to `calls`."""

    calls: float
    per: float

    @property
    def interval(self) -> float:
        """Seconds between two calls when the budget is spent."""
        return self.per / self.calls


@dataclass(frozen=True, slots=True)
class HealthCheck:
    """One component and how it is asked; all times in seconds.

    A result counts for `keep_for`, a failing one for `keep_failure_for` so that recovery shows soon. Without a budget
    of its own a check may ask twice as often as its cache time needs, counted over an hour. `published` is asked when
    the probe does not pass, and its words stand in the details; it never changes the verdict.
    """

    name: str
    probe: Probe
    critical: bool = False
    deadline: float = 0.6
    keep_for: float = 15.0
    keep_failure_for: float = 2.0
    budget: Budget | None = None
    published: Published | None = None

    def __post_init__(self) -> None:
        """Refuse what could never work, naming the check."""
        for problem in _problems(self):
            raise HealthSettingError(f"health check {self.name!r}: {problem}")

    @property
    def component(self) -> Component:
        """The check as the public sees it."""
        return Component(name=self.name, critical=self.critical)

    @property
    def spends(self) -> Budget:
        """The budget that holds: its own, or twice what the cache time needs."""
        return self.budget or Budget(calls=2 * math.ceil(3600 / max(self.keep_for, 1.0)), per=3600.0)


def _problems(check: HealthCheck) -> list[str]:
    tests: dict[str, Any] = {
        'a name is lower-case words joined by hyphens; write for example "auth"': COMPONENT.fullmatch(check.name),
        "the probe cannot be called; give a function without arguments": callable(check.probe),
        f"the deadline must lie between 0 and {MAX_DEADLINE} seconds": 0 < check.deadline <= MAX_DEADLINE,
        "keep_for and keep_failure_for must be finite and not negative": _durations(check),
        "a budget needs a positive number of calls and of seconds": _positive(check.budget),
    }
    return [problem for problem, fine in tests.items() if not fine]


def _durations(check: HealthCheck) -> bool:
    return all(math.isfinite(span) and span >= 0 for span in (check.keep_for, check.keep_failure_for))


def _positive(budget: Budget | None) -> bool:
    return budget is None or (budget.calls >= 1 and 0 < budget.per < math.inf)
