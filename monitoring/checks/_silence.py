"""What a monitor of Datadog does while its data never come."""

from __future__ import annotations

from monitoring.checks._context import ALWAYS, NEVER, Fires
from monitoring.model.signals.query_monitor import QueryMonitor


def fires_in_silence(signal: QueryMonitor, *, counts_as_zero: bool) -> Fires:
    """How it fires where nobody sends what it reads: always where silence alerts, or counts as 0 from below."""
    is_met = counts_as_zero and not signal.threshold_word.is_upward
    return ALWAYS if is_met or signal.when_silent == "alert" else NEVER
