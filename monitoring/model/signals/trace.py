"""What Datadog's APM measures of one service: how much is asked of it, how much fails, and how long it takes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import ClassVar, Literal, final

from monitoring.model.alphabets import DatadogTagKey, DatadogValue, SpanName
from monitoring.model.entry import EntryProblem
from monitoring.model.references import Names
from monitoring.model.scalars import Amount, Duration, Quantity
from monitoring.model.signals.base import DataRead, MeasuredValue, Metrics
from monitoring.model.signals.charts import SignalChart, chart_of
from monitoring.model.signals.dimensions import unlike_dimension
from monitoring.model.signals.query_monitor import QueryMonitor, RateOfCounts, unlike_window
from monitoring.model.signals.tags import ENVIRONMENT_TAG
from monitoring.queries import QueryForm, forms
from monitoring.queries.writing import datadog_filter, datadog_window

COUNTS = ("hits", "errors")
RATE = "error-rate"
SECONDS = "s"
"""The unit in which Datadog keeps the latency of traces."""
OWN_TAGS = (ENVIRONMENT_TAG, "service")
"""The tags that its words decide already."""


@final
class Trace(QueryMonitor):
    """What Datadog's APM measures of one operation of a service.

    The metrics are Datadog's own, and each has the tags env, service and resource_name: the counts trace.SPAN.hits and
    trace.SPAN.errors, and the distribution trace.SPAN in seconds (docs.datadoghq.com/tracing/metrics/metrics_namespace,
    2026-11-27).
    """

    compares_one_value: ClassVar[bool] = True
    service: DatadogValue
    """The service as APM names it, the value of the tag service."""
    operation: SpanName
    """The operation, such as rack.request: the name of its spans."""
    resource: DatadogValue | None = None
    """The one resource that counts, such as get_/cart; left out, all of them."""
    measure: Literal["hits", "errors", "error-rate", "p50", "p75", "p90", "p95", "p99", "max"]
    """What is measured: the number of requests, that or the share of those that fail, or how long they take."""
    by: tuple[DatadogTagKey, ...] = ()
    """The tags by which it is split, such as resource_name; each group fires by itself."""
    over: Duration
    """The time over which it is measured, in whole minutes."""
    above: Amount | None = None
    """The value above which it fires: a number, 5%, or 2s."""
    below: Amount | None = None
    """The value below which it fires."""
    at_least: Amount | None = None
    """The value at or above which it fires."""
    at_most: Amount | None = None
    """The value at or below which it fires."""
    recovers_at: Amount | None = None
    """The value at which it recovers; left out, the threshold itself."""
    min_traffic: int | None = None
    """How many requests the window of an error-rate must hold at the quietest; Datadog has no such setting."""

    @property
    def form(self) -> QueryForm:
        """A metric's."""
        return forms()["metric"]

    def chart(self, environment: str, metrics: Metrics) -> SignalChart:
        """What it measures; requests are added up over the window, and a chart shows them by the point."""
        return chart_of(self.query_text(environment, metrics), shows_threshold=not self.is_count)

    def query_text(self, environment: str, metrics: Metrics) -> str:
        """`percentile(last_10m):p95:trace.rack.request{env:prod,service:web}`."""
        last = f"(last_{datadog_window(self.over.seconds)})"
        if self.measure in COUNTS:
            return f"sum{last}:{self._count(self.measure, environment)}"
        if self.measure == RATE:
            errors, hits = (self._count(word, environment) for word in ("errors", "hits"))
            return f"sum{last}:default_zero({errors}) / {hits}"
        over = "max" if self.measure == "max" else "percentile"
        return f"{over}{last}:{self.measure}:trace.{self.operation}{self._filter(environment)}"

    def _count(self, word: str, environment: str) -> str:
        return f"sum:trace.{self.operation}.{word}{self._filter(environment)}.as_count()"

    def _filter(self, environment: str) -> str:
        resource = {"resource_name": (self.resource,)} if self.resource else {}
        tags = {ENVIRONMENT_TAG: (environment,), "service": (self.service,), **resource}
        groups = f" by {{{','.join(self.by)}}}" if self.by else ""
        return f"{{{datadog_filter(tags)}}}{groups}"

    def fills_silence(self, _: Metrics) -> bool:
        """A share of failures, where no failure is a share of 0."""
        return self.measure == RATE

    @property
    def is_count(self) -> bool:
        """Whether it counts requests."""
        return self.measure in COUNTS

    @property
    def seconds(self) -> int:
        """Its window."""
        return self.over.seconds

    @property
    def groups(self) -> tuple[str, ...]:
        """The tags by which it is split."""
        return self.by

    def group_values(self, key: str, metrics: Metrics) -> Collection[str] | None:
        """Nothing that anybody lists: Datadog finds resources by itself."""
        return None

    @property
    def threshold(self) -> Quantity:
        """The value at which it fires."""
        limit: Quantity | None = getattr(self, self.threshold_word.field)
        return limit or Quantity(0)

    @property
    def recovery(self) -> Quantity | None:
        """What its author wrote."""
        return self.recovers_at

    def unit(self, metrics: Metrics) -> str:
        """Seconds of a latency, a fraction of a rate, nothing of a count."""
        return "" if self.is_count else "fraction" if self.measure == RATE else SECONDS

    @property
    def watches(self) -> object:
        """The operation, what is measured of it, and the window."""
        return self.service, self.operation, self.resource, self.measure, frozenset(self.by), str(self.over)

    @property
    def window_aggregation(self) -> str:
        """A sum of a count, and its own of a latency; of a rate nothing that says what a longer window does."""
        return "sum" if self.is_count else "" if self.measure == RATE else self.measure

    @property
    def in_words(self) -> str:
        """What is measured, and of what: p95 of rack.request of service web, resource get_/cart."""
        resource = f", resource {self.resource}" if self.resource else ""
        return f"{self.measure} of {self.operation} of service {self.service}{resource}"

    def condition(self, limit: str | None) -> str:
        """What is measured, beyond its limit."""
        side = f"{self.threshold_word.in_words} {limit or self.threshold}"
        each = f" for one {' and '.join(self.by)}" if self.by else ""
        return f"{self.in_words}{each} {side} over {self.over}{self.waiting}"

    @property
    def reads(self) -> Iterable[DataRead]:
        """Nothing by the catalog's words: these metrics are Datadog's own."""
        return ()

    @property
    def metric_names(self) -> tuple[str, ...]:
        """Datadog's metrics behind it."""
        words = ("errors", "hits") if self.measure == RATE else (self.measure,) if self.is_count else ()
        return tuple(f"trace.{self.operation}.{word}" for word in words) or (f"trace.{self.operation}",)

    def mixing(self, metrics: Metrics) -> str:
        """Nothing: each of these metrics has the tag of the environment."""
        return ""

    def rate(self, metrics: Metrics) -> RateOfCounts | None:
        """The share of requests that fail, of all of them."""
        counted = (f"trace.{self.operation}.hits",)
        return RateOfCounts(counted, self.min_traffic) if self.measure == RATE else None

    def measured(self, metrics: Metrics) -> MeasuredValue:
        """A value at 0 or above, and a rate at 100% at most; a count sends nothing while nothing is counted."""
        return MeasuredValue(
            word=self.threshold_word,
            limit=self.threshold,
            field=self.threshold_word,
            window=self.over,
            recovers_at=self.recovers_at,
            lowest=0,
            highest=1 if self.measure == RATE else None,
            is_count=self.is_count,
            has_gaps=self.is_count or self.measure == RATE,
        )

    @property
    def symptom(self) -> str:
        """A measure that is too high, or too low; what it is filtered by stands in it, since nothing is declared."""
        side = "above" if self.threshold_word.is_upward else "below"
        return f"{self.measure} of {self.operation} of {self.service} {self.resource or ''} {side}"

    def entry_problems(self, names: Names, /) -> Iterator[EntryProblem]:
        """A threshold of another kind than the measure, groups that it names already, a window that is not taken."""
        yield from super().entry_problems(names)
        yield from self.unlike_form()
        yield from unlike_window(self.over)
        for number, key in enumerate(self.by):
            if key in OWN_TAGS:
                what = f'is split by "{key}", of which its words name one value'
                yield EntryProblem(what, "take it out, or split by another tag, like resource_name", ("by", number))
        dimension = "count" if self.is_count else "share" if self.measure == RATE else "time"
        yield from unlike_dimension(self, self.measure, dimension)
        yield from self._wrong_rate()

    def _wrong_rate(self) -> Iterator[EntryProblem]:
        """Traffic of no rate, or none; a word for silence where no data are 0."""
        if self.min_traffic is not None and self.measure != RATE:
            what = f"{self.measure} needs no minimum of traffic"
            yield EntryProblem(what, "take min-traffic out, or write measure: error-rate", ("min-traffic",))
        elif self.min_traffic is not None and self.min_traffic < 1:
            yield EntryProblem(f'"{self.min_traffic}" is no traffic', "write 1 or more, like 100", ("min-traffic",))
        if self.measure == RATE:
            yield from self.decided_silence("write when-silent: show, and measure hits by a rule of its own")
