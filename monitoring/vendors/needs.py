"""What has to exist in the accounts for a catalog's rules: the program asks for it by the engine, a command by HTTP."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from urllib.parse import quote

from monitoring.errors import Problem, Source
from monitoring.model.catalog import Catalog
from monitoring.model.effective import EffectiveRule
from monitoring.model.receivers import ReceiverKind
from monitoring.model.signals import Cron, Elsewhere, SentrySignal
from monitoring.naming import names
from monitoring.naming.pager_service import pager_service
from monitoring.vendors.scopes import MAKE_ALERTS, MAKE_MONITORS, WRITE_ROWS
from monitoring.vendors.settings import DATADOG_API_KEY, DATADOG_APP_KEY, PAGERDUTY_TOKEN, SENTRY_TOKEN


class NeedKind(StrEnum):
    """What sort of thing has to exist."""

    SLACK_INSTALLATION = "Sentry's Slack installation"
    PAGERDUTY_INSTALLATION = "Sentry's PagerDuty installation"
    TEAM = "Sentry's team"
    MEMBER = "Sentry's member"
    INTERNAL_INTEGRATION = "Sentry's internal integration"
    PROJECT = "Sentry's project"
    ERROR_MONITOR = "Sentry's monitor of a project's errors"
    ENVIRONMENT = "Sentry's environment"
    SCOPE = "Sentry's scope of a key"
    PAGERDUTY_ROW = "Sentry's row of a PagerDuty service"
    USER = "PagerDuty's user"
    INTEGRATION_VENDOR = "PagerDuty's vendor of integrations"
    SERVICE = "PagerDuty's service"
    POLICY = "PagerDuty's escalation policy"
    SCHEDULE = "PagerDuty's schedule"
    LOCATIONS = "Datadog's locations of tests"
    SERVICE_OBJECT = "Datadog's object of a PagerDuty service"
    CHANNEL = "Datadog's Slack channel"
    TEAMS_CHANNEL = "Datadog's channel of Microsoft Teams"
    OPSGENIE_SERVICE = "Datadog's Opsgenie service"
    TEAMS_HANDLE = "Datadog's handle of a channel of Microsoft Teams"
    WEBHOOK = "Datadog's webhook"

    @property
    def vendor(self) -> str:
        """Whose account it has to be in: a key of VENDORS."""
        return self.value.partition("'")[0].lower()


@dataclass(frozen=True, slots=True)
class Need:
    """Something that has to exist: under which name, why, and what to say where it does not.

    `key` is the catalog's own name for it, and `within` the organisation or Slack account that holds it.
    """

    kind: NeedKind
    name: str
    key: str
    within: str
    source: Source
    where: str
    what: str
    remedy: str

    def problem(self, reason: str = "") -> Problem:
        """What is wrong where it does not exist, for a reason that its vendor gives."""
        return Problem(
            self.source, self.where, f"{self.what}{f' ({reason})' if reason else ''}", self.remedy, "accounts"
        )


@dataclass(frozen=True)
class RulesAtVendors:
    """One environment's rules in their catalog; `shared`: its stack owns schedules, policies and people."""

    catalog: Catalog
    rules: tuple[EffectiveRule, ...]
    shared: bool

    @property
    def organization(self) -> str:
        """Sentry's organisation."""
        return self.catalog.platform.at_sentry.organization

    @cached_property
    def at_sentry(self) -> tuple[EffectiveRule, ...]:
        """The rules that Sentry watches."""
        return tuple(rule for rule in self.rules if rule.watcher == "sentry")

    @cached_property
    def at_datadog(self) -> tuple[EffectiveRule, ...]:
        """The rules that Datadog watches."""
        return tuple(rule for rule in self.rules if rule.watcher == "datadog")


