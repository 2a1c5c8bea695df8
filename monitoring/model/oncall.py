"""Who is on call: people, schedules with their layers, and escalation policies."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time
from functools import cached_property
from typing import Literal

from monitoring.model.alphabets import PagerDutyName
from monitoring.model.entry import Entry, EntryProblem
from monitoring.model.local_time import LocalDateTime, LocalTime, local_time_problems
from monitoring.model.references import AskRef, Names, PersonRef, TeamRef
from monitoring.model.scalars import (
    Clock,
    Days,
    Duration,
    Email,
    Id,
    Length,
    OrNever,
    Sentence,
    Weekdays,
    Zone,
    repeated,
)
from monitoring.model.severity import ContactWord

MAX_WAIT = Length(604_800)
"""The longest that anything here may wait. No bound of PagerDuty's is known; a longer one is a slip of the unit."""


def _waits(length: Length | Literal["never"], *where: str | int) -> Iterator[EntryProblem]:
    """A wait that is longer than any incident."""
    if length != "never" and length > MAX_WAIT:
        yield EntryProblem(f'"{length}" is longer than any incident', f"write at most {MAX_WAIT}", where)


def _repeated(names: tuple[str, ...]) -> Iterator[EntryProblem]:
    """Schedules or people that are named more than once."""
    for name in repeated(names):
        yield EntryProblem(f'asks "{name}" twice', "name it once", ("ask",))


class Contact(Entry):
    """How PagerDuty reaches a person, and how long after the person was asked.

    An assumption about the person's own notification rules; looked up, never created.
    """

    high: dict[ContactWord, Duration]
    """How the person is notified at high urgency, and how long after being asked."""
    low: dict[ContactWord, Duration] = {}
    """How the person is notified at low urgency, and how long after being asked."""

    def entry_problems(self, _: Names, /) -> Iterator[EntryProblem]:
        """A contact that would come after every incident is over."""
        for urgency, rules in (("high", self.high), ("low", self.low)):
            for kind, after in rules.items():
                yield from _waits(after, urgency, kind.value)


class Person(Entry):
    """A human who can be asked."""

    name: Sentence
    """The person's name."""
    email: Email
    """The address of the person's PagerDuty user."""
    time_zone: Zone
    """The person's time zone, such as Europe/Berlin."""
    contact: Contact
    """How PagerDuty reaches the person."""


class Restriction(Entry):
    """The hours of a week in which a layer counts, in the schedule's wall-clock time.

    With days alone, whole days; with from and to, that window of each day. `to` at or before `from` is a window
    over midnight that belongs to the day on which it begins.
    """

    days: Weekdays | None = None
    """The weekdays on which the layer counts, such as mon-fri."""
    from_: Clock | None = None
    """When the window of each day begins."""
    to: Clock | None = None
    """When the window of each day ends; at or before from, it ends the next day."""

    def entry_problems(self, _: Names, /) -> Iterator[EntryProblem]:
        """Half a window, none, or one without length."""
        if (self.from_ is None) != (self.to is None):
            missing = "to" if self.to is None else "from"
            yield EntryProblem(f'is a window without "{missing}"', "write both from and to")
        elif self.from_ is None and self.days is None:
            yield EntryProblem("is an empty window", "write days, or from and to, or leave only out")
        elif self.from_ is not None and self.from_ == self.to:
            what = f'is a window from "{self.from_:%H:%M}" to the same time'
            yield EntryProblem(what, "leave from and to out for whole days", ("to",))

    @property
    def weekdays(self) -> Days:
        """The days on which a window begins; all of them unless it says otherwise."""
        return self.days or Days(frozenset(range(1, 8)), "mon-sun")

    @property
    def window(self) -> tuple[time, time] | None:
        """From and to of each day's window, or None for whole days."""
        return None if self.from_ is None or self.to is None else (self.from_, self.to)


class Layer(Entry):
    """People in turns, counted from an anchor; before the anchor the layer does not exist."""

    anchor: LocalTime
    """When the first person's first turn begins, in local time."""
    turn: Duration
    """How long each turn is, from 1h to 365d."""
    people: tuple[PersonRef, ...]
    """Who takes turns, in this order."""
    only: Restriction | None = None
    """The hours of the week in which the layer counts; left out, all of them."""
    until: LocalTime | None = None
    """When the layer ends, in local time; left out, it never does."""

    def entry_problems(self, _: Names, /) -> Iterator[EntryProblem]:
        """Nobody in turn, or a turn that PagerDuty does not take (1 hour to 365 days)."""
        if not self.people:
            yield EntryProblem("has nobody in it", "name at least one person", ("people",))
        if not 3_600 <= self.turn.seconds <= 31_536_000:
            yield EntryProblem(f'"{self.turn}" is not a turn', "PagerDuty takes 1h to 365d", ("turn",))


def _times(layer: Layer, *path: str | int) -> dict[tuple[str | int, ...], LocalDateTime]:
    bounds = {"anchor": layer.anchor, "until": layer.until}
    return {(*path, name): local for name, local in bounds.items() if local is not None}


