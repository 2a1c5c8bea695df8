"""What people made in the vendors' accounts: asked for all at once, before anything is declared.

So a wrong name leaves nothing half made, and whatever takes seconds beside it is done while the vendors answer.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pulumi
from pulumi_sentry._utilities import package_reference

from monitoring.errors import CatalogError, Problem, UsageError, VendorError
from monitoring.model.catalog import Catalog
from monitoring.model.effective import (
    EffectiveRule,
    effective_rules,
    rules_everywhere,
    secrets_sent,
    written_to,
)
from monitoring.model.receivers import ReceiverKind
from monitoring.model.references import nearest
from monitoring.pulumi_internals import block_on
from monitoring.resources.packages import package_version
from monitoring.resources.secrets import SecretKind, Secrets, secrets_of
from monitoring.resources.slack_ids import SlackAccount, ids_of
from monitoring.resources.stack import Stack, require_reachable
from monitoring.vendors.access import Access
from monitoring.vendors.client import opened
from monitoring.vendors.held import held_as, holdings
from monitoring.vendors.needs import Need, NeedKind, RulesAtVendors, granted_to_keys, made_by_people

LOOK_UPS: Mapping[NeedKind, tuple[str, str]] = {
    NeedKind.SLACK_INSTALLATION: ("getOrganizationIntegration", "name"),
    NeedKind.PAGERDUTY_INSTALLATION: ("getOrganizationIntegration", "name"),
    NeedKind.TEAM: ("getTeam", "slug"),
    NeedKind.MEMBER: ("getOrganizationMember", "email"),
    NeedKind.PROJECT: ("getProject", "slug"),
    NeedKind.INTERNAL_INTEGRATION: ("getAppInstallation", "slug"),
    NeedKind.ERROR_MONITOR: ("getProjectErrorMonitor", "project"),
    NeedKind.USER: ("getUser", "email"),
    NeedKind.INTEGRATION_VENDOR: ("getVendor", "name"),
    NeedKind.LOCATIONS: ("getSyntheticsLocations", ""),
}
"""The provider's function for each kind of thing that people make, and what it calls the name."""
BY_HTTP = frozenset({NeedKind.ENVIRONMENT, NeedKind.SCOPE, NeedKind.TEAMS_CHANNEL, NeedKind.OPSGENIE_SERVICE})
"""The kinds that no provider looks up: they are asked for as the commands do, by the stack's own configuration."""
INSTALLATIONS = (NeedKind.SLACK_INSTALLATION, NeedKind.PAGERDUTY_INSTALLATION)


@dataclass(frozen=True)
class Accounts:
    """The ids of what people made, by the catalog's names; what no rule needs was not asked for."""

    users: Mapping[str, str]
    vendors: Mapping[str, str]
    installations: Mapping[str, str]
    teams: Mapping[str, str]
    members: Mapping[str, str]
    error_monitors: Mapping[str, str]
    secrets: Secrets = field(default_factory=dict, repr=False)
    """What stands in the stack's configuration alone: the address of each webhook, what tests send in headers."""
    slack: SlackAccount = field(default_factory=SlackAccount)
    """The ids of the Slack channels to which PagerDuty posts, which stand in the stack's configuration."""


def look_up_accounts(stack: Stack, catalog: Catalog, *, while_waiting: Callable[[], object]) -> Accounts:
    """What the stack's rules need of the vendors' accounts; `while_waiting` runs in a thread until they have answered.

    Raises UsageError where no vendor can be asked or the configuration lacks a secret or an id, and CatalogError with
    everything that is not there.
    """
    access = require_reachable(stack, catalog)
    rules = effective_rules(catalog, stack.environment, stack.today)
    secrets, slack = _configured(stack, catalog, rules)
    needs = tuple(_needs(RulesAtVendors(catalog, rules, stack.environment == catalog.shared_environment), stack))
    answers = _resolve(needs, access, while_waiting)
    problems = [*_unanswered(needs, answers), *_unknown_regions(catalog, answers)]
    if problems:
        raise CatalogError(problems)
    return Accounts(
        users=_outputs(answers, NeedKind.USER, "id"),
        vendors=_outputs(answers, NeedKind.INTEGRATION_VENDOR, "id"),
        installations=_outputs(answers, NeedKind.SLACK_INSTALLATION, "id")
        | _outputs(answers, NeedKind.PAGERDUTY_INSTALLATION, "id"),
        teams=_outputs(answers, NeedKind.TEAM, "internalId"),
        members=_outputs(answers, NeedKind.MEMBER, "internalId"),
        error_monitors=_outputs(answers, NeedKind.ERROR_MONITOR, "id"),
        secrets=secrets,
        slack=slack,
    )


def _configured(stack: Stack, catalog: Catalog, rules: Sequence[EffectiveRule]) -> tuple[Secrets, SlackAccount]:
    """What stands in the stack's configuration, secrets and the ids of Slack; UsageError with everything that lacks."""
    lacking = []
    try:
        secrets = secrets_of(_kept_secret(stack, catalog, rules), stack.secrets, offline=stack.offline)
    except UsageError as error:
        lacking.append(str(error))
    try:
        slack = ids_of(written_to(rules, "pagerduty", ReceiverKind.SLACK), stack.slack, offline=stack.offline)
    except UsageError as error:
        lacking.append(str(error))
    if lacking:
        raise UsageError("; ".join(lacking))
    return secrets, slack


