"""Errors that Sentry groups."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import field_validator

from monitoring.model.entry import Entry, EntryProblem
from monitoring.model.references import Names, ProjectRef
from monitoring.model.scalars import Duration, Length
from monitoring.model.signals.sentry_windows import SENTRY_INTERVALS, SENTRY_WINDOWS, not_taken
from monitoring.model.signals.tags import SentryWhere, sent_by_project

# Longer than the minute between two evaluations, so that an event which arrives late is still counted.
EACH_EVENT_WITHIN = Length(300)


class Errors(Entry):
    """Errors that Sentry groups: a count over a tag, a count per issue, or each single event."""

    project: ProjectRef
    """The Sentry project whose errors are counted."""
    where: SentryWhere = {}
    """The tags, and their values, that an error must have to count."""
    more_than: int | None = None
    """The count above which it fires."""
    within: Duration | None = None
    """The time in which errors are counted."""
    each_event: bool = False
    """Fire at every single error."""
    per_issue: bool = False
    """Count each issue by itself."""

    _tags_are_sent = field_validator("where")(sent_by_project)

    @property
    def limit(self) -> int:
        """The count above which it fires."""
        return self.more_than or 0

    @property
    def limit_word(self) -> str:
        """The word that says how many errors are too many."""
        return "each-event" if self.each_event else "more-than"

    @property
    def window(self) -> Length:
        """The time in which errors are counted."""
        return self.within or EACH_EVENT_WITHIN

    @property
    def one_is_enough(self) -> bool:
        """Whether a single event fires it."""
        return self.limit == 0

    def entry_problems(self, _: Names, /) -> Iterator[EntryProblem]:
        """No count and no single event, both, a count or a window that Sentry does not take."""
        yield from self._miscounted()
        least = 1 if self.per_issue else 0
        if self.more_than is not None and self.more_than < least:
            yield EntryProblem(f'"{self.more_than}" is too few to count', f"write {least} or more", ("more-than",))
        if self.per_issue:
            for key in [key for key, values in self.where.items() if len(values) > 1]:
                what = "Sentry compares a single issue with one value a tag"
                yield EntryProblem(what, "write one rule for each value", ("where", key))
        if self.within is not None:
            yield from not_taken(self.within, SENTRY_INTERVALS if self.per_issue else SENTRY_WINDOWS, "within")

    def _miscounted(self) -> Iterator[EntryProblem]:
        counted = self.more_than is not None or self.within is not None
        if self.each_event and (counted or self.per_issue):
            yield EntryProblem("each-event leaves nothing to count", "take out more-than, within and per-issue")
        elif not self.each_event and not counted:
            yield EntryProblem("counts nothing", "write more-than and within, or each-event: true")
        elif not self.each_event and self.within is None:
            yield EntryProblem("counts without an end", "write within, like 5m", ("more-than",))
        elif not self.each_event and self.more_than is None:
            yield EntryProblem("has a window and no number", "write more-than, like 10", ("within",))
