"""Planned work, as maintenance.yaml says it: when, and which rules it mutes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Any, Literal

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from monitoring.model.entry import Entry, EntryProblem
from monitoring.model.local_time import LocalTime, local_time_problems
from monitoring.model.references import EnvironmentRef, Names, RuleRef, ServiceRef
from monitoring.model.scalars import (
    WEEKDAYS,
    Day,
    Duration,
    Sentence,
    Weekdays,
    Zone,
    invalid_value,
    quoted,
    repeated,
    shown,
)
from monitoring.model.signals.tags import DatadogWhere
from monitoring.model.window_times import EVERY_DAY, OneTime, Recurring, WindowTimes

_DAY = 86_400
MAX_EVERY = 366 * _DAY


@dataclass(frozen=True, slots=True)
class NamedServices:
    """Marks a field that is the word all, or a list of names."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_wrap_validator_function(
            _all_or_named, handler.generate_schema(tuple[ServiceRef, ...])
        )

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"anyOf": [{"const": "all"}, handler(schema)]}


def _all_or_named(value: Any, read_names: core_schema.ValidatorFunctionWrapHandler) -> Any:
    if isinstance(value, str) and value != "all":
        raise invalid_value(f"{shown(value)} is neither all nor a list", "write [SERVICE], or all for every service")
    return value if value == "all" else read_names(value)


class Maintenance(Entry):
    """A planned window; it mutes Datadog's signals only, since Sentry has no such mute."""

    title: Sentence
    """What is done in the window."""
    time_zone: Zone
    """The time zone of from and to, such as Europe/Berlin."""
    from_: LocalTime
    """When the window begins, in local time; with every, for the first time."""
    to: LocalTime
    """When the window ends, in local time; with every, for the first time."""
    every: Duration | None = None
    """After how many whole days the window opens again, such as 1w; left out, it opens once."""
    days: Weekdays | None = None
    """With every: 1d, the weekdays on which the window opens, such as mon-fri."""
    until: Day | None = None
    """With every, the last day on which the window opens; left out, it has no end."""
    services: Annotated[tuple[ServiceRef, ...] | Literal["all"], NamedServices()] = ()
    """The services whose Datadog signals are muted, or all."""
    rules: tuple[RuleRef, ...] = ()
    """The rules that are muted, instead of whole services."""
    where: DatadogWhere = {}
    """The tags of the only groups that are muted, such as one host, of rules that are split by these tags."""
    environments: tuple[EnvironmentRef, ...]
    """The environments in which they are muted."""
    still_wakes: tuple[RuleRef, ...] = ()
    """The rules that wake somebody during the window, as somebody typed it who knows: no vendor mutes them."""
    reason: Sentence
    """Why it is right to mute them."""

    def entry_problems(self, _: Names, /) -> Iterator[EntryProblem]:
        """A time that the zone skips or shows twice, a window that runs backwards, or one that mutes nothing."""
        refused = list(local_time_problems(self.time_zone, {("from",): self.from_, ("to",): self.to}))
        yield from refused
        if not refused and self.end <= self.start:
            yield EntryProblem(f'ends at "{self.to}", which is not after it begins', "swap from and to", ("to",))
        elif not refused:
            yield from self._recurrence_problems()
        yield from self._nothing_muted()
        yield from self._named_twice()

    def _named_twice(self) -> Iterator[EntryProblem]:
        """A downtime has the names of what it mutes in its own, so one of two would be declared twice."""
        services = () if self.services == "all" else self.services
        lists = {
            "services": services,
            "rules": self.rules,
            "environments": self.environments,
            "still-wakes": self.still_wakes,
        }
        for word, names in lists.items():
            yield from (
                EntryProblem(f"names {quoted(name)} twice", "name it once", (word,)) for name in repeated(names)
            )

    def _nothing_muted(self) -> Iterator[EntryProblem]:
        if self.services and self.rules:
            remedy = "take services out for these rules alone, or take rules out"
            yield EntryProblem("names services and rules", remedy, ("rules",))
        elif not self.services and not self.rules:
            yield EntryProblem("mutes no service", "name at least one, or write services: all", ("services",))
        if not self.environments:
            yield EntryProblem("mutes in no environment", "name at least one", ("environments",))

    def _recurrence_problems(self) -> Iterator[EntryProblem]:
        if self.every is None:
            for word in ("days", "until"):
                if getattr(self, word) is not None:
                    remedy = f"write every: 1d, or take {word} out"
                    yield EntryProblem("opens once, and this is for a window that opens again", remedy, (word,))
        elif self.every.seconds % _DAY or not _DAY <= self.every.seconds <= MAX_EVERY:
            what = f'"{self.every}" is not a number of whole days, 366 at most'
            yield EntryProblem(what, "write for example 1d, 1w or 2w", ("every",))
        else:
            yield from self._misplaced(self.every.seconds // _DAY)

    def _misplaced(self, every: int) -> Iterator[EntryProblem]:
        if self.length >= timedelta(days=every):
            what = f'opens again after "{self.every}", before it has ended'
            yield EntryProblem(what, "write a longer every, or an earlier to", ("every",))
        elif self.days is not None and every != 1:
            what = f'stands beside every: {self.every}, and chooses among the days of "every: 1d"'
            yield EntryProblem(what, "write every: 1d, or take days out and write a window for each day", ("days",))
        elif self.from_.wall.isoweekday() not in self._weekdays:
            weekday = WEEKDAYS[self.from_.wall.isoweekday() - 1]
            yield EntryProblem(
                f'"{self.from_}" is a {weekday}, and days leaves that out',
                "write the first day on which it opens",
                ("from",),
            )
        elif self.until is not None and self.until < self.from_.wall.date():
            yield EntryProblem(f'"{self.until}" is before it opens first', "write a later day", ("until",))
        else:
            yield from self._clock_problems(every)

    def _clock_problems(self, every: int) -> Iterator[EntryProblem]:
        """An opening at a time that is no single instant: what Datadog does then it does not document."""
        unclear = self._recurring(every).unclear_local()
        if unclear is not None:
            word = "from" if unclear.time() == self.from_.wall.time() else "to"
            clock = f'which the clock of "{self.time_zone}" skips or shows twice'
            what = f'comes to "{unclear:%Y-%m-%d %H:%M}", {clock}'
            yield EntryProblem(what, "write another hour, like 04:00, or time-zone: Etc/UTC", (word,))

    @property
    def _weekdays(self) -> frozenset[int]:
        return self.days.numbers if self.days else EVERY_DAY

    @property
    def length(self) -> timedelta:
        """How long it is open, on the wall."""
        return self.to.wall - self.from_.wall

    @property
    def start(self) -> datetime:
        """The instant at which it begins, for the first time."""
        return self.from_.instant(self.time_zone)

    @property
    def end(self) -> datetime:
        """The instant at which it is over, for the first time."""
        return self.to.instant(self.time_zone)

    @property
    def times(self) -> WindowTimes:
        """When it is open."""
        if self.every is None:
            return OneTime(self.start, self.end)
        return self._recurring(self.every.seconds // _DAY)

    def _recurring(self, every: int) -> Recurring:
        return Recurring(self.time_zone, self.from_.wall, self.length, every, self._weekdays, self.until)

    def is_over(self, at: datetime) -> bool:
        """Whether it is not open at an instant, and will not open again."""
        over_at = self.times.over_at
        return over_at is not None and over_at <= at
