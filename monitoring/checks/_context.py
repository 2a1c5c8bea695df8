"""What a check is given, and what it finds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any, Final, Generic, Literal, NamedTuple, TypeVar

from monitoring.errors import Problem, Source
from monitoring.model.catalog import Catalog
from monitoring.model.effective import NO_ROUTE, EffectiveRule, acts_in, limited_by_environment, rules_everywhere
from monitoring.model.oncall import Policy
from monitoring.model.service import Route, Rule, Service
from monitoring.model.severity import Severity
from monitoring.model.signals import Signal
from monitoring.model.signals.uptime_requests import Health
from monitoring.sent_texts import EntryName, sent_texts

MAX_AHEAD = timedelta(days=366)
"""How far ahead a trial or a waiver may end: a year, as far as the proof looks."""
USUAL_AHEAD = timedelta(days=90)
"""The end that a message proposes for them."""

NEVER: Final = "can never fire"
ALWAYS: Final = "fires always"
Fires = Literal["", "can never fire", "fires always"]
"""What a finding says of a rule's signal as a whole, where it does: such a rule tells nobody of a failure."""

SignalT = TypeVar("SignalT", bound=Signal)


class WatchedRule(NamedTuple, Generic[SignalT]):
    """A rule with its service and its signal."""

    service: Service
    rule: Rule
    signal: SignalT


class Finding(NamedTuple):
    """One thing that is wrong; `key` names it in a waiver, so it holds no number that changes from day to day.

    The proof fails a rule of which it says how it `fires`, in one environment where it names one.
    """

    key: str
    source: Source
    where: str
    what: str
    remedy: str
    fires: Fires = ""
    environment: str = ""

    def problem(self, check: str) -> Problem:
        """The finding as a problem of that check."""
        return Problem(self.source, self.where, self.what, self.remedy, check)


def place(kind: str, field: str) -> str:
    """Where a word stands, as a key says it: entries of two kinds may have one name, and an entry has many fields."""
    return field if kind == "rule" else f"the {kind}'s {field}"


