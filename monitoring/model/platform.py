"""What exists before any rule: environments, the vendors' organisations, projects, metrics, maintenance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Literal, TypeVar

from pydantic import Field

from monitoring.model.entry import Entry, Flaw
from monitoring.model.references import EnvironmentRef, Names, ServiceRef, TeamRef, nearest
from monitoring.model.words import (
    UNITS,
    Channel,
    Day,
    Duration,
    Id,
    LocalTime,
    Sentence,
    Url,
    Values,
    Zone,
    quoted,
    zone,
)

_SectionT = TypeVar("_SectionT")

FORMAT = 1
"""The version of the catalog's format that this tool reads."""

EXAMPLES = {
    "sentry": "sentry: {organization: youragency, slack-workspace: Your Agency, pagerduty-account: youragency, "
    "teams: {TEAM: SLUG}, projects: {NAME: …}}",
    "datadog": "datadog: {site: datadoghq.eu, slack-account: youragency, regions: [aws:eu-central-1], metrics: {}}",
    "tenancy": "tenancy: {tenant-tag: tenant, plan-tag: plan, plans: [enterprise]}",
}
"""A section of platform.yaml that a company may not have -> how it is written."""


class Environment(Entry):
    """One stack: where it runs, and how loud it may be."""

    title: Sentence
    url: Url
    owns_shared: bool = False
    pages: bool = True
    slack: Channel | None = None
    email: bool = True


class Tag(Entry):
    """A tag that events or metrics carry."""

    values: Values | None = None
    personal: bool = False


class SentryProject(Entry):
    """A Sentry project: the tags and environments it sends, and its quietest traffic."""

    platform: str
    environments: dict[EnvironmentRef, str]
    tags: dict[str, Tag] = {}
    quietest_per_minute: float | None = None
    forwards: tuple[str, ...] = ()

    def flaws(self, _: Names, /) -> Iterator[Flaw]:
        """Tags that are sent on and never sent."""
        for number, name in enumerate(self.forwards):
            if name not in self.tags:
                what = f"{quoted(name)} is no tag of this project"
                yield Flaw(what, nearest(name, self.tags), ("forwards", number))


class SentryAccount(Entry):
    """The Sentry organisation, and the installations that a human made in it."""

    organization: Id
    slack_workspace: Sentence
    pagerduty_account: Sentence
    teams: dict[TeamRef, Id] = {}
    projects: dict[str, SentryProject]


class Metric(Entry):
    """A Datadog metric that somebody sends."""

    unit: str = ""
    kind: Literal["gauge", "count", "rate", "distribution"]
    tags: dict[str, Tag]
    interval: Duration
    sent_by: Sentence

    def flaws(self, _: Names, /) -> Iterator[Flaw]:
        """A unit that cannot be converted."""
        if self.unit not in UNITS:
            units = ", ".join(unit for unit in UNITS if unit)
            yield Flaw(f"{quoted(self.unit)} is not a unit", f"the units are {units}", ("unit",))


class DatadogAccount(Entry):
    """The Datadog organisation, its Slack account, and the metrics that exist in it."""

    site: Sentence
    slack_account: Id
    metrics: dict[str, Metric] = {}
    regions: tuple[str, ...] = ()


class PagerDutyAccount(Entry):
    """The PagerDuty account."""

    subdomain: Id


class Tenancy(Entry):
    """Which tags name the customer and the customer's plan on events."""

    tenant_tag: str
    plan_tag: str
    plans: tuple[Id, ...]


class Links(Entry):
    """Where the pages point: runbooks and dashboards."""

    runbooks: Url
    dashboard: Url


