"""Faults on demand: what goes wrong at which call, read from the accounts' file by every plugin."""

from __future__ import annotations

import enum
import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass

from tests.engine.accounts.store import Store


class Fault(enum.StrEnum):
    """What can go wrong. `before` is before the vendor has stored anything, `after` once it has."""

    RATE_LIMIT = "rate-limit"  # 429; the vendor's client waits for the reset and repeats
    SERVER_ERROR = "server-error"  # 503; repeated where the vendor's client does
    REFUSE = "refuse"  # 400, never repeated
    HANG = "hang"  # no answer until the fault is ended, before
    HANG_AFTER = "hang-after"  # no answer until the fault is ended, after
    LOSE_ANSWER = "lose-answer"  # stored, but the provider reports a failure without an id
    HALF_DONE = "half-done"  # stored, the provider reports a failure with the id
    KILL_ENGINE_BEFORE = "kill-engine-before"
    KILL_ENGINE_AFTER = "kill-engine-after"
    KILL_PROVIDER_BEFORE = "kill-provider-before"
    KILL_PROVIDER_AFTER = "kill-provider-after"


EARLY = (
    Fault.RATE_LIMIT,
    Fault.SERVER_ERROR,
    Fault.REFUSE,
    Fault.HANG,
    Fault.KILL_ENGINE_BEFORE,
    Fault.KILL_PROVIDER_BEFORE,
)
STATUS = {Fault.RATE_LIMIT: 429, Fault.SERVER_ERROR: 503, Fault.REFUSE: 400}
BETWEEN_LOOKS_SECONDS = 0.02
BETWEEN_ATTEMPTS_SECONDS = 0.05
"""The emulated clients pause this long after a 5xx; the real ones wait seconds, which would only slow the tests."""


class VendorError(Exception):
    """The vendor, or the provider on its behalf, refuses a request."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(f"{status}: {message}" if status else message)
        self.status = status


class HalfDoneError(Exception):
    """The object exists, but the request counts as failed."""


@dataclass(frozen=True)
class Hit:
    """A fault that strikes now."""

    number: int
    fault: Fault
    seconds: float
    message: str


@dataclass(frozen=True)
class Occasion:
    """The call that may go wrong."""

    vendor: str
    method: str
    type: str
    name: str


def strike(store: Store, occasion: Occasion, *, early: bool) -> Hit | None:
    """The fault that is due at this occasion, counted as a hit; None when all goes well."""
    if not store.rows("select 1 from faults limit 1"):
        return None
    kinds = ", ".join(f"'{fault}'" for fault in Fault if (fault in EARLY) == early)
    same = (f"ifnull({word}, :{word}) = :{word}" for word in vars(occasion))
    where, values = " and ".join([f"kind in ({kinds})", *same]), vars(occasion)
    with store.transaction() as connection:
        connection.execute(f"update faults set seen = seen + 1 where {where}", values)
        due = connection.execute(
            f"update faults set hits = hits + 1 where {where} and seen >= nth and seen < nth + times "
            "returning number, kind, seconds, message",
            values,
        ).fetchall()
    if not due:
        return None
    number, kind, seconds, message = due[0]
    return Hit(number, Fault(kind), seconds, message)


def kill_engine() -> None:
    """End the engine as the kernel would, and this plugin with it: nothing is told, nothing is flushed."""
    os.kill(os.getppid(), signal.SIGKILL)
    os._exit(137)


def kill_provider() -> None:
    """End this plugin without a word."""
    os.kill(os.getpid(), signal.SIGKILL)


def held(store: Store, hit: Hit, *, stopped: Callable[[float], bool]) -> bool:
    """Keep a call without an answer until its fault is ended; whether the engine stopped waiting before."""
    while store.rows("select 1 from faults where number = ?", hit.number):
        if stopped(BETWEEN_LOOKS_SECONDS):
            return True
    return False


def suffer(store: Store, hit: Hit, *, stopped: Callable[[float], bool]) -> None:
    """Let a fault happen. Returns when the call may go on. Raises `VendorError` or `HalfDoneError`."""
    match hit.fault:
        case Fault.KILL_ENGINE_BEFORE | Fault.KILL_ENGINE_AFTER:
            kill_engine()
        case Fault.KILL_PROVIDER_BEFORE | Fault.KILL_PROVIDER_AFTER:
            kill_provider()
        case Fault.HANG | Fault.HANG_AFTER:
            if held(store, hit, stopped=stopped):
                raise VendorError(0, "cancelled while waiting for the vendor's answer")
        case Fault.HALF_DONE:
            raise HalfDoneError(hit.message or "stored, but not ready")
        case Fault.LOSE_ANSWER:
            raise VendorError(502, hit.message or "the answer was lost")
        case _:
            raise VendorError(STATUS[hit.fault], hit.message or hit.fault.value)


def attempt(
    store: Store, occasion: Occasion, *, retries: int, retried: tuple[int, ...], stopped: Callable[[float], bool]
) -> None:
    """Everything that can go wrong before the vendor acts, with the repetitions of the vendor's own client.

    Raises `VendorError` when the client gives up.
    """
    for left in range(retries, -1, -1):
        hit = strike(store, occasion, early=True)
        if hit is None:
            return
        try:
            suffer(store, hit, stopped=stopped)
            return
        except VendorError as error:
            if error.status not in retried or left == 0:
                raise
            time.sleep(hit.seconds if error.status == STATUS[Fault.RATE_LIMIT] else BETWEEN_ATTEMPTS_SECONDS)


def aftermath(store: Store, occasion: Occasion, *, stopped: Callable[[float], bool]) -> None:
    """Everything that can go wrong once the vendor has acted. Raises `VendorError` or `HalfDoneError`."""
    hit = strike(store, occasion, early=False)
    if hit is not None:
        suffer(store, hit, stopped=stopped)