def made_by_people(at_vendors: RulesAtVendors) -> Iterator[Need]:
    """What no program makes: it has to be there before the first `up`."""
    if at_vendors.at_sentry:
        yield from _installations(at_vendors)
        yield from _teams(at_vendors)
        yield from _members(at_vendors)
        yield from _webhooks_of_sentry(at_vendors)
        yield from _projects(at_vendors)
        yield from _environments(at_vendors)
    if at_vendors.shared:
        yield from _people(at_vendors)
    if any(rule.pages for rule in at_vendors.at_datadog):
        yield _integration_vendor(at_vendors)
    yield from _teams_channels(at_vendors)
    yield from _opsgenie_services(at_vendors)
    yield from _vendors_elsewhere(at_vendors)
    if at_vendors.catalog.platform.datadog:
        yield _locations(at_vendors)


def granted_to_keys(at_vendors: RulesAtVendors) -> Iterator[Need]:
    """What the keys must be allowed to do for an update; a preview reads only.

    Only Sentry says what a key may do. The write halves of PagerDuty's and Datadog's are seen by writing alone.
    """
    paging = any(rule.pages for rule in at_vendors.at_sentry)
    scopes = (MAKE_MONITORS, MAKE_ALERTS, *((WRITE_ROWS,) if paging else ())) if at_vendors.at_sentry else ()
    for scope in scopes:
        yield Need(
            kind=NeedKind.SCOPE,
            name=scope.purpose,
            key=scope.purpose,
            within=at_vendors.organization,
            source=at_vendors.catalog.at("platform", "", "sentry"),
            where="sentry",
            what=f"the key {SENTRY_TOKEN.named_by} may not {scope.purpose}",
            remedy=f"add the scope {scope.name} to it in Sentry, under Settings, Developer Settings",
        )


def made_by_the_program(at_vendors: RulesAtVendors) -> Iterator[Need]:
    """What `up` makes for these rules to arrive somewhere: it has to be there from then on."""
    if at_vendors.at_sentry:
        kind, what = NeedKind.PAGERDUTY_ROW, "Sentry shows no PagerDuty row"
        yield from _services(at_vendors, at_vendors.at_sentry, kind, at_vendors.organization, what)
    yield from _services(at_vendors, at_vendors.rules, NeedKind.SERVICE, "", "PagerDuty shows no service")
    if at_vendors.shared:
        yield from _on_call(at_vendors)
    what = "Datadog shows no PagerDuty service"
    yield from _services(at_vendors, at_vendors.at_datadog, NeedKind.SERVICE_OBJECT, "", what)
    yield from _channels(at_vendors)
    yield from _handles(at_vendors, ReceiverKind.TEAMS, NeedKind.TEAMS_HANDLE, "no channel of Microsoft Teams")
    yield from _handles(at_vendors, ReceiverKind.WEBHOOK, NeedKind.WEBHOOK, "no webhook")


# --- what people make ------------------------------------------------------------------------------------------


def _installations(at_vendors: RulesAtVendors) -> Iterator[Need]:
    """What a human installed in Sentry, the one thing that no program can make."""
    account, rules = at_vendors.catalog.platform.at_sentry, at_vendors.at_sentry
    if any(rule.route.slack for rule in rules):
        kind = NeedKind.SLACK_INSTALLATION
        yield _installation(at_vendors, kind, "slack", "slack-workspace", account.slack_workspace or "")
    if any(rule.pages for rule in rules):
        kind = NeedKind.PAGERDUTY_INSTALLATION
        yield _installation(at_vendors, kind, "pagerduty", "pagerduty-account", account.pagerduty_account)


def _installation(at_vendors: RulesAtVendors, kind: NeedKind, provider: str, word: str, name: str) -> Need:
    return Need(
        kind=kind,
        name=name,
        key=provider,
        within=at_vendors.organization,
        source=at_vendors.catalog.at("platform", "", "sentry", word),
        where=f"sentry.{word}",
        what=f'the organisation "{at_vendors.organization}" shows no {provider} installation "{name}"',
        remedy=f"install it there, or correct sentry.organization, sentry.{word} or {SENTRY_TOKEN.variables[0]}",
    )


def _teams(at_vendors: RulesAtVendors) -> Iterator[Need]:
    used = {rule.team for rule in at_vendors.at_sentry}
    for team, slug in at_vendors.catalog.platform.at_sentry.teams.items():
        if team in used:
            yield Need(
                kind=NeedKind.TEAM,
                name=slug,
                key=team,
                within=at_vendors.organization,
                source=at_vendors.catalog.at("platform", "", "sentry", "teams", team),
                where=f'team "{team}"',
                what=f'Sentry\'s organisation "{at_vendors.organization}" shows no team "{slug}"',
                remedy="make it there, or correct sentry.teams",
            )


