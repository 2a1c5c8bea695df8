"""What people made in the vendors' accounts: asked for all at once, before anything is declared.

So a wrong name leaves nothing half made, and whatever takes seconds beside it is done while the vendors answer.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import pulumi
from pulumi.runtime.sync_await import _sync_await
from pulumi_sentry._utilities import package_reference

from monitoring.conventions import watched_by_datadog
from monitoring.errors import CatalogError, Problem, Source
from monitoring.model.catalog import Catalog
from monitoring.model.effective import EffectiveRule, effective_rules
from monitoring.model.references import nearest
from monitoring.model.signals import Errors, SentrySignal
from monitoring.resources.packages import package_version
from monitoring.resources.stack import Stack, require_reachable


@dataclass(frozen=True)
class Accounts:
    """The ids of what people made, by the catalog's names; what no rule needs was not asked for."""

    users: Mapping[str, str]
    vendors: Mapping[str, str]
    installations: Mapping[str, str]
    teams: Mapping[str, str]
    members: Mapping[str, str]
    error_monitors: Mapping[str, str]


@dataclass(frozen=True)
class Question:
    """What a vendor is asked, and what to say when it knows no answer."""

    about: str
    name: str
    token: str
    arguments: Mapping[str, str]
    source: Source
    where: str
    what: str
    remedy: str


@dataclass(frozen=True)
class _Asker:
    """Who asks: one environment's rules in their catalog."""

    catalog: Catalog
    rules: tuple[EffectiveRule, ...]
    shared: bool
    offline: bool

    @property
    def organization(self) -> str:
        """Sentry's organisation."""
        return self.catalog.platform.at_sentry.organization

    @cached_property
    def at_sentry(self) -> tuple[EffectiveRule, ...]:
        """The rules that Sentry watches."""
        return tuple(rule for rule in self.rules if not watched_by_datadog(rule))


def accounts_of(stack: Stack, catalog: Catalog, *, meanwhile: Callable[[], object]) -> Accounts:
    """What the stack's rules need of the vendors' accounts; `meanwhile` runs in a thread until they have answered.

    Raises UsageError where no vendor can be asked, and CatalogError with everything that is not there.
    """
    require_reachable(stack, catalog)
    rules = effective_rules(catalog, stack.environment, stack.today)
    asker = _Asker(catalog, rules, stack.environment == catalog.owner_of_shared, stack.offline)
    questions = tuple(_questions(asker))
    answers = _answered(questions, meanwhile)
    problems = [*_unanswered(questions, answers), *_unknown_regions(asker, answers)]
    if problems:
        raise CatalogError(problems)
    return Accounts(
        users=_named(answers, "user", "id"),
        vendors=_named(answers, "vendor", "id"),
        installations=_named(answers, "installation", "id"),
        teams=_named(answers, "team", "internalId"),
        members=_named(answers, "member", "internalId"),
        error_monitors=_named(answers, "error monitor", "id"),
    )


Answers = Mapping[tuple[str, str], Any]


def _named(answers: Answers, about: str, output: str) -> dict[str, str]:
    return {name: answer[output] for (of, name), answer in answers.items() if of == about}


def _answered(questions: Iterable[Question], meanwhile: Callable[[], object]) -> Answers:
    """Every answer, an exception where a vendor has none; the program waits as it does for one look-up of an SDK."""

    async def ask() -> Answers:
        busy = asyncio.get_running_loop().run_in_executor(None, meanwhile)
        asked = {(one.about, one.name): _asked(one) for one in questions}
        found = await asyncio.gather(*asked.values(), return_exceptions=True)
        await busy
        return dict(zip(asked, found, strict=True))

    return _sync_await(ask())


def _asked(one: Question) -> Awaitable[Any]:
    """By its token, because the vendors' packages, which know it by name, take seconds to import."""
    vendor = one.token.partition(":")[0]
    package = package_reference() if vendor == "sentry" else None
    opts = pulumi.InvokeOptions(version=package_version(vendor))
    return pulumi.runtime.invoke_async(one.token, one.arguments, opts=opts, package_ref=package)


def _unanswered(questions: Iterable[Question], answers: Answers) -> Iterator[Problem]:
    """Everything without an answer; where an installation is not there, only that: the organisation may be another."""
    failed = [one for one in questions if isinstance(answers[one.about, one.name], Exception)]
    for one in [one for one in failed if one.about == "installation"] or failed:
        what = f"{one.what} ({_reason(answers[one.about, one.name])})"
        yield Problem(one.source, one.where, what, one.remedy, "accounts")


def _reason(wrong: Exception) -> str:
    """What a provider answered, without the engine's words around it."""
    return str(wrong).rpartition("returned an error: ")[2].strip()


# --- the questions ---------------------------------------------------------------------------------------------


def _questions(asker: _Asker) -> Iterator[Question]:
    if asker.at_sentry:
        yield from _installations(asker)
        yield from _teams(asker)
        yield from _members(asker)
        yield from _projects(asker)
    if asker.shared:
        yield from _people(asker)
    if any(rule.pages and watched_by_datadog(rule) for rule in asker.rules):
        yield _vendor(asker)
    if asker.catalog.platform.datadog and not asker.offline:
        yield _locations(asker)


