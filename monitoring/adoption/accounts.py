"""What stands in the three vendors' accounts, by their read APIs. Paths and fields: their published descriptions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import httpx

from monitoring.adoption.twins import Standing
from monitoring.errors import UsageError
from monitoring.plan import Resource

Row = Mapping[str, Any]

MOST_PAGES = 100
"""Pages of a list that are read at most; a vendor that offers more is not believed."""
A_PAGE = 100
PATIENCE_SECONDS = 30.0
# Datadog keeps a monitor for each synthetic test; it comes and goes with the test.
NOT_OURS_TO_MAKE = "synthetics alert"
DETECTORS = {
    "metric_issue": "sentry:index/metricMonitor:MetricMonitor",
    "monitor_check_in_failure": "sentry:index/cronMonitor:CronMonitor",
}


@dataclass(frozen=True, slots=True)
class Vendor:
    """Where a vendor answers, and with which headers it is asked."""

    name: str
    address: str
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Vendors:
    """The three of them."""

    datadog: Vendor
    pagerduty: Vendor
    sentry: Vendor


Listing = Callable[[httpx.Client, Vendor, Sequence[Resource]], Iterator[Standing]]


def standing(client: httpx.Client, vendors: Vendors, wanted: Iterable[Resource]) -> Iterator[Standing]:
    """Everything in the accounts that is of a type wanted. Raises UsageError where a vendor does not answer."""
    lists: Mapping[str, tuple[Listing, Vendor]] = {
        "datadog": (_at_datadog, vendors.datadog),
        "pagerduty": (_at_pagerduty, vendors.pagerduty),
        "sentry": (_at_sentry, vendors.sentry),
    }
    resources = tuple(wanted)
    types = {resource.type for resource in resources}
    for name, (listing, vendor) in lists.items():
        own = [resource for resource in resources if resource.vendor == name]
        if own:
            yield from (one for one in listing(client, vendor, own) if one.type in types)


# --- Datadog ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _List:
    """One of Datadog's lists: where its rows lie, what they are called, and its words for a page and its size."""

    type: str
    path: str
    under: str
    name: str
    id: str
    page: str
    size: str
    step: int = 1


_LISTS = (
    _List("datadog:index/monitor:Monitor", "/api/v1/monitor", "", "name", "id", "page", "page_size"),
    _List(
        "datadog:index/syntheticsTest:SyntheticsTest",
        "/api/v1/synthetics/tests",
        "tests",
        "name",
        "public_id",
        "page_number",
        "page_size",
    ),
    _List(
        "datadog:index/serviceLevelObjective:ServiceLevelObjective",
        "/api/v1/slo",
        "data",
        "name",
        "id",
        "offset",
        "limit",
        A_PAGE,
    ),
    _List(
        "datadog:index/dashboardJson:DashboardJson",
        "/api/v1/dashboard",
        "dashboards",
        "title",
        "id",
        "start",
        "count",
        A_PAGE,
    ),
    _List(
        "datadog:index/monitorNotificationRule:MonitorNotificationRule",
        "/api/v2/monitor/notification_rule",
        "data",
        "name",
        "id",
        "page",
        "per_page",
    ),
)
_MUTE = _List(
    "datadog:index/downtimeSchedule:DowntimeSchedule",
    "/api/v2/downtime",
    "data",
    "message",
    "id",
    "page[offset]",
    "page[limit]",
    A_PAGE,
)


def _at_datadog(client: httpx.Client, vendor: Vendor, wanted: Sequence[Resource]) -> Iterator[Standing]:
    types = {resource.type for resource in wanted}
    for one in _LISTS:
        for row in _rows(client, vendor, one) if one.type in types else ():
            if row.get("type") != NOT_OURS_TO_MAKE:
                yield Standing(one.type, str(row[one.name]), str(row[one.id]))
    for row in _rows(client, vendor, _MUTE) if _MUTE.type in types else ():
        yield Standing(_MUTE.type, f"{row['scope']}: {row.get('message') or ''}", str(row["id"]))
    yield from _pagers(client, vendor, wanted)
    yield from _channels(client, vendor, wanted)


def _rows(client: httpx.Client, vendor: Vendor, one: _List) -> Iterator[Row]:
    """The rows of a list; a list that does not know pages gives the same again, which ends it."""
    seen: set[str] = set()
    for number in range(MOST_PAGES):
        said = _asked(client, vendor, one.path, **{one.page: number * one.step, one.size: A_PAGE})
        rows = said[one.under] if one.under else said
        fresh = [row for row in rows if str(row[one.id]) not in seen]
        yield from ({**row, **row.get("attributes", {})} for row in fresh)
        if len(fresh) < A_PAGE:
            return
        seen.update(str(row[one.id]) for row in fresh)


