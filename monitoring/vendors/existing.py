"""What stands in the accounts, by the type that a resource of it would have, its name there, and its id."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from monitoring.errors import VendorError
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
    SCHEDULES,
    SENTRY_ROW,
    SERVICE,
    SERVICE_INTEGRATION,
    SERVICE_OBJECT,
    SHIFT_BASED_SCHEDULE,
    SLACK_CHANNEL,
    SLACK_CONNECTION,
    SLO,
    SYNTHETICS_TEST,
    SYNTHETICS_VARIABLE,
    TEAM,
    TEAMS_CHANNEL,
    UPTIME_MONITOR,
    WEBHOOK,
)
from monitoring.plan import Resource
from monitoring.vendors import answers, datadog, pagerduty, sentry
from monitoring.vendors.access import Access, Vendor
from monitoring.vendors.client import Client

# Datadog keeps a monitor for each synthetic test; it comes and goes with the test.
NOT_OURS_TO_MAKE = "synthetics alert"
DATADOG: Mapping[str, datadog.PagedList] = {
    MONITOR: datadog.MONITORS,
    SYNTHETICS_TEST: datadog.TESTS,
    SYNTHETICS_VARIABLE: datadog.VARIABLES,
    SLO: datadog.OBJECTIVES,
    DASHBOARD: datadog.DASHBOARDS,
    NOTIFICATION_RULE: datadog.ROUTES,
    DOWNTIME: datadog.DOWNTIMES,
}
DETECTORS = {
    "metric_issue": METRIC_MONITOR,
    "monitor_check_in_failure": CRON_MONITOR,
    "uptime_domain_failure": UPTIME_MONITOR,
}


LISTED = frozenset(
    {*DATADOG, *DETECTORS.values(), *SCHEDULES, ALERT, ESCALATION_POLICY, SENTRY_ROW, SERVICE, SERVICE_INTEGRATION}
    | {SERVICE_OBJECT, SLACK_CHANNEL, TEAM, TEAMS_CHANNEL, WEBHOOK}
)
"""The types whose objects are looked at; of another one nobody knows whether it exists."""
UNLISTED = frozenset({SLACK_CONNECTION})
"""The types that are taken as new: their list is asked for with a user's own token, by an id that is in no catalog."""


@dataclass(frozen=True, slots=True, order=True)
class ExistingObject:
    """An object that stands in an account: its type token, the name that identifies it there, and its id.

    `within` is the Sentry project in which a monitor's name identifies it; empty where a name does so everywhere.
    """

    type: str
    name: str
    id: str
    within: str = ""


async def existing_objects(client: Client, access: Access, wanted: Iterable[Resource]) -> AsyncIterator[ExistingObject]:
    """Everything in the accounts that is of a type wanted, or of another form of it.

    Raises VendorError, also for a type that no list is known for.
    """
    lists: Mapping[str, tuple[Listing, Vendor]] = {
        "datadog": (_at_datadog, access.datadog),
        "pagerduty": (_at_pagerduty, access.pagerduty),
        "sentry": (_at_sentry, access.sentry),
    }
    resources = tuple(resource for resource in wanted if resource.type not in UNLISTED)
    for type_ in sorted(_types(resources) - LISTED):
        raise VendorError(f"nobody knows which objects of {type_} exist; import it by hand, or tell who keeps the tool")
    for name, (listing, vendor) in lists.items():
        own = [resource for resource in resources if resource.vendor == name]
        if own:
            async for found in listing(client, vendor, own):
                yield found


Listing = Callable[[Client, Vendor, Sequence[Resource]], AsyncIterator[ExistingObject]]


def _types(wanted: Sequence[Resource]) -> set[str]:
    return {resource.type for resource in wanted}


# --- Datadog ---------------------------------------------------------------------------------------------------


async def _at_datadog(client: Client, vendor: Vendor, wanted: Sequence[Resource]) -> AsyncIterator[ExistingObject]:
    types = _types(wanted)
    for type_, listed in DATADOG.items():
        if type_ in types:
            async for row in datadog.rows(client, vendor, listed):
                name = _name(row)
                if name is not None:
                    yield ExistingObject(type_, name, row.id)
    async for found in _service_objects(client, vendor, wanted):
        yield found
    async for found in _channels(client, vendor, wanted):
        yield found
    for name in [str(resource.inputs["name"]) for resource in wanted if resource.type == WEBHOOK]:
        if await datadog.has_webhook(client, vendor, name):
            yield ExistingObject(WEBHOOK, name, name)
    if TEAMS_CHANNEL in types:
        for channel in await datadog.teams_channels(client, vendor):
            yield ExistingObject(TEAMS_CHANNEL, channel.name, channel.id)


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


