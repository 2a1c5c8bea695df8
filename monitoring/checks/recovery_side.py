"""A rule recovers on the calm side of its threshold, or it flaps, or never recovers."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.checks._check import catalog_check
from monitoring.checks._context import Context, Finding
from monitoring.checks._subjects import SILENT_RULES
from monitoring.model.signals.query_monitor import QueryMonitor, base_of, spelled


@catalog_check("recovery-side", about=SILENT_RULES)
def recovery_side(context: Context) -> Iterator[str | Finding]:
    """Looks at each rule over a query at Datadog; finds recoveries at or beyond the value at which it fires."""
    for _, rule, signal in context.rules:
        if isinstance(signal, QueryMonitor):
            yield rule.id
            if (side := _wrong_side(signal)) and signal.recovery is not None:
                yield context.finding(
                    "rule",
                    rule.id,
                    rule.signal_word,
                    "recovers-at",
                    key="recovers on the wrong side",
                    what=f'recovers at "{spelled(signal.recovery)}", which is not {side} "{spelled(signal.threshold)}"',
                    remedy=f"write a value {side} the threshold, or leave recovers-at out",
                )


def _wrong_side(signal: QueryMonitor) -> str:
    if signal.recovery is None:
        return ""
    difference = base_of(signal.recovery) - base_of(signal.threshold)
    if signal.threshold_word.is_upward:
        return "" if difference < 0 else "below"
    return "" if difference > 0 else "above"
