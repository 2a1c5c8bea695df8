"""What a Datadog account holds, by its read API."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from monitoring.vendors import answers
from monitoring.vendors.access import Vendor
from monitoring.vendors.client import Client, endless, get, required

PAGE = 100
CONFIGURATION = "/api/v1/integration"
TEAMS = "/api/v2/integration/ms-teams/configuration"
OPSGENIE = "/api/v2/integration/opsgenie/services"

DatadogRow = (
    answers.DatadogMonitor
    | answers.DatadogTest
    | answers.Named
    | answers.DatadogDashboard
    | answers.DatadogRoute
    | answers.DatadogDowntime
)


@dataclass(frozen=True, slots=True)
class PagedList:
    """A list: what its rows are, where they lie, and its words for a page, or for the rows before it, and its size."""

    row: type[DatadogRow]
    path: str
    under: str
    page: str
    size: str
    skips_rows: bool = False


MONITORS = PagedList(answers.DatadogMonitor, "/api/v1/monitor", "", "page", "page_size")
TESTS = PagedList(answers.DatadogTest, "/api/v1/synthetics/tests", "tests", "page_number", "page_size")
VARIABLES = PagedList(answers.Named, "/api/v1/synthetics/variables", "variables", "page", "page_size")
"""Its API knows no pages (SyntheticsListGlobalVariablesResponse), so that its first answer is whole."""
OBJECTIVES = PagedList(answers.Named, "/api/v1/slo", "data", "offset", "limit", skips_rows=True)
DASHBOARDS = PagedList(answers.DatadogDashboard, "/api/v1/dashboard", "dashboards", "start", "count", skips_rows=True)
ROUTES = PagedList(answers.DatadogRoute, "/api/v2/monitor/notification_rule", "data", "page", "per_page")
DOWNTIMES = PagedList(
    answers.DatadogDowntime, "/api/v2/downtime", "data", "page[offset]", "page[limit]", skips_rows=True
)


async def rows(client: Client, vendor: Vendor, listed: PagedList) -> AsyncIterator[DatadogRow]:
    """The rows of a list, which ends with a page that brings nothing new. Raises VendorError.

    A list that does not know pages gives the same again. A page with fewer rows than were asked for, or with some that
    are known, is no end: a vendor may cap its pages, and a row that somebody makes meanwhile moves the others.
    """
    seen: set[str] = set()
    begun = 0
    for number in range(client.patience.pages):
        query = {listed.page: begun if listed.skips_rows else number, listed.size: PAGE}
        content = await required(client, vendor, listed.path, query)
        read = list(answers.rows(listed.row, content, source=f"{vendor.name}: {listed.path}", key=listed.under))
        fresh = [row for row in read if row.id not in seen]
        if not fresh:
            return
        for row in fresh:
            yield row
        seen.update(row.id for row in fresh)
        begun += len(read)
    raise endless(vendor, listed.path, client.patience)


async def has_pagerduty_service(client: Client, vendor: Vendor, name: str) -> bool:
    """Whether Datadog has an object for a PagerDuty service, which it shows by name only. Raises VendorError."""
    path = f"{CONFIGURATION}/pagerduty/configuration/services/{quote(name, safe='')}"
    return await get(client, vendor, path) is not None


async def slack_channels(client: Client, vendor: Vendor, account: str) -> AsyncIterator[str]:
    """The channels of a Slack account, without `#`; none where there is no such account. Raises VendorError."""
    path = f"{CONFIGURATION}/slack/configuration/accounts/{quote(account, safe='')}/channels"
    content = await get(client, vendor, path) or []
    for channel in answers.rows(answers.DatadogChannel, content, source=f"{vendor.name}: {path}"):
        yield channel.name.removeprefix("#")


async def has_webhook(client: Client, vendor: Vendor, name: str) -> bool:
    """Whether Datadog has a webhook, which it shows by name only. Raises VendorError."""
    path = f"{CONFIGURATION}/webhooks/configuration/webhooks/{quote(name, safe='')}"
    return await get(client, vendor, path) is not None


async def sees_teams_channel(client: Client, vendor: Vendor, path: str) -> bool:
    """Whether Datadog's app sees a channel of Microsoft Teams, by the quoted names of tenant, team and channel.

    Raises VendorError.
    """
    return await get(client, vendor, f"{TEAMS}/channel/{path}") is not None


async def teams_channels(client: Client, vendor: Vendor) -> Sequence[answers.DatadogReceiver]:
    """The channels of Microsoft Teams that Datadog can write to, by the names of their handles. Raises VendorError."""
    path = f"{TEAMS}/tenant-based-handles"
    content = await get(client, vendor, path) or {"data": []}
    return list(answers.rows(answers.DatadogReceiver, content, source=f"{vendor.name}: {path}", key="data"))


async def opsgenie_services(client: Client, vendor: Vendor) -> Sequence[str]:
    """The names of the services in Datadog's integration with Opsgenie. Raises VendorError."""
    content = await get(client, vendor, OPSGENIE) or {"data": []}
    read = answers.rows(answers.DatadogReceiver, content, source=f"{vendor.name}: {OPSGENIE}", key="data")
    return [service.name for service in read]


async def takes_the_key(client: Client, vendor: Vendor) -> bool:
    """Whether Datadog knows the API key. Raises VendorError."""
    content = await get(client, vendor, "/api/v1/validate")
    return answers.read(answers.DatadogValidation, content, source=f"{vendor.name}: /api/v1/validate").valid
