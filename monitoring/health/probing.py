"""Asking one probe once: in the loop or in a thread of its own, quietly, with every outcome turned into words."""

from __future__ import annotations

import asyncio
import contextvars
import inspect
import threading
from collections.abc import Awaitable, Callable

from . import masking
from .check import Probe, ProbeError, Reading
from .contract import Status
from .log_suppression import suppress_client_logs

KeepThread = Callable[[threading.Thread], None]
Outcome = Awaitable[Reading | None] | Reading | None


async def ask(probe: Probe, *, keep_thread: KeepThread) -> Reading | None:
    """What a probe says; whatever it raises is an outcome, so that no SystemExit of a probe ends the server."""
    with suppress_client_logs():
        try:
            return await _call(probe, keep_thread)
        except (KeyboardInterrupt, GeneratorExit):
            raise
        except asyncio.CancelledError as error:
            if (task := asyncio.current_task()) is not None and task.cancelling():
                raise
            raise ProbeError("the probe was cancelled by itself") from error
        except Exception:
            raise
        except BaseException as error:
            raise _EscapeError(error) from error


class _EscapeError(Exception):
    """Carries an exception that would end the event loop."""


async def _call(probe: Probe, keep_thread: KeepThread) -> Reading | None:
    outcome = probe() if _is_async(probe) else await _in_thread(probe, keep_thread)
    return await outcome if inspect.isawaitable(outcome) else outcome


def _is_async(probe: Probe) -> bool:
    return inspect.iscoroutinefunction(probe) or inspect.iscoroutinefunction(getattr(probe, "__call__", None))  # noqa: B004


async def _in_thread(probe: Probe, keep_thread: KeepThread) -> Outcome:
    """Call a plain function in a daemon thread of its own: a hung one neither starves others nor holds up the exit."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[Outcome] = loop.create_future()
    context = contextvars.copy_context()
    thread = threading.Thread(target=context.run, args=(_report, probe, loop, done), daemon=True)
    thread.start()
    keep_thread(thread)
    return await done


def _report(probe: Probe, loop: asyncio.AbstractEventLoop, done: asyncio.Future[Outcome]) -> None:
    try:
        outcome = probe()
    except BaseException as error:
        _hand_over(loop, _settle, done, None, error)
    else:
        _hand_over(loop, _settle, done, outcome, None)


def _hand_over(loop: asyncio.AbstractEventLoop, call: Callable[..., None], *values: object) -> None:
    if not loop.is_closed():
        loop.call_soon_threadsafe(call, *values)


def _settle(done: asyncio.Future[Outcome], outcome: Outcome, error: BaseException | None) -> None:
    if done.cancelled():
        return
    if error is None:
        done.set_result(outcome)
    else:
        done.set_exception(error if isinstance(error, Exception) else _EscapeError(error))


def outcome(task: asyncio.Task[Reading | None]) -> Reading | BaseException | None:
    """What a finished, or given up, probe came to."""
    if not task.done() or task.cancelled():
        return ProbeError("no answer within its deadline")
    error = task.exception()
    return (error.args[0] if isinstance(error, _EscapeError) else error) if error else task.result()


def reading(outcome: object) -> Reading:
    """An outcome in the words of a component."""
    match outcome:
        case None:
            return Reading()
        case Reading():
            return outcome
        case ProbeError():
            return Reading(outcome.status, outcome.message)
        case BaseException():
            return Reading(Status.FAIL, masking.brief(outcome))
        case _:
            return Reading(Status.FAIL, f"the probe returned {type(outcome).__name__}, not a reading")
