"""What exists before any rule: environments, the vendors' organisations, projects, metrics, maintenance."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Literal

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

FORMAT = 1
"""The version of the catalog's format that this tool reads."""


class Environment(Entry):
    """One stack: where it runs, and how loud it may be."""

    title: Sentence
    """The name that people read in titles and documents."""
    url: Url
    """Where the platform answers in this environment."""
    owns_shared: bool = False
    """Whether this stack owns schedules, policies and Slack channels; exactly one does."""
    pages: bool = True
    """Whether rules page anybody here."""
    slack: Channel | None = None
    """The one Slack channel for every rule here, instead of those of the teams' routes."""
    email: bool = True
    """Whether rules send e-mail here."""


class Tag(Entry):
    """A tag that events or metrics carry."""

    values: Values | None = None
    """The only values that are sent; leave it out where any value may come."""
    personal: bool = False
    """Whether a value points to a person, so that no rule may filter on it."""


class SentryProject(Entry):
    """A Sentry project: the tags and environments it sends, and its quietest traffic."""

    platform: str
    """The platform word of the project at Sentry, such as python-django."""
    environments: dict[EnvironmentRef, str]
    """Each environment of the catalog, and the name under which the project sends it."""
    tags: dict[str, Tag]
    """The tags that the project's events carry."""
    quietest_per_minute: float | None = None
    """Events per minute when traffic is quietest; a rule on a rate needs it."""
    forwards: tuple[str, ...] = ()
    """The tags that are passed on with an alert."""

    def flaws(self, _: Names, /) -> Iterator[Flaw]:
        """Tags that are sent on and never sent."""
        for number, name in enumerate(self.forwards):
            if name not in self.tags:
                what = f"{quoted(name)} is no tag of this project"
                yield Flaw(what, nearest(name, self.tags), ("forwards", number))


class SentryAccount(Entry):
    """The Sentry organisation, and the installations that a human made in it."""

    organization: Id
    """The organisation's slug in Sentry's addresses."""
    slack_workspace: Sentence
    """The Slack workspace as Sentry's integration names it."""
    pagerduty_account: Sentence
    """The PagerDuty account as Sentry's integration names it."""
    teams: dict[TeamRef, Id]
    """Each team of the catalog, and its slug at Sentry."""
    projects: dict[str, SentryProject]
    """The Sentry projects that exist, by their slugs."""


class Metric(Entry):
    """A Datadog metric that somebody sends."""

    unit: str = ""
    """The unit in which the metric is sent; empty for a plain count."""
    kind: Literal["gauge", "count", "rate", "distribution"]
    """The type of the metric at Datadog; only a distribution has percentiles."""
    tags: dict[str, Tag]
    """The tags that the metric carries."""
    interval: Duration
    """How often a value is sent."""
    sent_by: Sentence
    """Which program or integration sends it."""

    def flaws(self, _: Names, /) -> Iterator[Flaw]:
        """A unit that cannot be converted."""
        if self.unit not in UNITS:
            units = ", ".join(unit for unit in UNITS if unit)
            yield Flaw(f"{quoted(self.unit)} is not a unit", f"the units are {units}", ("unit",))


class DatadogAccount(Entry):
    """The Datadog organisation, its Slack account, and the metrics that exist in it."""

    site: Sentence
    """The Datadog site, such as datadoghq.eu."""
    slack_account: Id
    """The Slack account as Datadog's integration names it."""
    metrics: dict[str, Metric]
    """The metrics that exist at Datadog, by their names."""
    regions: tuple[str, ...]
    """The locations from which uptime tests may run."""


class PagerDutyAccount(Entry):
    """The PagerDuty account."""

    subdomain: Id
    """The first part of the account's address at PagerDuty."""


class Tenancy(Entry):
    """Which tags name the customer and the customer's plan on events."""

    tenant_tag: str
    """The tag that names the tenant on an event."""
    plan_tag: str
    """The tag that names the tenant's plan on an event."""
    plans: tuple[Id, ...]
    """The plans that tenants can have."""


class Links(Entry):
    """Where the pages point: runbooks and dashboards."""

    runbooks: Url
    """The address below which every runbook is published."""
    dashboard: Url
    """The address of the dashboard that a page links to."""


class Platform(Entry):
    """The whole of platform.yaml."""

    format: Literal[1]
    """The version of the catalog's format."""
    name: Id
    """The short name that is part of derived names."""
    title: Sentence
    """The name of the platform that people read."""
    environments: dict[str, Environment]
    """The environments, one stack each."""
    links: Links
    """The addresses that a page points to."""
    tenancy: Tenancy
    """How events name their tenant and its plan."""
    sentry: SentryAccount
    """What exists at Sentry."""
    pagerduty: PagerDutyAccount
    """What exists at PagerDuty."""
    datadog: DatadogAccount
    """What exists at Datadog."""

    def flaws(self, _: Names, /) -> Iterator[Flaw]:
        """Schedules and policies that no environment owns, or several do."""
        owners = [name for name, environment in self.environments.items() if environment.owns_shared]
        if len(owners) != 1:
            said = " and ".join(owners) if owners else "no environment"
            what = f"{said} own{'s' * (not owners)} what is shared, and exactly one must"
            yield Flaw(what, "write owns-shared: true in one of them", ("environments",))


class Maintenance(Entry):
    """A planned window; it mutes Datadog's signals only, since Sentry has no such mute."""

    title: Sentence
    """What is done in the window."""
    time_zone: Zone
    """The time zone of from and to, such as Europe/Berlin."""
    from_: LocalTime
    """When the window begins, in local time."""
    to: LocalTime
    """When the window ends, in local time."""
    services: tuple[ServiceRef, ...]
    """The services whose Datadog signals are muted."""
    environments: tuple[EnvironmentRef, ...]
    """The environments in which they are muted."""
    reason: Sentence
    """Why it is right to mute them."""

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
    """The name of the check whose problem is accepted."""
    finding: Sentence
    """The accepted problem, copied from the finding of check --format json."""
    reason: Sentence
    """Why the problem is acceptable for now."""
    owner: TeamRef
    """The team that accepted it."""
    expires: Day
    """The last day on which it is accepted."""


class Retired(Entry):
    """A rule that is gone, so that its resources may go."""

    on: Day
    """The day on which the rule was taken out."""
    reason: Sentence
    """Why the rule is gone."""


class Accepted(Entry):
    """The whole of waivers.yaml."""

    waivers: tuple[Waiver, ...] = ()
    """The accepted problems, each with an end."""
    retired: dict[str, Retired] = Field(default_factory=dict)
    """The rules that are gone, by their ids."""
