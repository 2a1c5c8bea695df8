"""Who is on call: people, schedules with their layers, and escalation policies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from functools import cached_property
from typing import Annotated, Literal

from monitoring.model.alphabets import PagerDutyName
from monitoring.model.cover import Cover, CoveredSpan, clashing, covered_spans
from monitoring.model.entry import Entry, EntryList, EntryProblem
from monitoring.model.local_time import LocalDateTime, LocalTime, local_time_problems
from monitoring.model.references import AskRef, Names, PersonRef, TeamRef
from monitoring.model.regions import Region
from monitoring.model.scalars import (
    Duration,
    Durations,
    Email,
    Id,
    Length,
    Login,
    OrNever,
    Sentence,
    Weekdays,
    Zone,
    repeated,
)
from monitoring.model.severity import ContactKind, ContactWord
from monitoring.model.week import DAY, WEEK, WeekClock, WeekTime, Window, overlapping, runs

MIN_TURN, MAX_TURN = Length(3_600), Length(31_536_000)
"""How long a turn of a layer may be at PagerDuty."""
MIN_FOR_SEVERAL, MIN_FOR_ONE = Length(300), Length(60)
"""The least delay of a step with several targets, and with one.

PagerDuty's documentation, "Escalation Policy Basics": 1 minute for a single target, 5 minutes for more than one.
"""
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

    high: dict[ContactWord, Durations]
    """How the person is notified at high urgency, and how long after being asked; [2m, 7m] is twice."""
    low: dict[ContactWord, Durations] = {}
    """How the person is notified at low urgency, and how long after being asked; [2m, 7m] is twice."""

    def entry_problems(self, _: Names, /) -> Iterator[EntryProblem]:
        """A contact that would come after every incident is over."""
        for urgency, rules in (("high", self.high), ("low", self.low)):
            for kind, after in contacts(rules):
                yield from _waits(after, urgency, kind.value)


def contacts(rules: Mapping[ContactKind, tuple[Length, ...]]) -> Iterator[tuple[ContactKind, Length]]:
    """Each contact of one urgency, and how long after being asked; a kind as often as it is used."""
    return ((kind, after) for kind, lengths in rules.items() for after in lengths)


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
    region: Region | None = None
    """Whose public holidays are the person's: a country, or a part of it, such as DE-BE."""
    login: Login | None = None
    """The person's login at GitHub, which asks them to look at a change of their own shifts."""


class Restriction(Entry):
    """Hours of a week in which a layer counts, in the schedule's wall-clock time.

    With days alone, whole days; with from and to, that window of each day, where `to` at or before `from` runs over
    midnight and belongs to the day on which it begins. With a weekday in from and to, one window of each week.
    """

    days: Weekdays | None = None
    """The weekdays on which the layer counts, such as mon-fri."""
    from_: WeekClock | None = None
    """When the window of each day begins, such as 09:00; with a weekday, that of each week, such as fri 17:00."""
    to: WeekClock | None = None
    """When the window ends; at or before from, it ends the next day; with a weekday, such as mon 09:00, that day."""

    def entry_problems(self, _: Names, /) -> Iterator[EntryProblem]:
        """Half a window, none, one without length, or one whose weekdays are said twice or half."""
        if self.from_ is None or self.to is None:
            yield from self._incomplete()
        elif (self.from_.weekday is None) != (self.to.weekday is None):
            bare, full = ("to", self.from_) if self.to.weekday is None else ("from", self.to)
            what = f'"{self.to if bare == "to" else self.from_}" has no weekday, and "{full}" has one'
            yield EntryProblem(what, "write both with a weekday, like from: fri 17:00, to: mon 09:00", (bare,))
        elif self.from_.weekday is not None and self.days is not None:
            what = f'"{self.days}" stands beside "{self.from_}", which has a weekday'
            yield EntryProblem(what, "take days out, or the weekdays of from and to", ("days",))
        elif self.from_ == self.to:
            yield EntryProblem(
                f'is a window from "{self.from_}" to the same time', self._instead(self.from_.clock), ("to",)
            )

    def _incomplete(self) -> Iterator[EntryProblem]:
        if (self.from_ is None) != (self.to is None):
            missing = "to" if self.to is None else "from"
            yield EntryProblem(f'is a window without "{missing}"', "write both from and to")
        elif self.days is None:
            yield EntryProblem("is an empty window", "write days, or from and to, or leave only out")

    def _instead(self, clock: time) -> str:
        """How whole days from a time to the same time are written, for the runs of days that are meant."""
        if self.days is None or len(self.days.numbers) == 7:
            return "leave only out for all hours of the week"
        windows = ", ".join(
            f"{{from: {WeekTime(clock, first)}, to: {WeekTime(clock, (first + length - 1) % 7 + 1)}}}"
            for first, length in runs(self.days.numbers)
        )
        return f"write only: [{windows}]"

    @property
    def window(self) -> Window:
        """The hours as numbers; those that are given no days are of every day."""
        days = self.days.numbers if self.days else frozenset(range(1, 8))
        if self.from_ is None or self.to is None:
            return Window(days, 0, DAY)
        if self.from_.weekday is None or self.to.weekday is None:
            return Window(days, self.from_.second, (self.to.second - self.from_.second) % DAY)
        days_between = self.to.weekday - self.from_.weekday
        length = (days_between * DAY + self.to.second - self.from_.second) % WEEK
        return Window(frozenset({self.from_.weekday}), self.from_.second, length)


