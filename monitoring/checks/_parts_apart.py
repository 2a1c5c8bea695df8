"""Parts of a composite that never fire as it needs them: thresholds on one value that shut each other out."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from monitoring.model.catalog import Catalog
from monitoring.model.service import Rule
from monitoring.model.signals import Composite
from monitoring.model.signals.base import Metrics
from monitoring.model.signals.query_monitor import QueryMonitor


class _Side(NamedTuple):
    """The values at which a part fires: beyond its threshold it does, and until the last one, its recovery, it may."""

    value: object
    is_upward: bool
    threshold: float
    fires_at_threshold: bool
    last: float
    fires_at_last: bool

    def shuts_out(self, other: _Side) -> bool:
        """Whether no value lets both of them fire."""
        if self.value != other.value or self.is_upward is other.is_upward:
            return False
        up, down = (self, other) if self.is_upward else (other, self)
        return up.last > down.last or (up.last == down.last and not (up.fires_at_last and down.fires_at_last))

    def brings(self, other: _Side) -> bool:
        """Whether the other one fires at every value at which this one does."""
        if self.value != other.value or self.is_upward is not other.is_upward:
            return False
        farther = self.last > other.threshold if self.is_upward else self.last < other.threshold
        return farther or (self.last == other.threshold and (other.fires_at_threshold or not self.fires_at_last))


def why_never(composite: Composite, catalog: Catalog, never: Container[str]) -> str:
    """Why its parts never fire as it needs them, beside those that never do; empty where they can, as is known."""
    rules, metrics = catalog.rules, catalog.platform.metrics
    sides = {name: side for name in composite.parts if (side := _side(rules[name][1], metrics))}
    needed = [(*composite.all_of, one) for one in composite.any_of if one not in never] or [composite.all_of]
    reasons = [next(_reasons(names, composite.none_of, sides), "") for names in needed]
    return reasons[0] if all(reasons) else ""


def _reasons(needed: Sequence[str], ended: Iterable[str], sides: Mapping[str, _Side]) -> Iterator[str]:
    known = [name for name in needed if name in sides]
    for one, other in combinations(known, 2):
        if sides[one].shuts_out(sides[other]):
            yield f'"{one}" and "{other}" never fire together'
    for one in known:
        for other in ended:
            if other in sides and sides[one].brings(sides[other]):
                yield f'"{other}" fires whenever "{one}" does, and it waits for that to end'


def _side(rule: Rule, metrics: Metrics) -> _Side | None:
    """Where its value fires; None for what compares no single value, or fires without one."""
    signal = rule.signal
    if not isinstance(signal, QueryMonitor) or not signal.compares_one_value:
        return None
    if rule.alerts_when_silent or rule.for_each_tenant:
        return None
    measured = signal.measured(metrics)
    if measured is None:
        return None
    last = measured.recovers_at or measured.limit
    return _Side(
        value=(type(signal), signal.watches, signal.waiting, signal.fills_silence(metrics)),
        is_upward=measured.word.is_upward,
        threshold=measured.limit.base,
        fires_at_threshold=measured.word.fires_at_threshold,
        last=last.base,
        fires_at_last=measured.word.fires_at_threshold or measured.recovers_at is not None,
    )
