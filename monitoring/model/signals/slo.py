"""An objective, and how fast its error budget burns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from monitoring.model.entry import Entry, EntryProblem
from monitoring.model.references import Names
from monitoring.model.scalars import Share
from monitoring.model.signals.selector import MetricSelector


class Slo(Entry):
    """An objective over good and total counts; alerts on how fast its error budget burns."""

    good: MetricSelector
    """The metric that counts the good events."""
    total: MetricSelector
    """The metric that counts all events."""
    objective: Share
    """The share of good events that is promised, such as 99.9%."""
    over: Literal["7d", "30d", "90d"] = "30d"
    """The period over which the objective counts."""

    @property
    def days(self) -> int:
        """The period as a number of days."""
        return days_of_period(self.over)

    def entry_problems(self, _: Names, /) -> Iterator[EntryProblem]:
        """Sides that are not counts, or an objective without an error budget."""
        for field, side in (("good", self.good), ("total", self.total)):
            if side.aggregation != "sum":
                yield EntryProblem(f"{side.aggregation} counts no events", "write sum", (field, side.aggregation))
        if self.objective.number >= 100:
            what = 'an objective of "100%" has no error budget'
            yield EntryProblem(what, "write less than 100%, like 99.9%", ("objective",))


def days_of_period(period: str) -> int:
    """A period of an objective as a number of days: 30 for "30d"."""
    return int(period.removesuffix("d"))