class Layer(Entry):
    """People in turns, counted from an anchor; before the anchor the layer does not exist."""

    anchor: LocalTime
    """When the first person's first turn begins, in local time."""
    turn: Duration
    """How long each turn is, from 1h to 365d."""
    people: tuple[PersonRef, ...]
    """Who takes turns, in this order."""
    only: Annotated[tuple[Restriction, ...], EntryList()] = ()
    """The hours of the week in which the layer counts, one window or a list of them; left out, all of them."""
    until: LocalTime | None = None
    """When the layer ends, in local time; left out, it never does."""

    def entry_problems(self, _: Names, /) -> Iterator[EntryProblem]:
        """Nobody in turn, hours that stand twice, or a turn that PagerDuty does not take (1 hour to 365 days)."""
        if not self.people:
            yield EntryProblem("has nobody in it", "name at least one person", ("people",))
        shared = overlapping(tuple(hours.window for hours in self.only))
        if shared is not None:
            what = f"window {shared[1] + 1} has hours that window {shared[0] + 1} has as well"
            yield EntryProblem(what, "let each hour of the week stand in one window", ("only", shared[1]))
        if not MIN_TURN <= self.turn <= MAX_TURN:
            yield EntryProblem(f'"{self.turn}" is not a turn', f"PagerDuty takes {MIN_TURN} to {MAX_TURN}", ("turn",))


class Fairness(Entry):
    """How far the people of a schedule may be apart over a year, from today on.

    Each number says how many more one person may have than another; what is left out has no bound.
    """

    hours: int | None = None
    """How many hours more one person may be on call than another."""
    nights: int | None = None
    """How many nights more one person may have than another; a week more is 7."""
    weekends: int | None = None
    """How many weekends more one person may have than another."""
    holidays: int | None = None
    """How many public holidays more one person may have than another, each of their own region."""

    def entry_problems(self, _: Names, /) -> Iterator[EntryProblem]:
        """No bound at all, or one that nothing can be below."""
        if not self.bounds:
            remedy = "write a number of hours, nights, weekends or holidays, like nights: 7"
            yield EntryProblem("bounds nothing", remedy)
        for name, most in self.bounds.items():
            if most < 0:
                yield EntryProblem(f'"{most}" is no number of {name}', f"write 0 or more, like {name}: 7", (name,))

    @property
    def bounds(self) -> Mapping[str, int]:
        """Each bound that is written, by what it bounds."""
        written = {name: getattr(self, name) for name in type(self).model_fields}
        return {name: most for name, most in written.items() if most is not None}


@dataclass(frozen=True, slots=True)
class ActiveLayer:
    """A layer from one instant to another, with the people who take its turns then; the turns go on from its anchor."""

    layer: Layer
    people: tuple[str, ...]
    start: datetime
    end: datetime | None


def least_delay(targets: int) -> Length:
    """How long PagerDuty asks a step to last that asks so many targets."""
    return MIN_FOR_SEVERAL if targets > 1 else MIN_FOR_ONE


