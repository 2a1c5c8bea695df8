"""A metric of Datadog against what its own past lets expect."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, final

from monitoring.model.entry import EntryProblem
from monitoring.model.references import MetricSender, Names
from monitoring.model.scalars import SECONDS_IN, Amount, Duration, Length, Quantity, Share
from monitoring.model.signals.base import Metrics
from monitoring.model.signals.metric_monitor import MetricMonitor
from monitoring.queries import QueryForm, forms, shortest_recovery
from monitoring.queries.writing import datadog_window

WINDOWS = range(5 * SECONDS_IN["m"], SECONDS_IN["d"] + 1, SECONDS_IN["m"])
"""Seconds that an anomaly may look at to fire: 5 minutes as in the API's own example, a day as in its editor."""
SHOWN = 5
"""How many windows a notification's graph shows, as Datadog recommends; the query needs one at least."""
POINTS, MIN_POINTS = 15, 5
"""Points in a window where none are written, and the fewest that Datadog takes."""
NEVER_ANOMALOUS = Quantity(0, "%")


@final
class MetricAnomaly(MetricMonitor):
    """A Datadog metric outside of the bounds that follow from its past.

    Source of every limit: DataDog/documentation, monitors/types/anomaly.
    """

    over: Duration
    """The time in which points must lie outside of the bounds, in whole minutes."""
    at_least: Share | None = None
    """The share of the points that must lie outside, like 100%."""
    direction: Literal["above", "below", "both"] = "both"
    """On which side of the bounds a point is anomalous."""
    bounds: float
    """How many deviations the bounds lie apart from what is expected."""
    algorithm: Literal["basic", "agile", "robust"]
    """How the bounds are computed: basic knows no seasons, agile follows a new level at once, robust slowly."""
    seasonality: Literal["hourly", "daily", "weekly"] | None = None
    """What repeats; agile and robust need three times as long a past."""
    points_every: Duration | None = None
    """The time that one point stands for; left out, a fifteenth of the window."""
    empty_is_zero: bool = True
    """Whether no data of a count are a count of 0."""
    recovers_over: Duration | None = None
    """The time in which points must lie inside again; left out, as long as it takes to fire."""
    recovers_at: Amount | None = None
    """The share of the points that may lie outside when it recovers; left out, 0%."""

    @property
    def form(self) -> QueryForm:
        """An anomaly's."""
        return forms()["anomaly"]

    def query_text(self, environment: str, metrics: Metrics) -> str:
        """`avg(last_75m):anomalies(SERIES, 'agile', 3, direction='both', …)`."""
        words = {
            "direction": f"'{self.direction}'",
            "interval": self._seconds_of_a_point(metrics[self.name]),
            "alert_window": f"'last_{datadog_window(self.over.seconds)}'",
            "count_default_zero": f"'{str(self.empty_is_zero).lower()}'",
            **({"seasonality": f"'{self.seasonality}'"} if self.seasonality else {}),
        }
        series, shown = self.series(environment, metrics, by=self.by), datadog_window(SHOWN * self.over.seconds)
        options = ", ".join(f"{word}={value}" for word, value in words.items())
        return f"avg(last_{shown}):anomalies({series}, '{self.algorithm}', {self.bounds:g}, {options})"

    def _seconds_of_a_point(self, metric: MetricSender) -> int:
        """As written, else a fifteenth of the window, but no less than the time between two values."""
        if self.points_every:
            return self.points_every.seconds
        return max(self.over.seconds // POINTS, metric.interval.seconds)

    @property
    def seconds(self) -> int:
        """Its window."""
        return self.over.seconds

    @property
    def threshold(self) -> Quantity:
        """The share of anomalous points at which it fires."""
        return self.at_least or NEVER_ANOMALOUS

    @property
    def recovery(self) -> Quantity:
        """What its author wrote, or that no point is anomalous."""
        return self.recovers_at or NEVER_ANOMALOUS

    @property
    def threshold_windows(self) -> tuple[int, int]:
        """Its window to fire, and the one to recover."""
        return self.over.seconds, (self.recovers_over or self.over).seconds

    @property
    def watches(self) -> object:
        """The series, its window and its bounds."""
        return self.series_read, str(self.over), self.direction, self.bounds, self.algorithm, self.seasonality

    @property
    def window_aggregation(self) -> str:
        """Nothing that says what a longer window does."""
        return ""

    def unit(self, metrics: Metrics) -> str:
        """A part of all points."""
        return "fraction"

    def compared(self, metric: MetricSender) -> tuple[str, str]:
        """The share of the points that are anomalous, whatever the metric is."""
        return "what is compared", "share"

    def condition(self, limit: str | None) -> str:
        """The metric outside of its bounds, in words."""
        side = {"both": "outside of", "above": "above", "below": "below"}[self.direction]
        season = f"{self.seasonality} " if self.seasonality else ""
        bounds = f"{side} its {season}{self.algorithm} bounds of {self.bounds:g} deviations"
        share = f"with at least {limit or self.threshold} of its points over {self.over}"
        return f"{self.in_words}{self.each} {bounds} {share}{self.waiting}"

    def measured(self, metrics: Metrics) -> None:
        """Nothing: where the bounds lie, Datadog alone knows."""

    @property
    def symptom(self) -> str:
        """A metric that is unusual."""
        return f"{self.name} unusual"

    def entry_problems(self, names: Names, /) -> Iterator[EntryProblem]:
        """Groups that its words do not fit, bounds, seasons and windows that Datadog does not take."""
        yield from super().entry_problems(names)
        yield from self.unlike_groups(self.by)
        if self.bounds <= 0:
            yield EntryProblem(f'bounds of "{self.bounds:g}" deviations hold no value', "write 1 or more", ("bounds",))
        if (self.algorithm == "basic") is (self.seasonality is not None):
            has = "knows no seasons" if self.seasonality else "needs to know what repeats"
            remedy = "take seasonality out" if self.seasonality else "write seasonality: hourly, daily or weekly"
            yield EntryProblem(f"the algorithm {self.algorithm} {has}", remedy, ("seasonality",))
        if self.over.seconds not in WINDOWS:
            what = f'"{self.over}" is not a window that Datadog takes of anomalies'
            yield EntryProblem(what, "write whole minutes, 5m to 1d", ("over",))
        yield from self._recovery_problems()

    def _recovery_problems(self) -> Iterator[EntryProblem]:
        """A recovery that could hold while it still fires, which Datadog refuses."""
        trigger, recover = self.threshold_windows
        share = self.recovery.base
        if not 0 <= share < 1:
            return
        shortest = shortest_recovery(trigger, self.threshold.base, share)
        if share < self.threshold.base and (recover % SECONDS_IN["m"] or not shortest <= recover <= trigger):
            what = f'could fire and recover at once over "{Length(recover)}"'
            yield EntryProblem(what, f"write {Length(shortest)} to {Length(trigger)}", ("recovers-over",))

    def _misread(self, metric: MetricSender, word: str) -> Iterator[EntryProblem]:
        yield from super()._misread(metric, word)
        every = self._seconds_of_a_point(metric)
        if every < metric.interval.seconds or every * MIN_POINTS > self.over.seconds:
            what = f"a point every {Length(every)} over {self.over} of a metric that is sent every {metric.interval}"
            least = Length(max(MIN_POINTS * metric.interval.seconds, WINDOWS.start))
            remedy = f"write points-every: {metric.interval}, and over: {least} or longer"
            yield EntryProblem(f"looks at {what}", remedy, ("points-every" if self.points_every else "over",))
