"""What splits a rule into several firings: the keys that its signal groups by, and how many groups there can be."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from math import prod

from monitoring.model.catalog import Catalog
from monitoring.model.signals import MetricSignal, RawQuery, Signal
from monitoring.queries import MonitorQuery, read_query

ASSUMED_GROUPS = 20
"""Groups of a tag whose values nobody lists."""


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
        """How many groups there can be at once."""
        if not self.is_seen:
            return ASSUMED_GROUPS
        return prod(ASSUMED_GROUPS if values is None else max(len(values), 1) for values in self.values.values())


def grouping(catalog: Catalog, signal: Signal) -> Grouping:
    """What splits a signal's notifications; only metrics and raw queries of Datadog are split."""
    match signal:
        case MetricSignal():
            tags = catalog.platform.metrics[signal.name].tags
            keys = signal.notifies_by or signal.by
            return Grouping({key: signal.where.get(key) or tags[key].values or None for key in keys})
        case RawQuery():
            query = read_query(signal.query)
            if isinstance(query, MonitorQuery):
                return Grouping({key: _values(catalog, query, key) for key in signal.notifies_by or query.groups})
            return Grouping({}, is_seen=False)
        case _:
            return Grouping({})


def _values(catalog: Catalog, query: MonitorQuery, key: str) -> Collection[str] | None:
    """The values that a query's filter leaves of a key, else those that its metrics declare."""
    name = key.removeprefix("@")
    for term in query.terms:
        if term.key.removeprefix("@") == name and term.is_exact and not term.is_excluded:
            return term.values
    metrics = catalog.platform.metrics
    tags = [metrics[series.metric].tags.get(key) for series in query.series if series.metric in metrics]
    return next((tag.values for tag in tags if tag and tag.values), None)
