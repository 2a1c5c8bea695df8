"""What exists before any rule: environments, the vendors' organisations, projects, metrics, maintenance."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, Self

from pydantic import Field, model_validator

from monitoring.model.entry import Entry
from monitoring.model.references import EnvironmentRef, ServiceRef, TeamRef, nearest
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
    mistake,
    zone,
)


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

    @model_validator(mode="after")
    def _forwards_what_it_sends(self) -> Self:
        for name in self.forwards:
            if name not in self.tags:
                raise mistake(f'forwards the tag "{name}" that the project does not send', nearest(name, self.tags))
        return self


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

    @model_validator(mode="after")
    def _unit_is_known(self) -> Self:
        if self.unit not in UNITS:
            raise mistake(f'"{self.unit}" is not a unit', f"the units are {', '.join(unit for unit in UNITS if unit)}")
        return self


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

    name: Id
    title: Sentence
    environments: dict[str, Environment]
    links: Links
    tenancy: Tenancy
    sentry: SentryAccount
    pagerduty: PagerDutyAccount
    datadog: DatadogAccount

    @model_validator(mode="after")
    def _one_owner(self) -> Self:
        owners = [name for name, environment in self.environments.items() if environment.owns_shared]
        if len(owners) != 1:
            said = ", ".join(owners) or "none"
            raise mistake(
                f"one environment owns what is shared, and here it is {said}", "set owns-shared on exactly one"
            )
        return self


class Maintenance(Entry):
    """A planned window; it mutes Datadog's signals only, since Sentry has no such mute."""

    title: Sentence
    time_zone: Zone
    from_: LocalTime
    to: LocalTime
    services: tuple[ServiceRef, ...]
    environments: tuple[EnvironmentRef, ...]
    reason: Sentence

    @model_validator(mode="after")
    def _runs_forward(self) -> Self:
        if self.to <= self.from_:
            raise mistake("the window ends at or before it begins", "swap from and to")
        if not self.services or not self.environments:
            raise mistake("a window without services or environments", "it would mute nothing")
        return self

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
