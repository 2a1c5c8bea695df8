"""The words for a threshold that is a number as Datadog compares it, without a unit of ours."""

from __future__ import annotations

from monitoring.model.entry import Entry
from monitoring.model.threshold_word import word_written


class NumberThreshold(Entry):
    """A threshold as a bare number, by one of four words."""

    above: float | None = None
    """The value above which it fires."""
    below: float | None = None
    """The value below which it fires."""
    at_least: float | None = None
    """The value at or above which it fires."""
    at_most: float | None = None
    """The value at or below which it fires."""

    @property
    def threshold(self) -> float:
        """The value at which it fires."""
        limit: float | None = getattr(self, word_written(self).field)
        return limit or 0.0