@dataclass(frozen=True)
class Context:
    """Everything that a check may look at: the catalog, the day, the runbooks, and the keys that other checks report.

    `text_rules` are the rules whose sent texts are made, None for all: those of the others have been looked at before.
    Nothing in it changes; a cached property is a view of the catalog that several checks need.
    """

    catalog: Catalog
    today: date
    runbooks: Mapping[str, str] = field(default_factory=dict)
    reported: Mapping[str, frozenset[str]] = field(default_factory=dict)
    text_rules: frozenset[str] | None = None

    def finding(
        self,
        kind: str,
        name: str,
        *path: str | int,
        key: str,
        what: str,
        remedy: str,
        fires: Fires = "",
        environment: str = "",
    ) -> Finding:
        """A finding about an entry of the catalog, at the line of a field inside it."""
        where, source = f'{kind} "{name}"' if name else kind, self.catalog.at(kind, name, *path)
        return Finding(f"{name or kind}: {key}", source, where, what, remedy, fires, environment)

    @cached_property
    def rules(self) -> tuple[WatchedRule[Signal], ...]:
        """Every rule with its service and signal, in the catalog's order."""
        return tuple(WatchedRule(service, rule, rule.signal) for service, rule in self.catalog.each_rule())

    @cached_property
    def sent_texts(self) -> tuple[tuple[EntryName, frozenset[str]], ...]:
        """Every text that is sent to a vendor, with the entry that it is made for."""
        chosen = self.text_rules
        acting = (rule for rule in self.acting_rules if chosen is None or rule.rule.id in chosen)
        return tuple(sent_texts(self.catalog, acting))

    @cached_property
    def _rules_by_signal(self) -> Mapping[type, list[WatchedRule[Any]]]:
        by_signal: dict[type, list[WatchedRule[Any]]] = {}
        for watched in self.rules:
            by_signal.setdefault(type(watched.signal), []).append(watched)
        return by_signal

    def rules_on(self, signal: type[SignalT]) -> list[WatchedRule[SignalT]]:
        """Every rule whose signal is of that type, in the catalog's order."""
        return self._rules_by_signal.get(signal, [])

    @cached_property
    def rules_by_field(self) -> Mapping[str, list[Rule]]:
        """The rules in which a field is written, by the field's name, in one walk over the services."""
        by_field: dict[str, list[Rule]] = {name: [] for name in Rule.model_fields}
        for service in self.catalog.services.values():
            for rule in service.rules:
                values = vars(rule)
                for name in rule.model_fields_set:
                    if values[name]:
                        by_field[name].append(rule)
        return by_field

    @cached_property
    def _environments(self) -> dict[str, tuple[str, ...]]:
        return {}

    @cached_property
    def acting_rules(self) -> tuple[EffectiveRule, ...]:
        """The rules as they act in each environment on the day."""
        return rules_everywhere(self.catalog, self.today)

    @cached_property
    def settled_rules(self) -> tuple[EffectiveRule, ...]:
        """The rules as they act in each environment once every trial is over."""
        in_trial = any(rule.in_trial for rule in self.acting_rules)
        return rules_everywhere(self.catalog, date.max) if in_trial else self.acting_rules

    @property
    def rules_from_today(self) -> tuple[EffectiveRule, ...]:
        """The rules as they act in each environment on the day, and once every trial is over where that differs."""
        today, later = self.acting_rules, self.settled_rules
        return today if later is today else (*today, *later)

    @cached_property
    def _limited_routes(self) -> dict[tuple[str, Severity, str], Route]:
        return {}

    def limited_route(self, team: str, severity: Severity, environment: str) -> Route:
        """What an environment leaves of a team's route, worked out once."""
        key = team, severity, environment
        if key not in self._limited_routes:
            written = self.catalog.teams[team].routes.get(severity, NO_ROUTE)
            self._limited_routes[key] = limited_by_environment(written, self.catalog.environment(environment))
        return self._limited_routes[key]

    def environments_of(self, rule: Rule) -> tuple[str, ...]:
        """The environments in which a rule acts, worked out once."""
        if rule.id not in self._environments:
            names = self.catalog.platform.environments
            self._environments[rule.id] = tuple(name for name in names if acts_in(self.catalog, rule, name))
        return self._environments[rule.id]

    def team_of(self, service: Service, rule: Rule) -> str:
        """The team that a rule belongs to: its own, or its service's."""
        return rule.team or service.team

    @cached_property
    def severities_in_use(self) -> tuple[Severity, ...]:
        """The severities that a rule has or, on trial, acts as, the most severe first."""
        rules = [rule for _, rule, _ in self.rules]
        in_trial = {Severity.P3 for rule in rules if rule.trial_until}
        return tuple(sorted({rule.severity for rule in rules} | in_trial))

    def wakes(self, severity: Severity) -> bool:
        """Whether the severity promises to wake a human."""
        promise = self.catalog.severities.get(severity)
        return promise is not None and promise.wakes is not None

    def rule_wakes(self, rule: Rule) -> bool:
        """Whether the rule, once it is no longer on trial, is meant to wake a human."""
        return self.wakes(rule.severity)

    @property
    def waking_routes(self) -> tuple[tuple[str, Severity, Route], ...]:
        """Team, severity and route of every route whose severity wakes."""
        return tuple(
            (name, severity, route)
            for name, team in self.catalog.teams.items()
            for severity, route in team.routes.items()
            if self.wakes(severity)
        )

    @property
    def waking_policies(self) -> Mapping[str, Policy]:
        """The policies that a route of a waking severity names."""
        paged = {route.page for _, _, route in self.waking_routes if route.page}
        return {name: policy for name, policy in self.catalog.oncall.policies.items() if name in paged}

    def asserted(self, question: Health) -> tuple[str, ...]:
        """The components whose failure turns a question red: those that it names, or all that decide readiness."""
        if question.components or question.health == "liveness":
            return question.components
        services = self.catalog.services.values()
        return tuple(service.health for service in services if service.readiness and service.health)

    def people_of(self, target: str) -> tuple[str, ...]:
        """Everybody whom a step can reach by asking a schedule or a person."""
        schedule = self.catalog.oncall.schedules.get(target)
        return schedule.people if schedule else (target,)
