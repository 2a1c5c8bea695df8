"""A metric of Datadog that will pass a threshold, if it goes on as it does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal, final

from monitoring.model.entry import EntryProblem
from monitoring.model.references import Names
from monitoring.model.scalars import SECONDS_IN, Amount, Duration, Quantity
from monitoring.model.signals.base import MeasuredValue, Metrics
from monitoring.model.signals.metric import bounds_of
from monitoring.model.signals.metric_monitor import MetricMonitor
from monitoring.queries import QueryForm, forms

AHEAD = range(12 * SECONDS_IN["h"], 12 * SECONDS_IN["w"] + 1, SECONDS_IN["h"])
"""Seconds that a forecast may look ahead: 12 hours to 3 months (DataDog/documentation, monitors/types/forecasts)."""


@final
class MetricForecast(MetricMonitor):
    """A Datadog metric whose forecast passes a threshold.

    Source of every word: DataDog/documentation, monitors/types/forecasts.
    """

    compares_series: ClassVar[bool] = True
    within: Duration
    """How far ahead the forecast looks, in whole hours."""
    at_least: Amount | None = None
    """The value that the forecast must reach from below, with its unit."""
    at_most: Amount | None = None
    """The value to which the forecast must fall, with its unit."""
    recovers_at: Amount | None = None
    """The value at which it recovers; left out, the threshold itself."""
    algorithm: Literal["linear", "seasonal"] = "linear"
    """How it is computed: along a line, or by what repeats."""
    seasonality: Literal["hourly", "daily", "weekly"] | None = None
    """Of seasonal: what repeats; it needs two times as long a past."""
    history: Duration | None = None
    """Of linear: how long a past the line follows; left out, 1w."""
    reacts: Literal["default", "simple", "reactive"] | None = None
    """Of linear: simple follows the whole past, reactive the newest values, default the newest trend."""
    deviations: float = 1
    """How wide the forecast's bounds are, 1 or more."""
    points_every: Duration | None = None
    """The time that one point stands for, in whole minutes; left out, 1h."""

    @property
    def form(self) -> QueryForm:
        """A forecast's."""
        return forms()["forecast"]

    def query_text(self, environment: str, metrics: Metrics) -> str:
        """`max(next_1w):forecast(SERIES, 'linear', 1, interval='60m', history='1w', model='default')`."""
        every = (self.points_every.seconds if self.points_every else SECONDS_IN["h"]) // SECONDS_IN["m"]
        words = {"interval": f"{every}m", **self._words_of_algorithm}
        options = ", ".join(f"{word}='{value}'" for word, value in words.items())
        edge = "max" if self.threshold_word.is_upward else "min"
        series = self.series(environment, metrics, by=self.by)
        return f"{edge}(next_{self.within}):forecast({series}, '{self.algorithm}', {self.deviations:g}, {options})"

    @property
    def _words_of_algorithm(self) -> dict[str, str]:
        if self.seasonality:
            return {"seasonality": self.seasonality}
        return {"history": str(self.history or "1w"), "model": self.reacts or "default"}

    @property
    def threshold(self) -> Quantity:
        """The value at which it fires."""
        return self.at_least or self.at_most or Quantity(0)

    @property
    def seconds(self) -> None:
        """None: it looks ahead."""

    @property
    def recovery(self) -> Quantity | None:
        """What its author wrote."""
        return self.recovers_at

    @property
    def watches(self) -> object:
        """The series, and how and how far ahead it is computed."""
        words = tuple(self._words_of_algorithm.items())
        return self.series_read, str(self.within), self.algorithm, self.deviations, words

    @property
    def window_aggregation(self) -> str:
        """The edge of the forecast that is compared."""
        return "max" if self.threshold_word.is_upward else "min"

    def condition(self, limit: str | None) -> str:
        """The forecast, in words, at its limit."""
        how = f"{self.seasonality} " if self.seasonality else ""
        side = f"{self.threshold_word.in_words} {limit or self.threshold} within {self.within}"
        return f"{how}{self.algorithm} forecast of {self.in_words}{self.each} {side}{self.waiting}"

    def measured(self, metrics: Metrics) -> MeasuredValue:
        """A value at 0 or above, unless it is a gauge without a unit; the forecast of a count has no gaps."""
        word = self.threshold_word
        bounds = bounds_of(metrics[self.name].kind, self.threshold, is_summed=self.aggregation == "sum")
        return MeasuredValue(
            word=word,
            limit=self.threshold,
            field=word,
            window=self.within,
            recovers_at=self.recovers_at,
            lowest=bounds.lowest,
            highest=bounds.highest,
        )

    @property
    def symptom(self) -> str:
        """A metric that will be too high, or too low."""
        return f"{self.name} soon {'above' if self.threshold_word.is_upward else 'below'}"

    def entry_problems(self, names: Names, /) -> Iterator[EntryProblem]:
        """Groups that its words do not fit, a time or bounds that Datadog does not take, words of another algorithm."""
        yield from super().entry_problems(names)
        yield from self.unlike_groups(self.by)
        if self.within.seconds not in AHEAD:
            what = f'"{self.within}" is not a time that a forecast of Datadog looks ahead'
            yield EntryProblem(what, "write whole hours, 12h to 12w", ("within",))
        if self.deviations < 1:
            what = f'bounds of "{self.deviations:g}" deviations are narrower than Datadog takes'
            yield EntryProblem(what, "write 1 or more", ("deviations",))
        if self.points_every and (self.points_every.seconds % SECONDS_IN["m"] or self.points_every.seconds == 0):
            what = f'"{self.points_every}" is not a time for which a point stands'
            yield EntryProblem(what, "write whole minutes, like 1h", ("points-every",))
        yield from self._words_of_the_other()

    def _words_of_the_other(self) -> Iterator[EntryProblem]:
        is_linear = self.algorithm == "linear"
        given = {"seasonality": self.seasonality} if is_linear else {"history": self.history, "reacts": self.reacts}
        for word in (word for word, value in given.items() if value):
            yield EntryProblem(f"a {self.algorithm} forecast takes no {word}", f"take {word} out", (word,))
        if not is_linear and self.seasonality is None:
            remedy = "write seasonality: hourly, daily or weekly"
            yield EntryProblem("a seasonal forecast needs to know what repeats", remedy, ("algorithm",))
