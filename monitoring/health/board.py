"""The board: asks health checks on request, each once at a time, and keeps what they said.

Nothing runs between requests. The request that finds a result out of date starts the probe and waits for it; requests
beside it get the previous result if there is a recent one, else they wait for the same probe.
"""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from . import masking, probing
from .check import HealthCheck, HealthSettingError, ProbeError, Reading
from .contract import ANSWERS_WITHIN, Question, Status, asked, overall

log = logging.getLogger("monitoring.health")

ANSWER_DEADLINE = ANSWERS_WITHIN - 0.1
"""Seconds after which a request is answered with what is known; a tenth is left for the answer's own way."""

_OVERDUE = 1.0
_GRACE = 0.05


@dataclass(frozen=True, slots=True)
class Result:
    """What one probe said, when, how long it took, and (masked) why."""

    status: Status
    at: float
    wall: datetime
    took: float
    said: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """One component's part of an answer; no result means that it was never asked in time."""

    check: HealthCheck
    status: Status
    result: Result | None


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """What the service says to a question; compared by identity, so that its rendering can be kept beside it."""

    question: Question
    status: Status
    said: tuple[Said, ...] = ()

    @property
    def statuses(self) -> tuple[tuple[str, Status], ...]:
        """The public part: each component's name and status."""
        return tuple((each.check.name, each.status) for each in self.said)


@dataclass(slots=True)
class _Slot:
    check: HealthCheck
    unspent: float
    filled_at: float
    last: Result | None = None
    flight: asyncio.Task[None] | None = None
    started: float = 0.0
    straggler: asyncio.Task[Reading | None] | None = None
    thread: threading.Thread | None = None
    runs: Counter[Status] = field(default_factory=Counter)
    told: str = ""

    def remember(self, thread: threading.Thread) -> None:
        """Know the probe's thread: as long as it lives the probe is still asking."""
        self.thread = thread