class Schedule(Entry):
    """Who is on call when, in one time zone; a later layer wins over an earlier one."""

    title: PagerDutyName | None = None
    """The name that people read; left out, the key itself."""
    time_zone: Zone
    """The time zone of every local time in the schedule."""
    layers: tuple[Layer, ...]
    """The layers; a later one wins over an earlier one."""
    cover: tuple[Cover, ...] = ()
    """Who takes whose turns for a time."""
    fairness: Fairness | None = None
    """How far the shares of those who take turns may be apart; left out, as far as they are."""
    formerly: tuple[Id, ...] = ()
    """Earlier keys of this schedule, so that a new key replaces nothing."""

    def entry_problems(self, _: Names, /) -> Iterator[EntryProblem]:
        """No layer at all; times that are no single instant, or that run backwards; covers of nobody's turns."""
        if not self.layers:
            yield EntryProblem("has no layer, so nobody is on call", "write at least one", ("layers",))
        for number, layer in enumerate(self.layers):
            yield from self._layer_problems(number, layer)
        taking_turns = {name for layer in self.layers for name in layer.people}
        if self.fairness and len(taking_turns) == 1:
            what = f'compares people, and only "{min(taking_turns)}" takes turns'
            yield EntryProblem(what, "take fairness out, or name a second person in layers", ("fairness",))
        covers = [problem for number, cover in enumerate(self.cover) for problem in self._cover_problems(number, cover)]
        yield from covers or clashing(self.cover, self.time_zone)

    def _layer_problems(self, number: int, layer: Layer) -> Iterator[EntryProblem]:
        bounds = {"anchor": layer.anchor} | ({"until": layer.until} if layer.until else {})
        refused = list(local_time_problems(self.time_zone, _inside(bounds, "layers", number)))
        yield from refused
        if layer.until and not refused and not _runs_forward(layer.anchor, layer.until, self.time_zone):
            what = f'ends at "{layer.until}", which is not after its anchor'
            yield EntryProblem(what, "write a later time, or leave until out", ("layers", number, "until"))

    def _cover_problems(self, number: int, cover: Cover) -> Iterator[EntryProblem]:
        bounds = {"from": cover.from_, "to": cover.to}
        refused = list(local_time_problems(self.time_zone, _inside(bounds, "cover", number)))
        yield from refused
        if not refused and not _runs_forward(cover.from_, cover.to, self.time_zone):
            what = f'ends at "{cover.to}", which is not after it begins'
            yield EntryProblem(what, "swap from and to", ("cover", number, "to"))
        taking_turns = {name for layer in self.layers for name in layer.people}
        if cover.instead_of not in taking_turns:
            remedy = f"name one of {', '.join(sorted(taking_turns))}"
            yield EntryProblem(f'"{cover.instead_of}" takes no turns here', remedy, ("cover", number, "instead-of"))

    @cached_property
    def people(self) -> tuple[str, ...]:
        """Everybody who can ever be on call here, each once, in order."""
        names = (name for layer in self.layers for name in layer.people)
        return tuple(dict.fromkeys([*names, *(cover.who for cover in self.cover)]))

    @cached_property
    def own_layers(self) -> tuple[ActiveLayer, ...]:
        """The layers without any cover."""
        return tuple(
            ActiveLayer(
                layer,
                layer.people,
                layer.anchor.instant(self.time_zone),
                layer.until.instant(self.time_zone) if layer.until else None,
            )
            for layer in self.layers
        )

    @cached_property
    def active_layers(self) -> tuple[ActiveLayer, ...]:
        """The layers with the covers: those that a cover changes stand once more at the end, for its time."""
        spans = covered_spans(self.cover, self.time_zone)
        return (*self.own_layers, *(layer for span in spans for layer in _covered(self.own_layers, span)))


def _inside(times: Mapping[str, LocalDateTime], *path: str | int) -> dict[tuple[str | int, ...], LocalDateTime]:
    return {(*path, name): local for name, local in times.items()}


def _runs_forward(start: LocalDateTime, end: LocalDateTime, zone_name: str) -> bool:
    return start.instant(zone_name) < end.instant(zone_name)


