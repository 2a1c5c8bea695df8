"""What stands in the three vendors' accounts, by their read APIs; the keys and their sources are in `answers`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import httpx

from monitoring import answers
from monitoring.adoption.twins import Standing, window_name
from monitoring.errors import UsageError
from monitoring.naming.type_tokens import (
    ALERT,
    CRON_MONITOR,
    DASHBOARD,
    DOWNTIME,
    ESCALATION_POLICY,
    METRIC_MONITOR,
    MONITOR,
    NOTIFICATION_RULE,
    SCHEDULE,
    SENTRY_ROW,
    SERVICE,
    SERVICE_INTEGRATION,
    SERVICE_OBJECT,
    SLACK_CHANNEL,
    SLO,
    SYNTHETICS_TEST,
    TEAM,
)
from monitoring.plan import Resource

MAX_PAGES = 100
"""Pages of a list that are read at most; a vendor that offers more is not believed."""
A_PAGE = 100
PATIENCE_SECONDS = 30.0
# Datadog keeps a monitor for each synthetic test; it comes and goes with the test.
NOT_OURS_TO_MAKE = "synthetics alert"
DETECTORS = {
    "metric_issue": METRIC_MONITOR,
    "monitor_check_in_failure": CRON_MONITOR,
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
    """Everything in the accounts that is of a type wanted.

    Raises UsageError where a vendor does not answer, or not in the shape of its API description.
    """
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
            try:
                yield from (standing for standing in listing(client, vendor, own) if standing.type in types)
            except answers.ShapeError as error:
                raise UsageError(str(error)) from None


# --- Datadog ---------------------------------------------------------------------------------------------------


Entry = (
    answers.DatadogMonitor
    | answers.DatadogTest
    | answers.Named
    | answers.DatadogDashboard
    | answers.DatadogRoute
    | answers.DatadogDowntime
)


Shape = type[Entry]


@dataclass(frozen=True, slots=True)
class _List:
    """One of Datadog's lists: what its rows are, where they lie, and its words for a page and its size."""

    type: str
    row: Shape
    path: str
    under: str
    page: str
    size: str
    step: int = 1


_LISTS = (
    _List(MONITOR, answers.DatadogMonitor, "/api/v1/monitor", "", "page", "page_size"),
    _List(
        SYNTHETICS_TEST,
        answers.DatadogTest,
        "/api/v1/synthetics/tests",
        "tests",
        "page_number",
        "page_size",
    ),
    _List(
        SLO,
        answers.Named,
        "/api/v1/slo",
        "data",
        "offset",
        "limit",
        A_PAGE,
    ),
    _List(
        DASHBOARD,
        answers.DatadogDashboard,
        "/api/v1/dashboard",
        "dashboards",
        "start",
        "count",
        A_PAGE,
    ),
    _List(
        NOTIFICATION_RULE,
        answers.DatadogRoute,
        "/api/v2/monitor/notification_rule",
        "data",
        "page",
        "per_page",
    ),
    _List(
        DOWNTIME,
        answers.DatadogDowntime,
        "/api/v2/downtime",
        "data",
        "page[offset]",
        "page[limit]",
        A_PAGE,
    ),
)


def _at_datadog(client: httpx.Client, vendor: Vendor, wanted: Sequence[Resource]) -> Iterator[Standing]:
    types = {resource.type for resource in wanted}
    for listed in _LISTS:
        for row in _rows(client, vendor, listed) if listed.type in types else ():
            name = _name(row)
            if name is not None:
                yield Standing(listed.type, name, row.id)
    yield from _pagers(client, vendor, wanted)
    yield from _channels(client, vendor, wanted)


def _name(row: Entry) -> str | None:
    """What tells a row from the others of its list; None for what is over, or is not ours to make."""
    match row:
        case answers.DatadogMonitor():
            return None if row.type == NOT_OURS_TO_MAKE else row.name
        case answers.DatadogDowntime():
            over = row.status in ("canceled", "ended")
            return None if over else window_name(row.scope, row.message or "", row.monitor_tags)
        case answers.DatadogTest() | answers.Named() | answers.DatadogDashboard() | answers.DatadogRoute():
            return row.name


def _rows(client: httpx.Client, vendor: Vendor, listed: _List) -> Iterator[Entry]:
    """The rows of a list; a list that does not know pages gives the same again, which ends it."""
    seen: set[str] = set()
    for number in range(MAX_PAGES):
        query = {listed.page: number * listed.step, listed.size: A_PAGE}
        content = _listed(client, vendor, listed.path, **query)
        rows = answers.rows(listed.row, content, source=f"{vendor.name}: {listed.path}", key=listed.under)
        fresh = [row for row in rows if row.id not in seen]
        yield from fresh
        if len(fresh) < A_PAGE:
            return
        seen.update(row.id for row in fresh)


