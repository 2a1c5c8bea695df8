"""A rule recovers on the calm side of its threshold, or it flaps, or never recovers."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.checks._check import catalog_check
from monitoring.checks._context import Context, Finding
from monitoring.checks._subjects import SILENT_RULES
from monitoring.model.scalars import Quantity
from monitoring.model.signals import MetricSignal, RawQuery


@catalog_check("recovery-side", about=SILENT_RULES)
def recovery_side(context: Context) -> Iterator[str | Finding]:
    """Looks at each rule on a metric or a raw query; finds recoveries at or beyond the value at which it fires."""
    for _, rule, signal in context.rules:
        if isinstance(signal, MetricSignal | RawQuery):
            yield rule.id
            if side := _wrong_side(signal):
                yield context.finding(
                    "rule",
                    rule.id,
                    rule.signal_word,
                    "recovers-at",
                    key="recovers on the wrong side",
                    what=f'recovers at "{_spelled(signal.recovers_at)}", which is not {side} '
                    f'"{_spelled(signal.threshold)}"',
                    remedy=f"write a value {side} the threshold, or leave recovers-at out",
                )


def _wrong_side(signal: MetricSignal | RawQuery) -> str:
    if signal.recovers_at is None:
        return ""
    difference = _value(signal.recovers_at) - _value(signal.threshold)
    if signal.threshold_word.is_upward:
        return "" if difference < 0 else "below"
    return "" if difference > 0 else "above"


def _value(limit: Quantity | float) -> float:
    return limit.base if isinstance(limit, Quantity) else limit


def _spelled(limit: Quantity | float | None) -> str:
    return f"{limit:g}" if isinstance(limit, float) else str(limit)
