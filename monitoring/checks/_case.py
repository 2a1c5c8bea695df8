"""What a check is given, and the words in which it answers."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple, TypeVar

from monitoring.errors import Problem, Source
from monitoring.model.catalog import Catalog
from monitoring.model.effective import EffectiveRule, effective_rules
from monitoring.model.oncall import Policy
from monitoring.model.service import Route, Rule, Service
from monitoring.model.severity import Severity
from monitoring.model.signals import Health, Signal

_SignalT = TypeVar("_SignalT", bound=Signal)


class Watch(NamedTuple):
    """A rule with its service and what it watches."""

    service: Service
    rule: Rule
    signal: Signal


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
    """What a check is about, in words, and the names of all of them; counted here, never by the check's own loop."""

    word: str
    names: Callable[[Case], Collection[str]]


@dataclass(frozen=True)
class Case:
    """Everything that a check may look at: the catalog, the day, the runbooks, and what other checks have found."""

    catalog: Catalog
    today: date
    runbooks: Mapping[str, str] = field(default_factory=dict)
    findings: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @cached_property
    def watches(self) -> tuple[Watch, ...]:
        """Every rule with what it watches, in the catalog's order."""
        return tuple(Watch(service, rule, rule.signal) for service, rule in self.catalog.each_rule())

    def watching(self, kind: type[_SignalT]) -> Iterator[tuple[Service, Rule, _SignalT]]:
        """Every rule whose signal is of one kind."""
        for service, rule, signal in self.watches:
            if isinstance(signal, kind):
                yield service, rule, signal

    @cached_property
    def _counted(self) -> dict[Subjects, frozenset[str]]:
        return {}

    def subjects(self, about: Subjects) -> frozenset[str]:
        """The names of all that a check is about, counted once for the checks that are about the same."""
        if about not in self._counted:
            self._counted[about] = frozenset(about.names(self))
        return self._counted[about]

    @cached_property
    def acting(self) -> Mapping[str, tuple[EffectiveRule, ...]]:
        """The rules as they act, by environment."""
        return {name: effective_rules(self.catalog, name, self.today) for name in self.catalog.platform.environments}

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
