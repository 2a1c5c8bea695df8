"""A metric of Datadog: how it is aggregated, and which part of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pydantic import ValidationInfo, field_validator

from monitoring.model.entry import Entry, EntryProblem, names_in, raise_problems
from monitoring.model.references import MetricRef, MetricSender, Names
from monitoring.model.signals.base import DataRead, Metrics
from monitoring.model.signals.tags import (
    ENVIRONMENT_TAG,
    DatadogWhere,
    Where,
    in_words,
    metric_sender,
    too_long,
    unsent,
)
from monitoring.queries.writing import datadog_filter

AGGREGATIONS = ("avg", "sum", "min", "max", "p50", "p75", "p90", "p95", "p99")
_AGGREGATIONS = frozenset(AGGREGATIONS)
PERCENTILES = frozenset(word for word in AGGREGATIONS if word.startswith("p"))


class MetricSelector(Entry):
    """A Datadog metric, how it is aggregated, and which part of it: exactly one aggregation names the metric."""

    avg: MetricRef | None = None
    """The metric, averaged."""
    sum: MetricRef | None = None
    """The metric, summed."""
    min: MetricRef | None = None
    """The smallest value of the metric."""
    max: MetricRef | None = None
    """The largest value of the metric."""
    p50: MetricRef | None = None
    """The median of the metric."""
    p75: MetricRef | None = None
    """The 75th percentile of the metric."""
    p90: MetricRef | None = None
    """The 90th percentile of the metric."""
    p95: MetricRef | None = None
    """The 95th percentile of the metric."""
    p99: MetricRef | None = None
    """The 99th percentile of the metric."""
    where: DatadogWhere = {}
    """The tags, and their values, that a series must have to count."""

    @property
    def aggregation(self) -> str:
        """The word before the metric: avg, p95 …"""
        return next(word for word in self.model_fields_set & _AGGREGATIONS if getattr(self, word) is not None)

    @property
    def name(self) -> str:
        """The metric's name at Datadog."""
        return str(getattr(self, self.aggregation))

    @property
    def selected(self) -> str:
        """What is read, in words: p95 of NAME where TAG is VALUE."""
        return f"{self.aggregation} of {self.name}{in_words(self.where)}"

    def counts_all_of(self, part: MetricSelector) -> bool:
        """Whether a sum counts all that another one counts: the same metric, by a filter that lets more through."""
        same = self.aggregation == part.aggregation == "sum" and self.name == part.name
        return same and all(
            key in part.where and set(part.where[key]) <= set(values) for key, values in self.where.items()
        )

    def read_at(self, *at: str) -> DataRead:
        """What it reads, where it stands at a place inside a signal."""
        return DataRead("metric", self.name, self.where, aggregation=self.aggregation, at=at)

    def series(self, environment: str, metrics: Metrics, *, by: Sequence[str] = ()) -> str:
        """Its series for one environment: `p95:NAME{env:prod,service:api} by {function}`."""
        metric = metrics[self.name]
        own = {ENVIRONMENT_TAG: (environment,)} if ENVIRONMENT_TAG in metric.tags else {}
        groups = f" by {{{','.join(by)}}}" if by else ""
        counted = ".as_count()" if metric.kind == "count" else ""
        return f"{self.aggregation}:{self.name}{{{datadog_filter({**self.where, **own})}}}{groups}{counted}"

    @field_validator("where")
    @classmethod
    def _tags_are_sent(cls, where: Where, info: ValidationInfo) -> Where:
        raise_problems(too_long(where))
        name = next((info.data[word] for word in AGGREGATIONS if info.data.get(word)), "")
        metric = names_in(info).metrics.get(name)
        if metric:
            raise_problems(unsent(where, metric.tags, metric_sender(name)))
        return where

    def entry_problems(self, names: Names, /) -> Iterator[EntryProblem]:
        """No aggregation or several, or a percentile of what has none."""
        given = [word for word in AGGREGATIONS if getattr(self, word) is not None]
        if len(given) != 1:
            what = f"has {len(given)} aggregations" if given else "names no metric"
            yield EntryProblem(what, f"write exactly one of {', '.join(AGGREGATIONS)}")
        for word in given:
            metric = names.metrics.get(getattr(self, word))
            if metric is not None:
                yield from self._misread(metric, word)

    def _misread(self, metric: MetricSender, word: str) -> Iterator[EntryProblem]:
        name = getattr(self, word)
        if word in PERCENTILES and metric.kind != "distribution":
            what = f'a {metric.kind} such as "{name}" has no {word}'
            yield EntryProblem(what, "write avg, min or max, or send a distribution", (word,))
