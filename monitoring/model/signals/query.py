"""A query of Datadog as it stands."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil, floor

from monitoring.model.entry import EntryProblem
from monitoring.model.monitor_options import MonitorOptions
from monitoring.model.references import Names
from monitoring.model.scalars import Query
from monitoring.model.signals.thresholds import threshold_problems
from monitoring.model.threshold_word import ThresholdWord, word_written


class RawQuery(MonitorOptions):
    """A Datadog query as it stands: the escape hatch, which is checked less."""

    query: Query
    """The query as Datadog writes it, without the comparison."""
    above: float | None = None
    """The value above which it fires."""
    below: float | None = None
    """The value below which it fires."""
    at_least: float | None = None
    """The value at or above which it fires."""
    at_most: float | None = None
    """The value at or below which it fires."""
    recovers_at: float | None = None
    """The value at which it recovers; left out, the threshold itself."""

    @property
    def threshold(self) -> float:
        """The value at which it fires."""
        limit: float | None = getattr(self, self.threshold_word.field)
        return limit or 0.0

    @property
    def threshold_word(self) -> ThresholdWord:
        """How a value is compared with the threshold."""
        return word_written(self)

    @property
    def metric_words(self) -> tuple[str, ...]:
        """The words written that Datadog takes on metrics alone.

        Its API refuses a recovery of events and of logs (DataDog/terraform-provider-datadog, issues 1401 and 210); of
        the other forms none is known to take one.
        """
        return (*super().metric_words, *(("recovers-at",) if self.recovers_at is not None else ()))

    @property
    def runs_to_fire(self) -> int:
        """Of a service check: how many of its last runs must have failed."""
        return ceil(self.threshold) if self.threshold_word.fires_at_threshold else floor(self.threshold) + 1

    def entry_problems(self, names: Names, /) -> Iterator[EntryProblem]:
        """No threshold, or several."""
        yield from super().entry_problems(names)
        yield from threshold_problems(self)