def _members(at_vendors: RulesAtVendors) -> Iterator[Need]:
    """People to whom Sentry writes; a team's own address is the team."""
    written_to = {
        address: rule
        for rule in reversed(at_vendors.at_sentry)
        for address in rule.route.email
        if address != at_vendors.catalog.teams[rule.team].email
    }
    for address, rule in sorted(written_to.items()):
        yield Need(
            kind=NeedKind.MEMBER,
            name=address,
            key=address,
            within=at_vendors.organization,
            source=at_vendors.catalog.at("team", rule.team, "routes", rule.severity.value, "email"),
            where=f'the {rule.severity} route of team "{rule.team}"',
            what=f'Sentry\'s organisation "{at_vendors.organization}" shows no member "{address}"',
            remedy="invite them there, or correct the address",
        )


def _webhooks_of_sentry(at_vendors: RulesAtVendors) -> Iterator[Need]:
    """The internal integrations that call a webhook for a rule of Sentry's."""
    slugs = at_vendors.catalog.platform.at_sentry.webhooks
    for name, _ in _written_to(at_vendors.at_sentry, ReceiverKind.WEBHOOK):
        yield Need(
            kind=NeedKind.INTERNAL_INTEGRATION,
            name=slugs[name],
            key=name,
            within=at_vendors.organization,
            source=at_vendors.catalog.at("platform", "", "sentry", "webhooks", name),
            where=f"sentry.webhooks.{name}",
            what=f'Sentry\'s organisation "{at_vendors.organization}" shows no internal integration "{slugs[name]}"',
            remedy="make it there as an alert rule action, and write the slug that its address in Sentry ends with",
        )


def _projects(at_vendors: RulesAtVendors) -> Iterator[Need]:
    """Each project that a rule watches, and the monitor of all its errors where a rule is about single issues."""
    watched = [rule.rule.signal for rule in at_vendors.at_sentry if isinstance(rule.rule.signal, SentrySignal)]
    with_events = {signal.project for signal in watched if signal.sends_events}
    for project in sorted({signal.project for signal in watched}):
        there = _project(at_vendors, project)
        yield there
        if project in with_events:
            yield replace(there, kind=NeedKind.ERROR_MONITOR, what=f"{there.what} with an error monitor")


def _environments(at_vendors: RulesAtVendors) -> Iterator[Need]:
    """Each environment that a monitor or an alert names: Sentry refuses one of which it has received no event.

    Source: getsentry/sentry, src/sentry/api/serializers/rest_framework, EnvironmentField. A cron monitor names none.
    """
    declared = at_vendors.catalog.platform.projects
    named = {}
    for rule in reversed(at_vendors.at_sentry):
        signal = rule.rule.signal
        if isinstance(signal, SentrySignal) and not isinstance(signal, Cron):
            named[declared[signal.project].environments[rule.environment]] = (signal.project, rule.environment)
    for name, (project, environment) in sorted(named.items()):
        yield Need(
            kind=NeedKind.ENVIRONMENT,
            name=name,
            key=name,
            within=at_vendors.organization,
            source=at_vendors.catalog.at("platform", "", "sentry", "projects", project, "environments", environment),
            where=f'project "{project}"',
            what=f'Sentry\'s organisation "{at_vendors.organization}" has seen no event of the environment "{name}"',
            remedy=f'send one event of environment "{name}" to it first, or correct environments.{environment}',
        )


def _project(at_vendors: RulesAtVendors, project: str) -> Need:
    return Need(
        kind=NeedKind.PROJECT,
        name=project,
        key=project,
        within=at_vendors.organization,
        source=at_vendors.catalog.at("platform", "", "sentry", "projects", project),
        where=f'project "{project}"',
        what=f'Sentry\'s organisation "{at_vendors.organization}" shows no project "{project}"',
        remedy="make it there, or correct sentry.projects",
    )


