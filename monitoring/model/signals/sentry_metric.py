"""A value that Sentry computes over its events."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import field_validator

from monitoring.model.entry import Entry, EntryProblem
from monitoring.model.references import Names, ProjectRef
from monitoring.model.scalars import Amount, Duration
from monitoring.model.signals.dimensions import DIMENSION_EXAMPLES, DIMENSION_WORDS
from monitoring.model.signals.sentry_windows import SENTRY_WINDOWS, not_taken
from monitoring.model.signals.tags import SentryWhere, sent_by_project

# A rate, a percentile or a count: what each of Sentry's measures is counted in.
MEASURED_IN = {"failure_rate": "share", "count": "count", "users": "count"}


class SentryMetric(Entry):
    """An aggregate that Sentry computes over its events."""

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