class Board:
    """The health checks of a service and their latest results."""

    def __init__(
        self,
        checks: Iterable[HealthCheck],
        *,
        deadline: float = ANSWER_DEADLINE,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Take the checks; raises HealthSettingError when two share a name."""
        self.checks = tuple(checks)
        self.draining = False
        self._deadline = deadline
        self._clock = clock
        self._slots = {check.name: _slot(check, now=clock()) for check in self.checks}
        if len(self._slots) < len(self.checks):
            raise HealthSettingError(f"two health checks are called {_twice(self.checks)!r}; give each its own name")
        self._about = {question: self._asked(question) for question in Question}
        self._kept: dict[Question, tuple[float, Answer]] = {}

    async def ask(self, question: Question) -> Answer:
        """The answer to a question, within the board's deadline whatever hangs."""
        until, kept = self._kept.get(question, (0.0, None))
        if kept is not None and self._clock() < until:
            return kept
        slots = self._about[question]
        awaited = [flight for slot in slots if (flight := self._due(slot)) is not None]
        if awaited:
            await asyncio.wait(awaited, timeout=self._deadline)
        answer = self._answer(question, slots)
        self._kept[question] = (min((_fresh_until(slot) for slot in slots), default=float("inf")), answer)
        return answer

    def drain(self) -> None:
        """Make readiness red, so that no new traffic comes, while liveness stays green."""
        self.draining = True
        self._kept.clear()

    async def aclose(self) -> None:
        """Cancel what is still being asked."""
        tasks: Iterable[asyncio.Task[Any] | None] = (
            task for slot in self._slots.values() for task in (slot.flight, slot.straggler)
        )
        going = [task for task in tasks if task is not None and _runs_here(task)]
        for task in going:
            task.cancel()
        if going:
            await asyncio.wait(going, timeout=self._deadline)

    def results(self) -> tuple[Said, ...]:
        """The latest result of every check, without asking."""
        return tuple(self._said(slot) for slot in self._slots.values())

    def runs(self) -> dict[str, Counter[Status]]:
        """How often each check ran, by outcome."""
        return {name: Counter(slot.runs) for name, slot in self._slots.items()}

    def _asked(self, question: Question) -> tuple[_Slot, ...]:
        return tuple(self._slots[part.name] for part in asked((c.component for c in self.checks), question))

    def _answer(self, question: Question, slots: tuple[_Slot, ...]) -> Answer:
        said = tuple(self._said(slot) for slot in slots)
        status = overall((each.check.component, each.status) for each in said)
        leaving = self.draining and question is not Question.LIVENESS
        return Answer(question=question, status=Status.FAIL if leaving else status, said=said)

    def _said(self, slot: _Slot) -> Said:
        known = slot.last is not None and (slot.last.status is Status.FAIL or self._age(slot) <= _usable(slot))
        return Said(slot.check, slot.last.status if known and slot.last else Status.FAIL, slot.last)

    def _age(self, slot: _Slot) -> float:
        return self._clock() - slot.last.at if slot.last else float("inf")

    def _due(self, slot: _Slot) -> asyncio.Task[None] | None:
        """The flight that a request has to wait for, started if need be."""
        if self._clock() < _fresh_until(slot):
            return None
        if (flight := self._in_flight(slot)) is not None:
            return None if self._age(slot) <= _usable(slot) else flight
        if _occupied(slot) or not self._spend(slot):
            return None
        slot.started = self._clock()
        slot.flight = asyncio.create_task(self._fly(slot), name=f"health check {slot.check.name}")
        return slot.flight

    def _in_flight(self, slot: _Slot) -> asyncio.Task[None] | None:
        """The flight under way, unless a frozen process or a dead loop left it behind."""
        if slot.flight is None or not _runs_here(slot.flight):
            return None
        if self._clock() - slot.started > slot.check.deadline + _OVERDUE:
            slot.flight.cancel()
            return None
        return slot.flight

    def _spend(self, slot: _Slot) -> bool:
        """Take one call from the budget, if one is left."""
        now, budget = self._clock(), slot.check.spends
        slot.unspent = min(budget.calls, slot.unspent + (now - slot.filled_at) / budget.interval)
        slot.filled_at = now
        if slot.unspent < 1:
            return False
        slot.unspent -= 1
        return True

    async def _fly(self, slot: _Slot) -> None:
        """Run one probe under its deadline and keep what came of it."""
        task = asyncio.create_task(
            probing.ask(slot.check.probe, keep_thread=slot.remember), name=f"probe of {slot.check.name}"
        )
        try:
            await asyncio.wait({task}, timeout=slot.check.deadline)
        finally:
            if not task.done():
                task.cancel()
                slot.straggler = task
                task.add_done_callback(_forget)
        if not task.done():
            await asyncio.wait({task}, timeout=_GRACE)
        self._keep(slot, probing.outcome(task))

    def _keep(self, slot: _Slot, outcome: Reading | BaseException | None) -> None:
        now = self._clock()
        reading = probing.reading(outcome)
        before = slot.last.status if slot.last else None
        slot.last = Result(reading.status, now, datetime.now(UTC), now - slot.started, reading.note)
        slot.runs[reading.status] += 1
        self._kept.clear()
        _tell(slot, outcome, before=before, now=reading.status)


def _slot(check: HealthCheck, *, now: float) -> _Slot:
    return _Slot(check=check, unspent=check.spends.calls, filled_at=now)


def _twice(checks: tuple[HealthCheck, ...]) -> str:
    return next(name for name, times in Counter(check.name for check in checks).items() if times > 1)


def _keeps(slot: _Slot) -> float:
    failed = slot.last is not None and slot.last.status is Status.FAIL
    return slot.check.keep_failure_for if failed else slot.check.keep_for


def _fresh_until(slot: _Slot) -> float:
    """When a slot has to be asked again; one without a result has to be at once."""
    return slot.last.at + _keeps(slot) if slot.last is not None else 0.0


def _usable(slot: _Slot) -> float:
    """Seconds for which a result may still be told while a newer one is under way or the budget is spent."""
    return _keeps(slot) + max(slot.check.deadline + _OVERDUE, slot.check.spends.interval)


def _occupied(slot: _Slot) -> bool:
    """Whether an earlier probe refuses to end; a second beside it would break `one at a time`."""
    return (slot.thread is not None and slot.thread.is_alive()) or _runs_here(slot.straggler)


def _runs_here(task: asyncio.Task[Any] | None) -> bool:
    return task is not None and not task.done() and task.get_loop() is asyncio.get_running_loop()


def _forget(task: asyncio.Task[Reading | None]) -> None:
    """Read a cancelled probe's outcome, so that asyncio does not report it as never retrieved."""
    if not task.cancelled():
        task.exception()


def _tell(slot: _Slot, outcome: object, *, before: Status | None, now: Status) -> None:
    """Log a change of status, and an unknown exception whole the first time that it looks like this."""
    name = slot.check.name
    if now is not before and not (before is None and now is Status.PASS):
        level = logging.INFO if now is Status.PASS else logging.WARNING
        note = slot.last.said if slot.last else ""
        log.log(level, "component %s is %s, was %s: %s", name, now, before or "unknown", note)
    if isinstance(outcome, BaseException) and not isinstance(outcome, ProbeError):
        told = masking.brief(outcome)
        level = logging.DEBUG if told == slot.told else logging.ERROR
        log.log(level, "probe of %s raised\n%s", name, masking.whole(outcome))
        slot.told = told
