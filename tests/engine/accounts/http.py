"""The read APIs of the emulated accounts over loopback, in the shapes of the vendors' published descriptions."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from tests.engine.accounts import sentry
from tests.engine.accounts.store import Store, Stored

Rows = list[dict[str, Any]]
PAGE = 100


def rows(store: Store, type_: str, **names: str) -> Rows:
    """The objects of a type, each with its id and some properties under the API's names for them."""
    return [{"id": one.id, **{name: one.body.get(own) for name, own in names.items()}} for one in store.objects(type_)]


def monitors(store: Store) -> Rows:
    """Datadog's monitors, with the one that it keeps for each synthetic test."""
    tests = store.objects("datadog:index/syntheticsTest:SyntheticsTest")
    hidden = [{"id": one.body["monitorId"], "name": one.body["name"], "type": "synthetics alert"} for one in tests]
    return [*rows(store, "datadog:index/monitor:Monitor", name="name", type="type"), *hidden]


def attributed(store: Store, type_: str, **names: str) -> Rows:
    """Rows of Datadog's second API."""
    found = rows(store, type_, **names)
    return [{"id": one.pop("id"), "type": "an_object", "attributes": one} for one in found]


def boards(store: Store) -> Rows:
    """Datadog's dashboards."""
    found = store.objects("datadog:index/dashboardJson:DashboardJson")
    return [{"id": one.id, "title": json.loads(one.body["dashboard"])["title"]} for one in found]


def services(store: Store) -> Rows:
    """PagerDuty's services with their integrations."""
    keys = store.objects("pagerduty:index/serviceIntegration:ServiceIntegration")
    return [
        {**row, "integrations": [{"id": key.id, "name": key.body["name"]} for key in keys if belongs(key, row["id"])]}
        for row in rows(store, "pagerduty:index/service:Service", name="name")
    ]


def belongs(key: Stored, service: str) -> bool:
    """Whether an integration is one of a service's."""
    return bool(key.body["service"] == service)


def detectors(store: Store) -> Rows:
    """Sentry's monitors of both kinds."""
    kinds = {"metric_issue": sentry.METRIC, "monitor_check_in_failure": sentry.CRON}
    return [{**row, "type": kind} for kind, type_ in kinds.items() for row in rows(store, type_, name="name")]


def installations(store: Store) -> Rows:
    """Sentry's integrations, PagerDuty's with the table of its services."""
    table = rows(store, sentry.SERVICE_ROW, service_name="service", integrationId="integrationId")
    return [
        {
            "id": one.id,
            "name": one.body["name"],
            "provider": {"key": one.body["providerKey"]},
            "configData": {"service_table": [line for line in table if line["integrationId"] == one.id]},
        }
        for one in store.objects(sentry.INSTALLATION)
    ]


def tests(store: Store) -> Rows:
    """Datadog's synthetic tests, whose id is called otherwise."""
    found = rows(store, "datadog:index/syntheticsTest:SyntheticsTest", name="name")
    return [{"public_id": row["id"], "name": row["name"]} for row in found]


def routes(store: Store) -> Rows:
    """Datadog's notification rules."""
    return attributed(store, "datadog:index/monitorNotificationRule:MonitorNotificationRule", name="name")


def mutes(store: Store) -> Rows:
    """Datadog's downtimes."""
    return attributed(store, "datadog:index/downtimeSchedule:DowntimeSchedule", scope="scope", message="message")


def plain(type_: str) -> Callable[[Store], Rows]:
    """A list of objects that a name and an id tell."""
    return lambda store: rows(store, type_, name="name")


# Each list's rows, the key under which they lie, and the parameter that says where a page begins and by what steps.
DATADOG: Mapping[str, tuple[Callable[[Store], Rows], str, str, int]] = {
    "/api/v1/monitor": (monitors, "", "page", PAGE),
    "/api/v1/synthetics/tests": (tests, "tests", "page_number", PAGE),
    "/api/v1/slo": (plain("datadog:index/serviceLevelObjective:ServiceLevelObjective"), "data", "offset", 1),
    "/api/v1/dashboard": (boards, "dashboards", "start", 1),
    "/api/v2/monitor/notification_rule": (routes, "data", "page", PAGE),
    "/api/v2/downtime": (mutes, "data", "page[offset]", 1),
}
PAGERDUTY: Mapping[str, Callable[[Store], Rows]] = {
    "/schedules": plain("pagerduty:index/schedule:Schedule"),
    "/escalation_policies": plain("pagerduty:index/escalationPolicy:EscalationPolicy"),
    "/teams": plain("pagerduty:index/team:Team"),
    "/services": services,
}
SENTRY: Mapping[str, Callable[[Store], Rows]] = {
    "detectors": detectors,
    "workflows": plain("sentry:index/alert:Alert"),
    "integrations": installations,
}


def answer(store: Store, path: str, asked: Mapping[str, list[str]]) -> Any:
    """The JSON of an answer; None where the API has nothing at a path."""
    if path in DATADOG:
        listed, under, word, step = DATADOG[path]
        found = cut(listed(store), int(asked.get(word, ["0"])[0]) * step)
        return {under: found} if under else found
    if path in PAGERDUTY:
        found, begin = PAGERDUTY[path](store), int(asked.get("offset", ["0"])[0])
        return {path.strip("/"): cut(found, begin), "more": len(found) > begin + PAGE}
    if path.startswith("/api/0/organizations/"):
        return SENTRY[path.strip("/").rsplit("/", 1)[1]](store)
    return integrated(store, path)


def integrated(store: Store, path: str) -> Any:
    """What Datadog shows of its integrations: a PagerDuty service by name, the channels of a Slack account."""
    if "/pagerduty/configuration/services/" in path:
        found = store.get("datadog:pagerduty/serviceObject:ServiceObject", path.rsplit("/", 1)[1])
        return {"service_name": found.id} if found else None
    account = path.split("/")[-2]
    channels = store.objects("datadog:slack/channel:Channel")
    return [{"name": one.body["channelName"]} for one in channels if one.body["accountName"] == account]


def cut(found: Rows, begin: int) -> Rows:
    """One page of a list."""
    return found[begin : begin + PAGE]


@contextmanager
def served(store: Store) -> Iterator[str]:
    """The accounts' read APIs at an address of this machine, for as long as the block runs."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            url = urlsplit(self.path)
            said = answer(store, unquote(url.path), parse_qs(url.query))
            body = json.dumps(said).encode()
            self.send_response(404 if said is None else 200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  the library's name
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
