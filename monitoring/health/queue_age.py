"""A probe of a queue: how long its oldest entry waits."""

from __future__ import annotations

import inspect
import math
from collections.abc import Awaitable, Callable
from datetime import timedelta
from decimal import Decimal

from .check import HealthSettingError, Probe, ProbeError, Reading
from .contract import Status
from .threads import in_own_thread

Age = float | Decimal | timedelta | None
"""What says how long an entry waits; a Decimal is what Postgres drivers make of `extract(epoch from …)`."""


def queue_age(oldest: Callable[[], Awaitable[Age] | Age], *, warn: float = 60.0, fail: float = 600.0) -> Probe:
    """A probe that warns when the oldest entry of a queue waits for `warn` seconds, and fails after `fail`.

    `oldest` returns the age in seconds, or as a timedelta; None where nothing waits. A plain function runs in a thread
    of its own. Raises HealthSettingError unless the limits are in order.
    """
    if not 0 < warn <= fail < math.inf:
        raise HealthSettingError("a queue's limits must be in order; write for example warn=60, fail=600")

    async def probe() -> Reading:
        age = oldest() if inspect.iscoroutinefunction(oldest) else await in_own_thread(oldest)
        return reading(await age if inspect.isawaitable(age) else age, warn=warn, fail=fail)

    return probe


def reading(age: object, *, warn: float, fail: float) -> Reading:
    """What an age means; ProbeError where it is none. One below zero is of a clock that differs, and counts as zero."""
    if age is None:
        return Reading(Status.PASS, "nothing waits")
    seconds = age.total_seconds() if isinstance(age, timedelta) else age
    if isinstance(seconds, bool) or not isinstance(seconds, int | float | Decimal) or not math.isfinite(seconds):
        raise ProbeError("the age of the oldest entry is no number of seconds")
    status = Status.FAIL if seconds >= fail else Status.WARN if seconds >= warn else Status.PASS
    return Reading(status, f"the oldest entry waits for {max(seconds, 0):.0f} s")
