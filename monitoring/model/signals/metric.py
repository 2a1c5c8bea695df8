"""A metric of Datadog against a threshold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, NamedTuple, final

from monitoring.model.entry import EntryProblem
from monitoring.model.references import Names
from monitoring.model.scalars import Amount, Duration, Quantity
from monitoring.model.signals.base import MeasuredValue, Metrics
from monitoring.model.signals.metric_monitor import MetricMonitor
from monitoring.model.signals.query_monitor import unlike_window
from monitoring.model.signals.selector import PERCENTILES
from monitoring.queries import QueryForm, forms
from monitoring.queries.writing import datadog_window


@final
class MetricSignal(MetricMonitor):
    """A Datadog metric against a threshold."""

    compares_series: ClassVar[bool] = True
    compares_one_value: ClassVar[bool] = True
    over: Duration
    """The time over which the value is computed, in whole minutes."""
    above: Amount | None = None
    """The value above which it fires, with its unit."""
    below: Amount | None = None
    """The value below which it fires, with its unit."""
    at_least: Amount | None = None
    """The value at or above which it fires, with its unit."""
    at_most: Amount | None = None
    """The value at or below which it fires, with its unit."""
    recovers_at: Amount | None = None
    """The value at which it recovers; left out, the threshold itself."""

    @property
    def threshold(self) -> Quantity:
        """The value at which it fires."""
        limit: Quantity | None = getattr(self, self.threshold_word.field)
        return limit or Quantity(0)

    @property
    def form(self) -> QueryForm:
        """A metric's."""
        return forms()["metric"]

    def query_text(self, environment: str, metrics: Metrics) -> str:
        """`percentile(last_10m):p95:NAME{FILTER} by {KEYS}`."""
        over = "percentile" if self.aggregation in PERCENTILES else self.aggregation
        return f"{over}(last_{datadog_window(self.over.seconds)}):{self.series(environment, metrics, by=self.by)}"

    @property
    def seconds(self) -> int:
        """Its window."""
        return self.over.seconds

    @property
    def recovery(self) -> Quantity | None:
        """What its author wrote."""
        return self.recovers_at

    @property
    def watches(self) -> object:
        """The series and its window."""
        return self.series_read, str(self.over)

    def condition(self, limit: str | None) -> str:
        """The metric, in words, beyond its limit."""
        side = f"{self.threshold_word.in_words} {limit or self.threshold}"
        return f"{self.in_words}{self.each} {side} over {self.over}{self.waiting}"

    def measured(self, metrics: Metrics) -> MeasuredValue:
        """A value at 0 or above, unless it is a gauge without a unit."""
        kind, limit = metrics[self.name].kind, self.threshold
        counts, bounds = kind == "count", bounds_of(kind, limit, is_summed=self.aggregation == "sum")
        return MeasuredValue(
            word=self.threshold_word,
            limit=limit,
            field=self.threshold_word,
            window=self.over,
            recovers_at=self.recovers_at,
            lowest=bounds.lowest,
            highest=bounds.highest,
            is_count=counts,
            has_gaps=counts,
        )

    @property
    def symptom(self) -> str:
        """A metric that is too high, or too low."""
        return f"{self.name} {'above' if self.threshold_word.is_upward else 'below'}"

    def entry_problems(self, names: Names, /) -> Iterator[EntryProblem]:
        """Groups that its words do not fit, a window that Datadog does not take."""
        yield from super().entry_problems(names)
        yield from self.unlike_groups(self.by)
        yield from unlike_window(self.over)


class ValueBounds(NamedTuple):
    """The lowest and the highest value that can be, each None where none is known."""

    lowest: float | None = None
    highest: float | None = None


def bounds_of(kind: str, value: Quantity, *, is_summed: bool) -> ValueBounds:
    """The ends of a metric of a kind, measured as a value is; shares that are added up have no highest one."""
    if may_be_negative(kind, value):
        return ValueBounds()
    return ValueBounds(0, 1 if value.dimension == "share" and not is_summed else None)


def may_be_negative(kind: str, value: Quantity) -> bool:
    """Whether a metric of a kind may lie below 0, measured as a value is."""
    return kind == "gauge" and value.dimension == "count"
