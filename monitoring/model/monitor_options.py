"""What a Datadog monitor takes beside its query and its threshold, the same words on every signal that has both."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Literal

from monitoring.model.alphabets import DatadogTagKey
from monitoring.model.entry import Entry, EntryProblem
from monitoring.model.references import Names
from monitoring.model.scalars import SECONDS_IN, Duration, Length

DELAY_SECONDS = range(1, SECONDS_IN["d"] + 1)
"""How long a monitor may wait for new groups, or for late data, in seconds.

Datadog takes an evaluation delay of 86400 s at most. It names no end for new groups; it calls a group new that it has
not seen for 24 hours, so a longer wait would forget the group (DataDog/documentation, monitors/configuration, new group
delay and evaluation delay). Its provider does not send a 0.
"""
RESOLVE_HOURS = range(1, 25)
"""After how many hours without data a monitor may resolve: `timeout_h` of the API takes 24 at most, and 0 is none."""


class MonitorOptions(Entry):
    """How a monitor treats data that are missing, new or late, and for what it notifies once."""

    when_silent: Literal["alert", "resolve", "show"] | None = None
    """What happens while no data arrives."""
    new_groups_after: Duration | None = None
    """How long a new group is left alone before it can fire; left out, as long as Datadog does by itself."""
    arrives_after: Duration | None = None
    """How late the data come: the monitor looks at a window that ended so long ago."""
    full_window: bool = False
    """Look only at a window without a gap; sparse data then never fire it."""
    resolves_after: Duration | None = None
    """After how many whole hours without data a firing rule resolves by itself; left out, never."""
    notifies_by: tuple[DatadogTagKey, ...] = ()
    """The tags for whose values there is one notification each, fewer than those that split the rule."""

    @property
    def metric_words(self) -> tuple[str, ...]:
        """The words written that Datadog reads on metrics alone (DataDog/documentation, monitor API options)."""
        given = {"arrives-after": self.arrives_after is not None, "full-window": self.full_window}
        return tuple(word for word, is_given in given.items() if is_given)

    @property
    def waiting(self) -> str:
        """How it looks at its window and notifies of it, as the end of a sentence; empty as Datadog does by itself."""
        waits = {
            "a new group not before {}": self.new_groups_after,
            "looked at {} later": self.arrives_after,
            "once it has no gap": self.full_window,
            "notified once for each {}": " and ".join(self.notifies_by),
            "resolved after {} without data": self.resolves_after,
        }
        return "".join(f", {words.format(given)}" for words, given in waits.items() if given)

    def entry_problems(self, names: Names, /) -> Iterator[EntryProblem]:
        """Waits that Datadog does not take."""
        yield from super().entry_problems(names)
        yield from _no_wait(self.new_groups_after, "new-groups-after")
        yield from _no_wait(self.arrives_after, "arrives-after")
        if self.resolves_after is not None:
            yield from self._resolving(self.resolves_after)

    def _resolving(self, after: Length) -> Iterator[EntryProblem]:
        """A time that Datadog does not take, or one beside a resolution at once."""
        if after.seconds % SECONDS_IN["h"] or after.seconds // SECONDS_IN["h"] not in RESOLVE_HOURS:
            what = f'"{after}" is not a time after which Datadog resolves'
            yield EntryProblem(what, "write whole hours, 1h to 1d", ("resolves-after",))
        if self.when_silent == "resolve":
            what = "resolves at once when no data arrive, so nothing is left to resolve later"
            yield EntryProblem(what, "write when-silent: show, or take resolves-after out", ("resolves-after",))

    def unlike_groups(self, groups: Collection[str]) -> Iterator[EntryProblem]:
        """Words about groups that do not fit those into which the signal is split."""
        if self.new_groups_after is not None and not groups:
            what = "waits for new groups, and is not split into any"
            remedy = "split it, like by: [host], or take new-groups-after out"
            yield EntryProblem(what, remedy, ("new-groups-after",))
        if self.notifies_by and not set(self.notifies_by) < set(groups):
            split = f"split by {_some(groups)}" if groups else "not split"
            what = f"notifies by {_some(self.notifies_by)}, and is {split}"
            yield EntryProblem(what, "name some of the tags that split it, and not all of them", ("notifies-by",))


def _some(names: Collection[str], at_most: int = 10) -> str:
    """The names, and how many more there are."""
    more = f" and {len(names) - at_most} more" if len(names) > at_most else ""
    return f"{', '.join([*names][:at_most])}{more}"


def _no_wait(wait: Length | None, word: str) -> Iterator[EntryProblem]:
    if wait is not None and wait.seconds not in DELAY_SECONDS:
        yield EntryProblem(f'"{wait}" is not a wait that Datadog takes', "write 1s to 1d, like 5m", (word,))


NO_OPTIONS = MonitorOptions()
"""Those of a signal that has no words for them: Datadog's own defaults."""