def _covered(layers: Sequence[ActiveLayer], span: CoveredSpan) -> Iterator[ActiveLayer]:
    """The layers that a cover changes, and all above them, so that the later ones still win; cut to its time."""
    covered = [tuple(span.instead.get(person, person) for person in layer.people) for layer in layers]
    first = next((n for n, layer in enumerate(layers) if covered[n] != layer.people), len(layers))
    for layer, people in zip(layers[first:], covered[first:], strict=True):
        start = max(layer.start, span.start)
        end = span.end if layer.end is None else min(layer.end, span.end)
        if start < end:
            yield ActiveLayer(layer.layer, people, start, end)


class Step(Entry):
    """Who is notified together, and how long they have to acknowledge before the next step."""

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
        if self.escalate_after < MIN_FOR_ONE or self.escalate_after.seconds % 60:
            remedy = f"PagerDuty counts whole minutes, at least {MIN_FOR_ONE}"
            yield EntryProblem(f'"{self.escalate_after}" is not a delay', remedy, ("escalate-after",))
        yield from _waits(self.escalate_after, "escalate-after")


class SupportHours(Entry):
    """One window of some weekdays, in which somebody works anyway; PagerDuty knows no window over midnight."""

    time_zone: Zone
    """The time zone of from and to, such as Europe/Berlin."""
    days: Weekdays
    """The weekdays on which the hours are, such as mon-fri."""
    from_: WeekClock
    """When the hours of each day begin, such as 09:00."""
    to: WeekClock
    """When the hours of each day end, later on the same day."""

    def entry_problems(self, _: Names, /) -> Iterator[EntryProblem]:
        """A weekday beside the days, or hours that end before they begin."""
        for word, clock in (("from", self.from_), ("to", self.to)):
            if clock.weekday is not None:
                what = f'"{clock}" has a weekday, which days says'
                yield EntryProblem(what, f'write "{WeekTime(clock.clock)}"', (word,))
        if self.to.second <= self.from_.second:
            what = f'ends at "{self.to}", which is not after it begins on that day'
            yield EntryProblem(what, 'write a later time of the same day, like to: "17:00"', ("to",))

    @property
    def window(self) -> Window:
        """The hours as numbers."""
        return Window(self.days.numbers, self.from_.second, self.to.second - self.from_.second)

    def __str__(self) -> str:
        return f"{self.days} {self.from_}-{self.to} {self.time_zone}"


class Policy(Entry):
    """Who is notified, then who is notified next."""

    title: PagerDutyName | None = None
    """The name that people read; left out, the key itself."""
    team: TeamRef | None = None
    """The PagerDuty team that the policy belongs to."""
    steps: tuple[Step, ...]
    """Who is notified first, then who is notified next."""
    extra_rounds: int = 0
    """How often all steps begin again when nobody acknowledges, 0 to 9."""
    acknowledgement_expires: OrNever = Length(1_800)
    """When an acknowledged incident notifies again, or never."""
    resolves_after: OrNever = "never"
    """When an incident that is still open closes by itself, acknowledged or not; left out, never."""
    support_hours: SupportHours | None = None
    """The hours in which every page is of high urgency; outside it is low and wakes nobody. Left out, by severity."""
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
        yield from _waits(self.resolves_after, "resolves-after")
        if isinstance(self.resolves_after, Length):
            yield from self._closed_too_early(self.resolves_after)

    def _closed_too_early(self, resolves_after: Length) -> Iterator[EntryProblem]:
        """An incident that closes by itself before everybody was asked, or before an acknowledgement has expired."""
        longest = Length(sum(step.escalate_after.seconds for step in self.steps) * (1 + self.extra_rounds))
        expires, place = self.acknowledgement_expires, ("resolves-after",)
        if resolves_after < longest:
            what = f'"{resolves_after}" closes an incident while people are still asked, for {longest}'
            yield EntryProblem(what, f"write {longest} or more, or never", place)
        if isinstance(expires, Length) and resolves_after <= expires:
            what = f'"{resolves_after}" closes an incident before its acknowledgement expires, after {expires}'
            yield EntryProblem(what, f"write more than {expires}, or never", place)


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
