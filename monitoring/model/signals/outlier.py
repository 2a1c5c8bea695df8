"""A group of a Datadog metric that behaves unlike the others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, final

from monitoring.model.entry import EntryProblem
from monitoring.model.references import Names
from monitoring.model.scalars import SECONDS_IN, Duration, Share
from monitoring.model.signals.base import Metrics, RankedLimit
from monitoring.model.signals.metric_monitor import MetricMonitor
from monitoring.model.signals.selector import PERCENTILES
from monitoring.queries import QueryForm, forms
from monitoring.queries.writing import datadog_window

WINDOWS = range(SECONDS_IN["m"], SECONDS_IN["d"] + 1, SECONDS_IN["m"])
"""Seconds that an outlier may be looked for in (DataDog/documentation, monitors/types/outlier)."""
MIN_MEMBERS = 3
"""Groups that there have to be for one of them to be an outlier (the same page)."""


@final
class MetricOutlier(MetricMonitor):
    """A group of a Datadog metric, such as a host, that behaves unlike the others of its kind."""

    over: Duration
    """The time over which the groups are compared, in whole minutes."""
    algorithm: Literal["DBSCAN", "MAD", "scaledDBSCAN", "scaledMAD"] = "DBSCAN"
    """How they are compared: DBSCAN by whole series, MAD by points; the scaled ones by the size of the values, too."""
    tolerance: float
    """How far a group may lie from the others; larger finds fewer."""
    share: Share | None = None
    """Of MAD: how many of a group's points may lie outside before it is an outlier, like 20%."""

    @property
    def form(self) -> QueryForm:
        """An outlier's."""
        return forms()["outlier"]

    def query_text(self, environment: str, metrics: Metrics) -> str:
        """`avg(last_10m):outliers(SERIES, 'MAD', 3, 20)`, which is compared with 0."""
        joined = "avg" if self.aggregation in PERCENTILES else self.aggregation
        share = f", {self.share.number:g}" if self.share else ""
        series = self.series(environment, metrics, by=self.by)
        found = f"outliers({series}, '{self.algorithm}', {self.tolerance:g}{share})"
        return f"{joined}(last_{datadog_window(self.over.seconds)}):{found}"

    @property
    def seconds(self) -> int:
        """Its window."""
        return self.over.seconds

    @property
    def recovery(self) -> None:
        """None: it recovers when no group is an outlier."""

    @property
    def min_groups(self) -> int:
        """Three, so that one can be unlike the others."""
        return MIN_MEMBERS

    @property
    def watches(self) -> object:
        """The series, its window and how its groups are compared."""
        return self.series_read, str(self.over), self.algorithm, self.share

    @property
    def window_aggregation(self) -> str:
        """Nothing that says what a longer window does."""
        return ""

    @property
    def ranked_limit(self) -> RankedLimit:
        """Its tolerance: a group has to lie farther out."""
        watches = type(self), self.watches
        return RankedLimit(watches, self.tolerance, f"a tolerance of {self.tolerance:g}", "tolerance")

    def unit(self, metrics: Metrics) -> str:
        """Nothing: a group is an outlier, or it is not."""
        return ""

    def condition(self, limit: str | None) -> str:
        """The group unlike the others, in words."""
        how = f"{self.algorithm}, tolerance {self.tolerance:g}"
        how += f", {self.share} of its points" if self.share else ""
        return f"{self.in_words}{self.each} unlike the others over {self.over} ({how}){self.waiting}"

    def measured(self, metrics: Metrics) -> None:
        """Nothing that is compared with a threshold of the catalog."""

    @property
    def symptom(self) -> str:
        """A metric of which one group is unlike the others."""
        return f"{self.name} unlike the others"

    def entry_problems(self, names: Names, /) -> Iterator[EntryProblem]:
        """No groups, a tolerance, a share or a window that Datadog does not take."""
        yield from super().entry_problems(names)
        yield from self.unlike_groups(self.by)
        if not self.by:
            yield EntryProblem("has no groups of which one could be unlike the others", "write by, like by: [host]")
        if self.tolerance <= 0:
            what = f'a tolerance of "{self.tolerance:g}" makes every group an outlier'
            yield EntryProblem(what, "write more, like 3", ("tolerance",))
        is_by_points = self.algorithm.endswith("MAD")
        if is_by_points is not (self.share is not None):
            what = f'the algorithm "{self.algorithm}" {"needs a" if is_by_points else "takes no"} share of points'
            yield EntryProblem(what, "write share: 20%" if is_by_points else "take share out", ("share",))
        if self.over.seconds not in WINDOWS:
            what = f'"{self.over}" is not a window that Datadog takes of outliers'
            yield EntryProblem(what, "write whole minutes, 1m to 1d", ("over",))
