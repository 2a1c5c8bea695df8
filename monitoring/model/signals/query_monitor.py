"""What all signals answer that become one monitor of Datadog over one query."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Collection, Iterator, Sequence
from typing import ClassVar, NamedTuple

from monitoring.model.detection import Detection, of_monitor
from monitoring.model.entry import EntryProblem
from monitoring.model.monitor_options import MonitorOptions
from monitoring.model.references import Names
from monitoring.model.scalars import SECONDS_IN, Length, Quantity, repeated
from monitoring.model.signals.base import LATER, BaseSignal, Metrics, RankedLimit, Watcher, fitting
from monitoring.model.signals.charts import SignalChart
from monitoring.model.threshold_word import ThresholdWord, word_written, words_written
from monitoring.queries import QueryForm

WINDOWS = ("1d", "4h", "2h", "1h", "30m", "15m", "10m", "5m", "1m")
"""The windows among which one that is short enough is looked for."""


class RateOfCounts(NamedTuple):
    """A share of counts, which one of few can make large: those by which it divides, and how many it asks for."""

    counts: tuple[str, ...]
    """The names of their metrics."""
    min_traffic: int | None


MAX_SPLIT = 10
"""Tags that split a monitor at most: our own judgement, since Datadog names no number."""


class QueryMonitor(MonitorOptions, BaseSignal):
    """A signal that becomes one monitor of Datadog over one query, against one threshold."""

    watcher: ClassVar[Watcher] = "datadog"
    window_field: ClassVar[str] = "over"
    compares_one_value: ClassVar[bool] = False
    """Whether it compares one value, so that two thresholds on it can shut each other out; a forecast compares many."""
    """The word of the catalog at which its window stands."""

    @property
    @abstractmethod
    def form(self) -> QueryForm:
        """The form of its query, which decides the monitor's type and what such a monitor takes."""

    @abstractmethod
    def query_text(self, environment: str, metrics: Metrics) -> str:
        """Its query in one environment, without the comparison."""

    def chart(self, environment: str, metrics: Metrics) -> SignalChart | None:
        """What a chart draws of it; None where it is not computed of metrics, or nobody read its query."""
        return None

    @property
    @abstractmethod
    def in_words(self) -> str:
        """What it measures, without its threshold."""

    @property
    @abstractmethod
    def seconds(self) -> int | None:
        """The window that it looks at; None where its query does not tell."""

    @property
    def looks_back(self) -> int | None:
        """The longest time whose data it needs, where that is not its window alone."""
        return self.seconds

    @property
    @abstractmethod
    def groups(self) -> tuple[str, ...] | None:
        """The keys by which it is split; None where nobody knows."""

    @abstractmethod
    def group_values(self, key: str, metrics: Metrics) -> Collection[str] | None:
        """The values that one of its groups' keys can have; None where nobody lists them."""

    @property
    def min_groups(self) -> int:
        """How many groups there have to be for it to fire."""
        return 1

    @property
    @abstractmethod
    def recovery(self) -> Quantity | float | None:
        """The value at which it recovers; None for the threshold itself."""

    @property
    def ok_runs(self) -> int | None:
        """How many runs must be fine for it to recover, where it counts runs; else None."""
        return None

    @property
    @abstractmethod
    def watches(self) -> object:
        """What is equal for two of its kind that watch the same, whatever their thresholds."""

    @property
    @abstractmethod
    def window_aggregation(self) -> str:
        """How its query joins the values of a window: sum for what counts; empty where nobody knows."""

    @property
    def threshold(self) -> Quantity | float:
        """The value at which it fires."""
        limit: Quantity | float | None = getattr(self, self.threshold_word.field, None)
        return limit or 0.0

    @property
    def threshold_word(self) -> ThresholdWord:
        """How a value is compared with the threshold."""
        return word_written(self)

    def fills_silence(self, _: Metrics) -> bool:
        """Whether its query counts no data as 0, so that Datadog never sees them missing."""
        return False

    def decided_silence(self, remedy: str) -> Iterator[EntryProblem]:
        """A word for missing data beside a query that counts them as 0; Datadog refuses all but its `default`.

        Sources: DataDog/terraform-provider-datadog, issue 2815; DataDog/documentation, pull request 39238.
        """
        if self.when_silent in ("alert", "resolve"):
            what = f"counts no data as 0, and Datadog refuses when-silent: {self.when_silent} beside that"
            yield EntryProblem(what, remedy, ("when-silent",))

    def rate(self, _: Metrics) -> RateOfCounts | None:
        """The share of counts that it is; None where it is none."""
        return None

    def unit(self, _: Metrics) -> str:
        """The unit in which its value is compared; empty for a bare number."""
        return ""

    def critical(self, metrics: Metrics) -> float:
        """The threshold as the monitor compares it."""
        return in_unit(self.threshold, self.unit(metrics))

    def critical_recovery(self, metrics: Metrics) -> float | None:
        """The recovery as the monitor compares it; None for the threshold itself."""
        return None if self.recovery is None else in_unit(self.recovery, self.unit(metrics))

    @property
    def ranked_limit(self) -> RankedLimit:
        """Its threshold, worse the farther it lies on the side that fires."""
        word, value = self.threshold_word, base_of(self.threshold)
        return RankedLimit(
            watches=(type(self), self.watches, word.is_upward),
            badness=value if word.is_upward else -value,
            spelled=f"{word.in_words} {spelled(self.threshold)}",
            field=word,
            is_exceeded=not word.fires_at_threshold,
        )

    @property
    def threshold_windows(self) -> tuple[int, int] | None:
        """The seconds that are looked at to fire, and those to recover, where Datadog takes both; else None."""
        return None

    def detection(self, *, wakes: bool, parts: Sequence[Detection]) -> Detection:
        """Its window, and what makes it wait."""
        if self.form.unproved:
            return Detection(None, self.form.unproved)
        return Detection(None, "its query tells no time") if self.seconds is None else of_monitor(self.seconds, self)

    def faster(self, limit: int) -> str:
        """A shorter window; a threshold where no window tells."""
        if self.form.unproved:
            return "watch the same with metric and a threshold, or give it a severity that wakes nobody"
        return fitting(self, self.window_field, WINDOWS, limit, self.shorter_wait(limit))

    def shorter_wait(self, limit: int) -> str:
        """The longest wait for groups or for late data with which it fires in time, where one of them makes it late."""
        for word in ("new_groups_after", "arrives_after"):
            remedy = fitting(self, word, WINDOWS, limit) if getattr(self, word) else ""
            if remedy.startswith("write"):
                return f"{remedy}, or {LATER}"
        return LATER

    def unlike_form(self) -> Iterator[EntryProblem]:
        """Words that its form does not take, or that do not fit its groups; of a kind with one form."""
        yield from self.unlike_groups(self.groups or ())
        for word in self.metric_words if "query alert" not in self.form.types else ():
            what = f"Datadog takes {word} on metrics alone, and this is a {self.form.types[0]}"
            yield EntryProblem(what, f"take {word} out", (word,))
        if self.when_silent == "resolve" and not self.form.takes_silence:
            what = f"Datadog resolves no {self.form.types[0]} when its data stop"
            yield EntryProblem(what, "write when-silent: alert or show", ("when-silent",))

    def entry_problems(self, names: Names, /) -> Iterator[EntryProblem]:
        """No threshold, or several; a tag that splits it twice."""
        yield from super().entry_problems(names)
        for word in ("by", "notifies-by"):
            yield from _unsplit(word, getattr(self, word.replace("-", "_"), ()))
        words = [word for word in ThresholdWord if word.field in type(self).model_fields]
        count = words_written(self)
        if words and count != 1:
            what = f"has {count} thresholds" if count else "has no threshold"
            yield EntryProblem(what, f"write one of {', '.join(words)}")


