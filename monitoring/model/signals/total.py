"""Datadog's metrics added up, less others: what two shops sell, what came in and did not go out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, final

from monitoring.model.entry import EntryProblem
from monitoring.model.references import Names
from monitoring.model.scalars import UNITS
from monitoring.model.signals.base import MeasuredValue, Metrics
from monitoring.model.signals.charts import SignalChart, chart_of
from monitoring.model.signals.dimensions import unlike_dimension
from monitoring.model.signals.metric import may_be_negative
from monitoring.model.signals.terms import TermsMonitor


@final
class MetricTotal(TermsMonitor):
    """Metrics added up, less others."""

    calculation: ClassVar[str] = "a total"

    def chart(self, environment: str, metrics: Metrics) -> SignalChart:
        """Its calculation; counts are added up over the window, and a chart shows them by the point."""
        return chart_of(self.query_text(environment, metrics), shows_threshold=not self.counts(metrics))

    def query_text(self, environment: str, metrics: Metrics) -> str:
        """`sum(last_10m):default_zero(sum:A{…}.as_count()) - default_zero(sum:B{…}.as_count())`."""
        return self.windowed(self.balance(environment, metrics), metrics)

    def unit(self, metrics: Metrics) -> str:
        """The unit that all of its metrics have."""
        return metrics[self.of[0].name].unit

    @property
    def in_words(self) -> str:
        """Its terms: sum of A plus sum of B minus sum of C."""
        return f"{self.balance_in_words},"

    def measured(self, metrics: Metrics) -> MeasuredValue:
        """A value at 0 or above where nothing is taken away; shares together may exceed 100%."""
        counts, limit = self.counts(metrics), self.threshold
        may_fall = any(may_be_negative(metrics[term.name].kind, limit) for term in self.terms)
        return MeasuredValue(
            word=self.threshold_word,
            limit=limit,
            field=self.threshold_word,
            window=self.over,
            recovers_at=self.recovers_at,
            is_bounded=not self.minus and not may_fall,
            exceeds_whole=True,
            is_count=counts and not self.empty_is_zero,
            has_gaps=counts,
        )

    @property
    def symptom(self) -> str:
        """A total that is too high, or too low."""
        less = "".join(f" minus {term.name}" for term in self.minus)
        side = "above" if self.threshold_word.is_upward else "below"
        return f"{' plus '.join(term.name for term in self.of)}{less} {side}"

    def entry_problems(self, names: Names, /) -> Iterator[EntryProblem]:
        """One metric alone, which is no total."""
        yield from super().entry_problems(names)
        if len(self.terms) == 1:
            yield EntryProblem("has one metric alone", "write metric, or name another one to add or take away", ("of",))

    def _incomputable(self, metrics: Metrics) -> Iterator[EntryProblem]:
        yield from super()._incomputable(metrics)
        yield from unlike_dimension(self, "the total", UNITS[self.unit(metrics)][0])
