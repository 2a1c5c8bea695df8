"""The threshold of a rule as a drawing: a line of values, the side that fires, and where it recovers."""

from __future__ import annotations

from dataclasses import dataclass

from monitoring.model.scalars import Quantity
from monitoring.model.signals import (
    Composite,
    Cron,
    Elsewhere,
    Errors,
    MetricSignal,
    RawQuery,
    SentryMetric,
    Signal,
    Slo,
    Uptime,
)
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


def limit_of(signal: Signal) -> Limit | None:
    """The limit of a signal; None where it compares no number that a person has written."""
    match signal:
        case Errors() if signal.one_is_enough:
            return None
        case Errors():
            return Limit(Quantity(signal.limit, "errors"), ThresholdWord.ABOVE)
        case SentryMetric():
            return Limit(signal.above, ThresholdWord.ABOVE)
        case MetricSignal():
            return Limit(signal.threshold, signal.threshold_word, signal.recovers_at)
        case RawQuery():
            recovers = None if signal.recovers_at is None else Quantity(signal.recovers_at)
            return Limit(Quantity(signal.threshold), signal.threshold_word, recovers)
        case Cron() | Uptime() | Composite() | Slo() | Elsewhere():
            return None


def threshold_block(signal: Signal) -> ThresholdBlock | None:
    """The drawing of a signal's threshold; None where it has none."""
    limit = limit_of(signal)
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
