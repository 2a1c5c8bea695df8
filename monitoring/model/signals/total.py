"""Datadog's metrics added up, less others: what two shops sell, what came in and did not go out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar, final

from monitoring.model.entry import EntryProblem
from monitoring.model.references import Names
from monitoring.model.scalars import UNITS
from monitoring.model.signals.base import MeasuredValue, Metrics
from monitoring.model.signals.charts import SignalChart, chart_of
from monitoring.model.signals.dimensions import unlike_dimension
from monitoring.model.signals.metric import ValueBounds, bounds_of
from monitoring.model.signals.selector import MetricSelector
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
        """A value at 0 or above where nothing is taken away; of shares, each one is 100% at most."""
        counts = self.counts(metrics)
        bounds = self._bounds(metrics)
        return MeasuredValue(
            word=self.threshold_word,
            limit=self.threshold,
            field=self.threshold_word,
            window=self.over,
            recovers_at=self.recovers_at,
            lowest=bounds.lowest,
            highest=bounds.highest,
            is_count=counts and not self.empty_is_zero,
            has_gaps=counts,
        )

    def _bounds(self, metrics: Metrics) -> ValueBounds:
        """The ends of what is added up, less those of what is taken away."""
        added, taken = ([self._bounds_of_term(term, metrics) for term in side] for side in (self.of, self.minus))
        return ValueBounds(
            lowest=_less([each.lowest for each in added], [each.highest for each in taken]),
            highest=_less([each.highest for each in added], [each.lowest for each in taken]),
        )

    def _bounds_of_term(self, term: MetricSelector, metrics: Metrics) -> ValueBounds:
        return bounds_of(metrics[term.name].kind, self.threshold, is_summed=term.aggregation == "sum")

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


def _less(added: Sequence[float | None], taken: Sequence[float | None]) -> float | None:
    """A sum less another; None where a number of either is not known."""
    known = [number for number in (*added, *taken) if number is not None]
    return sum(known[: len(added)]) - sum(known[len(added) :]) if len(known) == len(added) + len(taken) else None
