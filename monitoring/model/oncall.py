"""Who is on call: people, schedules with their layers, and escalation policies."""

from __future__ import annotations

from datetime import time
from functools import cached_property
from typing import Literal, Self

from pydantic import model_validator

from monitoring.model.entry import Entry
from monitoring.model.references import AskRef, PersonRef, TeamRef
from monitoring.model.severity import ContactWord
from monitoring.model.words import Clock, Days, Duration, Email, Length, LocalTime, Sentence, Weekdays, Zone, mistake


class Contact(Entry):
    """How PagerDuty reaches a person, and how long after the person was asked.

    An assumption about the person's own notification rules; looked up, never created.
    """

    high: dict[ContactWord, Duration]
    low: dict[ContactWord, Duration] = {}


class Person(Entry):
    """A human who can be asked."""

    name: Sentence
    email: Email
    time_zone: Zone
    contact: Contact


class Only(Entry):
    """The hours of a week in which a layer counts, in the schedule's wall-clock time.

    With days alone, whole days; with from and to, that window of each day. `to` at or before `from` is a window
    over midnight that belongs to the day on which it begins.
    """

    days: Weekdays | None = None
    from_: Clock | None = None
    to: Clock | None = None

    @model_validator(mode="after")
    def _is_a_window(self) -> Self:
        if (self.from_ is None) != (self.to is None):
            raise mistake("a window needs both from and to")
        if self.from_ is None and self.days is None:
            raise mistake("an empty window", "write days, or from and to, or leave only out")
        if self.from_ is not None and self.from_ == self.to:
            raise mistake(
                f'a window from "{self.from_:%H:%M}" to the same time', "leave from and to out for whole days"
            )
        return self

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
    turn: Duration
    people: tuple[PersonRef, ...]
    only: Only | None = None
    until: LocalTime | None = None

    @model_validator(mode="after")
    def _can_rotate(self) -> Self:
        if not self.people:
            raise mistake("a layer without people")
        if not 3_600 <= self.turn.seconds <= 31_536_000:  # PagerDuty's limits for a rotation's turn
            raise mistake(f'"{self.turn}" is not a turn', "PagerDuty takes 1h to 365d")
        if self.until is not None and self.until <= self.anchor:
            raise mistake("until lies at or before the anchor", "a layer ends after it begins")
        return self


class Schedule(Entry):
    """Who is on call when, in one time zone; a later layer wins over an earlier one."""

    title: Sentence | None = None
    time_zone: Zone
    layers: tuple[Layer, ...]
    formerly: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _has_layers(self) -> Self:
        if not self.layers:
            raise mistake("a schedule without layers")
        return self

    @cached_property
    def people(self) -> tuple[str, ...]:
        """Everybody who can ever be on call here, each once, in order."""
        return tuple(dict.fromkeys(name for layer in self.layers for name in layer.people))


class Step(Entry):
    """Who is asked together, and how long they have to acknowledge before the next step."""

    ask: tuple[AskRef, ...]
    escalate_after: Duration

    @model_validator(mode="after")
    def _asks_somebody(self) -> Self:
        if not self.ask:
            raise mistake("a step that asks nobody")
        if len(self.ask) > 10:  # PagerDuty takes 1 to 10 targets a rule
            raise mistake(f"a step that asks {len(self.ask)}", "PagerDuty takes at most 10 in a step")
        if len(set(self.ask)) < len(self.ask):
            raise mistake("a step that asks the same one twice")
        if self.escalate_after.seconds < 60 or self.escalate_after.seconds % 60:
            raise mistake(f'"{self.escalate_after}" is not a delay', "PagerDuty counts whole minutes, at least 1m")
        return self


class Policy(Entry):
    """Who is asked, then who is asked next."""

    title: Sentence | None = None
    team: TeamRef | None = None
    steps: tuple[Step, ...]
    extra_rounds: int = 0
    acknowledgement_expires: Duration | Literal["never"] = Length(1_800)
    formerly: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _has_steps(self) -> Self:
        if not self.steps:
            raise mistake("a policy without steps")
        if not 0 <= self.extra_rounds <= 9:
            raise mistake(f'"{self.extra_rounds}" extra rounds', "PagerDuty takes 0 to 9")
        return self


class Oncall(Entry):
    """The whole of oncall.yaml."""

    people: dict[str, Person]
    schedules: dict[str, Schedule]
    policies: dict[str, Policy]