def _kept_secret(stack: Stack, catalog: Catalog, rules: Sequence[EffectiveRule]) -> Mapping[SecretKind, Iterable[str]]:
    """The names of what the stack's configuration has to hold, by kind."""
    return {SecretKind.WEBHOOK: _called(stack, catalog), SecretKind.HEADER: secrets_sent(rules)}


def _called(stack: Stack, catalog: Catalog) -> Iterable[str]:
    """The webhooks that the stack declares: Datadog's of every environment, in the one that owns what is shared."""
    if stack.environment != catalog.shared_environment:
        return ()
    return written_to(rules_everywhere(catalog, stack.today), "datadog", ReceiverKind.WEBHOOK)


def _needs(rules: RulesAtVendors, stack: Stack) -> Iterator[Need]:
    """What people made, and for an update what its keys may do; an offline stack asks only what its Plan refers to."""
    unasked = {NeedKind.LOCATIONS, *BY_HTTP} if stack.offline else set()
    yield from (need for need in made_by_people(rules) if need.kind not in unasked)
    if not (stack.offline or pulumi.runtime.is_dry_run()):
        yield from granted_to_keys(rules)


Answers = Mapping[Need, Any]


def _outputs(answers: Answers, kind: NeedKind, output: str) -> dict[str, str]:
    """An output of each answer about a kind, by the catalog's names."""
    return {need.key: answer[output] for need, answer in answers.items() if need.kind is kind}


def _resolve(needs: Sequence[Need], access: Access | None, while_waiting: Callable[[], object]) -> Answers:
    """Every answer, an exception where a vendor has none; the program waits as it does for one look-up of an SDK."""

    async def ask() -> Answers:
        busy = asyncio.get_running_loop().run_in_executor(None, while_waiting)
        awaited = {need: _lookup(need) for need in needs if need.kind not in BY_HTTP}
        by_http = asyncio.ensure_future(_held(access, [need for need in needs if need.kind in BY_HTTP]))
        answers = await asyncio.gather(*awaited.values(), return_exceptions=True)
        await busy
        return {**dict(zip(awaited, answers, strict=True)), **await by_http}

    return block_on(ask())


async def _held(access: Access | None, needs: Sequence[Need]) -> Answers:
    """An answer for each need that a vendor is asked for by HTTP; an exception without words where it has none."""
    answers: dict[Need, Any] = {}
    if access is None or not needs:
        return answers
    async with opened() as client:
        for vendor in sorted({need.kind.vendor for need in needs}):
            own = [need for need in needs if need.kind.vendor == vendor]
            try:
                held = await holdings(client, access, vendor, own)
            except VendorError as error:
                answers |= dict.fromkeys(own, error)
            else:
                answers |= {need: held_as(need) in held or VendorError("") for need in own}
    return answers


def _lookup(need: Need) -> Awaitable[Any]:
    """The running look-up of a need: by its token, since importing the packages that know its name takes seconds."""
    token, arguments = _call_of(need)
    vendor = need.kind.vendor
    package = package_reference() if vendor == "sentry" else None
    opts = pulumi.InvokeOptions(version=package_version(vendor))
    return pulumi.runtime.invoke_async(f"{vendor}:index/{token}:{token}", arguments, opts=opts, package_ref=package)


def _call_of(need: Need) -> tuple[str, Mapping[str, str]]:
    """The provider's function that looks up what people made, and its arguments."""
    function, argument = LOOK_UPS[need.kind]
    named = {argument: need.name} if argument else {}
    within = {"organization": need.within} if need.within else {}
    provider = {"providerKey": need.key} if need.kind in INSTALLATIONS else {}
    return function, {**within, **provider, **named}


def _unanswered(needs: Iterable[Need], answers: Answers) -> Iterator[Problem]:
    """Everything without an answer; where all of an organisation is missing, only its installations are named.

    The organisation may then be another, and nothing else about it is known.
    """
    failed = [need for need in needs if isinstance(answers[need], Exception)]
    at_sentry = [need for need in needs if need.kind.vendor == "sentry" and need.kind in LOOK_UPS]
    installations = [need for need in failed if need.kind in INSTALLATIONS]
    foreign = bool(installations) and all(need in failed for need in at_sentry)
    for need in failed:
        if need in installations or need.kind.vendor != "sentry" or not foreign:
            yield need.problem(_reason(answers[need]))


def _reason(error: Exception) -> str:
    """What a provider answered, without the engine's words around it."""
    return str(error).rpartition("returned an error: ")[2].strip()


def _unknown_regions(catalog: Catalog, answers: Answers) -> Iterator[Problem]:
    """Declared regions from which Datadog does not test, once it has said from where it does."""
    listed = next((answer for need, answer in answers.items() if need.kind is NeedKind.LOCATIONS), None)
    declared = catalog.platform.regions
    known = listed["locations"] if isinstance(listed, dict) else declared
    for region in declared:
        if region not in known:
            source = catalog.at("platform", "", "datadog", "regions")
            what = f'Datadog tests from no location "{region}"'
            yield Problem(source, "datadog.regions", what, nearest(region, known), "accounts")
