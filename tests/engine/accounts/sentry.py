"""The emulated Sentry organisation: what the facts cannot say in data."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any

from tests.engine.accounts.facts import Kind, facts
from tests.engine.accounts.faults import VendorError
from tests.engine.accounts.rules import Refusal
from tests.engine.accounts.store import Store, Stored
from tests.engine.accounts.values import Properties, found, steps, values_at
from tests.engine.accounts.vendor import Function, Vendor

ALERT = "sentry:index/alert:Alert"
METRIC = "sentry:index/metricMonitor:MetricMonitor"
CRON = "sentry:index/cronMonitor:CronMonitor"
UPTIME = "sentry:index/uptimeMonitor:UptimeMonitor"
PROJECT = "sentry:index/project:Project"
SERVICE_ROW = "sentry:index/integrationPagerduty:IntegrationPagerduty"
ORGANIZATION = "sentry:index/organization:Organization"
MEMBER = "sentry:index/organizationMember:OrganizationMember"
TEAM = "sentry:index/team:Team"
INSTALLATION = "sentry:index/organizationIntegration:OrganizationIntegration"
ENVIRONMENT = "sentry:index/environment:Environment"
APP_INSTALLATION = "sentry:index/appInstallation:AppInstallation"
ALL_SCOPES = ("alerts:read", "alerts:write", "member:read", "org:integrations", "org:read", "project:read", "team:read")
"""What a key may do unless a test says otherwise: all that an internal integration is given for this program."""
OWN_MONITOR = "sentry:index/projectMonitor:ProjectMonitor"

SHORTHANDS = {"@hourly": "0 * * * *", "@daily": "0 0 * * *", "@weekly": "0 0 * * 0", "@monthly": "0 0 1 * *"}
QUERY_TYPES = {"events": "error", "metrics": "crash_rate"}
TABLE_SECONDS = 0.05
"""How long a writer of the PagerDuty table holds its copy: two at once lose a row, as with the real provider."""


def plan(_store: Store, kind: Kind, inputs: Properties) -> Iterator[Refusal]:
    """Thresholds of a metric monitor that its kind asks for; a preview asks Sentry nothing about them."""
    if kind.token == METRIC and inputs["issueDetection"].get("type") == "dynamic":
        kinds = set(values_at(inputs, "conditionGroup.conditions[].type"))
        if kinds != {"anomaly_detection"}:
            yield Refusal("conditionGroup.conditions", "a dynamic monitor takes one anomaly_detection")


def admit(store: Store, kind: Kind, inputs: Properties) -> Iterator[Refusal]:
    """What the API itself refuses: a foreign organisation or project, people and rows that are not there."""
    organization = inputs["organization"]
    if store.get(ORGANIZATION, organization) is None:
        yield Refusal("organization", f"no organisation {organization!r} for this token")
    if "project" in inputs and store.get(PROJECT, inputs["project"]) is None:
        yield Refusal("project", f"no project {inputs['project']!r} in {organization!r}")
    yield from environment_refusals(store, inputs)
    for team in values_at(inputs, "owner.teamId"):
        if team not in [one.body["internalId"] for one in store.objects(TEAM)]:
            yield Refusal("owner.teamId", f"no team has the internal id {team!r}")
    if kind.token == ALERT:
        yield from action_refusals(store, inputs)


def environment_refusals(store: Store, inputs: Properties) -> Iterator[Refusal]:
    """An environment of which the organisation has received no event."""
    seen = {stored.body["name"] for stored in store.objects(ENVIRONMENT)}
    if inputs.get("environment") not in {None, *seen}:
        yield Refusal("dataSources.0.environment", "Environment is not part of this organization")


def action_refusals(store: Store, inputs: Properties) -> Iterator[Refusal]:
    """Actions of an alert that name something under a wrong name or for a wrong team."""
    for action in values_at(inputs, "actionFilters[].actions[].pagerduty"):
        row = store.get(SERVICE_ROW, action["serviceId"])
        if row is not None and row.body["service"] != action["serviceName"]:
            yield Refusal("serviceName", f"row {row.id} is {row.body['service']!r}, not {action['serviceName']!r}")
    for webhook in values_at(inputs, "actionFilters[].actions[].webhook"):
        if webhook["service"] not in [app.body["slug"] for app in store.objects(APP_INSTALLATION)]:
            yield Refusal("webhook.service", f"no integration {webhook['service']!r} is installed")
    for email in values_at(inputs, "actionFilters[].actions[].email"):
        teams = [one.body["internalId"] for one in store.objects(TEAM)]
        if email["targetType"] == "team" and email.get("targetId") not in teams:
            yield Refusal("email.targetId", f"no team has the internal id {email.get('targetId')!r}")


def keep(store: Store, kind: Kind, body: Properties, old: Stored | None) -> Properties:
    """What the organisation stores and answers for a request."""
    if kind.token == METRIC:
        query_type = QUERY_TYPES.get(body["dataset"], "performance")
        filled = {"query": "", "timeWindowSeconds": 0.0, "queryType": query_type, "extrapolationMode": "unknown"}
        return {**filled, **body}
    if kind.token == CRON:
        return seated(store, CRON, kept_cron(body), old)
    if kind.token == UPTIME:
        return seated(store, UPTIME, body, old)
    if kind.token == ALERT:
        return kept_alert(body)
    if kind.token == PROJECT:
        return kept_project(store, body, old)
    if kind.token == SERVICE_ROW:
        return {**body, "_seen": table_as_seen(store)}
    return body


def kept_cron(body: Properties) -> Properties:
    """A cron monitor: its crontab in five fields."""
    crontab = body["schedule"].get("crontab")
    if not crontab:
        return body
    return {**body, "schedule": {"crontab": SHORTHANDS.get(crontab, " ".join(crontab.split()))}}


def seated(store: Store, type_: str, body: Properties, old: Stored | None) -> Properties:
    """A monitor, disabled when the plan has no free seat (upstream issue 814; of uptime monitors inferred)."""
    seats = store.setting(f"{type_} seats")
    taken = len(store.objects(type_)) - (old is not None)
    return {**body, "enabled": False} if seats is not None and taken >= seats else body


def kept_alert(body: Properties) -> Properties:
    """An alert: what its actions leave out is filled in."""
    for _, slack in found(body, steps("actionFilters[].actions[].slack")):
        slack["channelId"] = slack.get("channelId") or "C" + slack["channelName"].lstrip("#").upper()
        slack["tags"] = slack.get("tags", "")
    return {"triggerConditions": [], **body}


def kept_project(store: Store, body: Properties, old: Stored | None) -> Properties:
    """A project with what Sentry makes for it: numbers, and its own error and issue monitors."""
    slug = body.get("slug") or body["name"].lower().replace(" ", "-")
    internal = old.body["internalId"] if old else own_monitors(store, slug)
    return {**body, "slug": slug, "internalId": internal, "features": []}


def own_monitors(store: Store, project: str) -> str:
    """Make the two monitors that every project has; the project's own number."""
    for type_ in ("error", "issue_stream"):
        id_ = str(1_000_000 + store.next_number("sentry"))
        store.put(OWN_MONITOR, id_, {"project": project, "type": type_, "name": f"{project} {type_}", "enabled": True})
    return str(4_500_000 + store.next_number("sentry"))


