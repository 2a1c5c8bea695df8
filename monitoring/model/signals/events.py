"""Events at Datadog that match a search: deployments, changes, alerts of other systems."""

from __future__ import annotations

from typing import ClassVar, final

from monitoring.model.signals.search_monitor import SearchMonitor


@final
class EventSearch(SearchMonitor):
    """Events that match a search, counted, or the different values of one of their attributes."""

    things: ClassVar[str] = "events"

    def source(self, search: str) -> str:
        """Events of every sender."""
        return f'events("{search}")'
