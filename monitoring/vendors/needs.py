"""What has to exist in the accounts for a catalog's rules: the program asks for it by the engine, a command by HTTP."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from monitoring import conventions
from monitoring.conventions import watched_by_datadog
from monitoring.errors import Problem, Source
from monitoring.model.catalog import Catalog
from monitoring.model.effective import EffectiveRule
from monitoring.model.signals import Errors, SentrySignal
from monitoring.vendors.settings import DATADOG_API_KEY, DATADOG_APP_KEY, PAGERDUTY_TOKEN, SENTRY_TOKEN


class NeedKind(StrEnum):
    """What sort of thing has to exist."""

    SLACK_INSTALLATION = "sentry's slack installation"
    PAGERDUTY_INSTALLATION = "sentry's pagerduty installation"
    TEAM = "sentry's team"
    MEMBER = "sentry's member"
    PROJECT = "sentry's project"
    ERROR_MONITOR = "sentry's monitor of a project's errors"
    PAGERDUTY_ROW = "sentry's row of a pagerduty service"
    USER = "pagerduty's user"
    INTEGRATION_VENDOR = "pagerduty's vendor of integrations"
    SERVICE = "pagerduty's service"
    POLICY = "pagerduty's escalation policy"
    SCHEDULE = "pagerduty's schedule"
    LOCATIONS = "datadog's locations of tests"
    SERVICE_OBJECT = "datadog's object of a pagerduty service"
    CHANNEL = "datadog's slack channel"

    @property
    def vendor(self) -> str:
        """Whose account it has to be in: a key of VENDORS."""
        return self.value.partition("'")[0]


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
        return self.catalog.platform.sentry.organization

    @cached_property
    def at_sentry(self) -> tuple[EffectiveRule, ...]:
        """The rules that Sentry watches."""
        return tuple(rule for rule in self.rules if not watched_by_datadog(rule))

    @cached_property
    def at_datadog(self) -> tuple[EffectiveRule, ...]:
        """The rules that Datadog watches."""
        return tuple(rule for rule in self.rules if watched_by_datadog(rule))


def made_by_people(asker: RulesAtVendors) -> Iterator[Need]:
    """What no program makes: it has to be there before the first `up`."""
    yield from _installations(asker)
    yield from _teams(asker)
    yield from _members(asker)
    yield from _projects(asker)
    if asker.shared:
        yield from _people(asker)
    if any(rule.pages for rule in asker.at_datadog):
        yield _integration_vendor(asker)
    yield _locations(asker)


def made_by_the_program(asker: RulesAtVendors) -> Iterator[Need]:
    """What `up` makes for these rules to arrive somewhere: it has to be there from then on."""
    yield from _services(
        asker, asker.at_sentry, NeedKind.PAGERDUTY_ROW, asker.organization, "Sentry shows no PagerDuty row"
    )
    yield from _services(asker, asker.rules, NeedKind.SERVICE, "", "PagerDuty shows no service")
    if asker.shared:
        yield from _policies(asker)
        yield from _schedules(asker)
    what = "Datadog shows no PagerDuty service"
    yield from _services(asker, asker.at_datadog, NeedKind.SERVICE_OBJECT, "", what)
    yield from _channels(asker)


# --- what people make ------------------------------------------------------------------------------------------


def _installations(asker: RulesAtVendors) -> Iterator[Need]:
    """What a human installed in Sentry, the one thing that no program can make."""
    account, rules = asker.catalog.platform.sentry, asker.at_sentry
    if any(rule.route.slack for rule in rules):
        kind = NeedKind.SLACK_INSTALLATION
        yield _installation(asker, kind, "slack", "slack-workspace", account.slack_workspace)
    if any(rule.pages for rule in rules):
        kind = NeedKind.PAGERDUTY_INSTALLATION
        yield _installation(asker, kind, "pagerduty", "pagerduty-account", account.pagerduty_account)


def _installation(asker: RulesAtVendors, kind: NeedKind, provider: str, word: str, name: str) -> Need:
    return Need(
        kind=kind,
        name=name,
        key=provider,
        within=asker.organization,
        source=asker.catalog.at("platform", "", "sentry", word),
        where=f"sentry.{word}",
        what=f'the organisation "{asker.organization}" shows no {provider} installation "{name}"',
        remedy=f"install it there, or correct sentry.organization, sentry.{word} or {SENTRY_TOKEN.variables[0]}",
    )


def _teams(asker: RulesAtVendors) -> Iterator[Need]:
    used = {rule.team for rule in asker.at_sentry}
    for team, slug in asker.catalog.platform.sentry.teams.items():
        if team in used:
            yield Need(
                kind=NeedKind.TEAM,
                name=slug,
                key=team,
                within=asker.organization,
                source=asker.catalog.at("platform", "", "sentry", "teams", team),
                where=f'team "{team}"',
                what=f'Sentry\'s organisation "{asker.organization}" shows no team "{slug}"',
                remedy="make it there, or correct sentry.teams",
            )


def _members(asker: RulesAtVendors) -> Iterator[Need]:
    """People to whom Sentry writes; a team's own address is the team."""
    written_to = {
        address: rule
        for rule in reversed(asker.at_sentry)
        for address in rule.route.email
        if address != asker.catalog.teams[rule.team].email
    }
    for address, rule in sorted(written_to.items()):
        yield Need(
            kind=NeedKind.MEMBER,
            name=address,
            key=address,
            within=asker.organization,
            source=asker.catalog.at("team", rule.team, "routes", rule.severity.value, "email"),
            where=f'the {rule.severity} route of team "{rule.team}"',
            what=f'Sentry\'s organisation "{asker.organization}" shows no member "{address}"',
            remedy="invite them there, or correct the address",
        )


