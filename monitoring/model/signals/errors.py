"""Errors that Sentry groups."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar, Literal, final

from pydantic import field_validator

from monitoring.model.detection import SENTRY_LOOKS, Detection, of_events, sentry_evaluates
from monitoring.model.entry import EntryProblem
from monitoring.model.references import Names, ProjectRef
from monitoring.model.scalars import Duration, Length, Quantity
from monitoring.model.signals.base import BaseSignal, DataRead, MeasuredValue, Metrics, RankedLimit, Watcher, fitting
from monitoring.model.signals.sentry_windows import SENTRY_INTERVALS, SENTRY_WINDOWS, not_taken
from monitoring.model.signals.tags import SentryWhere, exactly, in_words, one_value_a_tag, sent_by_project
from monitoring.model.threshold_word import ThresholdWord

# Longer than the minute between two evaluations, so that an event which arrives late is still counted.
EACH_EVENT_WITHIN = Length(300)


@final
class Errors(BaseSignal):
    """Errors that Sentry groups: a count over a tag, a count per issue, or each single event."""

    watcher: ClassVar[Watcher] = "sentry"
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
    counting: Literal["events", "people"] = "events"
    """Of each issue: count its events, or the people whom they met, as events name their user."""

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
    def sends_events(self) -> bool:
        """Whether it looks at each issue, and so at its events."""
        return self.per_issue

    @property
    def one_is_enough(self) -> bool:
        """Whether a single event fires it."""
        return self.limit == 0

    def condition(self, limit: str | None) -> str:
        """A count above its limit, or any error where one is enough."""
        place = f"{self.project}{in_words(self.where)}"
        if self.one_is_enough:
            return f"any error in {place}"
        if self.per_issue:
            counted = "people meet" if self.counting == "people" else "errors of"
            return f"more than {self.limit} {counted} one issue within {self.window} in {self._issues}"
        if limit:
            return f"errors within {self.window} in {place} are above {limit}"
        return f"more than {self.limit} errors within {self.window} in {place}"

    @property
    def _issues(self) -> str:
        """Where an issue's events are counted; a filter looks at the event that comes, not at those that are counted.

        Sentry counts all events of the issue (getsentry/sentry, issues 62748 and 4751).
        """
        latest = f", whatever their tags, and the latest of them{in_words(self.where)}" if self.where else ""
        return f"{self.project}{latest}"

    @property
    def reads(self) -> Iterable[DataRead]:
        """The errors of its project."""
        return [DataRead("project", self.project, self.where)]

    def detection(self, *, wakes: bool, parts: Sequence[Detection]) -> Detection:
        """Its window, which a single event need not wait for."""
        if self.per_issue:
            return of_events(self.window, SENTRY_LOOKS)
        interval = sentry_evaluates(self.window.seconds)
        if self.one_is_enough:
            return Detection(interval, f"one event is enough, evaluated every {Length(interval)}")
        return of_events(self.window, interval)

    def faster(self, limit: int) -> str:
        """A shorter window."""
        return fitting(self, "within", self.windows, limit)

    @property
    def windows(self) -> tuple[str, ...]:
        """The windows that Sentry takes for it."""
        return SENTRY_INTERVALS if self.per_issue else SENTRY_WINDOWS

    def measured(self, _: Metrics) -> MeasuredValue:
        """A count."""
        return MeasuredValue(ThresholdWord.ABOVE, Quantity(self.limit), "more-than", self.window, is_count=True)

    @property
    def symptom(self) -> str:
        """Errors of its project; single ones are another symptom."""
        return f"{'single errors' if self.one_is_enough else 'errors'} of {self.project}"

    @property
    def ranked_limit(self) -> RankedLimit:
        """Its count."""
        watches = ("errors", self.project, exactly(self.where), str(self.window), self.per_issue, self.counting)
        return RankedLimit(watches, self.limit, f"more than {self.limit}", self.limit_word)

    def entry_problems(self, _: Names, /) -> Iterator[EntryProblem]:
        """No count and no single event, both, a count or a window that Sentry does not take."""
        yield from self._miscounted()
        least = 1 if self.per_issue else 0
        if self.more_than is not None and self.more_than < least:
            yield EntryProblem(f'"{self.more_than}" is too few to count', f"write {least} or more", ("more-than",))
        if self.per_issue:
            yield from one_value_a_tag(self.where)
        if self.within is not None:
            yield from not_taken(self.within, self.windows, "within")

    def _miscounted(self) -> Iterator[EntryProblem]:
        if self.counting == "people" and not self.per_issue:
            what, remedy = "counts the people of all issues together", "write per-issue: true, or take counting out"
            yield EntryProblem(what, remedy, ("counting",))
        counted = self.more_than is not None or self.within is not None
        if self.each_event and (counted or self.per_issue):
            yield EntryProblem("each-event leaves nothing to count", "take out more-than, within and per-issue")
        elif not self.each_event and not counted:
            yield EntryProblem("counts nothing", "write more-than and within, or each-event: true")
        elif not self.each_event and self.within is None:
            yield EntryProblem("counts without an end", "write within, like 5m", ("more-than",))
        elif not self.each_event and self.more_than is None:
            yield EntryProblem("has a window and no number", "write more-than, like 10", ("within",))
