"""Plain calls in daemon threads of their own: a hung one holds up neither other calls nor the end of the process."""

from __future__ import annotations

import asyncio
import contextvars
import threading
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from typing import Any, TypeVar

T = TypeVar("T")
OnStart = Callable[[Future[Any]], None]


class EscapeError(Exception):
    """Carries an exception that would end the event loop, or that no future may hold."""


def _ignore(_call: Future[Any]) -> None:
    """No health check is run, so that nobody waits for the call."""


_on_start: ContextVar[OnStart] = ContextVar("monitoring_health_on_start", default=_ignore)


@contextmanager
def calls_counted_by(on_start: OnStart) -> Iterator[None]:
    """Report each call that is started inside this context."""
    token = _on_start.set(on_start)
    try:
        yield
    finally:
        _on_start.reset(token)


def start(call: Callable[[], T]) -> Future[T]:
    """The call, under way in a daemon thread of its own; it cannot be cancelled, and is done when it has returned."""
    future: Future[T] = Future()
    future.set_running_or_notify_cancel()
    context = contextvars.copy_context()
    threading.Thread(target=context.run, args=(_run, call, future), daemon=True).start()
    _on_start.get()(future)
    return future


def _run(call: Callable[[], T], future: Future[T]) -> None:
    try:
        result = call()
    except BaseException as error:
        future.set_exception(_bearable(error))
    else:
        future.set_result(result)


def _bearable(error: BaseException) -> Exception:
    if isinstance(error, Exception) and not isinstance(error, StopIteration | StopAsyncIteration):
        return error
    return EscapeError(error)


async def in_own_thread(call: Callable[[], T]) -> T:
    """The result of a plain call, made in a thread of its own; to be cancelled leaves the thread behind."""
    loop = asyncio.get_running_loop()
    outcome: asyncio.Future[T] = loop.create_future()
    start(call).add_done_callback(partial(_hand_over, loop, outcome))
    return await outcome


def _hand_over(loop: asyncio.AbstractEventLoop, outcome: asyncio.Future[T], call: Future[T]) -> None:
    if not loop.is_closed():
        loop.call_soon_threadsafe(_settle, outcome, call)


def _settle(outcome: asyncio.Future[T], call: Future[T]) -> None:
    if outcome.cancelled():
        return
    if (error := call.exception()) is not None:
        outcome.set_exception(error)
    else:
        outcome.set_result(call.result())


def run(main: Coroutine[Any, Any, T]) -> T:
    """As `asyncio.run`, but that the end waits for no lookup of a name that hangs."""
    with asyncio.Runner() as runner:
        runner.get_loop().set_default_executor(DaemonThreads())
        return runner.run(main)


class DaemonThreads(ThreadPoolExecutor):
    """A loop's default executor in which each call has a thread of its own, and the loop's end waits for none."""

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """The call under way."""
        return start(partial(fn, *args, **kwargs))

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Leave; the threads end with their calls, or with the process."""
