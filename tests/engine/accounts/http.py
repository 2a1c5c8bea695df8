"""The read APIs of the emulated accounts over loopback; each answer is held against the vendor's own description."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlsplit

from tests.engine.accounts import datadog, sentry
from tests.engine.accounts.store import Store, Stored
from tests.smoke.shapes import INDEX, ORGANIZATION, SHAPES, filled, installation, shaped

Rows = list[dict[str, Any]]
PAGE = 100
SERVICE = "/api/v1/integration/pagerduty/configuration/services/{service_name}"
SERVICES = "/services"
INTEGRATION = "pagerduty:index/serviceIntegration:ServiceIntegration"
TEAMS = "/api/v2/integration/ms-teams/configuration"
WEBHOOK = "datadog:index/webhook:Webhook"
CHANNELS = "/api/v1/integration/slack/configuration/accounts/{account_name}/channels"


def rows(store: Store, type_: str, **names: str) -> Rows:
    """The objects of a type, each with its id and some properties under the API's names for them."""
    return [{"id": one.id, **{name: one.body.get(own) for name, own in names.items()}} for one in store.objects(type_)]


def monitors(store: Store) -> Rows:
    """Datadog's monitors, whose ids are numbers, with the one that it keeps for each synthetic test."""
    tests = store.objects("datadog:index/syntheticsTest:SyntheticsTest")
    hidden = [{"id": test.body["monitorId"], "name": test.body["name"], "type": "synthetics alert"} for test in tests]
    own = rows(store, "datadog:index/monitor:Monitor", name="name", type="type")
    return [{"query": "", **row, "id": int(row["id"])} for row in (*own, *hidden)]


def boards(store: Store) -> Rows:
    """Datadog's dashboards."""
    stored = store.objects("datadog:index/dashboardJson:DashboardJson")
    return [{"id": board.id, "title": json.loads(board.body["dashboard"])["title"]} for board in stored]


def objectives(store: Store) -> Rows:
    """Datadog's service level objectives."""
    listed = rows(store, "datadog:index/serviceLevelObjective:ServiceLevelObjective", name="name", type="type")
    return [{"thresholds": [], **row} for row in listed]


def tests(store: Store) -> Rows:
    """Datadog's synthetic tests, whose id is called otherwise."""
    listed = rows(store, "datadog:index/syntheticsTest:SyntheticsTest", name="name", status="status")
    return [{"public_id": row.pop("id"), "type": "api", **row} for row in listed]


def variables(store: Store) -> Rows:
    """Datadog's variables of synthetic tests; nobody reads the value of a secure one."""
    listed = rows(store, datadog.VARIABLE, name="name", description="description", tags="tags", secure="secure")
    return [{**row, "value": {"secure": row.pop("secure")}} for row in listed]


def routes(store: Store) -> Rows:
    """Datadog's notification rules."""
    listed = rows(store, "datadog:index/monitorNotificationRule:MonitorNotificationRule", name="name")
    return [{"id": row.pop("id"), "type": "monitor-notification-rule", "attributes": row} for row in listed]


def mutes(store: Store) -> Rows:
    """Datadog's downtimes."""
    stored = store.objects("datadog:index/downtimeSchedule:DowntimeSchedule")
    return [{"id": downtime.id, "type": "downtime", "attributes": mute(downtime.body)} for downtime in stored]


def mute(body: Mapping[str, Any]) -> Mapping[str, Any]:
    """What Datadog shows of a downtime; whether it has begun is not emulated."""
    identifier = body["monitorIdentifier"]
    muted = {"monitor_tags": identifier["monitorTags"]} if "monitorTags" in identifier else one_monitor(identifier)
    shown = {name: body.get(name) for name in ("scope", "message")}
    return {"status": "scheduled", "monitor_identifier": muted, **shown}


def one_monitor(identifier: Mapping[str, Any]) -> Mapping[str, Any]:
    """What Datadog shows of a downtime that mutes a single monitor."""
    return {"monitor_id": int(identifier["monitorId"])}


def of_pagerduty(type_: str, **more: Any) -> Callable[[Store], Rows]:
    """A list of PagerDuty's: each row says of what type it is."""
    return lambda store: [{**more, **row} for row in rows(store, type_, name="name")]


def shifts(store: Store) -> Rows:
    """PagerDuty's shift-based schedules, whose name is called a summary."""
    listed = rows(store, "pagerduty:index/schedulev2:Schedulev2", summary="name")
    return [{"type": "schedule_v3_reference", **row} for row in listed]


def services(store: Store, *, whole: bool) -> Rows:
    """PagerDuty's services with their integrations, which are references unless they are asked for whole."""
    keys = [(stored.body["service"], key(stored)) for stored in store.objects(INTEGRATION)]
    shown = [(owner, row if whole else reference(row)) for owner, row in keys]
    return [
        {**service(stored), "integrations": [row for owner, row in shown if owner == stored.id]}
        for stored in store.objects("pagerduty:index/service:Service")
    ]


