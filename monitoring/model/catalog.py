"""The whole catalog, as it was written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from monitoring.errors import Source
from monitoring.model.expectation import Expectation, Expectations
from monitoring.model.maintenance import Maintenance
from monitoring.model.oncall import Oncall
from monitoring.model.platform import Accepted, Environment, Platform
from monitoring.model.recording import Recording
from monitoring.model.service import Rule, Service, Team, Tenant
from monitoring.model.severity import Promise, Severity
from monitoring.model.sources import Sources


@dataclass(frozen=True)
class Catalog:
    """Everything that the catalog says, and where each word of it stands."""

    platform: Platform
    severities: Mapping[Severity, Promise]
    oncall: Oncall
    teams: Mapping[str, Team]
    tenants: Mapping[str, Tenant]
    services: Mapping[str, Service]
    maintenance: Mapping[str, Maintenance]
    accepted: Accepted
    recordings: Mapping[str, Recording] = field(default_factory=dict)
    expectations: Expectations = field(default_factory=Expectations)
    sources: Sources = field(default_factory=Sources, repr=False, compare=False)

    @cached_property
    def rules(self) -> Mapping[str, tuple[Service, Rule]]:
        """Every rule by its id, with the service that it belongs to, in the catalog's order."""
        return {rule.id: (service, rule) for service in self.services.values() for rule in service.rules}

    @cached_property
    def tenants_of(self) -> Mapping[str, tuple[str, ...]]:
        """The listed tenants by their plan, in the catalog's order; a plan without any is not there."""
        plans: dict[str, list[str]] = {}
        for name, tenant in self.tenants.items():
            plans.setdefault(tenant.plan, []).append(name)
        return {plan: tuple(names) for plan, names in plans.items()}

    @cached_property
    def personal_addresses(self) -> frozenset[str]:
        """The e-mail address of every person."""
        return frozenset(person.email for person in self.oncall.people.values())

    def each_rule(self) -> Iterator[tuple[Service, Rule]]:
        """Every rule with its service."""
        return iter(self.rules.values())

    def environment(self, name: str) -> Environment:
        """The environment of that name; KeyError where there is none."""
        return self.platform.environments[name]

    @cached_property
    def shared_environment(self) -> str:
        """The environment whose stack owns schedules, policies and Slack channels."""
        return self.platform.shared_environment

    def expected(self, environment: str) -> Mapping[str, Expectation]:
        """What is expected of each rule in an environment, by the id with which it acts there."""
        if environment == self.shared_environment:
            return self.expectations.rules
        elsewhere = self.expectations.environments.get(environment)
        return elsewhere.rules if elsewhere else {}

    def at(self, kind: str, name: str, *path: str | int) -> Source:
        """Where an entry, or a field of it, stands; the nearest line known."""
        return self.sources.at(kind, name, *path)
