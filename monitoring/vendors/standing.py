"""What stands in the accounts, by the type that a resource of it would have, its name there, and its id."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from monitoring.plan import Resource
from monitoring.vendors import answers, datadog, pagerduty, sentry
from monitoring.vendors.access import Access, Vendor
from monitoring.vendors.client import Client

LAYERED = "pagerduty:index/schedule:Schedule"
SHIFT_BASED = "pagerduty:index/schedulev2:Schedulev2"
CHANNEL = "datadog:slack/channel:Channel"
SERVICE_OBJECT = "datadog:pagerduty/serviceObject:ServiceObject"
PAGERDUTY_ROW = "sentry:index/integrationPagerduty:IntegrationPagerduty"
# Datadog keeps a monitor for each synthetic test; it comes and goes with the test.
NOT_OURS_TO_MAKE = "synthetics alert"
DATADOG: Mapping[str, datadog.PagedList] = {
    "datadog:index/monitor:Monitor": datadog.MONITORS,
    "datadog:index/syntheticsTest:SyntheticsTest": datadog.TESTS,
    "datadog:index/serviceLevelObjective:ServiceLevelObjective": datadog.OBJECTIVES,
    "datadog:index/dashboardJson:DashboardJson": datadog.DASHBOARDS,
    "datadog:index/monitorNotificationRule:MonitorNotificationRule": datadog.ROUTES,
    "datadog:index/downtimeSchedule:DowntimeSchedule": datadog.DOWNTIMES,
}
DETECTORS = {
    "metric_issue": "sentry:index/metricMonitor:MetricMonitor",
    "monitor_check_in_failure": "sentry:index/cronMonitor:CronMonitor",
}


@dataclass(frozen=True, slots=True, order=True)
class Standing:
    """An object that stands in an account: its type token, the name that identifies it there, and its id."""

    type: str
    name: str
    id: str


async def standing(client: Client, access: Access, wanted: Iterable[Resource]) -> AsyncIterator[Standing]:
    """Everything in the accounts that is of a type wanted, or of another form of it. Raises VendorError."""
    lists: Mapping[str, tuple[Listing, Vendor]] = {
        "datadog": (_at_datadog, access.datadog),
        "pagerduty": (_at_pagerduty, access.pagerduty),
        "sentry": (_at_sentry, access.sentry),
    }
    resources = tuple(wanted)
    for name, (listing, vendor) in lists.items():
        own = [resource for resource in resources if resource.vendor == name]
        if own:
            async for found in listing(client, vendor, own):
                yield found


Listing = Callable[[Client, Vendor, Sequence[Resource]], AsyncIterator[Standing]]


def _types(wanted: Sequence[Resource]) -> set[str]:
    return {resource.type for resource in wanted}


# --- Datadog ---------------------------------------------------------------------------------------------------


async def _at_datadog(client: Client, vendor: Vendor, wanted: Sequence[Resource]) -> AsyncIterator[Standing]:
    types = _types(wanted)
    for type_, listed in DATADOG.items():
        if type_ in types:
            async for row in datadog.rows(client, vendor, listed):
                name = _name(row)
                if name is not None:
                    yield Standing(type_, name, row.id)
    async for found in _service_objects(client, vendor, wanted):
        yield found
    async for found in _channels(client, vendor, wanted):
        yield found


def _name(row: datadog.DatadogRow) -> str | None:
    """What tells a row from the others of its list; None for what is over, or is not ours to make."""
    match row:
        case answers.DatadogMonitor():
            return None if row.type == NOT_OURS_TO_MAKE else row.name
        case answers.DatadogDowntime():
            over = row.status in ("canceled", "ended")
            return None if over else window_name(row.scope, row.message or "", row.monitor_tags)
        case answers.DatadogTest() | answers.Named() | answers.DatadogDashboard() | answers.DatadogRoute():
            return row.name


def window_name(scope: str, message: str, monitor_tags: Iterable[str]) -> str:
    """What tells one mute from another: a window is several mutes, which differ in their monitors' tags alone."""
    return f"{scope}: {message} [{', '.join(sorted(monitor_tags))}]"


async def _service_objects(client: Client, vendor: Vendor, wanted: Sequence[Resource]) -> AsyncIterator[Standing]:
    for name in [str(resource.inputs["serviceName"]) for resource in wanted if resource.type == SERVICE_OBJECT]:
        if await datadog.has_pagerduty_service(client, vendor, name):
            yield Standing(SERVICE_OBJECT, name, name)


async def _channels(client: Client, vendor: Vendor, wanted: Sequence[Resource]) -> AsyncIterator[Standing]:
    accounts = {str(resource.inputs["accountName"]) for resource in wanted if resource.type == CHANNEL}
    for account in sorted(accounts):
        async for channel in datadog.slack_channels(client, vendor, account):
            name = f"{account}:#{channel}"
            yield Standing(CHANNEL, name, name)


# --- PagerDuty -------------------------------------------------------------------------------------------------


POLICY = "pagerduty:index/escalationPolicy:EscalationPolicy"
TEAM = "pagerduty:index/team:Team"
SERVICE = "pagerduty:index/service:Service"
INTEGRATION = "pagerduty:index/serviceIntegration:ServiceIntegration"


async def _at_pagerduty(client: Client, vendor: Vendor, wanted: Sequence[Resource]) -> AsyncIterator[Standing]:
    types = _types(wanted)
    if LAYERED in types:
        async for found in _schedules(client, vendor):
            yield found
    for type_, path in ((POLICY, "/escalation_policies"), (TEAM, "/teams")):
        if type_ in types:
            async for row in pagerduty.rows(client, vendor, path, answers.Named):
                yield Standing(type_, row.name, row.id)
    if types & {SERVICE, INTEGRATION}:
        async for service in pagerduty.services(client, vendor):
            for found in _service(service):
                yield found


async def _schedules(client: Client, vendor: Vendor) -> AsyncIterator[Standing]:
    """Both forms: which one a schedule of a name has is a human's choice in PagerDuty's pages."""
    forms = await pagerduty.schedules(client, vendor)
    for layered in forms.layered:
        yield Standing(LAYERED, layered.name, layered.id)
    for shifts in forms.shift_based:
        yield Standing(SHIFT_BASED, shifts.name, shifts.id)


def _service(service: answers.PagerdutyService) -> Iterable[Standing]:
    """A service and its integrations, which the provider knows by both ids."""
    yield Standing(SERVICE, service.name, service.id)
    for integration in service.integrations:
        title, id_ = integration.name or integration.summary, f"{service.id}.{integration.id}"
        yield Standing(INTEGRATION, f"{service.name}: {title}", id_)


# --- Sentry ----------------------------------------------------------------------------------------------------


async def _at_sentry(client: Client, vendor: Vendor, wanted: Sequence[Resource]) -> AsyncIterator[Standing]:
    names = {str(resource.inputs["organization"]) for resource in wanted if "organization" in resource.inputs}
    for name in sorted(names):
        async for monitor in sentry.rows(client, vendor, name, "detectors", answers.SentryMonitor):
            if monitor.type in DETECTORS:
                yield Standing(DETECTORS[monitor.type], monitor.name, monitor.id)
        async for alert in sentry.rows(client, vendor, name, "workflows", answers.Named):
            yield Standing("sentry:index/alert:Alert", alert.name, alert.id)
        async for installed in sentry.rows(client, vendor, name, "integrations", answers.SentryInstallation):
            for row in installed.pagerduty_rows(source=f"{vendor.name}: the integration {installed.id}"):
                yield Standing(PAGERDUTY_ROW, row.service, f"{installed.id}/{row.id}")