def service(stored: Stored) -> Mapping[str, Any]:
    """What PagerDuty shows of a service beside its integrations."""
    policy = {"id": stored.body["escalationPolicy"], "type": "escalation_policy_reference"}
    return {"id": stored.id, "type": "service", "name": stored.body["name"], "escalation_policy": policy}


def reference(integration: Mapping[str, Any]) -> Mapping[str, Any]:
    """What PagerDuty shows of an integration where nobody asked for it: no name and no key."""
    type_ = f"{integration['type']}_reference"
    return {"id": integration["id"], "type": type_, "summary": integration["name"]}


def key(stored: Stored) -> Mapping[str, Any]:
    """What PagerDuty shows of an integration."""
    body = stored.body
    type_ = body.get("type", "generic_events_api_inbound_integration")
    return {"id": stored.id, "type": type_, "name": body["name"], "integration_key": body["integrationKey"]}


def of_sentry(kind: str, rows_: Rows) -> Rows:
    """A list of Sentry's: each row has all that its description requires."""
    shape = SHAPES[f"{ORGANIZATION}{kind}/"]["items"]
    return [{**filled(shape), **row} for row in rows_]


def detectors(store: Store) -> Rows:
    """Sentry's monitors of both kinds."""
    kinds = {
        "metric_issue": sentry.METRIC,
        "monitor_check_in_failure": sentry.CRON,
        "uptime_domain_failure": sentry.UPTIME,
    }
    numbers = {project.id: project.body["internalId"] for project in store.objects(sentry.PROJECT)}
    listed = [
        {**row, "projectId": numbers.get(row.pop("project")), "type": kind}
        for kind, type_ in kinds.items()
        for row in rows(store, type_, name="name", project="project")
    ]
    return of_sentry("detectors", listed)


def projects(store: Store) -> Rows:
    """Sentry's projects."""
    listed = rows(store, sentry.PROJECT, slug="slug", number="internalId")
    return of_sentry("projects", [{**row, "id": row.pop("number")} for row in listed])


def workflows(store: Store) -> Rows:
    """Sentry's alerts."""
    return of_sentry("workflows", rows(store, "sentry:index/alert:Alert", name="name"))


def environments(store: Store) -> Rows:
    """The environments of which Sentry has received an event."""
    return rows(store, sentry.ENVIRONMENT, name="name")


def apps(store: Store) -> Rows:
    """Sentry's internal integrations, which are installed where they were made."""
    bodies = (installation.body for installation in store.objects(sentry.APP_INSTALLATION))
    shape = SHAPES[f"{ORGANIZATION}sentry-app-installations/"]["items"]
    row = filled(shape)
    return [{**row, "app": {**row["app"], "slug": app["slug"]}, "status": app["status"]} for app in bodies]


def index(store: Store) -> Any:
    """What Sentry says of the key that asks."""
    return {
        "version": "0",
        "auth": {"scopes": store.setting("sentry-scopes", default=list(sentry.ALL_SCOPES))},
        "user": None,
    }


def installations(store: Store) -> Rows:
    """Sentry's integrations, PagerDuty's with the table of its services."""
    return [
        installation(
            id=stored.id,
            name=stored.body["name"],
            provider={"key": stored.body["providerKey"]},
            status="active",
            configData={"service_table": table(store, stored.id)} if stored.body["providerKey"] == "pagerduty" else {},
        )
        for stored in store.objects(sentry.INSTALLATION)
    ]


def table(store: Store, installed: str) -> Rows:
    """The rows that an installation of PagerDuty in Sentry has."""
    kept = [stored for stored in store.objects(sentry.SERVICE_ROW) if stored.body["integrationId"] == installed]
    words = {"service": "service", "integration_key": "integrationKey"}
    return [{"id": int(stored.id), **{name: stored.body[own] for name, own in words.items()}} for stored in kept]


# Each list's rows, the key under which they lie, and the parameter that says where a page begins and by what steps.
DATADOG: Mapping[str, tuple[Callable[[Store], Rows], str, str, int]] = {
    "/api/v1/monitor": (monitors, "", "page", PAGE),
    "/api/v1/synthetics/tests": (tests, "tests", "page_number", PAGE),
    "/api/v1/synthetics/variables": (variables, "variables", "page", PAGE),
    "/api/v1/slo": (objectives, "data", "offset", 1),
    "/api/v1/dashboard": (boards, "dashboards", "start", 1),
    "/api/v2/monitor/notification_rule": (routes, "data", "page", PAGE),
    "/api/v2/downtime": (mutes, "data", "page[offset]", 1),
}
PAGERDUTY: Mapping[str, Callable[[Store], Rows]] = {
    "/schedules": of_pagerduty("pagerduty:index/schedule:Schedule", type="schedule", time_zone="Etc/UTC"),
    "/v3/schedules": shifts,
    "/escalation_policies": of_pagerduty(
        "pagerduty:index/escalationPolicy:EscalationPolicy", type="escalation_policy", escalation_rules=[]
    ),
    "/teams": of_pagerduty("pagerduty:index/team:Team", type="team"),
}
SENTRY: Mapping[str, Callable[[Store], Rows]] = {
    "detectors": detectors,
    "projects": projects,
    "workflows": workflows,
    "integrations": installations,
    "environments": environments,
    "sentry-app-installations": apps,
}


