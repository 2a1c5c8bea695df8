"""What exists before any rule: environments, the vendors' organisations, projects, metrics; and what was accepted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal, TypeVar

from pydantic import Field

from monitoring.model.addresses import BaseUrl, Url
from monitoring.model.alphabets import (
    Channel,
    DatadogTagKey,
    DatadogValues,
    Location,
    MetricName,
    OpsgenieService,
    PagerDutyName,
    SentryEnvironment,
    SentryTagKey,
    SentryValues,
    Site,
)
from monitoring.model.entry import Entry, EntryProblem
from monitoring.model.references import EnvironmentRef, Names, TeamRef, nearest
from monitoring.model.scalars import (
    UNITS,
    Day,
    Duration,
    Id,
    Sentence,
    quoted,
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
    """The name that people read in titles and documents."""
    url: BaseUrl
    """Where the platform answers in this environment."""
    owns_shared: bool = False
    """Whether this stack owns schedules, policies and Slack channels; exactly one does."""
    pages: bool = True
    """Whether rules page anybody here."""
    slack: Channel | None = None
    """The one Slack channel for every rule here, instead of the channels and webhooks of the teams' routes."""
    microsoft_teams: Id | None = None
    """The one Microsoft Teams channel for every rule here, instead of the routes' channels and webhooks."""
    email: bool = True
    """Whether rules send e-mail here."""


class SentryTag(Entry):
    """A tag that events carry."""

    values: SentryValues | None = None
    """The only values that are sent; leave it out where any value may come."""
    personal: bool = False
    """Whether a value points to a person, so that no rule may filter on it."""


class DatadogTag(Entry):
    """A tag that metrics carry."""

    values: DatadogValues | None = None
    """The only values that are sent; leave it out where any value may come."""
    personal: bool = False
    """Whether a value points to a person, so that no rule may filter on it."""


Tag = SentryTag | DatadogTag
ENVIRONMENT_TAG = "environment"
"""The tag that Sentry gives each event, and that a rule's environment decides."""


class SentryProject(Entry):
    """A Sentry project: the tags and environments it sends, and its quietest traffic."""

    platform: Id | None = None
    """What the project runs on, in Sentry's word, such as python-django: for readers, since nothing is made of it."""
    environments: dict[EnvironmentRef, SentryEnvironment]
    """Each environment of the catalog, and the name under which the project sends it."""
    tags: dict[SentryTagKey, SentryTag] = {}
    """The tags that the project's events carry."""
    quietest_per_minute: float | None = None
    """Events per minute when traffic is quietest; a rule on a rate needs it."""
    forwards: tuple[str, ...] = ()
    """The tags that are passed on with an alert; environment may stand here though no project declares it."""

    def entry_problems(self, _: Names, /) -> Iterator[EntryProblem]:
        """Tags that are sent on and never sent."""
        for number, name in enumerate(self.forwards):
            if name not in self.tags and name != ENVIRONMENT_TAG:
                what = f"{quoted(name)} is no tag of this project"
                yield EntryProblem(what, nearest(name, self.tags), ("forwards", number))


class SentryAccount(Entry):
    """The Sentry organisation, and the installations that a human made in it."""

    organization: Id
    """The organisation's slug in Sentry's addresses."""
    slack_workspace: Sentence | None = None
    """The Slack workspace as Sentry's integration names it; left out by a company without Slack."""
    pagerduty_account: Sentence
    """The PagerDuty account as Sentry's integration names it."""
    teams: dict[TeamRef, Id] = {}
    """Each team of the catalog, and its slug at Sentry."""
    projects: dict[str, SentryProject]
    """The Sentry projects that exist, by their slugs."""
    webhooks: dict[Id, Id] = {}
    """Each webhook of the routes that Sentry calls, and the slug of the internal integration that does it."""


class Metric(Entry):
    """A Datadog metric that somebody sends."""

    unit: str = ""
    """The unit in which the metric is sent; empty for a plain count."""
    kind: Literal["gauge", "count", "rate", "distribution"]
    """The type of the metric at Datadog; only a distribution has percentiles."""
    tags: dict[DatadogTagKey, DatadogTag]
    """The tags that the metric carries."""
    interval: Duration
    """How often a value is sent."""
    sent_by: Sentence
    """Which program or integration sends it."""
    quietest_per_minute: float | None = None
    """Events per minute of a count when traffic is quietest; an objective over it is held to it."""

    def entry_problems(self, _: Names, /) -> Iterator[EntryProblem]:
        """A unit that cannot be converted, or a quietest traffic of what is no count, or of nothing."""
        if self.quietest_per_minute is not None and self.kind != "count":
            what = f"is a {self.kind} and counts no events"
            yield EntryProblem(what, "take quietest-per-minute out, or write kind: count", ("quietest-per-minute",))
        elif self.quietest_per_minute is not None and self.quietest_per_minute <= 0:
            what = f'"{self.quietest_per_minute:g}" is no traffic'
            yield EntryProblem(what, "write a number above 0, like 2.5", ("quietest-per-minute",))
        if self.unit not in UNITS:
            units = ", ".join(unit for unit in UNITS if unit)
            yield EntryProblem(f"{quoted(self.unit)} is not a unit", f"the units are {units}", ("unit",))


