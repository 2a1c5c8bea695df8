"""What a check is given, and the words in which it answers."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Generic, NamedTuple, TypeVar

from monitoring.errors import Problem, Source
from monitoring.model.catalog import Catalog
from monitoring.model.effective import Unfold, acts_in, unfolding
from monitoring.model.oncall import Policy
from monitoring.model.service import Route, Rule, Service
from monitoring.model.severity import Severity
from monitoring.model.signals import Health, Signal

_SignalT = TypeVar("_SignalT", bound=Signal)


class Watch(NamedTuple, Generic[_SignalT]):
    """A rule with its service and what it watches."""

    service: Service
    rule: Rule
    signal: _SignalT


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong; `key` names it in a waiver, so it holds no number that changes from day to day."""

    key: str
    source: Source
    where: str
    what: str
    remedy: str

    def problem(self, check: str) -> Problem:
        """The finding as a problem of that check."""
        return Problem(self.source, self.where, self.what, self.remedy, check)


@dataclass(frozen=True, slots=True)
class Subjects:
    """What a check is about, in words; counted here, never by the check's own loop.

    Rules are told by whether one is meant, everything else by the names of all of them.
    """

    word: str
    names: Callable[[Case], Collection[str]] = lambda _: ()
    has: Callable[[Case, Rule], bool] | None = None


@dataclass(frozen=True)
class Case:
    """Everything that a check may look at: the catalog, the day, the runbooks, and what other checks have found."""

    catalog: Catalog
    today: date
    runbooks: Mapping[str, str] = field(default_factory=dict)
    findings: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @cached_property
    def watches(self) -> tuple[Watch[Signal], ...]:
        """Every rule with what it watches, in the catalog's order."""
        return tuple(Watch(service, rule, rule.signal) for service, rule in self.catalog.each_rule())

    @cached_property
    def _kinds(self) -> Mapping[type, list[Watch[Any]]]:
        kinds: dict[type, list[Watch[Any]]] = {}
        for watch in self.watches:
            kinds.setdefault(type(watch.signal), []).append(watch)
        return kinds

    def watching(self, kind: type[_SignalT]) -> Iterable[Watch[_SignalT]]:
        """Every rule whose signal is of one kind."""
        return self._kinds.get(kind, ())

    @cached_property
    def written(self) -> Mapping[str, list[Rule]]:
        """The rules in which a field is written, by the field's name, sorted out in one walk over the catalog."""
        written: dict[str, list[Rule]] = {name: [] for name in Rule.model_fields}
        for service in self.catalog.services.values():
            for rule in service.rules:
                for name, value in vars(rule).items():
                    if value:
                        written[name].append(rule)
        return written

    @cached_property
    def former_ids(self) -> Mapping[str, str]:
        """The ids that rules formerly had, each with the id that the rule has now."""
        return {old: rule.id for rule in self.written["formerly"] for old in rule.formerly}

    @cached_property
    def unfolding(self) -> Mapping[str, Unfold]:
        """What gives a rule as it acts, by environment."""
        return {name: unfolding(self.catalog, name, self.today) for name in self.catalog.platform.environments}

    @cached_property
    def _places(self) -> dict[str, tuple[str, ...]]:
        return {}

    def places_of(self, rule: Rule) -> tuple[str, ...]:
        """The environments in which a rule acts."""
        if rule.id not in self._places:
            environments = self.catalog.platform.environments
            self._places[rule.id] = tuple(name for name in environments if acts_in(self.catalog, rule, name))
        return self._places[rule.id]

    def team_of(self, service: Service, rule: Rule) -> str:
        """The team that a rule belongs to: its own, or its service's."""
        return rule.team or service.team

    def wakes(self, severity: Severity) -> bool:
        """Whether the severity promises to wake a human."""
        promise = self.catalog.severities.get(severity)
        return promise is not None and promise.wakes is not None

    def rule_wakes(self, rule: Rule) -> bool:
        """Whether the rule, once it is no longer on trial, is meant to wake a human."""
        return self.wakes(rule.severity)

    @cached_property
    def waking_routes(self) -> tuple[tuple[str, Severity, Route], ...]:
        """Team, severity and route of every route whose severity wakes."""
        return tuple(
            (name, severity, route)
            for name, team in self.catalog.teams.items()
            for severity, route in team.routes.items()
            if self.wakes(severity)
        )

    @cached_property
    def waking_policies(self) -> Mapping[str, Policy]:
        """The policies that a route of a waking severity names."""
        named = {route.page for _, _, route in self.waking_routes if route.page}
        return {name: policy for name, policy in self.catalog.oncall.policies.items() if name in named}

    def asserted(self, asked: Health) -> tuple[str, ...]:
        """The components whose failure turns a question red: those that it names, or all that decide readiness."""
        if asked.components or asked.health == "liveness":
            return asked.components
        return tuple(one.health for one in self.catalog.services.values() if one.readiness and one.health)

    def people_of(self, ask: str) -> tuple[str, ...]:
        """Everybody whom a step can reach by asking a schedule or a person."""
        schedule = self.catalog.oncall.schedules.get(ask)
        return schedule.people if schedule else (ask,)


def found(case: Case, kind: str, name: str, *path: str | int, key: str, what: str, remedy: str) -> Finding:
    """A finding about an entry of the catalog, at the line of a field inside it."""
    return Finding(f"{name}: {key}", case.catalog.at(kind, name, *path), f'{kind} "{name}"', what, remedy)
