"""A job that checks in with Sentry."""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitoring.model.entry import Entry, EntryProblem
from monitoring.model.references import Names, ProjectRef
from monitoring.model.scalars import Duration, Line, Zone, quoted

# Five fields; names of months and weekdays are words of Sentry's crontab, too.
_CRONTAB = re.compile(r"[0-9A-Za-z*,/\-]+( +[0-9A-Za-z*,/\-]+){4}")


class Cron(Entry):
    """A job that checks in with Sentry on a schedule."""

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