def table_as_seen(store: Store) -> list[str]:
    """The rows of the table in the copy that a writer takes, and holds for a moment, without a lock."""
    rows = [row.id for row in store.objects(SERVICE_ROW)]
    hold_copy()
    return rows


def hold_copy() -> None:
    """What passes between the reading of the table and the writing; a test may let something happen just then."""
    time.sleep(TABLE_SECONDS)


def after(store: Store, kind: Kind, stored: Stored) -> None:
    """Write the table back from the copy: rows that came meanwhile are lost, as with the real provider."""
    rows = store.objects(SERVICE_ROW) if kind.token == SERVICE_ROW else []
    for row in rows:
        foreign = row.id != stored.id and row.id not in stored.body["_seen"]
        if foreign and row.body["integrationId"] == stored.body["integrationId"]:
            store.remove(SERVICE_ROW, row.id)


def same(_token: str, path: str, old: Any, new: Any) -> bool:
    """Differences that the provider treats as none."""
    if not (isinstance(old, str) and isinstance(new, str)):
        return False
    if path.endswith("channelName"):
        return old.lstrip("#") == new.lstrip("#")
    return path == "assertionJson" and bool(json.loads(old) == json.loads(new))


def farewell(_store: Store, _kind: Kind, _stored: Stored) -> None:
    """Nothing is known to keep Sentry from deleting an object."""


def in_organization(store: Store, arguments: Properties) -> str:
    """The organisation's slug. Raises `VendorError` for one that the token does not see."""
    slug = arguments["organization"]
    if store.get(ORGANIZATION, slug) is None:
        raise VendorError(404, f"organisation {slug!r} not found")
    return str(slug)


def only(what: str, objects: list[Stored]) -> Properties:
    """The one object that a look-up found. Raises `VendorError` for none and for several."""
    if len(objects) != 1:
        raise VendorError(0, f"{what}: {len(objects)} found, expected exactly one")
    return {**objects[0].visible, "id": objects[0].id}


def looked_up(type_: str, *keys: str) -> Function:
    """A look-up by exact values of some properties."""

    def look_up(store: Store, arguments: Properties) -> Properties:
        in_organization(store, arguments)
        wanted = [arguments[key] for key in keys]
        matching = [one for one in store.objects(type_) if [one.body.get(key) for key in keys] == wanted]
        return only(f"{type_.rsplit(':', 1)[1]} {', '.join(map(str, wanted))}", matching)

    return look_up


def own_monitor(type_: str) -> Function:
    """A look-up of one of the monitors that Sentry makes for a project."""

    def look_up(store: Store, arguments: Properties) -> Properties:
        in_organization(store, arguments)
        monitors = store.objects(OWN_MONITOR)
        mine = [one for one in monitors if (one.body["project"], one.body["type"]) == (arguments["project"], type_)]
        return only(f"{type_} monitor of project {arguments['project']}", mine)

    return look_up


def get_organization(store: Store, arguments: Properties) -> Properties:
    """Look the organisation up."""
    slug = in_organization(store, {"organization": arguments["slug"]})
    return {"id": slug, "internalId": "1", "name": slug, "slug": slug}


VENDOR = Vendor(
    facts=facts("sentry"),
    plan=plan,
    admit=admit,
    keep=keep,
    farewell=farewell,
    same=same,
    after=after,
    functions={
        "sentry:index/getAppInstallation:getAppInstallation": looked_up(APP_INSTALLATION, "slug"),
        "sentry:index/getOrganization:getOrganization": get_organization,
        "sentry:index/getOrganizationIntegration:getOrganizationIntegration": looked_up(
            INSTALLATION, "providerKey", "name"
        ),
        "sentry:index/getOrganizationMember:getOrganizationMember": looked_up(MEMBER, "email"),
        "sentry:index/getProject:getProject": looked_up(PROJECT, "slug"),
        "sentry:index/getProjectErrorMonitor:getProjectErrorMonitor": own_monitor("error"),
        "sentry:index/getProjectIssueStreamMonitor:getProjectIssueStreamMonitor": own_monitor("issue_stream"),
        "sentry:index/getTeam:getTeam": looked_up(TEAM, "slug"),
    },
)
