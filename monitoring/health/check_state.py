"""What is known of one health check: its latest result, its budget, and what is still asking."""

from __future__ import annotations

import asyncio
from collections import Counter
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from .check import HealthCheck, Reading
from .contract import Status

OVERDUE = 1.0
"""Seconds beyond its deadline after which a run was left behind, by a frozen process or a dead loop."""


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one run: when, how many seconds it took, and (masked) why; `at` is the registry's clock."""

    status: Status
    at: float
    time: datetime
    took: float
    output: str = ""


@dataclass(slots=True)
class OpenCalls:
    """Calls in threads, of which some may not have returned; nobody can end them."""

    calls: list[Future[Any]] = field(default_factory=list)

    def add(self, call: Future[Any]) -> None:
        """Know a call until it returns."""
        self.calls = [*(known for known in self.calls if not known.done()), call]

    @property
    def pending(self) -> bool:
        """Whether one has not returned."""
        return any(not call.done() for call in self.calls)


@dataclass(slots=True)
class CheckState:
    """A health check and what the registry remembers of it; no result means that none came in time yet."""

    check: HealthCheck
    unspent: float
    filled_at: float
    last: Result | None = None
    running: asyncio.Task[None] | None = None
    started: float = 0.0
    overrunning: asyncio.Task[Reading | None] | None = None
    calls: OpenCalls = field(default_factory=OpenCalls)
    runs: Counter[Status] = field(default_factory=Counter)
    logged_exception: str = ""
    published: str = ""
    published_at: float = float("-inf")
    publishing: asyncio.Task[None] | None = None
    page_calls: OpenCalls = field(default_factory=OpenCalls)


def new_state(check: HealthCheck, *, now: float) -> CheckState:
    """The state of a check that was never asked."""
    return CheckState(check=check, unspent=check.spends.calls, filled_at=now)


def status_of(state: CheckState, *, now: float) -> Status:
    """The status that holds: the latest result's while it is usable, else fail."""
    return state.last.status if state.last is not None and is_usable(state, now=now) else Status.FAIL


def fresh_until(state: CheckState) -> float:
    """When a check has to be asked again; one without a result has to be at once."""
    return state.last.at + _keeps_for(state) if state.last is not None else 0.0


def is_usable(state: CheckState, *, now: float) -> bool:
    """Whether the latest result still counts while a newer one is under way or the budget is spent."""
    if state.last is None:
        return False
    longest = _keeps_for(state) + max(state.check.deadline + OVERDUE, state.check.spends.interval)
    return now - state.last.at <= longest


def _keeps_for(state: CheckState) -> float:
    failed = state.last is not None and state.last.status is Status.FAIL
    return state.check.keep_failure_for if failed else state.check.keep_for


def spend(state: CheckState, *, now: float) -> bool:
    """Take one call from the budget, if one is left."""
    budget = state.check.spends
    state.unspent = min(budget.calls, state.unspent + (now - state.filled_at) / budget.interval)
    state.filled_at = now
    if state.unspent < 1:
        return False
    state.unspent -= 1
    return True


def under_way(state: CheckState, *, now: float) -> asyncio.Task[None] | None:
    """The run under way, unless it was left behind."""
    if state.running is None or not runs_here(state.running):
        return None
    if now - state.started > state.check.deadline + OVERDUE:
        state.running.cancel()
        return None
    return state.running


def is_occupied(state: CheckState) -> bool:
    """Whether an earlier run, or a thread of it, has not ended; a second beside it would break `one at a time`."""
    return state.calls.pending or runs_here(state.overrunning)


def runs_here(task: asyncio.Task[Any] | None) -> bool:
    """Whether a task is not done, and belongs to the loop that runs."""
    return task is not None and not task.done() and task.get_loop() is asyncio.get_running_loop()
