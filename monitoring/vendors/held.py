"""Which of the things that have to exist the accounts hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from monitoring.errors import VendorError
from monitoring.vendors import answers, datadog, pagerduty, sentry
from monitoring.vendors.access import Access, Vendor
from monitoring.vendors.client import Client
from monitoring.vendors.needs import Need, NeedKind
from monitoring.vendors.scopes import SCOPES


@dataclass(frozen=True, slots=True)
class Holding:
    """A thing that an account holds, named as a need names it."""

    kind: NeedKind
    within: str
    name: str


def held_as(need: Need) -> Holding:
    """How the account shows what is needed."""
    return Holding(need.kind, need.within, need.name)


def looked_up(need: Need) -> bool:
    """Whether it is looked up here: not what only `up` asks for, and no alert goes through once it has ended."""
    return need.kind not in {NeedKind.ERROR_MONITOR, NeedKind.INTEGRATION_VENDOR, NeedKind.LOCATIONS}


async def holdings(client: Client, access: Access, vendor: str, needs: Iterable[Need]) -> frozenset[Holding]:
    """What a vendor's account holds of the kinds that are needed; `vendor` is a key of VENDORS. Raises VendorError."""
    own = [need for need in needs if need.kind.vendor == vendor and looked_up(need)]
    if vendor == "datadog" and not await datadog.takes_the_key(client, access.datadog):
        raise VendorError(f"{access.datadog.name}: the API key is not valid")
    held: set[Holding] = set()
    for kind, within in sorted({(need.kind, need.within) for need in own}):
        names = [need.name for need in own if (need.kind, need.within) == (kind, within)]
        held |= {Holding(kind, within, name) for name in await _held(client, access, kind, within, names)}
    return frozenset(held)


async def _held(client: Client, access: Access, kind: NeedKind, within: str, names: Iterable[str]) -> Iterable[str]:
    """The names of what is held of a kind; `names` are those that are needed."""
    match kind.vendor:
        case "sentry":
            return await _at_sentry(client, access.sentry, kind, within)
        case "pagerduty":
            return await _at_pagerduty(client, access.pagerduty, kind)
        case _:
            return await _at_datadog(client, access.datadog, kind, within, names)


async def _at_sentry(client: Client, vendor: Vendor, kind: NeedKind, organization: str) -> Iterable[str]:
    match kind:
        case NeedKind.PROJECT | NeedKind.TEAM:
            word = "projects" if kind is NeedKind.PROJECT else "teams"
            return [row.slug async for row in sentry.rows(client, vendor, organization, word, answers.SentrySlug)]
        case NeedKind.MEMBER:
            return [
                row.email async for row in sentry.rows(client, vendor, organization, "members", answers.SentryMember)
            ]
        case NeedKind.ENVIRONMENT:
            return [row.name async for row in sentry.environments(client, vendor, organization)]
        case NeedKind.INTERNAL_INTEGRATION:
            made = sentry.rows(client, vendor, organization, "sentry-app-installations", answers.SentryWebhook)
            return [row.slug async for row in made if row.status == "installed"]
        case NeedKind.SCOPE:
            granted = await sentry.scopes(client, vendor)
            return [scope.purpose for scope in SCOPES if scope.granted_by(granted)]
        case _:
            listed = sentry.rows(client, vendor, organization, "integrations", answers.SentryInstallation)
            return _installed(vendor, kind, [row async for row in listed])


def _installed(vendor: Vendor, kind: NeedKind, rows: Iterable[answers.SentryInstallation]) -> Iterable[str]:
    """The active installations of a product, or the rows that PagerDuty's have."""
    if kind is NeedKind.PAGERDUTY_ROW:
        tables = (row.pagerduty_rows(source=f'{vendor.name}: the integration "{row.name}"') for row in rows)
        return [line.service for table in tables for line in table]
    provider = "slack" if kind is NeedKind.SLACK_INSTALLATION else "pagerduty"
    return [row.name for row in rows if (row.provider, row.status) == (provider, "active")]


async def _at_pagerduty(client: Client, vendor: Vendor, kind: NeedKind) -> Iterable[str]:
    """A schedule counts in either form: both can be asked by an escalation policy."""
    match kind:
        case NeedKind.USER:
            return [row.email async for row in pagerduty.rows(client, vendor, "/users", answers.PagerdutyUser)]
        case NeedKind.SCHEDULE:
            return (await pagerduty.schedules(client, vendor)).names
        case _:
            path = "/services" if kind is NeedKind.SERVICE else "/escalation_policies"
            return [row.name async for row in pagerduty.rows(client, vendor, path, answers.Named)]


async def _at_datadog(
    client: Client, vendor: Vendor, kind: NeedKind, account: str, names: Iterable[str]
) -> Iterable[str]:
    match kind:
        case NeedKind.CHANNEL:
            return [channel async for channel in datadog.slack_channels(client, vendor, account)]
        case NeedKind.OPSGENIE_SERVICE:
            return await datadog.opsgenie_services(client, vendor)
        case NeedKind.TEAMS_HANDLE:
            return [channel.name for channel in await datadog.teams_channels(client, vendor)]
        case NeedKind.TEAMS_CHANNEL:
            return [path for path in names if await datadog.sees_teams_channel(client, vendor, path)]
        case NeedKind.WEBHOOK:
            return [name for name in names if await datadog.has_webhook(client, vendor, name)]
        case _:
            return [name for name in names if await datadog.has_pagerduty_service(client, vendor, name)]
