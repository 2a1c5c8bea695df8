"""Logs at Datadog that match a search: their number, or a value of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, final

from monitoring.model.alphabets import LogFacet
from monitoring.model.signals.search_monitor import SearchMonitor


@final
class LogSearch(SearchMonitor):
    """Logs that match a search, counted, or measured by one of their attributes."""

    things: ClassVar[str] = "logs"
    rollups: ClassVar[Mapping[str, str]] = {
        **SearchMonitor.rollups,
        **{word: word for word in ("avg", "sum", "min", "max")},
        "p50": "median",
        **{f"p{number}": f"pc{number}" for number in (75, 90, 95, 99)},
    }
    """Datadog's word for each of ours that names an attribute (DataDog/documentation, monitors/types/log)."""
    avg: LogFacet | None = None
    """The attribute, averaged."""
    sum: LogFacet | None = None
    """The attribute, summed."""
    min: LogFacet | None = None
    """The smallest value of the attribute."""
    max: LogFacet | None = None
    """The largest value of the attribute."""
    p50: LogFacet | None = None
    """The median of the attribute."""
    p75: LogFacet | None = None
    """The 75th percentile of the attribute."""
    p90: LogFacet | None = None
    """The 90th percentile of the attribute."""
    p95: LogFacet | None = None
    """The 95th percentile of the attribute."""
    p99: LogFacet | None = None
    """The 99th percentile of the attribute."""

    def source(self, search: str) -> str:
        """Logs of all indexes."""
        return f'logs("{search}").index("*")'
