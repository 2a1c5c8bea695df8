"""A job that checks in with Sentry."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar, final

from monitoring.model.crontab import longest_gap
from monitoring.model.detection import HOUR, MINUTE, SENTRY_LOOKS, Detection
from monitoring.model.entry import EntryProblem
from monitoring.model.references import Names, ProjectRef
from monitoring.model.scalars import Duration, Length, Line, Zone, quoted
from monitoring.model.signals.base import LATER, DataRead, UncomparedSignal, Watcher

# Five fields; names of months and weekdays are words of Sentry's crontab, too.
_CRONTAB = re.compile(r"[0-9A-Za-z*,/\-]+( +[0-9A-Za-z*,/\-]+){4}")


@final
class Cron(UncomparedSignal):
    """A job that checks in with Sentry on a schedule."""

    watcher: ClassVar[Watcher] = "sentry"
    project: ProjectRef
    """The Sentry project that the job checks in with."""
    schedule: Line
    """When the job runs, as a crontab of five fields."""
    time_zone: Zone
    """The time zone of the schedule."""
    late_after: Duration
    """How late a check-in may be, in whole minutes."""
    at_most: Duration
    """How long the job may run, in whole minutes."""
    failures: int = 1
    """How many failures in a row it takes to fire."""

    def condition(self, limit: str | None) -> str:
        """A check-in that is late, or a run that is long."""
        late = f"no check-in {self.late_after} after {self.schedule} {self.time_zone}"
        return f"{late}, or a run over {self.at_most}"

    @property
    def reads(self) -> Iterable[DataRead]:
        """The check-ins of its project."""
        return [DataRead("project", self.project, {})]

    def detection(self, *, wakes: bool, parts: Sequence[Detection]) -> Detection:
        """Counted from when the first run that fails was due; the others follow by the longest gap of the schedule."""
        slowest = max(self.late_after.seconds, self.at_most.seconds)
        margin = f"after the run was due, {Length(slowest)}, looked at every minute"
        if self.failures == 1:
            return Detection(slowest + SENTRY_LOOKS, margin)
        gap = longest_gap(self.schedule)
        if gap is None:
            return Detection(None, f"{self.failures} failures in a row of {self.schedule}")
        if gap > HOUR and self.time_zone not in ("UTC", "Etc/UTC"):
            gap += HOUR  # the clock that goes back
        how = f"{self.failures} failures in a row, {Length(gap).in_all_units} apart at most, and {margin}"
        return Detection((self.failures - 1) * gap + slowest + SENTRY_LOOKS, how)

    def faster(self, limit: int) -> str:
        """One failure alone, or shorter margins."""
        left = limit - SENTRY_LOOKS
        if self.failures > 1:
            first = self.model_copy(update={"failures": 1})
            if first.detection(wakes=True, parts=()).is_within(limit):
                return "write failures: 1"
        if left < MINUTE:
            return LATER
        margins = f"write late-after and at-most of {Length(left // MINUTE * MINUTE).in_all_units} or less"
        return margins if self.failures == 1 else f"{margins}, and failures: 1"

    def entry_problems(self, _: Names, /) -> Iterator[EntryProblem]:
        """A schedule that is no crontab; margins (whole minutes, 1 to 40320) and failures that Sentry does not take."""
        if not _CRONTAB.fullmatch(self.schedule):
            remedy = 'write five fields, minute hour day month weekday, like "30 2 * * *"'
            yield EntryProblem(f"{quoted(self.schedule)} is not a crontab", remedy, ("schedule",))
        for name, length in (("late-after", self.late_after), ("at-most", self.at_most)):
            if length.seconds % 60 or not 60 <= length.seconds <= 40_320 * 60:
                yield EntryProblem(f'"{length}" is not a margin', "Sentry counts whole minutes, 1m to 28d", (name,))
        if not 1 <= self.failures <= 720:
            yield EntryProblem(f'"{self.failures}" is not a number of failures', "Sentry takes 1 to 720", ("failures",))