def _unsplit(word: str, keys: Sequence[str]) -> Iterator[EntryProblem]:
    """More tags than anybody reads in a message, or one of them twice."""
    if len(keys) > MAX_SPLIT:
        yield EntryProblem(f"names {len(keys)} tags", f"name at most {MAX_SPLIT}, like {word}: [host]", (word,))
        return
    for key in repeated(keys):
        yield EntryProblem(f'names "{key}" twice', "name it once", (word,))


def unlike_window(over: Length) -> Iterator[EntryProblem]:
    """A window of a metric that Datadog does not take (last_1m to last_10080m of its API)."""
    if over.seconds % SECONDS_IN["m"] or not 0 < over.seconds <= SECONDS_IN["w"]:
        yield EntryProblem(f'"{over}" is not a window that Datadog takes', "write whole minutes, 1m to 1w", ("over",))


def base_of(limit: Quantity | float) -> float:
    """A limit as a number: in the base unit of its dimension, or as it is where it has none."""
    return limit.base if isinstance(limit, Quantity) else limit


def in_unit(limit: Quantity | float, unit: str) -> float:
    """A limit as a number of a unit, or as it is where it has none."""
    return limit.to(unit) if isinstance(limit, Quantity) else limit


def spelled(limit: Quantity | float) -> str:
    """A limit as a person reads it."""
    return str(limit) if isinstance(limit, Quantity) else f"{limit:.12g}"
