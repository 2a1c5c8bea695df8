"""When planned windows mute a rule: each opening in a span, and what of the rule is muted in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from monitoring.model.window_times import Opening, WindowTimes
from monitoring.oncall.clock import instant, utc
from monitoring.wording import groups_in_words


@dataclass(frozen=True, slots=True)
class MutedWindow:
    """One opening of a planned window, in which a rule's signal is silent.

    Until `sure_end` it is silent by every reading of what the vendor documents, and for each of its groups; where that
    is the beginning, the rule may also fire. `only` are the groups that are silent, empty for the whole rule.
    """

    name: str
    start: int
    end: int
    sure_end: int
    only: str = ""


@dataclass(frozen=True, slots=True)
class PlannedMute:
    """A window that mutes a rule whenever it is open, or only those of its groups that have certain tags.

    Of a window that mutes nothing of a rule, though it is about it, `why` says why.
    """

    name: str
    times: WindowTimes
    only: tuple[tuple[str, tuple[str, ...]], ...] = ()
    why: str = ""

    def openings(self, start: int, end: int) -> Iterator[MutedWindow]:
        """Its openings that touch a span, each as a whole."""
        groups = groups_in_words(dict(self.only))
        return (self._opening(opening, groups) for opening in self.times.openings(utc(start), utc(end)))

    def _opening(self, opening: Opening, groups: str) -> MutedWindow:
        start, end = instant(opening.start), instant(opening.latest)
        return MutedWindow(self.name, start, end, start if groups else instant(opening.end), groups)


@lru_cache(maxsize=1024)
def muted_windows(mutes: tuple[PlannedMute, ...], start: int, end: int) -> tuple[MutedWindow, ...]:
    """Every opening of these windows that touches a span, in order; many rules share their windows."""
    openings = (opening for mute in mutes for opening in mute.openings(start, end))
    return tuple(sorted(openings, key=lambda opening: (opening.start, opening.end, opening.name)))


def open_at(mutes: Sequence[PlannedMute], at: int) -> MutedWindow | None:
    """The opening that holds a rule back at an instant, one of the whole rule before one of some groups."""
    now = (each for each in muted_windows(tuple(mutes), at, at + 1) if each.start <= at < each.end)
    return min(now, key=lambda each: bool(each.only), default=None)
