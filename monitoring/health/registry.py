"""The registry: runs health checks on request, each once at a time, and keeps their results.

Nothing runs between requests. The request that finds a result out of date starts the probe and waits for it; requests
beside it get the previous result if there is a recent one, else they wait for the same probe.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from . import masking, probing
from .check import HealthCheck, HealthSettingError, ProbeError, Reading
from .check_state import (
    CheckState,
    Result,
    fresh_until,
    is_occupied,
    is_usable,
    new_state,
    runs_here,
    spend,
    status_of,
    under_way,
)
from .contract import ANSWERS_WITHIN, Question, Status, components_for, overall

log = logging.getLogger("monitoring.health")

ANSWER_DEADLINE = ANSWERS_WITHIN - 0.1
"""Seconds after which a request is answered with what is known; a tenth is left for the answer's own way."""

_GRACE = 0.05

PUBLISHED_WITHIN, PUBLISHED_FOR = 5.0, 60.0
"""Seconds that a vendor's status page may take, and for which its words count."""


@dataclass(frozen=True, slots=True)
class ComponentStatus:
    """One component's part of an answer; no result means that none ever came in time."""

    check: HealthCheck
    status: Status
    result: Result | None
    published: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """The answer to a question; compared by identity, so that its rendering can be kept beside it."""

    question: Question
    status: Status
    components: tuple[ComponentStatus, ...] = ()

    @property
    def statuses(self) -> tuple[tuple[str, Status], ...]:
        """The public part: each component's name and status."""
        return tuple((component.check.name, component.status) for component in self.components)


class HealthRegistry:
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
        self._states = {check.name: new_state(check, now=clock()) for check in self.checks}
        if len(self._states) < len(self.checks):
            raise HealthSettingError(
                f"two health checks are called {_duplicate(self.checks)!r}; give each its own name"
            )
        self._by_question = {question: self._states_for(question) for question in Question}
        self._kept: dict[Question, tuple[float, Answer]] = {}

    async def ask(self, question: Question) -> Answer:
        """The answer to a question, within the registry's deadline whatever hangs."""
        until, kept = self._kept.get(question, (0.0, None))
        if kept is not None and self._clock() < until:
            return kept
        states = self._by_question[question]
        awaited = [run for state in states if (run := self._due(state)) is not None]
        if awaited:
            await asyncio.wait(awaited, timeout=self._deadline)
        answer = self._answer(question, states)
        self._kept[question] = (min((fresh_until(state) for state in states), default=float("inf")), answer)
        return answer

    def drain(self) -> None:
        """Make readiness red, so that no new traffic comes, while liveness stays green."""
        self.draining = True
        self._kept.clear()

    async def aclose(self) -> None:
        """Cancel what is under way."""
        tasks: Iterable[asyncio.Task[Any] | None] = (
            task for state in self._states.values() for task in (state.running, state.overrunning, state.publishing)
        )
        going = [task for task in tasks if task is not None and runs_here(task)]
        for task in going:
            task.cancel()
        if going:
            await asyncio.wait(going, timeout=self._deadline)

    def results(self) -> tuple[ComponentStatus, ...]:
        """The latest result of every check, without running any."""
        return tuple(self._component(state) for state in self._states.values())

    def runs(self) -> dict[str, Counter[Status]]:
        """How often each check ran, by outcome."""
        return {name: Counter(state.runs) for name, state in self._states.items()}

    def _states_for(self, question: Question) -> tuple[CheckState, ...]:
        components = (check.component for check in self.checks)
        return tuple(self._states[component.name] for component in components_for(question, components))

    def _answer(self, question: Question, states: tuple[CheckState, ...]) -> Answer:
        components = tuple(self._component(state) for state in states)
        status = overall((component.check.component, component.status) for component in components)
        leaving = self.draining and question is not Question.LIVENESS
        return Answer(question, Status.FAIL if leaving else status, components)

    def _component(self, state: CheckState) -> ComponentStatus:
        status = status_of(state, now=self._clock())
        return ComponentStatus(state.check, status, state.last, "" if status is Status.PASS else state.published)

    def _due(self, state: CheckState) -> asyncio.Task[None] | None:
        """The run that a request has to wait for, started if need be."""
        now = self._clock()
        if now < fresh_until(state):
            return None
        if (run := under_way(state, now=now)) is not None:
            return None if is_usable(state, now=now) else run
        if is_occupied(state) or not spend(state, now=now):
            return None
        state.started = now
        state.running = asyncio.create_task(self._run(state), name=f"health check {state.check.name}")
        return state.running

    async def _run(self, state: CheckState) -> None:
        """Run one probe under its deadline and keep what came of it."""
        task = asyncio.create_task(
            probing.ask(state.check.probe, on_start=state.calls.add), name=f"probe of {state.check.name}"
        )
        try:
            await asyncio.wait({task}, timeout=state.check.deadline)
        finally:
            if not task.done():
                task.cancel()
                state.overrunning = task
                task.add_done_callback(_retrieve)
        if not task.done():
            await asyncio.wait({task}, timeout=_GRACE)
        self._keep(state, probing.outcome(task))

    def _keep(self, state: CheckState, outcome: Reading | BaseException | None) -> None:
        now = self._clock()
        reading = probing.reading(outcome)
        before = state.last.status if state.last else None
        state.last = Result(reading.status, now, datetime.now(UTC), now - state.started, reading.note)
        state.runs[reading.status] += 1
        self._kept.clear()
        _log_change(state.check.name, reading, before=before)
        masking.guarded(lambda: _log_exception(state, outcome), None)
        if reading.status is not Status.PASS:
            self._look_up_published(state, now=now)

    def _look_up_published(self, state: CheckState, *, now: float) -> None:
        """Ask the vendor's status page, beside everything else: no request waits for it."""
        recent = now < state.published_at + PUBLISHED_FOR or runs_here(state.publishing) or state.page_calls.pending
        if state.check.published is None or recent:
            return
        if now > state.published_at + 2 * PUBLISHED_FOR:
            state.published = ""  # of an earlier failure
        state.published_at = now
        state.publishing = asyncio.create_task(self._publish(state), name=f"status page of {state.check.name}")

    async def _publish(self, state: CheckState) -> None:
        state.published = await probing.published(state.check, within=PUBLISHED_WITHIN, on_start=state.page_calls.add)
        self._kept.clear()


def _duplicate(checks: tuple[HealthCheck, ...]) -> str:
    return next(name for name, times in Counter(check.name for check in checks).items() if times > 1)


def _retrieve(task: asyncio.Task[Reading | None]) -> None:
    """Read a cancelled probe's outcome, so that asyncio does not report it as never retrieved."""
    if not task.cancelled():
        task.exception()


def _log_change(name: str, reading: Reading, *, before: Status | None) -> None:
    """Log a change of status; a first pass is none."""
    if reading.status is not (before or Status.PASS):
        level = logging.INFO if reading.status is Status.PASS else logging.WARNING
        log.log(level, "component %s is %s, was %s: %s", name, reading.status, before or "unknown", reading.note)


def _log_exception(state: CheckState, outcome: object) -> None:
    """Log an unknown exception whole the first time that it looks like this."""
    if isinstance(outcome, BaseException) and not isinstance(outcome, ProbeError):
        brief = masking.brief(outcome)
        level = logging.DEBUG if brief == state.logged_exception else logging.ERROR
        log.log(level, "probe of %s raised\n%s", state.check.name, masking.whole(outcome))
        state.logged_exception = brief
