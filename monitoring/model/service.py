"""A service with its rules, the teams that own them, and the customers that have rules of their own."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import ValidationInfo, field_validator, model_validator

from monitoring.model.entry import Entry
from monitoring.model.references import EnvironmentRef, Names, PlanRef, PolicyRef, RuleRef, ServiceRef, TeamRef, nearest
from monitoring.model.severity import SeverityWord
from monitoring.model.signals import (
    Composite,
    Cron,
    Errors,
    MetricSignal,
    RawQuery,
    SentryMetric,
    Signal,
    Slo,
    Uptime,
)
from monitoring.model.words import Amount, Channel, Day, Duration, Email, Id, Sentence, Url, mistake

# The catalog's word for each signal -> the rule's field.
SIGNAL_FIELDS = {
    "errors": "errors",
    "sentry-metric": "sentry_metric",
    "cron": "cron",
    "uptime": "uptime",
    "metric": "metric",
    "query": "query",
    "composite": "composite",
    "slo": "slo",
}


class TenantOverride(Entry):
    """What one customer has of its own."""

    more_than: int | None = None
    within: Duration | None = None
    above: Amount | None = None


class ForEachTenant(Entry):
    """One rule for each listed customer of a plan, and one for those not listed yet."""

    plan: PlanRef
    except_: dict[str, TenantOverride] = {}

    @field_validator("except_")
    @classmethod
    def _tenants_exist(cls, overrides: dict[str, TenantOverride], info: ValidationInfo) -> dict[str, TenantOverride]:
        names: Names | None = info.context
        known = names.known.get("tenant", frozenset()) if names else frozenset(overrides)
        for name in overrides:
            if name not in known:
                raise mistake(f'no tenant is called "{name}"', nearest(name, known))
        return overrides


class Rule(Entry):
    """A catalog entry that can notify someone: what it watches, and how severe it is when it fires."""

    id: Id
    title: Sentence
    severity: SeverityWord
    means: Sentence
    errors: Errors | None = None
    sentry_metric: SentryMetric | None = None
    cron: Cron | None = None
    uptime: Uptime | None = None
    metric: MetricSignal | None = None
    query: RawQuery | None = None
    composite: Composite | None = None
    slo: Slo | None = None
    for_each_tenant: ForEachTenant | None = None
    team: TeamRef | None = None
    environments: tuple[EnvironmentRef, ...] | None = None
    reminds_every: Duration | None = None
    same_symptom_as: tuple[RuleRef, ...] = ()
    trial_until: Day | None = None
    formerly: tuple[Id, ...] = ()

    @model_validator(mode="after")
    def _has_one_signal(self) -> Self:
        given = [word for word, name in SIGNAL_FIELDS.items() if getattr(self, name) is not None]
        if not given:
            raise mistake("a rule that watches nothing", f"write exactly one of {', '.join(SIGNAL_FIELDS)}")
        if len(given) > 1:
            raise mistake(f"a rule that watches {' and '.join(given)}", "write one rule for each")
        if self.for_each_tenant and not isinstance(self.signal, Errors | SentryMetric):
            raise mistake(
                f"{given[0]} cannot be told apart by customer", "for-each-tenant goes with errors, sentry-metric"
            )
        return self

    @property
    def signal_word(self) -> str:
        """The catalog's word for what it watches."""
        return next(word for word, name in SIGNAL_FIELDS.items() if getattr(self, name) is not None)

    @property
    def signal(self) -> Signal:
        """What it watches."""
        signal: Signal = getattr(self, SIGNAL_FIELDS[self.signal_word])
        return signal


class Service(Entry):
    """Something that runs, its owner, and all its rules."""

    service: Id
    title: Sentence
    team: TeamRef
    tier: Literal["critical", "standard", "internal"]
    kind: Literal["own", "external"] = "own"
    status_page: Url | None = None
    health: Id | None = None
    readiness: bool = False
    formerly: tuple[Id, ...] = ()
    depends_on: tuple[ServiceRef, ...] = ()
    rules: tuple[Rule, ...] = ()

    @model_validator(mode="after")
    def _external_ones_have_a_status_page(self) -> Self:
        if (self.kind == "external") != (self.status_page is not None):
            raise mistake(
                "only what others run has a status page, and all of it has",
                "write both kind: external and status-page, or neither",
            )
        if self.readiness and self.health is None:
            raise mistake("readiness without a component of the health endpoint", "write health: NAME")
        if self.service in self.depends_on:
            raise mistake(f'"{self.service}" depends on itself')
        return self


class Route(Entry):
    """Which receivers a team's rules of one severity go to."""

    page: PolicyRef | None = None
    slack: tuple[Channel, ...] = ()
    email: tuple[Email, ...] = ()

    @model_validator(mode="after")
    def _arrives_somewhere(self) -> Self:
        if not (self.page or self.slack or self.email):
            raise mistake("a route that arrives nowhere", "write at least one of page, slack, email")
        return self


class Team(Entry):
    """Who owns services, and where their rules arrive."""

    title: Sentence
    email: Email
    routes: dict[SeverityWord, Route]


class Tenant(Entry):
    """A customer that has alerts of its own; its key is the value of the tenant tag."""

    title: Sentence
    plan: PlanRef