def _pagers(client: httpx.Client, vendor: Vendor, wanted: Sequence[Resource]) -> Iterator[Standing]:
    """Datadog's objects for PagerDuty services, which it shows by name only."""
    for resource in wanted:
        if resource.type == SERVICE_OBJECT:
            name = str(resource.inputs["serviceName"])
            path = f"/api/v1/integration/pagerduty/configuration/services/{quote(name, safe='')}"
            if _looked_up(client, vendor, path) is not None:
                yield Standing(resource.type, name, name)


def _channels(client: httpx.Client, vendor: Vendor, wanted: Sequence[Resource]) -> Iterator[Standing]:
    channels = [resource for resource in wanted if resource.type == SLACK_CHANNEL]
    for account in sorted({str(channel.inputs["accountName"]) for channel in channels}):
        path = f"/api/v1/integration/slack/configuration/accounts/{quote(account, safe='')}/channels"
        content = _looked_up(client, vendor, path) or []
        for channel in answers.rows(answers.DatadogChannel, content, source=f"{vendor.name}: {path}"):
            name = f"{account}:#{channel.name.removeprefix('#')}"
            yield Standing(channels[0].type, name, name)


# --- PagerDuty -------------------------------------------------------------------------------------------------


def _at_pagerduty(client: httpx.Client, vendor: Vendor, _: Sequence[Resource]) -> Iterator[Standing]:
    lists = (
        ("schedules", SCHEDULE),
        ("escalation_policies", ESCALATION_POLICY),
        ("teams", TEAM),
    )
    for path, type_ in lists:
        for entry in _pages(client, vendor, path, answers.Named):
            yield Standing(type_, entry.name, entry.id)
    for service in _pages(client, vendor, "services", answers.PagerdutyService, **{"include[]": "integrations"}):
        yield from _service(service)


def _service(service: answers.PagerdutyService) -> Iterator[Standing]:
    """A service and its integrations, which the provider knows by both ids."""
    yield Standing(SERVICE, service.name, service.id)
    for integration in service.integrations:
        title, id_ = integration.name or integration.summary, f"{service.id}.{integration.id}"
        yield Standing(SERVICE_INTEGRATION, f"{service.name}: {title}", id_)


def _pages(
    client: httpx.Client, vendor: Vendor, path: str, shape: type[answers.Shape], **words: str
) -> Iterator[answers.Shape]:
    """Every row of a PagerDuty list (classic pagination: offset, limit, more)."""
    for page in range(MAX_PAGES):
        content = _listed(client, vendor, f"/{path}", limit=A_PAGE, offset=page * A_PAGE, **words)
        yield from answers.rows(shape, content, source=f"{vendor.name}: /{path}", key=path)
        if not content.get("more"):
            return


# --- Sentry ----------------------------------------------------------------------------------------------------


def _at_sentry(client: httpx.Client, vendor: Vendor, wanted: Sequence[Resource]) -> Iterator[Standing]:
    names = {str(resource.inputs["organization"]) for resource in wanted if "organization" in resource.inputs}
    for name in sorted(names):
        organization = f"/api/0/organizations/{quote(name, safe='')}"
        for monitor in _linked(client, vendor, f"{organization}/detectors/", answers.SentryMonitor):
            if monitor.type in DETECTORS:
                yield Standing(DETECTORS[monitor.type], monitor.name, monitor.id)
        for alert in _linked(client, vendor, f"{organization}/workflows/", answers.Named):
            yield Standing(ALERT, alert.name, alert.id)
        path = f"{organization}/integrations/"
        for installation in _linked(client, vendor, path, answers.SentryInstallation):
            for row in installation.pagerduty_rows(source=f"{vendor.name}: {path}"):
                yield Standing(SENTRY_ROW, row.service, f"{installation.id}/{row.id}")


def _linked(client: httpx.Client, vendor: Vendor, path: str, shape: type[answers.Shape]) -> Iterator[answers.Shape]:
    """Every row of a Sentry list; the next page's address is in the Link header while it says results=true."""
    following, source = f"{vendor.address}{path}", f"{vendor.name}: {path}"
    for _ in range(MAX_PAGES):
        response = _response(client, vendor, following)
        yield from answers.rows(shape, _required(vendor, response, path), source=source)
        link = response.links.get("next", {})
        following = link.get("url", "") if link.get("results") == "true" else ""
        if not following:
            return


# --- asking ----------------------------------------------------------------------------------------------------


def _listed(client: httpx.Client, vendor: Vendor, path: str, **words: str | int) -> Any:
    """The JSON of a list. Raises UsageError for everything else, also where there is no such list."""
    url = f"{vendor.address}{path}?{httpx.QueryParams(words)}"
    return _required(vendor, _response(client, vendor, url), path)


def _looked_up(client: httpx.Client, vendor: Vendor, path: str) -> Any:
    """The JSON of one object, None where there is none. Raises UsageError for everything else."""
    return _content(vendor, _response(client, vendor, f"{vendor.address}{path}"))


def _required(vendor: Vendor, response: httpx.Response, path: str) -> Any:
    content = _content(vendor, response)
    if content is None:
        raise UsageError(f"{vendor.name}: there is no {path} (404); see that the names and the address are right")
    return content


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