def _installations(asker: _Asker) -> Iterator[Question]:
    """What a human installed in Sentry, the one thing that no program can make."""
    account = asker.catalog.platform.at_sentry
    needed = {
        "slack": ("slack-workspace", account.slack_workspace, any(rule.route.slack for rule in asker.at_sentry)),
        "pagerduty": ("pagerduty-account", account.pagerduty_account, any(rule.pages for rule in asker.at_sentry)),
    }
    for provider, (word, name, used) in needed.items():
        if used:
            yield Question(
                about="installation",
                name=provider,
                token="sentry:index/getOrganizationIntegration:getOrganizationIntegration",
                arguments={"organization": asker.organization, "providerKey": provider, "name": name},
                source=asker.catalog.at("platform", "", "sentry", word),
                where=f"sentry.{word}",
                what=f'the organisation "{asker.organization}" shows no {provider} installation "{name}"',
                remedy=f"install it there, or correct sentry.organization, sentry.{word} or SENTRY_AUTH_TOKEN",
            )


def _teams(asker: _Asker) -> Iterator[Question]:
    used = {rule.team for rule in asker.at_sentry}
    for team, slug in asker.catalog.platform.at_sentry.teams.items():
        if team in used:
            yield Question(
                about="team",
                name=team,
                token="sentry:index/getTeam:getTeam",
                arguments={"organization": asker.organization, "slug": slug},
                source=asker.catalog.at("platform", "", "sentry", "teams", team),
                where=f'team "{team}"',
                what=f'Sentry\'s organisation "{asker.organization}" shows no team "{slug}"',
                remedy="make it there, or correct sentry.teams",
            )


def _members(asker: _Asker) -> Iterator[Question]:
    """People to whom Sentry writes; a team's own address is the team."""
    written_to = {
        address: rule
        for rule in reversed(asker.at_sentry)
        for address in rule.route.email
        if address != asker.catalog.teams[rule.team].email
    }
    for address, rule in sorted(written_to.items()):
        yield Question(
            about="member",
            name=address,
            token="sentry:index/getOrganizationMember:getOrganizationMember",
            arguments={"organization": asker.organization, "email": address},
            source=asker.catalog.at("team", rule.team, "routes", rule.severity.value, "email"),
            where=f'the {rule.severity} route of team "{rule.team}"',
            what=f'Sentry\'s organisation "{asker.organization}" shows no member "{address}"',
            remedy="invite them there, or correct the address",
        )


def _projects(asker: _Asker) -> Iterator[Question]:
    """Each project that a rule watches, and the monitor of all its errors where a rule is about single issues."""
    watched = [rule.rule.signal for rule in asker.at_sentry if isinstance(rule.rule.signal, SentrySignal)]
    per_issue = {signal.project for signal in watched if isinstance(signal, Errors) and signal.per_issue}
    for project in sorted({signal.project for signal in watched}):
        there = _project(asker, project)
        yield there
        if project in per_issue:
            yield replace(
                there,
                about="error monitor",
                token="sentry:index/getProjectErrorMonitor:getProjectErrorMonitor",
                arguments={"organization": asker.organization, "project": project},
                what=f"{there.what} with an error monitor",
            )


def _project(asker: _Asker, project: str) -> Question:
    return Question(
        about="project",
        name=project,
        token="sentry:index/getProject:getProject",
        arguments={"organization": asker.organization, "slug": project},
        source=asker.catalog.at("platform", "", "sentry", "projects", project),
        where=f'project "{project}"',
        what=f'Sentry\'s organisation "{asker.organization}" shows no project "{project}"',
        remedy="make it there, or correct sentry.projects",
    )


def _people(asker: _Asker) -> Iterator[Question]:
    """Everybody on call, by e-mail."""
    for name, person in asker.catalog.oncall.people.items():
        yield Question(
            about="user",
            name=name,
            token="pagerduty:index/getUser:getUser",
            arguments={"email": person.email},
            source=asker.catalog.at("person", name, "email"),
            where=f'person "{name}"',
            what=f'PagerDuty shows nobody as "{person.email}"',
            remedy="invite them there, or correct the address",
        )


def _vendor(asker: _Asker) -> Question:
    """PagerDuty's entry for Datadog in its list of vendors."""
    return Question(
        about="vendor",
        name="Datadog",
        token="pagerduty:index/getVendor:getVendor",
        arguments={"name": "Datadog"},
        source=asker.catalog.at("platform", "", "datadog"),
        where="datadog",
        what='PagerDuty shows no vendor of integrations "Datadog"',
        remedy="ask PagerDuty's support, or correct PAGERDUTY_TOKEN",
    )


def _locations(asker: _Asker) -> Question:
    """Where Datadog tests from.

    Its API takes both keys (vendors' API description, `GET /api/v1/synthetics/locations`), so that a wrong one is
    said before anything is created at another vendor.
    """
    return Question(
        about="locations",
        name="",
        token="datadog:index/getSyntheticsLocations:getSyntheticsLocations",
        arguments={},
        source=asker.catalog.at("platform", "", "datadog"),
        where="datadog",
        what="Datadog shows no locations of synthetic tests",
        remedy="correct DD_API_KEY, DD_APP_KEY or datadog.site",
    )


def _unknown_regions(asker: _Asker, answers: Answers) -> Iterator[Problem]:
    """Declared regions from which Datadog does not test, once it has said from where it does."""
    found = answers.get(("locations", ""))
    known = found["locations"] if isinstance(found, dict) else asker.catalog.platform.regions
    for region in asker.catalog.platform.regions:
        if region not in known:
            source = asker.catalog.at("platform", "", "datadog", "regions")
            what = f'Datadog tests from no location "{region}"'
            yield Problem(source, "datadog.regions", what, nearest(region, known), "accounts")