async def _service_objects(client: Client, vendor: Vendor, wanted: Sequence[Resource]) -> AsyncIterator[ExistingObject]:
    for name in [str(resource.inputs["serviceName"]) for resource in wanted if resource.type == SERVICE_OBJECT]:
        if await datadog.has_pagerduty_service(client, vendor, name):
            yield ExistingObject(SERVICE_OBJECT, name, name)


async def _channels(client: Client, vendor: Vendor, wanted: Sequence[Resource]) -> AsyncIterator[ExistingObject]:
    accounts = {str(resource.inputs["accountName"]) for resource in wanted if resource.type == SLACK_CHANNEL}
    for account in sorted(accounts):
        async for channel in datadog.slack_channels(client, vendor, account):
            name = f"{account}:#{channel}"
            yield ExistingObject(SLACK_CHANNEL, name, name)


# --- PagerDuty -------------------------------------------------------------------------------------------------


async def _at_pagerduty(client: Client, vendor: Vendor, wanted: Sequence[Resource]) -> AsyncIterator[ExistingObject]:
    types = _types(wanted)
    if types & set(SCHEDULES):
        async for found in _schedules(client, vendor):
            yield found
    for type_, path in ((ESCALATION_POLICY, "/escalation_policies"), (TEAM, "/teams")):
        if type_ in types:
            async for row in pagerduty.rows(client, vendor, path, answers.Named):
                yield ExistingObject(type_, row.name, row.id)
    if types & {SERVICE, SERVICE_INTEGRATION}:
        async for service in pagerduty.services(client, vendor):
            for found in _service(service):
                yield found


async def _schedules(client: Client, vendor: Vendor) -> AsyncIterator[ExistingObject]:
    """Both forms: which one a schedule of a name has is a human's choice in PagerDuty's pages."""
    forms = await pagerduty.schedules(client, vendor)
    for layered in forms.layered:
        yield ExistingObject(SCHEDULE, layered.name, layered.id)
    for shifts in forms.shift_based:
        yield ExistingObject(SHIFT_BASED_SCHEDULE, shifts.name, shifts.id)


def _service(service: answers.PagerdutyService) -> Iterable[ExistingObject]:
    """A service and its integrations, which the provider knows by both ids."""
    yield ExistingObject(SERVICE, service.name, service.id)
    for integration in service.integrations:
        title, id_ = integration.name or integration.summary, f"{service.id}.{integration.id}"
        yield ExistingObject(SERVICE_INTEGRATION, f"{service.name}: {title}", id_)


# --- Sentry ----------------------------------------------------------------------------------------------------


async def _at_sentry(client: Client, vendor: Vendor, wanted: Sequence[Resource]) -> AsyncIterator[ExistingObject]:
    names = {str(resource.inputs["organization"]) for resource in wanted if "organization" in resource.inputs}
    for name in sorted(names):
        async for monitor in _monitors(client, vendor, name):
            yield monitor
        async for alert in sentry.rows(client, vendor, name, "workflows", answers.Named):
            yield ExistingObject(ALERT, alert.name, alert.id)
        async for installed in sentry.rows(client, vendor, name, "integrations", answers.SentryInstallation):
            for row in installed.pagerduty_rows(source=f"{vendor.name}: the integration {installed.id}"):
                yield ExistingObject(SENTRY_ROW, row.service, f"{installed.id}/{row.id}")


async def _monitors(client: Client, vendor: Vendor, organization: str) -> AsyncIterator[ExistingObject]:
    """Sentry's monitors, each with the slug of its project."""
    listed = sentry.rows(client, vendor, organization, "projects", answers.SentryProjectRow)
    slugs = {project.id: project.slug async for project in listed}
    async for monitor in sentry.rows(client, vendor, organization, "detectors", answers.SentryMonitor):
        if monitor.type in DETECTORS:
            within = slugs.get(monitor.project or "", "")
            yield ExistingObject(DETECTORS[monitor.type], monitor.name, monitor.id, within)