def _people(at_vendors: RulesAtVendors) -> Iterator[Need]:
    """Everybody on call, by e-mail."""
    for name, person in at_vendors.catalog.oncall.people.items():
        yield Need(
            kind=NeedKind.USER,
            name=person.email,
            key=name,
            within="",
            source=at_vendors.catalog.at("person", name, "email"),
            where=f'person "{name}"',
            what=f'PagerDuty shows nobody as "{person.email}"',
            remedy="invite them there, or correct the address",
        )


def _integration_vendor(at_vendors: RulesAtVendors) -> Need:
    """PagerDuty's entry for Datadog in its list of vendors."""
    return Need(
        kind=NeedKind.INTEGRATION_VENDOR,
        name="Datadog",
        key="Datadog",
        within="",
        source=at_vendors.catalog.at("platform", "", "datadog"),
        where="datadog",
        what='PagerDuty shows no vendor of integrations "Datadog"',
        remedy=f"ask PagerDuty's support, or correct {PAGERDUTY_TOKEN.variables[0]}",
    )


def _vendors_elsewhere(at_vendors: RulesAtVendors) -> Iterator[Need]:
    """PagerDuty's entry for each system that sends by an integration of its own."""
    senders = {
        signal.vendor: rule
        for rule in reversed(at_vendors.rules)
        if isinstance(signal := rule.rule.signal, Elsewhere) and signal.vendor
    }
    for name, rule in sorted(senders.items(), key=lambda each: each[0]):
        yield Need(
            kind=NeedKind.INTEGRATION_VENDOR,
            name=name,
            key=name,
            within="",
            source=at_vendors.catalog.at("rule", rule.rule.id, "elsewhere", "vendor"),
            where=f'rule "{rule.rule.id}"',
            what=f'PagerDuty shows no vendor of integrations "{name}"',
            remedy="write the whole name from its list of integrations, or write events-api instead of vendor",
        )


def _teams_channels(at_vendors: RulesAtVendors) -> Iterator[Need]:
    """The channels of Microsoft Teams that Datadog's app must see before a handle for one can be made."""
    for name, _ in _written_to(at_vendors.at_datadog, ReceiverKind.TEAMS):
        channel = at_vendors.catalog.platform.at_datadog.microsoft_teams[name]
        yield Need(
            kind=NeedKind.TEAMS_CHANNEL,
            name="/".join(quote(part, safe="") for part in (channel.tenant, channel.team, channel.channel)),
            key=name,
            within="",
            source=at_vendors.catalog.at("platform", "", "datadog", "microsoft-teams", name),
            where=f"datadog.microsoft-teams.{name}",
            what=f'Datadog sees no channel "{channel.channel}" of the team "{channel.team}" in "{channel.tenant}"',
            remedy="add Datadog's app to that team in Microsoft Teams, or correct the three names",
        )


def _opsgenie_services(at_vendors: RulesAtVendors) -> Iterator[Need]:
    """The services of Opsgenie that somebody made in Datadog; none is made any more, since Opsgenie ends."""
    for name, rule in _written_to(at_vendors.at_datadog, ReceiverKind.OPSGENIE):
        yield Need(
            kind=NeedKind.OPSGENIE_SERVICE,
            name=name,
            key=name,
            within="",
            source=_route_of(at_vendors, rule, ReceiverKind.OPSGENIE),
            where=f'the {rule.severity} route of team "{rule.team}"',
            what=f'Datadog shows no Opsgenie service "{name}"',
            remedy="write its name as Datadog's integration with Opsgenie shows it, or take it out",
        )


def _written_to(rules: Iterable[EffectiveRule], kind: ReceiverKind) -> list[tuple[str, EffectiveRule]]:
    """Each receiver of a kind, with the first rule that arrives there; sorted by name."""
    first: dict[str, EffectiveRule] = {}
    for rule in rules:
        for name in rule.route.of_kind(kind):
            first.setdefault(name, rule)
    return sorted(first.items(), key=lambda written: written[0])


