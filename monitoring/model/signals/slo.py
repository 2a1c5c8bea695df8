"""An objective, and how fast its error budget burns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import ceil
from typing import ClassVar, Literal, final

from monitoring.model.burn_rates import burn_rates
from monitoring.model.detection import HOUR, Detection, datadog_evaluates
from monitoring.model.entry import EntryProblem
from monitoring.model.references import Names
from monitoring.model.scalars import Length, Share
from monitoring.model.signals.base import LATER, DataRead, UncomparedSignal, Watcher
from monitoring.model.signals.selector import MetricSelector


@final
class Slo(UncomparedSignal):
    """An objective over good and total counts; alerts on how fast its error budget burns."""

    watcher: ClassVar[Watcher] = "datadog"
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

    def condition(self, limit: str | None) -> str:
        """A budget that burns."""
        return f"the error budget of {self.objective} over {self.over} burns too fast"

    @property
    def reads(self) -> Iterable[DataRead]:
        """Both of its counts."""
        return [self.good.read_at("good"), self.total.read_at("total")]

    def detection(self, *, wakes: bool, parts: Sequence[Detection]) -> Detection:
        """By the fastest of the burn rates, at a total failure, with steady traffic that was good until then.

        The time is (1 - objective) / error ratio x window x factor (Google's SRE workbook, chapter 5, table 5-3 and
        the formula above it: https://sre.google/workbook/alerting-on-slos/); the error ratio of a total failure is 1.
        """
        budget = 1 - self.objective.base
        times = [(budget * rate.factor(self.days), rate) for rate in burn_rates(wakes=wakes)]
        reachable = [(ceil(share * rate.long_hours * HOUR), rate) for share, rate in times if share <= 1]
        if not reachable:
            return Detection(None, f"a total failure of a {self.objective} objective burns no faster than it may")
        seconds, rate = min(reachable, key=lambda reached: reached[0])
        often = datadog_evaluates(rate.long_hours * HOUR)
        burnt = f"when all events fail, a {self.objective} objective burns {rate.factor(self.days):g}x after"
        return Detection(seconds + often, f"{burnt} {Length(seconds).in_all_units}, evaluated every {Length(often)}")

    def faster(self, limit: int) -> str:
        """Nothing of its own: the burn rates are everybody's."""
        return f"{LATER}, or page by a rule on errors or on a metric"

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