class TeamsChannel(Entry):
    """A channel of Microsoft Teams, by the names that people see there."""

    tenant: Sentence
    """The organisation in Microsoft Teams, as Datadog's integration names it."""
    team: Sentence
    """The team in Microsoft Teams that has the channel."""
    channel: Sentence
    """The channel's name."""


class DatadogAccount(Entry):
    """The Datadog organisation, where it can write to, and the metrics that exist in it."""

    site: Site
    """The Datadog site, such as datadoghq.eu."""
    slack_account: Id | None = None
    """The Slack account as Datadog's integration names it; left out by a company without Slack."""
    microsoft_teams: dict[Id, TeamsChannel] = {}
    """The channels of Microsoft Teams that Datadog writes to, by the names that routes use."""
    webhooks: tuple[Id, ...] = ()
    """The webhooks that Datadog calls; their addresses stand in the stack's configuration, as secrets."""
    opsgenie: tuple[OpsgenieService, ...] = ()
    """The services that exist in Datadog's integration with Opsgenie, which ends on 2027-04-05."""
    metrics: dict[MetricName, Metric] = {}
    """The metrics that exist at Datadog, by their names."""
    regions: tuple[Location, ...] = ()
    """The locations from which uptime tests may run."""


class PagerDutyAccount(Entry):
    """The PagerDuty account."""

    subdomain: Id
    """The first part of the account's address at PagerDuty."""
    schedules: Literal["layers", "both", "shifts"] = "layers"
    """Which of PagerDuty's two kinds of schedule are made; both, while the policies move from layers to shifts."""
    slack: bool = False
    """Whether PagerDuty posts to Slack what lives elsewhere; the ids of channels are in the stack's configuration."""

    @property
    def has_layers(self) -> bool:
        """Whether schedules with layers are made."""
        return self.schedules != "shifts"

    @property
    def has_shifts(self) -> bool:
        """Whether shift-based schedules are made; policies then ask these."""
        return self.schedules != "layers"


class Tenancy(Entry):
    """Which tags name the tenant and its plan on events."""

    tenant_tag: SentryTagKey
    """The tag that names the tenant on an event."""
    plan_tag: SentryTagKey
    """The tag that names the tenant's plan on an event."""
    plans: tuple[Id, ...]
    """The plans that tenants can have."""


class Links(Entry):
    """Where the pages point: runbooks, dashboards, and who is on call."""

    runbooks: BaseUrl
    """The address below which every runbook is published."""
    dashboard: Url
    """The address of Datadog's list of dashboards, in which a page's link finds the rule's by its title."""
    on_call: Url | None = None
    """The address at which people look up who is on call, such as the site's calendar; dashboards link to it."""


class Platform(Entry):
    """The whole of platform.yaml."""

    format: Literal[1]
    """The version of the catalog's format."""
    name: Id
    """The short name that is part of derived names."""
    title: PagerDutyName
    """The name of the platform that people read."""
    environments: dict[str, Environment]
    """The environments, one stack each."""
    links: Links
    """The addresses that a page points to."""
    tenancy: Tenancy | None = None
    """How events name their tenant and its plan; left out where there are no tenants."""
    sentry: SentryAccount | None = None
    """What exists at Sentry; left out by a company that does not have it."""
    pagerduty: PagerDutyAccount
    """What exists at PagerDuty."""
    datadog: DatadogAccount | None = None
    """What exists at Datadog; left out by a company that does not have it."""

    def entry_problems(self, _: Names, /) -> Iterator[EntryProblem]:
        """Schedules and policies that no environment owns or several do."""
        if not self.environments:
            remedy = 'write one, for example prod: {title: Production, url: "https://app.youragency.com"}'
            yield EntryProblem("there is no environment", remedy, ("environments",))
        elif len(self._owners) != 1:
            yield from self._misowned()

    def _misowned(self) -> Iterator[EntryProblem]:
        if len(self.environments) == 1:
            what, remedy = "the only environment must own what is shared", "take owns-shared out"
            yield EntryProblem(what, remedy, ("environments", *self.environments, "owns-shared"))
            return
        owners = " and ".join(self._owners) or "no environment"
        what = f"{owners} own{'s' * (not self._owners)} what is shared, and exactly one must"
        yield EntryProblem(what, "write owns-shared: true in one of them", ("environments",))

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
    def shared_environment(self) -> str:
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
        """Datadog's account at Slack; empty where there is none."""
        return (self.datadog and self.datadog.slack_account) or ""

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


PROOF = "reach"
"""What a waiver names as its check where it accepts a witness of the proof."""


class Waiver(Entry):
    """An accepted problem: exactly one finding, who accepted it, why, and until when."""

    check: Sentence
    """The name of the check whose problem is accepted, or reach for a witness of the proof."""
    finding: Sentence
    """The accepted problem, copied from check --format json, or from the witness of monitoring reach."""
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
    retired: dict[Id, Retired] = Field(default_factory=dict)
    """The rules that are gone, by their ids."""