def _projects(asker: RulesAtVendors) -> Iterator[Need]:
    """Each project that a rule watches, and the monitor of all its errors where a rule is about single issues."""
    watched = [rule.rule.signal for rule in asker.at_sentry if isinstance(rule.rule.signal, SentrySignal)]
    per_issue = {signal.project for signal in watched if isinstance(signal, Errors) and signal.per_issue}
    for project in sorted({signal.project for signal in watched}):
        there = _project(asker, project)
        yield there
        if project in per_issue:
            yield replace(there, kind=NeedKind.ERROR_MONITOR, what=f"{there.what} with an error monitor")


def _project(asker: RulesAtVendors, project: str) -> Need:
    return Need(
        kind=NeedKind.PROJECT,
        name=project,
        key=project,
        within=asker.organization,
        source=asker.catalog.at("platform", "", "sentry", "projects", project),
        where=f'project "{project}"',
        what=f'Sentry\'s organisation "{asker.organization}" shows no project "{project}"',
        remedy="make it there, or correct sentry.projects",
    )


def _people(asker: RulesAtVendors) -> Iterator[Need]:
    """Everybody on call, by e-mail."""
    for name, person in asker.catalog.oncall.people.items():
        yield Need(
            kind=NeedKind.USER,
            name=person.email,
            key=name,
            within="",
            source=asker.catalog.at("person", name, "email"),
            where=f'person "{name}"',
            what=f'PagerDuty shows nobody as "{person.email}"',
            remedy="invite them there, or correct the address",
        )


def _integration_vendor(asker: RulesAtVendors) -> Need:
    """PagerDuty's entry for Datadog in its list of vendors."""
    return Need(
        kind=NeedKind.INTEGRATION_VENDOR,
        name="Datadog",
        key="Datadog",
        within="",
        source=asker.catalog.at("platform", "", "datadog"),
        where="datadog",
        what='PagerDuty shows no vendor of integrations "Datadog"',
        remedy=f"ask PagerDuty's support, or correct {PAGERDUTY_TOKEN.variables[0]}",
    )


def _locations(asker: RulesAtVendors) -> Need:
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
        source=asker.catalog.at("platform", "", "datadog"),
        where="datadog",
        what="Datadog shows no locations of synthetic tests",
        remedy=f"correct {keys} or datadog.site",
    )


# --- what the program makes ------------------------------------------------------------------------------------

MADE_BY_UP = "run pulumi up, and see who deleted it if it was there"


def _services(
    asker: RulesAtVendors, rules: Iterable[EffectiveRule], kind: NeedKind, within: str, what: str
) -> Iterator[Need]:
    """A PagerDuty service, as one of the vendors shows it, for each that a rule pages through."""
    pages = {conventions.pagerduty_service(asker.catalog, rule): rule for rule in rules if rule.pages}
    for name, rule in sorted(pages.items(), key=lambda each: each[0]):
        yield Need(
            kind=kind,
            name=name,
            key=name,
            within=within,
            source=asker.catalog.at("service", rule.service.service),
            where=f'service "{rule.service.service}"',
            what=f'{what} "{name}"',
            remedy=MADE_BY_UP,
        )


def _policies(asker: RulesAtVendors) -> Iterator[Need]:
    for name in asker.catalog.oncall.policies:
        title = conventions.policy_title(asker.catalog, name)
        yield Need(
            kind=NeedKind.POLICY,
            name=title,
            key=name,
            within="",
            source=asker.catalog.at("policy", name),
            where=f'policy "{name}"',
            what=f'PagerDuty shows no escalation policy "{title}"',
            remedy=MADE_BY_UP,
        )


def _schedules(asker: RulesAtVendors) -> Iterator[Need]:
    for name in asker.catalog.oncall.schedules:
        title = conventions.schedule_title(asker.catalog, name)
        yield Need(
            kind=NeedKind.SCHEDULE,
            name=title,
            key=name,
            within="",
            source=asker.catalog.at("schedule", name),
            where=f'schedule "{name}"',
            what=f'PagerDuty shows no schedule "{title}"',
            remedy=MADE_BY_UP,
        )


def _channels(asker: RulesAtVendors) -> Iterator[Need]:
    """The Slack channels that Datadog writes to."""
    account = asker.catalog.platform.datadog.slack_account
    written_to = {channel: rule for rule in reversed(asker.at_datadog) for channel in rule.route.slack}
    for channel, rule in sorted(written_to.items(), key=lambda each: each[0]):
        yield Need(
            kind=NeedKind.CHANNEL,
            name=channel,
            key=channel,
            within=account,
            source=asker.catalog.at("team", rule.team, "routes", rule.severity.value, "slack"),
            where=f'the {rule.severity} route of team "{rule.team}"',
            what=f'Datadog shows no Slack channel "{channel}" of the account "{account}"',
            remedy=MADE_BY_UP,
        )
