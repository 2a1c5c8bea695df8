"""The windows that Sentry takes."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.model.entry import EntryProblem
from monitoring.model.scalars import Length

# Sentry's closed set for conditions that count (eventFrequencyCount.interval) and the windows its monitors offer.
SENTRY_INTERVALS = ("1m", "5m", "15m", "1h", "1d", "1w", "30d")
SENTRY_WINDOWS = ("1m", "5m", "10m", "15m", "30m", "1h", "2h", "4h", "1d")


def not_taken(window: Length, legal: tuple[str, ...], field: str) -> Iterator[EntryProblem]:
    """A window outside the closed set that Sentry takes."""
    if str(window) not in legal:
        what = f'"{window}" is not a window that Sentry takes'
        yield EntryProblem(what, f"it is one of {', '.join(legal)}", (field,))
