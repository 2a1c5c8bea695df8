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
    tags: dict[str, Tag]
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
    teams: dict[TeamRef, Id]
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
    metrics: dict[str, Metric]
    regions: tuple[str, ...]


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
    tenancy: Tenancy
    sentry: SentryAccount
    pagerduty: PagerDutyAccount
    datadog: DatadogAccount

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
