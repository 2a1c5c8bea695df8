"""Issues that Sentry opens for errors, and those that come back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, ClassVar, Literal, final

from pydantic import field_validator

from monitoring.model.detection import Detection
from monitoring.model.entry import EntryProblem
from monitoring.model.references import Names, ProjectRef
from monitoring.model.scalars import SECONDS_IN, Duration, invalid_value, repeated
from monitoring.model.signals.base import LATER, DataRead, UncomparedSignal, Watcher
from monitoring.model.signals.tags import SentryWhere, in_words, one_value_a_tag, sent_by_project

IssueChange = Literal["new", "regressed", "reappeared"]
IssueLevel = Literal["debug", "info", "warning", "error", "fatal"]
# What people would write here, by the triggers that Sentry's alerts have: only four are objects of its provider 0.15.4
# (`trigger_conditions` of `sentry_alert`), and an assignment is not among Sentry's triggers at all.
UNDECLARABLE = {
    "assigned": ("Sentry has no trigger for an assignment", "write assigned-to: team beside when: [new, regressed]"),
    "resolved": ("an issue that is resolved needs nobody", "write what goes wrong, like when: [new, regressed]"),
    "high-priority": ("no trigger for a priority can be declared at Sentry", "write priority: high beside when: [new]"),
}
IssuePriority = Literal["medium", "high"]
"""From the lowest to the highest; every issue is at least of low priority."""


@final
class Issues(UncomparedSignal):
    """Issues of errors that are new, or come back: each of them fires, and each of them by itself."""

    watcher: ClassVar[Watcher] = "sentry"
    project: ProjectRef
    """The Sentry project whose issues are watched."""
    when: tuple[IssueChange, ...]
    """What happens: it is new in the environment, back after it was resolved, or back after it was archived."""
    where: SentryWhere = {}
    """The tags, and their values, that the event must have with which it happens."""
    level: IssueLevel | None = None
    """The lowest level that this event may have; left out, any."""
    priority: IssuePriority | None = None
    """The lowest priority that Sentry may give the issue; left out, any."""
    seen_at_least: int | None = None
    """How many events the issue must have by then, in all environments."""
    older_than: Duration | None = None
    """How long ago the issue must have been seen first, in any environment."""
    younger_than: Duration | None = None
    """How long ago the issue may have been seen first, in any environment."""
    assigned_to: Literal["nobody", "team"] | None = None
    """Whose the issue must be by then: nobody's, or the rule's team's; left out, anybody's."""
    latest_release: bool = False
    """Whether the event must come from the latest release, as Sentry knows it."""

    @field_validator("when", mode="before")
    @classmethod
    def _declarable(cls, value: Any) -> Any:
        """The words as they are; refuses what Sentry knows and no alert of its provider can be declared for."""
        for word in value if isinstance(value, tuple) else ():
            if isinstance(word, str) and word in UNDECLARABLE:
                raise invalid_value(*UNDECLARABLE[word])
        return value

    _tags_are_sent = field_validator("where")(sent_by_project)

    @property
    def sends_events(self) -> bool:
        """Yes: it is the event's own issue."""
        return True

    def condition(self, limit: str | None) -> str:
        """What happens to an issue, and which issues count."""
        changes = " or ".join(self.when)
        article = "an" if changes.startswith("a") else "a"
        return f"{article} {changes} issue in {self.project}{in_words(self.where)}{''.join(self._narrowed)}"

    @property
    def _narrowed(self) -> Iterator[str]:
        if self.level:
            yield f", at level {self.level} or above"
        if self.priority:
            yield f", of priority {self.priority}{' or above' if self.priority == 'medium' else ''}"
        if self.seen_at_least:
            yield f", seen {self.seen_at_least} times or more"
        if self.older_than:
            yield f", first seen more than {self.older_than} ago"
        if self.younger_than:
            yield f", first seen less than {self.younger_than} ago"
        if self.assigned_to:
            yield f", assigned to {'nobody' if self.assigned_to == 'nobody' else 'the team'}"
        if self.latest_release:
            yield ", in the latest release"

    @property
    def reads(self) -> Iterable[DataRead]:
        """The errors of its project."""
        return [DataRead("project", self.project, self.where)]

    def detection(self, *, wakes: bool, parts: Sequence[Detection]) -> Detection:
        """Nothing to wait for: an alert is evaluated with each event, and when an issue changes its state.

        Source: docs.sentry.io, issue alerts ("each time Sentry receives a new event"). When an archived issue has
        reappeared, Sentry alone decides; it names no bound for that, and the condition holds from its decision on.
        """
        decided = ", from when Sentry says that it reappeared" if "reappeared" in self.when else ""
        return Detection(0, f"evaluated with the event itself{decided}")

    def faster(self, limit: int) -> str:
        """Nothing is."""
        return LATER

    @property
    def symptom(self) -> str:
        """Issues of its project."""
        return f"issues of {self.project}"

    def entry_problems(self, _: Names, /) -> Iterator[EntryProblem]:
        """No change or one twice, two values of a tag, ages and a number that Sentry does not take."""
        if not self.when:
            yield EntryProblem("is an empty list", "write what happens, like when: [new, regressed]", ("when",))
        for name in repeated(self.when):
            yield EntryProblem(f'names "{name}" twice', "name it once", ("when",))
        yield from one_value_a_tag(self.where)
        if self.seen_at_least is not None and self.seen_at_least < 1:
            yield EntryProblem(f'"{self.seen_at_least}" is too few to count', "write 1 or more", ("seen-at-least",))
        yield from self._aged()

    def _aged(self) -> Iterator[EntryProblem]:
        for word, age in (("older-than", self.older_than), ("younger-than", self.younger_than)):
            if age is not None and (not age.seconds or age.seconds % SECONDS_IN["m"]):
                yield EntryProblem(f'"{age}" is no age of an issue', "Sentry counts whole minutes, like 30m", (word,))
        if self.older_than and self.younger_than and self.older_than.seconds >= self.younger_than.seconds:
            what = f"no issue is older than {self.older_than} and younger than {self.younger_than}"
            yield EntryProblem(what, "let younger-than be the longer one, or take one out", ("younger-than",))

    def needing_another_environment(self) -> Iterator[str]:
        """Each word that a new issue meets only where another environment has seen it before.

        New is the first event in the alert's environment; age and number are the issue's in all of them
        (getsentry/sentry, workflow_engine/handlers/condition, first_seen_event and issue_occurrences).
        """
        if self.when == ("new",):
            yield from ["seen-at-least"] if (self.seen_at_least or 0) > 1 else []
            yield from ["older-than"] if self.older_than else []
