"""The threshold of a rule as a drawing: a line of values, the side that fires, and where it recovers."""

from __future__ import annotations

from dataclasses import dataclass

from monitoring.model.scalars import Quantity
from monitoring.model.signals.base import BaseSignal, Metrics
from monitoring.model.signals.query_monitor import QueryMonitor
from monitoring.model.threshold_word import ThresholdWord
from monitoring.site.blocks import ThresholdBlock, ThresholdMark

ROOM = 1.6
"""How far the line goes on behind the larger of its values, as a factor."""


@dataclass(frozen=True, slots=True)
class Limit:
    """A value at which a signal fires, how it is compared, and where it recovers; None for at the threshold itself."""

    value: Quantity
    word: ThresholdWord
    recovers_at: Quantity | None = None


def limit_of(signal: BaseSignal, metrics: Metrics) -> Limit | None:
    """The limit of a signal; None where it compares no number."""
    value = signal.measured(metrics)
    if value is not None:
        return Limit(value.limit, value.word, value.recovers_at)
    if isinstance(signal, QueryMonitor):
        recovers = None if signal.recovery is None else _quantity(signal.recovery)
        return Limit(_quantity(signal.threshold), signal.threshold_word, recovers)
    return None


def _quantity(limit: Quantity | float) -> Quantity:
    return limit if isinstance(limit, Quantity) else Quantity(limit)


def threshold_block(signal: BaseSignal, metrics: Metrics) -> ThresholdBlock | None:
    """The drawing of a signal's threshold; None where it has none."""
    limit = limit_of(signal, metrics)
    if limit is None:
        return None
    recovers = limit.recovers_at
    values = [limit.value.base, *([] if recovers is None else [recovers.base])]
    return ThresholdBlock(
        text=in_words(limit),
        limit=ThresholdMark(_place(limit.value.base, values), str(limit.value)),
        fires_upward=limit.word.is_upward,
        recovery=None if recovers is None else ThresholdMark(_place(recovers.base, values), f"recovers {recovers}"),
    )


def in_words(limit: Limit) -> str:
    """The same as the drawing."""
    back = "as soon as that is over" if limit.recovers_at is None else f"at {limit.recovers_at}"
    return f"Fires {limit.word.in_words} {limit.value}; recovers {back}."


def _place(value: float, values: list[float]) -> float:
    """Where a value lies on a line that begins at 0, or below its lowest value, and ends behind its highest."""
    low = min(0.0, *(each * ROOM for each in values))
    high = max(0.0, *(each * ROOM for each in values))
    return (value - low) / (high - low) if high > low else 0.5
