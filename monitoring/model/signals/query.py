"""A query of Datadog as it stands."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from math import ceil, floor
from typing import ClassVar, final

from monitoring.model.detection import Detection, seconds_of_window
from monitoring.model.scalars import Length, Quantity, Query
from monitoring.model.signals.base import LATER, DataRead, MeasuredValue, Metrics
from monitoring.model.signals.metric import ValueBounds, bounds_of
from monitoring.model.signals.number_threshold import NumberThreshold
from monitoring.model.signals.query_monitor import QueryMonitor
from monitoring.queries import MonitorQuery, QueryForm, forms, read_query


@final
class RawQuery(NumberThreshold, QueryMonitor):
    """A Datadog query as it stands: the escape hatch, which is checked less."""

    window_field: ClassVar[str] = "query"
    query: Query
    """The query as Datadog writes it, without the comparison."""
    recovers_at: float | None = None
    """The value at which it recovers; left out, the threshold itself."""

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

    @property
    def read(self) -> MonitorQuery | None:
        """What the query says; None where it is not read to its end."""
        query = read_query(self.query)
        return query if isinstance(query, MonitorQuery) else None

    @property
    def form(self) -> QueryForm:
        """The form that its query has; a metric's where it is not read."""
        return self.read.form if self.read else forms()["metric"]

    def fills_silence(self, _: Metrics) -> bool:
        """Where a function of its query does."""
        return bool(self.read and self.read.filled_by)

    def query_text(self, environment: str, metrics: Metrics) -> str:
        """The query as it stands, the same in each environment."""
        return self.query

    def critical(self, metrics: Metrics) -> float:
        """The threshold; of a service check, which compares nothing, the runs that fail."""
        return self.threshold if self.form.ends_in_comparison else self.runs_to_fire

    @property
    def in_words(self) -> str:
        """The query."""
        return self.query

    @property
    def seconds(self) -> int | None:
        """The window that its query names."""
        return seconds_of_window(self.query)

    def detection(self, *, wakes: bool, parts: Sequence[Detection]) -> Detection:
        """Its window, and what its functions count from before that."""
        untimed = self.read.untimed if self.read and not self.form.unproved else ""
        known = Detection(None, untimed) if untimed else super().detection(wakes=wakes, parts=parts)
        earlier = self.read.look_back.seconds if self.read else 0
        if not earlier or known.seconds is None:
            return known
        return Detection(known.seconds + earlier, f"{known.how}, {Length(earlier)} more by {self._looking_back}")

    @property
    def _looking_back(self) -> str:
        """The functions of its query that look back beyond its window."""
        return " and ".join(dict.fromkeys(self.read.look_back.functions)) if self.read else ""

    @property
    def looks_back(self) -> int | None:
        """The longest of all its query's windows, such as those of a change."""
        return self.read.seconds if self.read else None

    @property
    def groups(self) -> tuple[str, ...] | None:
        """The keys by which its query is split."""
        return self.read.groups if self.read else None

    def group_values(self, key: str, metrics: Metrics) -> Collection[str] | None:
        """The values that a query's filter leaves of a key, else those that its metrics declare."""
        name = key.removeprefix("@")
        for term in self.read.terms if self.read else ():
            if term.key.removeprefix("@") == name and term.is_exact and not term.is_excluded:
                return term.values
        tags = [metrics[metric].tags.get(key) for metric in self.metric_names if metric in metrics]
        return next((tag.values for tag in tags if tag and tag.values), None)

    @property
    def recovery(self) -> float | None:
        """What its author wrote."""
        return self.recovers_at

    @property
    def watches(self) -> object:
        """The query."""
        return self.query

    @property
    def window_aggregation(self) -> str:
        """Nothing that is known."""
        return ""

    def condition(self, limit: str | None) -> str:
        """The query, and its comparison."""
        return f"{self.query} {self.threshold_word.sign} {limit or self.threshold}{self.waiting}"

    def sent_condition(self, limit: str | None) -> str:
        """The same without the query, which may hold what vendors obey."""
        return f"its query is {self.threshold_word.in_words} {limit}{self.waiting}"

    @property
    def reads(self) -> Iterable[DataRead]:
        """Nothing by the catalog's words: what its query reads is looked at by a check of its own."""
        return ()

    @property
    def metric_names(self) -> Iterable[str]:
        """The metrics that its query names."""
        return dict.fromkeys(series.metric for series in self.read.series) if self.read else ()

    def mixing(self, metrics: Metrics) -> str:
        """It looks everywhere at the same."""
        return "a raw query is the same in each"

    def faster(self, limit: int) -> str:
        """A shorter window, inside the query; for what counts runs and has none, the signal that knows their pace."""
        if self.form.unproved:
            return super().faster(limit)
        if self.read and self.read.runs is not None:
            return "write service-check, and how often the check runs, like every: 15s"
        if self.read and self.read.look_back.seconds != 0:
            return f"take {self._looking_back} out of the query, or {LATER}"
        wait = self.shorter_wait(limit)
        return "shorten the window in the query, such as last_5m" if wait == LATER else wait

    def measured(self, metrics: Metrics) -> MeasuredValue | None:
        """The value of one declared metric, or a count of events; nothing is known of another."""
        if self.read is None:
            return None
        series = self.read.plain_series
        metric = metrics.get(series.metric) if series else None
        limit = Quantity(self.threshold, metric.unit if metric else "")
        counts = metric is not None and metric.kind == "count"
        bounds = ValueBounds(0 if self.read.counts_events else None)
        if metric:
            bounds = bounds_of(metric.kind, limit, is_summed=self.read.is_summed)
        return MeasuredValue(
            word=self.threshold_word,
            limit=limit,
            field=self.threshold_word,
            window=Length(self.read.seconds or 0),
            recovers_at=None if self.recovers_at is None else Quantity(self.recovers_at, limit.unit),
            lowest=bounds.lowest,
            highest=bounds.highest,
            is_count=counts or self.read.counts_events,
            has_gaps=counts,
        )

    @property
    def symptom(self) -> str:
        """Nothing that is known."""
        return ""
