"""A metric of Datadog against a threshold."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.model.alphabets import DatadogTagKey
from monitoring.model.entry import EntryProblem, kebab
from monitoring.model.monitor_options import MonitorOptions
from monitoring.model.references import MetricSender, Names
from monitoring.model.scalars import UNITS, Amount, Duration, Quantity
from monitoring.model.signals.dimensions import DIMENSION_EXAMPLES, DIMENSION_WORDS
from monitoring.model.signals.selector import MetricSelector
from monitoring.model.signals.tags import metric_sender, undeclared
from monitoring.model.signals.thresholds import threshold_problems
from monitoring.model.threshold_word import ThresholdWord, word_written


class MetricSignal(MonitorOptions, MetricSelector):
    """A Datadog metric against a threshold."""

    by: tuple[DatadogTagKey, ...] = ()
    """The tags by which the metric is split; each group fires by itself."""
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
    def threshold_word(self) -> ThresholdWord:
        """How a value is compared with the threshold."""
        return word_written(self)

    def entry_problems(self, names: Names, /) -> Iterator[EntryProblem]:
        """No threshold or several, a window that Datadog does not take (last_1m to last_10080m of its API)."""
        yield from super().entry_problems(names)
        yield from threshold_problems(self)
        yield from self.unlike_groups(self.by)
        if self.over.seconds % 60 or not 60 <= self.over.seconds <= 10_080 * 60:
            yield EntryProblem(
                f'"{self.over}" is not a window that Datadog takes', "write whole minutes, 1m to 1w", ("over",)
            )

    def _misread(self, metric: MetricSender, word: str) -> Iterator[EntryProblem]:
        yield from super()._misread(metric, word)
        name, wanted = getattr(self, word), UNITS[metric.unit][0]
        for number, key in enumerate(self.by):
            if key not in metric.tags:
                yield undeclared(key, metric.tags, metric_sender(name), "by", number)
        for field in (*(word.field for word in ThresholdWord), "recovers_at"):
            limit: Quantity | None = getattr(self, field)
            if limit is not None and limit.dimension != wanted:
                what = (
                    f'"{limit}" is {DIMENSION_WORDS[limit.dimension]}, and metric "{name}" is {DIMENSION_WORDS[wanted]}'
                )
                yield EntryProblem(what, f"write {DIMENSION_EXAMPLES[wanted]}", (kebab(field),))
