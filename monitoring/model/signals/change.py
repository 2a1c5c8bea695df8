"""A metric of Datadog against its own value some time before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar, final

from monitoring.model.detection import Detection
from monitoring.model.entry import EntryProblem
from monitoring.model.references import MetricSender, Names
from monitoring.model.scalars import SECONDS_IN, Amount, Duration, Length, Quantity
from monitoring.model.signals.base import MeasuredValue, Metrics
from monitoring.model.signals.metric import bounds_of
from monitoring.model.signals.metric_monitor import MetricMonitor
from monitoring.model.signals.selector import PERCENTILES
from monitoring.model.threshold_word import ThresholdWord
from monitoring.queries import QueryForm, forms
from monitoring.queries.writing import datadog_window

MAX_WINDOW, MAX_SHIFT = 2 * SECONDS_IN["d"], 4 * SECONDS_IN["w"]
"""Seconds of a change's window (docs.datadoghq.com/api/latest/monitors), and back to what it is compared with.

A month at most (DataDog/documentation, monitors/types/change-alert).
"""


@final
class MetricChange(MetricMonitor):
    """How much a Datadog metric differs from what it was."""

    compares_one_value: ClassVar[bool] = True
    over: Duration
    """The time over which the value is computed, in whole minutes."""
    against: Duration
    """How long before now the value lies with which it is compared, in whole minutes."""
    relative: bool = False
    """Compare in percent of the earlier value; left out, in the metric's own unit."""
    above: Amount | None = None
    """The rise above which it fires, like 50%."""
    below: Amount | None = None
    """The fall below which it fires, like -30%."""
    at_least: Amount | None = None
    """The rise at or above which it fires."""
    at_most: Amount | None = None
    """The fall at or below which it fires."""
    recovers_at: Amount | None = None
    """The change at which it recovers; left out, the threshold itself."""

    @property
    def threshold(self) -> Quantity:
        """The change at which it fires."""
        limit: Quantity | None = getattr(self, self.threshold_word.field)
        return limit or Quantity(0)

    @property
    def form(self) -> QueryForm:
        """A change's."""
        return forms()["change"]

    def query_text(self, environment: str, metrics: Metrics) -> str:
        """`pct_change(avg(last_5m),1d_ago):sum:NAME{FILTER} by {KEYS}`."""
        kind = "pct_change" if self.relative else "change"
        joined = "avg" if self.aggregation in PERCENTILES else self.aggregation
        window = f"{joined}(last_{datadog_window(self.over.seconds)}),{self.against}_ago"
        return f"{kind}({window}):{self.series(environment, metrics, by=self.by)}"

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
        """The series, its window and what it is compared with."""
        return self.series_read, str(self.over), str(self.against), self.relative

    @property
    def window_aggregation(self) -> str:
        """Nothing that says what a longer window does to a difference."""
        return ""

    def unit(self, metrics: Metrics) -> str:
        """Percent, or the unit in which its metric is sent."""
        return "%" if self.relative else super().unit(metrics)

    def compared(self, metric: MetricSender) -> tuple[str, str]:
        """A change in percent is a share, whatever its metric is."""
        return ("a relative change", "share") if self.relative else super().compared(metric)

    def condition(self, limit: str | None) -> str:
        """The metric, what it is compared with, and the change beyond its limit, in words."""
        change = f"a change {self.threshold_word.in_words} {limit or self.threshold}"
        compared = f"compared with {self.against} before"
        return f"{self.in_words}{self.each} over {self.over}, {compared}: {change}{self.waiting}"

    def detection(self, *, wakes: bool, parts: Sequence[Detection]) -> Detection:
        """Its window, while what it is compared with lies before it; a longer one never holds the new value alone."""
        if self.against < self.over:
            return Detection(None, "its window is longer than the time to what it is compared with")
        return super().detection(wakes=wakes, parts=parts)

    def measured(self, metrics: Metrics) -> MeasuredValue:
        """A difference, which goes both ways: of shares by 100% at most, and relative ones down to -100%."""
        metric = metrics[self.name]
        bounds = bounds_of(metric.kind, Quantity(0, metric.unit), is_summed=self.aggregation == "sum")
        highest = None if self.relative else bounds.highest
        return MeasuredValue(
            word=self.threshold_word,
            limit=self.threshold,
            field=self.threshold_word,
            window=self.over,
            recovers_at=self.recovers_at,
            lowest=-1 if bounds.lowest is not None and (self.relative or highest) else None,
            highest=highest,
        )

    @property
    def symptom(self) -> str:
        """A metric that rises, or falls."""
        return f"{self.name} {'rises' if self.threshold_word.is_upward else 'falls'}"

    def entry_problems(self, names: Names, /) -> Iterator[EntryProblem]:
        """Groups that its words do not fit, times that Datadog does not take, a threshold that no change passes."""
        yield from super().entry_problems(names)
        yield from self.unlike_groups(self.by)
        yield from _untaken(self.over, MAX_WINDOW, "over", "1m to 2d")
        yield from _untaken(self.against, MAX_SHIFT, "against", "1m to 4w, like 1d")
        word, limit = self.threshold_word, self.threshold
        side = limit.base * (1 if word.is_upward else -1)
        if side < 0 or (side == 0 and word.fires_at_threshold):
            what = f'fires {word.in_words} "{limit}", so also while nothing changes'
            strict = ThresholdWord.ABOVE if word.is_upward else ThresholdWord.BELOW
            meant = f"{word}: {Quantity(-limit.number, limit.unit)}" if side else f"{strict}: {limit}"
            yield EntryProblem(what, f'write "{meant}"', (word,))
        elif self.relative and limit.base < -1 + 1e-12 and not word.fires_at_threshold:
            what = f'never fires below "{limit}", since a value falls by 100% at most'
            yield EntryProblem(what, f'write less, like "{word}: -50%"', (word,))


def _untaken(length: Length, limit: int, word: str, taken: str) -> Iterator[EntryProblem]:
    if length.seconds % SECONDS_IN["m"] or not 0 < length.seconds <= limit:
        yield EntryProblem(f'"{length}" is not a time that Datadog takes', f"write whole minutes, {taken}", (word,))