class Platform(Entry):
    """The whole of platform.yaml."""

    format: Literal[1]
    name: Id
    title: Sentence
    environments: dict[str, Environment]
    links: Links
    tenancy: Tenancy | None = None
    sentry: SentryAccount | None = None
    pagerduty: PagerDutyAccount
    datadog: DatadogAccount | None = None

    def flaws(self, _: Names, /) -> Iterator[Flaw]:
        """Nothing that could watch, or schedules and policies that no environment owns or several do."""
        if self.sentry is None and self.datadog is None:
            remedy = f"write one of them, for example {EXAMPLES['datadog']}"
            yield Flaw("has neither sentry nor datadog, so nothing can be watched", remedy)
        if not self.environments:
            remedy = 'write one, for example prod: {title: Production, url: "https://app.youragency.com"}'
            yield Flaw("there is no environment", remedy, ("environments",))
        elif len(self._owners) != 1:
            yield from self._misowned()

    def _misowned(self) -> Iterator[Flaw]:
        if len(self.environments) == 1:
            what, remedy = "the only environment must own what is shared", "take owns-shared out"
            yield Flaw(what, remedy, ("environments", *self.environments, "owns-shared"))
            return
        owners = " and ".join(self._owners) or "no environment"
        what = f"{owners} own{'s' * (not self._owners)} what is shared, and exactly one must"
        yield Flaw(what, "write owns-shared: true in one of them", ("environments",))

    @property
    def _owners(self) -> list[str]:
        """The environments that own what is shared; for the only one that goes without saying."""
        only = len(self.environments) == 1
        return [
            name
            for name, environment in self.environments.items()
            if environment.owns_shared or (only and "owns_shared" not in environment.model_fields_set)
        ]

    @property
    def owner_of_shared(self) -> str:
        """The environment whose stack owns schedules, policies and Slack channels."""
        return self._owners[0]

    @property
    def vendors(self) -> tuple[str, ...]:
        """The vendors that this company has; PagerDuty is always there."""
        declared = {"sentry": self.sentry, "pagerduty": self.pagerduty, "datadog": self.datadog}
        return tuple(name for name, section in declared.items() if section is not None)

    @property
    def projects(self) -> Mapping[str, SentryProject]:
        """Sentry's projects; none without Sentry."""
        return self.sentry.projects if self.sentry else {}

    @property
    def metrics(self) -> Mapping[str, Metric]:
        """Datadog's metrics; none without Datadog."""
        return self.datadog.metrics if self.datadog else {}

    @property
    def regions(self) -> tuple[str, ...]:
        """Where Datadog tests from; nowhere without Datadog."""
        return self.datadog.regions if self.datadog else ()

    @property
    def slack_account(self) -> str:
        """Datadog's account at Slack; empty without Datadog."""
        return self.datadog.slack_account if self.datadog else ""

    @property
    def at_sentry(self) -> SentryAccount:
        """Sentry's section, for a rule that Sentry watches; LookupError without one, where no such rule is read."""
        return _written(self.sentry, "sentry")

    @property
    def at_datadog(self) -> DatadogAccount:
        """Datadog's section, for a rule that Datadog watches; LookupError without one, where no such rule is read."""
        return _written(self.datadog, "datadog")

    @property
    def tenants(self) -> Tenancy:
        """How events name their tenant, for a rule for each tenant; LookupError where no such rule is read."""
        return _written(self.tenancy, "tenancy")


def _written(section: _SectionT | None, word: str) -> _SectionT:
    if section is None:
        raise LookupError(f"platform.yaml has no {word}")
    return section


class Maintenance(Entry):
    """A planned window; it mutes Datadog's signals only, since Sentry has no such mute."""

    title: Sentence
    time_zone: Zone
    from_: LocalTime
    to: LocalTime
    services: tuple[ServiceRef, ...]
    environments: tuple[EnvironmentRef, ...]
    reason: Sentence

    def flaws(self, _: Names, /) -> Iterator[Flaw]:
        """A window that runs backwards, or mutes nothing."""
        if self.to <= self.from_:
            what = f'ends at "{self.to:%Y-%m-%d %H:%M}", which is not after it begins'
            yield Flaw(what, "swap from and to", ("to",))
        if not self.services:
            yield Flaw("mutes no service", "name at least one", ("services",))
        if not self.environments:
            yield Flaw("mutes in no environment", "name at least one", ("environments",))

    @property
    def start(self) -> datetime:
        """The instant at which it begins."""
        return self.from_.replace(tzinfo=zone(self.time_zone))

    @property
    def end(self) -> datetime:
        """The instant at which it is over."""
        return self.to.replace(tzinfo=zone(self.time_zone))


class Waiver(Entry):
    """An accepted problem: exactly one finding, who accepted it, why, and until when."""

    check: Sentence
    finding: Sentence
    reason: Sentence
    owner: TeamRef
    expires: Day


class Retired(Entry):
    """A rule that is gone, so that its resources may go."""

    on: Day
    reason: Sentence


class Accepted(Entry):
    """The whole of waivers.yaml."""

    waivers: tuple[Waiver, ...] = ()
    retired: dict[str, Retired] = Field(default_factory=dict)
