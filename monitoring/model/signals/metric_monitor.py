"""What all signals answer that become one monitor of Datadog over one metric of the catalog."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import ClassVar

from monitoring.model.alphabets import DatadogTagKey
from monitoring.model.entry import EntryProblem
from monitoring.model.references import MetricSender
from monitoring.model.scalars import UNITS
from monitoring.model.signals.base import DataRead, Metrics
from monitoring.model.signals.charts import SignalChart
from monitoring.model.signals.dimensions import unlike_dimension
from monitoring.model.signals.query_monitor import QueryMonitor
from monitoring.model.signals.selector import MetricSelector
from monitoring.model.signals.tags import exactly, metric_sender, undeclared


class MetricMonitor(QueryMonitor, MetricSelector):
    """A signal over one metric of the catalog, which tags can split."""

    compares_series: ClassVar[bool] = False
    """Whether the series itself is compared with the threshold."""
    by: tuple[DatadogTagKey, ...] = ()
    """The tags by which the metric is split; each group fires by itself."""

    def chart(self, environment: str, metrics: Metrics) -> SignalChart:
        """Its series; a count is added up over the window, and a chart shows it by the time between two points."""
        shows_threshold = self.compares_series and metrics[self.name].kind != "count"
        series = self.series(environment, metrics, by=self.by)
        return SignalChart({"watched": series}, "watched", shows_threshold)

    @property
    def in_words(self) -> str:
        """The metric, and which part of it: p95 of NAME where TAG is VALUE."""
        return self.selected

    @property
    def each(self) -> str:
        """Of which group it speaks, inside a sentence; empty where it is not split."""
        return f" for one {' and '.join(self.by)}" if self.by else ""

    @property
    def groups(self) -> tuple[str, ...]:
        """The tags by which it is split."""
        return self.by

    def group_values(self, key: str, metrics: Metrics) -> Collection[str] | None:
        """The values that its filter leaves of a tag, else those that its metric declares."""
        return self.where.get(key) or metrics[self.name].tags[key].values or None

    @property
    def series_read(self) -> object:
        """What is equal for two that read the same series, however they list its values and groups."""
        return self.aggregation, self.name, exactly(self.where), frozenset(self.by)

    @property
    def window_aggregation(self) -> str:
        """The metric's own."""
        return self.aggregation

    def unit(self, metrics: Metrics) -> str:
        """The unit in which its metric is sent."""
        return metrics[self.name].unit

    def compared(self, metric: MetricSender) -> tuple[str, str]:
        """What its threshold is compared with, in words, and the dimension of that."""
        return f'metric "{self.name}"', UNITS[metric.unit][0]

    @property
    def reads(self) -> Iterable[DataRead]:
        """Its metric."""
        return [DataRead("metric", self.name, self.where, self.by, self.aggregation)]

    def _misread(self, metric: MetricSender, word: str) -> Iterator[EntryProblem]:
        yield from super()._misread(metric, word)
        for number, key in enumerate(self.by):
            if key not in metric.tags:
                yield undeclared(key, metric.tags, metric_sender(getattr(self, word)), "by", number)
        words, wanted = self.compared(metric)
        yield from unlike_dimension(self, words, wanted)
