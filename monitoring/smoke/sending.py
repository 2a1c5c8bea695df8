"""One clearly marked test event for each path, so quiet that nobody is woken: only on request.

A PagerDuty service whose urgency is low, or follows the event's severity, gets an event of severity `info`, resolved at
once. One whose urgency is high would call somebody: it gets a change event by the same key, which makes no incident
(support.pagerduty.com/main/docs/change-events).
"""

from __future__ import annotations

import json
import uuid
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from urllib.parse import urlsplit

from monitoring.errors import VendorError
from monitoring.smoke.expected import Expected
from monitoring.smoke.scenario import ScenarioReport
from monitoring.vendors import answers, pagerduty, sentry
from monitoring.vendors.access import Access
from monitoring.vendors.client import Client, WholeAnswer, post
from monitoring.vendors.needs import NeedKind

MARK = "TEST of the alerting, nothing is wrong, no action is needed"
EVENTS_V2 = "events_api_v2_inbound_integration"
QUIET_URGENCIES = ("low", "severity_based")


async def sent(client: Client, access: Access, expected: Expected) -> ScenarioReport:
    """Send one event for each path; what was refused is a finding, what was sent or left out a note."""
    findings: list[str] = []
    notes: list[str] = []
    try:
        for path in _paths(access):
            async for message, delivered in path(client, access, expected):
                (notes if delivered else findings).append(message)
    except VendorError as error:
        findings.append(str(error))
    return ScenarioReport(tuple(findings), tuple(notes))


Deliveries = AsyncIterator[tuple[str, bool]]


def _paths(access: Access) -> list[Callable[[Client, Access, Expected], Deliveries]]:
    """How an event is sent to each vendor that the platform has."""
    paths = {"sentry": _to_sentry, "pagerduty": _to_pagerduty, "datadog": _to_datadog}
    return [path for vendor, path in paths.items() if vendor in access.vendors]


async def _to_sentry(client: Client, access: Access, expected: Expected) -> Deliveries:
    """An event of level info to each project, by its own client key (Sentry's envelope endpoint)."""
    for project in expected.of(NeedKind.PROJECT):
        dsn = await sentry.client_key(client, access.sentry, project.within, project.name)
        if dsn is None:
            yield f'Sentry: project "{project.name}" has no active client key', False
            continue
        body = envelope(dsn, now=datetime.now(UTC))
        response = await post(client, access.sentry, envelope_address(dsn), content=body)
        yield _delivery(f'Sentry project "{project.name}"', response)


def envelope_address(dsn: str) -> str:
    """Where a DSN's envelopes go: `https://KEY@HOST/PROJECT` becomes `https://HOST/api/PROJECT/envelope/`."""
    parts = urlsplit(dsn)
    host = parts.netloc.rpartition("@")[2]
    before, _, project = parts.path.rpartition("/")
    return f"{parts.scheme}://{host}{before}/api/{project}/envelope/"


def envelope(dsn: str, *, now: datetime) -> bytes:
    """A Sentry envelope with one event that says what it is."""
    event = {
        "event_id": uuid.uuid4().hex,
        "timestamp": now.timestamp(),
        "platform": "python",
        "level": "info",
        "logger": "test-alerting",
        "message": {"formatted": MARK},
        "tags": {"test-alerting": "true"},
        "fingerprint": ["test-alerting"],
    }
    lines = ({"event_id": event["event_id"], "dsn": dsn, "sent_at": now.isoformat()}, {"type": "event"}, event)
    return "\n".join(json.dumps(line) for line in lines).encode()


async def _to_pagerduty(client: Client, access: Access, expected: Expected) -> Deliveries:
    """An info event to each expected service that is quiet, resolved at once by a second one."""
    names = {need.name for need in expected.of(NeedKind.SERVICE)}
    async for service in pagerduty.services(client, access.pagerduty):
        if service.name not in names:
            continue
        where, key = f'PagerDuty service "{service.name}"', routing_key(service)
        if not service.integrations:
            yield f"{where} has no integration, so that nothing arrives there", False
        elif key is None:
            yield f"left {where} out: only its own sender reaches it, such as a mailbox", True
        elif urgency_of(service.incident_urgency_rule) in QUIET_URGENCIES:
            yield _delivery(where, await _enqueued(client, access, key))
        else:
            yield _delivery(
                f"{where}, as a change event since an incident would call somebody", await _changed(client, access, key)
            )


def urgency_of(rule: answers.IncidentUrgency) -> str:
    """The urgency of a service's incidents; where hours decide, the loudest counts, and one not named is high."""
    if rule.type == "constant":
        return rule.urgency
    hours = (rule.during_support_hours, rule.outside_support_hours)
    urgencies = [part.urgency if part else "high" for part in hours]
    return next((urgency for urgency in urgencies if urgency not in QUIET_URGENCIES), urgencies[0])


def routing_key(service: answers.PagerdutyService) -> str | None:
    """The key of a service's first Events API v2 integration."""
    return next((row.integration_key for row in service.integrations if row.type == EVENTS_V2), None)


async def _enqueued(client: Client, access: Access, key: str) -> WholeAnswer:
    url, dedup = f"{access.pagerduty_events}/v2/enqueue", f"test-alerting-{uuid.uuid4().hex}"
    payload = {"summary": MARK, "source": "test-alerting", "severity": "info"}
    event = {"routing_key": key, "event_action": "trigger", "dedup_key": dedup, "payload": payload}
    triggered = await post(client, access.pagerduty, url, json=event)
    if triggered.status != 202:
        return triggered
    resolve = {"routing_key": key, "event_action": "resolve", "dedup_key": dedup}
    return await post(client, access.pagerduty, url, json=resolve)


async def _changed(client: Client, access: Access, key: str) -> WholeAnswer:
    payload = {"summary": MARK, "source": "test-alerting", "timestamp": datetime.now(UTC).isoformat()}
    url = f"{access.pagerduty_events}/v2/change/enqueue"
    return await post(client, access.pagerduty, url, json={"routing_key": key, "payload": payload})


async def _to_datadog(client: Client, access: Access, expected: Expected) -> Deliveries:  # noqa: ARG001
    """An event of low priority that mentions no handle, so that it notifies nobody."""
    event = {"title": MARK, "text": MARK, "priority": "low", "alert_type": "info", "tags": ["test-alerting:true"]}
    datadog = access.datadog
    response = await post(client, datadog, f"{datadog.address}/api/v1/events", headers=datadog.headers, json=event)
    yield _delivery("Datadog's event stream", response)


def _delivery(where: str, response: WholeAnswer) -> tuple[str, bool]:
    if response.status in (200, 201, 202):
        return f"sent to {where}", True
    return f"{where} refused the test event ({response.status})", False