def _pagers(client: httpx.Client, vendor: Vendor, wanted: Sequence[Resource]) -> Iterator[Standing]:
    """Datadog's objects for PagerDuty services, which it shows by name only."""
    for resource in wanted:
        if resource.kind == "ServiceObject":
            name = str(resource.inputs["serviceName"])
            path = f"/api/v1/integration/pagerduty/configuration/services/{quote(name, safe='')}"
            if _asked(client, vendor, path) is not None:
                yield Standing(resource.type, name, name)


def _channels(client: httpx.Client, vendor: Vendor, wanted: Sequence[Resource]) -> Iterator[Standing]:
    channels = [resource for resource in wanted if resource.kind == "Channel"]
    for account in sorted({str(channel.inputs["accountName"]) for channel in channels}):
        path = f"/api/v1/integration/slack/configuration/accounts/{quote(account, safe='')}/channels"
        for row in _asked(client, vendor, path) or ():
            name = f"{account}:#{str(row['name']).removeprefix('#')}"
            yield Standing(channels[0].type, name, name)


# --- PagerDuty -------------------------------------------------------------------------------------------------


def _at_pagerduty(client: httpx.Client, vendor: Vendor, _: Sequence[Resource]) -> Iterator[Standing]:
    lists = (
        ("schedules", "pagerduty:index/schedule:Schedule"),
        ("escalation_policies", "pagerduty:index/escalationPolicy:EscalationPolicy"),
        ("teams", "pagerduty:index/team:Team"),
        ("services", "pagerduty:index/service:Service"),
    )
    for path, type_ in lists:
        for row in _pages(client, vendor, path):
            yield Standing(type_, row["name"], row["id"])
            for one in row.get("integrations", ()):
                name = f"{row['name']}: {one.get('name') or one.get('summary')}"
                yield Standing(
                    "pagerduty:index/serviceIntegration:ServiceIntegration", name, f"{row['id']}.{one['id']}"
                )


def _pages(client: httpx.Client, vendor: Vendor, path: str) -> Iterator[Row]:
    """Every row of a PagerDuty list (classic pagination: offset, limit, more)."""
    include = {"include[]": "integrations"} if path == "services" else {}
    for page in range(MOST_PAGES):
        said = _asked(client, vendor, f"/{path}", limit=A_PAGE, offset=page * A_PAGE, **include)
        yield from said[path]
        if not said.get("more"):
            return


# --- Sentry ----------------------------------------------------------------------------------------------------


def _at_sentry(client: httpx.Client, vendor: Vendor, wanted: Sequence[Resource]) -> Iterator[Standing]:
    for name in sorted({str(one.inputs["organization"]) for one in wanted if "organization" in one.inputs}):
        organization = f"/api/0/organizations/{quote(name, safe='')}"
        for row in _linked(client, vendor, f"{organization}/detectors/"):
            if row["type"] in DETECTORS:
                yield Standing(DETECTORS[row["type"]], row["name"], str(row["id"]))
        for row in _linked(client, vendor, f"{organization}/workflows/"):
            yield Standing("sentry:index/alert:Alert", row["name"], str(row["id"]))
        for row in _linked(client, vendor, f"{organization}/integrations/"):
            table = (row.get("configData") or {}).get("service_table") or ()
            for line in table if row["provider"]["key"] == "pagerduty" else ():
                yield Standing(_ROW, str(line["service_name"]), f"{row['id']}/{line['id']}")


_ROW = "sentry:index/integrationPagerduty:IntegrationPagerduty"


def _linked(client: httpx.Client, vendor: Vendor, path: str) -> Iterator[Row]:
    """Every row of a Sentry list; the next page's address is in the Link header while it says results=true."""
    following: str | None = f"{vendor.address}{path}"
    for _ in range(MOST_PAGES):
        response = _response(client, vendor, str(following))
        yield from _content(vendor, response) or ()
        link = response.links.get("next", {})
        following = link.get("url") if link.get("results") == "true" else None
        if following is None:
            return


# --- asking ----------------------------------------------------------------------------------------------------


def _asked(client: httpx.Client, vendor: Vendor, path: str, **words: str | int) -> Any:
    """The JSON of an answer, None for 404. Raises UsageError for everything else."""
    query = f"?{httpx.QueryParams(words)}" if words else ""
    return _content(vendor, _response(client, vendor, f"{vendor.address}{path}{query}"))


def _response(client: httpx.Client, vendor: Vendor, url: str) -> httpx.Response:
    try:
        return client.get(url, headers=dict(vendor.headers), timeout=PATIENCE_SECONDS)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise UsageError(f"{vendor.name}: no answer ({type(error).__name__}); look at its status page") from None


def _content(vendor: Vendor, response: httpx.Response) -> Any:
    status = response.status_code
    if status == 404:
        return None
    if status in (401, 403):
        raise UsageError(f"{vendor.name}: the key is refused ({status}); see that it may read")
    if status != 200:
        raise UsageError(f"{vendor.name}: answered {status}; try again, or look at its status page")
    try:
        return response.json()
    except ValueError:
        raise UsageError(f"{vendor.name}: the answer is not JSON; look at its status page") from None
