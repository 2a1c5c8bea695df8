"""One part of Datadog's metrics for each of another: a share of failures, bytes for each request."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, final

from monitoring.model.entry import EntryProblem
from monitoring.model.references import Names
from monitoring.model.scalars import UNITS, Quantity
from monitoring.model.signals.base import MeasuredValue, Metrics
from monitoring.model.signals.charts import SignalChart, chart_of
from monitoring.model.signals.dimensions import DIMENSION_WORDS, unlike_dimension
from monitoring.model.signals.query_monitor import RateOfCounts, base_of
from monitoring.model.signals.terms import Terms, TermsMonitor


@final
class MetricRatio(TermsMonitor):
    """Metrics divided by metrics; several of one side are added up."""

    sides: ClassVar[tuple[str, ...]] = (*TermsMonitor.sides, "to")
    calculation: ClassVar[str] = "a ratio"
    to: Terms
    """The metric by which it is divided, such as all requests; the sum of several."""
    min_traffic: int | None = None
    """How many of `to` its window must hold at the quietest; a check compares, Datadog has no such setting."""

    def chart(self, environment: str, metrics: Metrics) -> SignalChart:
        """Its calculation, which is a ratio at each point as it is over the window."""
        return chart_of(self.query_text(environment, metrics), shows_threshold=True)

    def query_text(self, environment: str, metrics: Metrics) -> str:
        """`sum(last_10m):default_zero(sum:A{…}.as_count()) / sum:B{…}.as_count()`."""
        divided = self.balance(environment, metrics)
        divisor = self.side(self.to, environment, metrics, fills=False)
        divided = f"({divided})" if len(self.of) + len(self.minus) > 1 else divided
        divisor = f"({divisor})" if len(self.to) > 1 else divisor
        return self.windowed(f"{divided} / {divisor}", metrics)

    def rate(self, metrics: Metrics) -> RateOfCounts | None:
        """Itself, where its threshold is a share and both sides are counts."""
        if self.threshold.dimension != "share" or not self.counts(metrics):
            return None
        return RateOfCounts(tuple(term.name for term in self.to), self.min_traffic)

    def unit(self, metrics: Metrics) -> str:
        """The unit of what is divided; a fraction where both sides are of one dimension and unit."""
        divided, divisor = (metrics[side[0].name].unit for side in (self.of, self.to))
        if UNITS[divided][0] != UNITS[divisor][0]:
            return divided
        return "fraction" if self.threshold.dimension == "share" and UNITS[divided] == UNITS[divisor] else ""

    def critical(self, metrics: Metrics) -> float:
        """The threshold as the query compares it: both sides as they are sent."""
        return self._as_sent(self.threshold, metrics)

    def critical_recovery(self, metrics: Metrics) -> float | None:
        """The recovery as the query compares it; None for the threshold itself."""
        return None if self.recovers_at is None else self._as_sent(self.recovers_at, metrics)

    def _as_sent(self, limit: Quantity, metrics: Metrics) -> float:
        divided, divisor = (UNITS[metrics[side[0].name].unit][1] for side in (self.of, self.to))
        return float(f"{base_of(limit) * divisor / divided:.12g}")

    @property
    def in_words(self) -> str:
        """Both sides: sum of A minus sum of B, divided by sum of C."""
        return f"{self.balance_in_words}, divided by {' plus '.join(term.selected for term in self.to)},"

    @property
    def is_part(self) -> bool:
        """Whether what is divided is a part of what divides it, so that the ratio of counts is 100% at most."""
        wholes = list(self.to)
        for part in self.of:
            whole = next((each for each in wholes if each.counts_all_of(part)), None)
            if whole is None:
                return False
            wholes.remove(whole)
        return True

    def measured(self, metrics: Metrics) -> MeasuredValue:
        """A ratio at 0 or above where counts are divided and nothing is taken away; 100% at most where it is a part."""
        counts = self.counts(metrics)
        return MeasuredValue(
            word=self.threshold_word,
            limit=self.threshold,
            field=self.threshold_word,
            window=self.over,
            recovers_at=self.recovers_at,
            lowest=0 if counts and not self.minus else None,
            highest=1 if counts and self.is_part else None,
            is_count=counts and not self.empty_is_zero,
            has_gaps=counts,
        )

    @property
    def symptom(self) -> str:
        """A ratio that is too high, or too low."""
        of, to = (" ".join(term.name for term in side) for side in (self.of, self.to))
        return f"{of} to {to} {'above' if self.threshold_word.is_upward else 'below'}"

    def entry_problems(self, names: Names, /) -> Iterator[EntryProblem]:
        """Traffic that is none."""
        yield from super().entry_problems(names)
        if self.min_traffic is not None and self.min_traffic < 1:
            yield EntryProblem(f'"{self.min_traffic}" is no traffic', "write 1 or more, like 100", ("min-traffic",))

    def _incomputable(self, metrics: Metrics) -> Iterator[EntryProblem]:
        yield from super()._incomputable(metrics)
        if not self.minus and self.of == self.to:
            yield EntryProblem("divides a metric by itself, which is always 100%", "let to be the whole", ("to",))
        yield from self._wrong_dimension(metrics)

    def _wrong_dimension(self, metrics: Metrics) -> Iterator[EntryProblem]:
        """A threshold that is not what the division makes: a share of one dimension, or the first for each count."""
        divided, divisor = (UNITS[metrics[side[0].name].unit][0] for side in (self.of, self.to))
        if divided != divisor and divisor != "count":
            what = f"divides {DIMENSION_WORDS[divided]} by {DIMENSION_WORDS[divisor]}"
            yield EntryProblem(what, "divide by metrics of the same dimension, or by a count", ("to",))
            return
        wanted = ("share", "count") if divided == divisor else (divided,)
        yield from unlike_dimension(self, "the ratio", *wanted)
