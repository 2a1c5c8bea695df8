"""What splits a rule into several firings: the keys that its signal groups by, and how many groups there can be."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from math import prod

from monitoring.model.catalog import Catalog
from monitoring.model.signals import Signal
from monitoring.model.signals.query_monitor import QueryMonitor

ASSUMED_GROUPS = 20
"""Groups of a tag whose values nobody lists."""

MAX_GROUPS, MAX_KEYS = 1_000_000, 20
"""The groups that are counted, and the keys: what is more is far more than anybody reads."""


@dataclass(frozen=True, slots=True)
class Grouping:
    """The keys that split a rule, with the values that each can have; None where nobody lists them.

    `is_seen` is false for a query that could not be read: it may group by anything.
    """

    values: Mapping[str, Collection[str] | None]
    is_seen: bool = True

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys, in the query's order."""
        return tuple(self.values)

    @property
    def count(self) -> int:
        """How many groups there can be at once; no more than a million are counted."""
        if not self.is_seen:
            return ASSUMED_GROUPS
        groups = [ASSUMED_GROUPS if values is None else max(len(values), 1) for values in self.values.values()]
        return min(prod(groups[:MAX_KEYS]), MAX_GROUPS)


def grouping(catalog: Catalog, signal: Signal) -> Grouping:
    """What splits a signal's notifications; only monitors of Datadog over a query are split."""
    if not isinstance(signal, QueryMonitor):
        return Grouping({})
    if signal.groups is None:
        return Grouping({}, is_seen=False)
    metrics = catalog.platform.metrics
    return Grouping({key: signal.group_values(key, metrics) for key in signal.notifies_by or signal.groups})