def _route_of(at_vendors: RulesAtVendors, rule: EffectiveRule, kind: ReceiverKind) -> Source:
    """Where the receivers of a kind stand in the route of a rule."""
    return at_vendors.catalog.at("team", rule.team, "routes", rule.severity.value, kind.value)


def _locations(at_vendors: RulesAtVendors) -> Need:
    """Where Datadog tests from.

    Its API takes both keys (vendors' API description, `GET /api/v1/synthetics/locations`), so that a wrong one is
    said before anything is created at another vendor.
    """
    keys = ", ".join(setting.variables[0] for setting in (DATADOG_API_KEY, DATADOG_APP_KEY))
    return Need(
        kind=NeedKind.LOCATIONS,
        name="",
        key="",
        within="",
        source=at_vendors.catalog.at("platform", "", "datadog"),
        where="datadog",
        what="Datadog shows no locations of synthetic tests",
        remedy=f"correct {keys} or datadog.site",
    )


# --- what the program makes ------------------------------------------------------------------------------------

MADE_BY_UP = "run pulumi up, and see who deleted it if it was there"


def _services(
    at_vendors: RulesAtVendors, rules: Iterable[EffectiveRule], kind: NeedKind, within: str, what: str
) -> Iterator[Need]:
    """A PagerDuty service, as one of the vendors shows it, for each that a rule pages through."""
    pagers = ((pager_service(at_vendors.catalog, rule), rule) for rule in rules)
    pages = {pager.name: rule for pager, rule in pagers if pager}
    for name, rule in sorted(pages.items(), key=lambda each: each[0]):
        yield Need(
            kind=kind,
            name=name,
            key=name,
            within=within,
            source=at_vendors.catalog.at("service", rule.service.service),
            where=f'service "{rule.service.service}"',
            what=f'{what} "{name}"',
            remedy=MADE_BY_UP,
        )


def _on_call(at_vendors: RulesAtVendors) -> Iterator[Need]:
    """The escalation policies, and the schedules that they ask."""
    for name in at_vendors.catalog.oncall.policies:
        title = names.policy_title(at_vendors.catalog, name)
        yield _named_as(at_vendors, NeedKind.POLICY, "policy", name, f'escalation policy "{title}"', title)
    for name in at_vendors.catalog.oncall.schedules:
        title = names.schedule_title(at_vendors.catalog, name)
        yield _named_as(at_vendors, NeedKind.SCHEDULE, "schedule", name, f'schedule "{title}"', title)


def _named_as(at_vendors: RulesAtVendors, kind: NeedKind, word: str, name: str, shown: str, title: str) -> Need:
    """An entry of the on-call file, as PagerDuty shows it."""
    return Need(
        kind=kind,
        name=title,
        key=name,
        within="",
        source=at_vendors.catalog.at(word, name),
        where=f'{word} "{name}"',
        what=f"PagerDuty shows no {shown}",
        remedy=MADE_BY_UP,
    )


def _channels(at_vendors: RulesAtVendors) -> Iterator[Need]:
    """The Slack channels that Datadog writes to."""
    account = at_vendors.catalog.platform.slack_account
    for channel, rule in _written_to(at_vendors.at_datadog, ReceiverKind.SLACK):
        yield Need(
            kind=NeedKind.CHANNEL,
            name=channel,
            key=channel,
            within=account,
            source=_route_of(at_vendors, rule, ReceiverKind.SLACK),
            where=f'the {rule.severity} route of team "{rule.team}"',
            what=f'Datadog shows no Slack channel "{channel}" of the account "{account}"',
            remedy=MADE_BY_UP,
        )


def _handles(at_vendors: RulesAtVendors, kind: ReceiverKind, need: NeedKind, shown: str) -> Iterator[Need]:
    """What Datadog has to know by name so that a rule of its own arrives there."""
    for name, rule in _written_to(at_vendors.at_datadog, kind):
        yield Need(
            kind=need,
            name=name,
            key=name,
            within="",
            source=_route_of(at_vendors, rule, kind),
            where=f'the {rule.severity} route of team "{rule.team}"',
            what=f'Datadog shows {shown} called "{name}"',
            remedy=MADE_BY_UP,
        )
