"""Running one probe once: in the loop or in a thread of its own, quietly, with every outcome turned into a reading."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Awaitable, Callable
from typing import cast

from . import masking
from .check import HealthCheck, Probe, ProbeError, Reading
from .contract import Status
from .log_suppression import suppress_client_logs
from .threads import EscapeError, OnStart, calls_counted_by, in_own_thread

Outcome = Awaitable[Reading | None] | Reading | None


async def ask(probe: Probe, *, on_start: OnStart) -> Reading | None:
    """What a probe returns; whatever it raises is an outcome, so that no SystemExit of a probe ends the server.

    Each call that it starts in a thread is reported to `on_start`.
    """
    with suppress_client_logs(), calls_counted_by(on_start):
        try:
            return await _call(probe)
        except (KeyboardInterrupt, GeneratorExit):
            raise
        except asyncio.CancelledError as error:
            if (task := asyncio.current_task()) is not None and task.cancelling():
                raise
            raise ProbeError("the probe was cancelled by itself") from error
        except Exception:
            raise
        except BaseException as error:
            raise EscapeError(error) from error


async def _call(probe: Probe) -> Reading | None:
    outcome = probe() if _is_async(probe) else await in_own_thread(cast("Callable[[], Outcome]", probe))
    return await outcome if inspect.isawaitable(outcome) else outcome


async def published(check: HealthCheck, *, within: float, on_start: OnStart) -> str:
    """What a vendor publishes, or that it cannot be read; whatever is raised is left out, for it is no verdict."""
    with suppress_client_logs(), calls_counted_by(on_start):
        try:
            async with asyncio.timeout(within):
                return await check.published() if check.published else ""
        except Exception:
            return "its status page cannot be read"


def _is_async(probe: Probe) -> bool:
    return inspect.iscoroutinefunction(probe) or inspect.iscoroutinefunction(getattr(probe, "__call__", None))  # noqa: B004


def outcome(task: asyncio.Task[Reading | None]) -> Reading | BaseException | None:
    """What a finished, or given up, probe came to."""
    if not task.done() or task.cancelled():
        return ProbeError("no answer within its deadline")
    error = task.exception()
    return (error.args[0] if isinstance(error, EscapeError) else error) if error else task.result()


def reading(outcome: object) -> Reading:
    """An outcome in the words of a component; one that cannot even be read is a fail."""
    return masking.guarded(lambda: _reading(outcome), Reading(Status.FAIL, "the probe's outcome cannot be read"))


def _reading(outcome: object) -> Reading:
    match outcome:
        case None:
            return Reading()
        case Reading():
            return Reading(outcome.status, outcome.note)
        case ProbeError():
            return Reading(outcome.status, outcome.message)
        case BaseException():
            return Reading(Status.FAIL, masking.brief(outcome))
        case _:
            return Reading(Status.FAIL, f"the probe returned {type(outcome).__name__}, not a reading")
