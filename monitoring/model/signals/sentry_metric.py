"""A value that Sentry computes over its events."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar, Literal, final

from pydantic import field_validator

from monitoring.model.detection import Detection, of_events, sentry_evaluates
from monitoring.model.entry import EntryProblem
from monitoring.model.references import Names, ProjectRef
from monitoring.model.scalars import Amount, Duration
from monitoring.model.signals.base import BaseSignal, DataRead, MeasuredValue, Metrics, RankedLimit, Watcher, fitting
from monitoring.model.signals.dimensions import DIMENSION_EXAMPLES, DIMENSION_WORDS
from monitoring.model.signals.sentry_windows import SENTRY_WINDOWS, not_taken
from monitoring.model.signals.tags import SentryWhere, exactly, in_words, sent_by_project
from monitoring.model.threshold_word import ThresholdWord

# A rate, a percentile or a count: what each of Sentry's measures is counted in.
MEASURED_IN = {"failure_rate": "share", "count": "count", "users": "count"}


@final
class SentryMetric(BaseSignal):
    """An aggregate that Sentry computes over its events."""

    watcher: ClassVar[Watcher] = "sentry"
    project: ProjectRef
    """The Sentry project whose events are measured."""
    measure: Literal["failure_rate", "p50", "p75", "p90", "p95", "p99", "count", "users"]
    """What is computed over the events."""
    where: SentryWhere = {}
    """The tags, and their values, that an event must have to count."""
    over: Duration
    """The time over which the value is computed."""
    above: Amount
    """The value above which it fires, with its unit."""
    at_least: Amount | None = None
    """How many events its window must hold at the quietest traffic; a check compares, Sentry has no such setting."""

    _tags_are_sent = field_validator("where")(sent_by_project)

    def condition(self, limit: str | None) -> str:
        """A value above its limit."""
        over = f"over {self.over} in {self.project}{in_words(self.where)}"
        return f"{self.measure} above {limit or self.above} {over}"

    @property
    def reads(self) -> Iterable[DataRead]:
        """The events of its project."""
        return [DataRead("project", self.project, self.where)]

    def detection(self, *, wakes: bool, parts: Sequence[Detection]) -> Detection:
        """Its window."""
        return of_events(self.over, sentry_evaluates(self.over.seconds))

    def faster(self, limit: int) -> str:
        """A shorter window."""
        return fitting(self, "over", SENTRY_WINDOWS, limit)

    def measured(self, _: Metrics) -> MeasuredValue:
        """A rate, a time or a count, each of them at 0 or above."""
        dimension = self.above.dimension
        highest = 1 if dimension == "share" else None
        word, counts = ThresholdWord.ABOVE, dimension == "count"
        return MeasuredValue(word, self.above, word, self.over, lowest=0, highest=highest, is_count=counts)

    @property
    def symptom(self) -> str:
        """What is measured of its project."""
        return f"{self.measure} of {self.project}"

    @property
    def ranked_limit(self) -> RankedLimit:
        """Its threshold."""
        watches = ("sentry", self.project, self.measure, exactly(self.where), str(self.over))
        return RankedLimit(watches, self.above.base, f"above {self.above}", "above")

    def entry_problems(self, _: Names, /) -> Iterator[EntryProblem]:
        """A window that Sentry does not take, or a threshold in another dimension."""
        yield from not_taken(self.over, SENTRY_WINDOWS, "over")
        wanted = MEASURED_IN.get(self.measure, "time")
        if self.above.dimension != wanted:
            measured = f"{self.measure} is {DIMENSION_WORDS[wanted]}"
            what = f'"{self.above}" is {DIMENSION_WORDS[self.above.dimension]}, and {measured}'
            yield EntryProblem(what, f"write {DIMENSION_EXAMPLES[wanted]}", ("above",))
        if self.at_least is not None and self.at_least.dimension != "count":
            yield EntryProblem(f'"{self.at_least}" is not a number of events', 'write "100 events"', ("at-least",))