def answer(store: Store, path: str, asked: Mapping[str, list[str]]) -> Any:
    """The JSON of an answer; None where the API has nothing at a path."""
    if path in DATADOG:
        listed, under, word, step = DATADOG[path]
        found = cut(listed(store), int(asked.get(word, ["0"])[0]) * step)
        return shaped(path, {under: found} if under else found)
    if path in PAGERDUTY or path == SERVICES:
        whole = "integrations" in asked.get("include[]", ())
        found = services(store, whole=whole) if path == SERVICES else PAGERDUTY[path](store)
        begin = int(asked.get("offset", ["0"])[0])
        return shaped(path, {path.rpartition("/")[2]: cut(found, begin), "more": len(found) > begin + PAGE})
    if path == "/api/v1/validate":
        return shaped(path, {"valid": True})
    if path == INDEX:
        return shaped(INDEX, index(store))
    if path.startswith("/api/0/organizations/"):
        kind = path.strip("/").rsplit("/", 1)[1]
        return shaped(f"{ORGANIZATION}{kind}/", SENTRY[kind](store))
    return integrated(store, path)


def handles(store: Store) -> Any:
    """The channels of Microsoft Teams to which Datadog can write."""
    named = (
        {"id": channel.id, "attributes": {"name": channel.body["name"]}}
        for channel in store.objects(datadog.TEAMS_CHANNEL)
    )
    return {"data": [{**row, "type": "ms-teams-tenant-based-handle-info"} for row in named]}


def opsgenie(store: Store) -> Any:
    """The services in Datadog's integration with Opsgenie."""
    named = (
        {"id": service.id, "attributes": {"name": service.body["name"]}}
        for service in store.objects(datadog.OPSGENIE_SERVICE)
    )
    return {"data": [{**row, "type": "opsgenie-service"} for row in named]}


def webhook(store: Store, path: str) -> Any:
    """A webhook of Datadog's by its name; None where there is none."""
    found = store.get(WEBHOOK, path.rsplit("/", 1)[1])
    known = "/api/v1/integration/webhooks/configuration/webhooks/{webhook_name}"
    return shaped(known, {name: found.body[name] for name in ("name", "url")}) if found else None


def seen_in_teams(store: Store, path: str) -> Any:
    """A channel that Datadog's app sees in Microsoft Teams, by the quoted names in the path; None for another."""
    if path.split("/channel/")[1] not in map(unquote, store.setting("datadog-microsoft-teams", default=[])):
        return None
    known = f"{TEAMS}/channel/{{tenant_name}}/{{team_name}}/{{channel_name}}"
    return shaped(known, {"data": {"id": "19:channel", "type": "ms-teams-channel-info", "attributes": {}}})


def integrated(store: Store, path: str) -> Any:
    """What Datadog shows of its integrations, each by the path that its API has for it."""
    if "/pagerduty/configuration/services/" in path:
        found = store.get("datadog:pagerduty/serviceObject:ServiceObject", path.rsplit("/", 1)[1])
        return shaped(SERVICE, {"service_name": found.id}) if found else None
    if path in LISTS:
        return shaped(path, LISTS[path](store))
    if path.startswith(f"{TEAMS}/channel/"):
        return seen_in_teams(store, path)
    if "/webhooks/configuration/webhooks/" in path:
        return webhook(store, path)
    account = path.split("/")[-2]
    channels = store.objects("datadog:slack/channel:Channel")
    named = [{"name": one.body["channelName"]} for one in channels if one.body["accountName"] == account]
    return shaped(CHANNELS, named)


LISTS: Mapping[str, Callable[[Store], Any]] = {
    f"{TEAMS}/tenant-based-handles": handles,
    "/api/v2/integration/opsgenie/services": opsgenie,
}
"""What Datadog's integrations list, each whole."""


def cut(found: Rows, begin: int) -> Rows:
    """One page of a list."""
    return found[begin : begin + PAGE]


@cache
def door() -> str:
    """The address of a server for all accounts of this process, which ends with it."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler(lambda path: of_one_account(path)))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}"


def address_of(store: Store) -> str:
    """Where the read APIs of an account are while this process runs: its file is the first part of the path."""
    return f"{door()}/{quote(str(store.path), safe='')}"


def of_one_account(path: str) -> tuple[Store, str]:
    """The account that a path of the door names, and the path of its API."""
    _, file, rest = path.split("/", 2)
    return Store(Path(unquote(file))), f"/{rest}"


def handler(account: Callable[[str], tuple[Store, str]]) -> type[BaseHTTPRequestHandler]:
    """What answers a request from the account that its path leads to."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            url = urlsplit(self.path)
            store, path = account(url.path)
            said = answer(store, unquote(path), parse_qs(url.query))
            body = json.dumps(said).encode()
            self.send_response(404 if said is None else 200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  the library's name
            """Says nothing."""

    return Handler


@contextmanager
def served(store: Store) -> Iterator[str]:
    """The accounts' read APIs at an address of this machine, for as long as the block runs."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler(lambda path: (store, path)))
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