def _backwards(layer: Layer, zone_name: str, *path: str | int) -> Iterator[EntryProblem]:
    """A layer that ends before it begins; both times are instants in the zone."""
    if layer.until is not None and layer.until.instant(zone_name) <= layer.anchor.instant(zone_name):
        what = f'ends at "{layer.until}", which is not after its anchor'
        yield EntryProblem(what, "write a later time, or leave until out", (*path, "until"))


class Schedule(Entry):
    """Who is on call when, in one time zone; a later layer wins over an earlier one."""

    title: PagerDutyName | None = None
    """The name that people read; left out, the key itself."""
    time_zone: Zone
    """The time zone of every local time in the schedule."""
    layers: tuple[Layer, ...]
    """The layers; a later one wins over an earlier one."""
    formerly: tuple[Id, ...] = ()
    """Earlier keys of this schedule, so that a new key replaces nothing."""

    def entry_problems(self, _: Names, /) -> Iterator[EntryProblem]:
        """No layer at all, a time that the zone skips or shows twice, a layer that ends before it begins."""
        if not self.layers:
            yield EntryProblem("has no layer, so nobody is on call", "write at least one", ("layers",))
        for number, layer in enumerate(self.layers):
            refused = list(local_time_problems(self.time_zone, _times(layer, "layers", number)))
            yield from refused or _backwards(layer, self.time_zone, "layers", number)

    @cached_property
    def people(self) -> tuple[str, ...]:
        """Everybody who can ever be on call here, each once, in order."""
        return tuple(dict.fromkeys(name for layer in self.layers for name in layer.people))


class Step(Entry):
    """Who is asked together, and how long they have to acknowledge before the next step."""

    ask: tuple[AskRef, ...]
    """The schedules or people that are asked at the same time; at most 10."""
    escalate_after: Duration
    """How long this step waits for an acknowledgement, in whole minutes."""

    def entry_problems(self, _: Names, /) -> Iterator[EntryProblem]:
        """Nobody asked, too many (PagerDuty takes 1 to 10 targets), one twice, a delay that is no whole minute."""
        if not self.ask:
            yield EntryProblem("asks nobody", "name a schedule or a person", ("ask",))
        if len(self.ask) > 10:
            yield EntryProblem(f"asks {len(self.ask)} at once", "PagerDuty takes at most 10 in a step", ("ask",))
        yield from _repeated(self.ask)
        if self.escalate_after.seconds < 60 or self.escalate_after.seconds % 60:
            remedy = "PagerDuty counts whole minutes, at least 1m"
            yield EntryProblem(f'"{self.escalate_after}" is not a delay', remedy, ("escalate-after",))
        yield from _waits(self.escalate_after, "escalate-after")


class Policy(Entry):
    """Who is asked, then who is asked next."""

    title: PagerDutyName | None = None
    """The name that people read; left out, the key itself."""
    team: TeamRef | None = None
    """The PagerDuty team that the policy belongs to."""
    steps: tuple[Step, ...]
    """Who is asked first, then who is asked next."""
    extra_rounds: int = 0
    """How often all steps begin again when nobody acknowledges, 0 to 9."""
    acknowledgement_expires: OrNever = Length(1_800)
    """When an acknowledged incident notifies again, or never."""
    formerly: tuple[Id, ...] = ()
    """Earlier keys of this policy, so that a new key replaces nothing."""

    def entry_problems(self, _: Names, /) -> Iterator[EntryProblem]:
        """No step at all, or more rounds than PagerDuty takes (num_loops of its API: 0 to 9)."""
        if not self.steps:
            yield EntryProblem("has no step, so it asks nobody", "write at least one", ("steps",))
        if not 0 <= self.extra_rounds <= 9:
            what = f'"{self.extra_rounds}" is not a number of extra rounds'
            yield EntryProblem(what, "PagerDuty takes 0 to 9", ("extra-rounds",))
        yield from _waits(self.acknowledgement_expires, "acknowledgement-expires")


class Role(Entry):
    """What somebody does while an incident goes on, and which schedules or people can be asked to do it."""

    title: Sentence
    """The name of the role that people read."""
    ask: tuple[AskRef, ...]
    """The schedules or people that can be asked to take the role."""
    does: Sentence
    """What the person in this role does."""

    def entry_problems(self, _: Names, /) -> Iterator[EntryProblem]:
        """Nobody to ask, or one twice."""
        if not self.ask:
            yield EntryProblem("asks nobody", "name a schedule or a person", ("ask",))
        yield from _repeated(self.ask)


class Oncall(Entry):
    """The whole of oncall.yaml."""

    people: dict[str, Person]
    """Everybody who can be asked, by a short name."""
    schedules: dict[str, Schedule]
    """Who is on call when, by the schedule's key."""
    policies: dict[str, Policy]
    """The escalation policies, by their keys."""
    roles: dict[str, Role] = {}
    """What people do during an incident, by the role's key."""
