"""Covers: somebody in somebody else's place for a time, as for a holiday or a swap."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import pairwise
from typing import NamedTuple

from monitoring.model.entry import Entry, EntryProblem
from monitoring.model.local_time import LocalTime
from monitoring.model.references import Names, PersonRef


class Cover(Entry):
    """Somebody who takes the turns of somebody else between two times; two of them are a swap."""

    who: PersonRef
    """The person who takes the turns."""
    instead_of: PersonRef
    """The person whose turns they are."""
    from_: LocalTime
    """When the cover begins, in the schedule's local time."""
    to: LocalTime
    """When the cover ends, in the schedule's local time."""

    def entry_problems(self, _: Names, /) -> Iterator[EntryProblem]:
        """A person in their own place."""
        if self.who == self.instead_of:
            yield EntryProblem(f'puts "{self.who}" in the place of "{self.who}"', "name somebody else", ("who",))


class CoveredSpan(NamedTuple):
    """Between two instants, who takes whose turns."""

    start: datetime
    end: datetime
    instead: Mapping[str, str]


def covered_spans(covers: Sequence[Cover], zone_name: str) -> Iterator[CoveredSpan]:
    """The time of all covers, in spans within which nothing changes; all are replaced at once, so two can swap."""
    begins, ends = defaultdict[datetime, list[Cover]](list), defaultdict[datetime, list[Cover]](list)
    for cover in covers:
        begins[cover.from_.instant(zone_name)].append(cover)
        ends[cover.to.instant(zone_name)].append(cover)
    instead: dict[str, str] = {}
    for start, end in pairwise(sorted({*begins, *ends})):
        for cover in ends[start]:
            del instead[cover.instead_of]
        instead |= {cover.instead_of: cover.who for cover in begins[start]}
        if instead:
            yield CoveredSpan(start, end, dict(instead))


def clashing(covers: Sequence[Cover], zone_name: str) -> Iterator[EntryProblem]:
    """Covers of one person that overlap, so that two people would take the same turn."""
    timed = sorted(
        (cover.instead_of, cover.from_.instant(zone_name), number, cover.to.instant(zone_name))
        for number, cover in enumerate(covers)
    )
    for (person, _, number, ends), (other, begins, later, _) in pairwise(timed):
        if person == other and begins < ends:
            what = f'covers "{person}" while "{covers[number].who}" does'
            yield EntryProblem(what, "let one cover end before the other begins", ("cover", later))
