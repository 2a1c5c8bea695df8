"""The tenth scenario: every account as it should be passes, and whatever is taken away is named."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import httpx
import pytest

from monitoring.smoke.asking import endpoint_client
from monitoring.smoke.integration import SCENARIO
from monitoring.smoke.scenario import ScenarioOutcome, ScenarioReport, Session, outcome
from monitoring.smoke.sending import EVENTS_V2, MARK, envelope_address, routing_key, sent, urgency_of
from monitoring.vendors.access import Access
from monitoring.vendors.answers import IncidentUrgency, PagerdutyIntegration, PagerdutyService
from monitoring.vendors.client import Client, Patience
from monitoring.vendors.needs import NeedKind
from tests.smoke.accounts import EXPECTED, NAMES, Accounts, accounts

pytestmark = pytest.mark.anyio


@asynccontextmanager
async def at_once() -> AsyncIterator[Client]:
    """A client that never waits before it asks again, and reads three pages of a list."""

    async def no_wait(_: float) -> None:
        pass

    async with httpx.AsyncClient(timeout=None) as http:
        yield Client(http, Patience(pages=3), no_wait)


async def ran(held: Accounts, *, keys: Access | None = None, send: bool = False) -> ScenarioOutcome:
    client = endpoint_client("http://127.0.0.1:1", deadline=1.0)
    async with client.http:
        session = Session(client=client, expected=EXPECTED, access=keys or held.access(), send=send, vendors=at_once)
        return await outcome(session, SCENARIO)


async def test_accounts_that_hold_everything_pass() -> None:
    async with accounts() as held:
        found = await ran(held)
        assert (found.findings, held.sent) == ((), [])
        assert found.notes[0] == "looked up: 3 at Datadog, 6 at PagerDuty, 8 at Sentry"


async def test_what_was_looked_up_is_counted_by_the_catalog_and_not_by_what_was_found() -> None:
    async with accounts() as held:
        held.lacks(NeedKind.PROJECT, "jobs")
        found = await ran(held)
        assert len(found.findings) == 1
        assert found.notes[0] == "looked up: 3 at Datadog, 6 at PagerDuty, 8 at Sentry"


async def test_lists_are_read_to_their_last_page() -> None:
    async with accounts(page_length=1) as held:
        assert (await ran(held)).findings == ()


@pytest.mark.parametrize(("kind", "name"), [pytest.param(*each[:2], id=f"{each[0]} {each[1]}") for each in NAMES])
async def test_what_is_missing_is_named_with_its_line(kind: NeedKind, name: str) -> None:
    async with accounts() as held:
        held.lacks(kind, name)
        assert (await ran(held)).findings == (f'a.yaml:7: here: there is no {kind} "{name}"; make it (accounts)',)


async def test_an_organisation_that_the_token_does_not_see_is_named() -> None:
    async with accounts(refuses={"/api/0/organizations/": 404}) as held:
        (finding,) = (await ran(held)).findings
        assert finding.startswith("Sentry: there is no /api/0/organizations/youragency/")


async def test_a_schedule_counts_in_either_form() -> None:
    async with accounts(shift_based=("Agency platform: Primary",)) as held:
        held.lacks(NeedKind.SCHEDULE, "Agency platform: Primary")
        assert (await ran(held)).findings == ()


REFUSED_KEY = "the key is refused (401); see that it may read"
KEYS = [
    pytest.param(
        {"SENTRY_AUTH_TOKEN": ""},
        "no SENTRY_AUTH_TOKEN or SENTRY_TOKEN in the environment; set it",
        id="no Sentry token",
    ),
    pytest.param({"PAGERDUTY_TOKEN": ""}, "no PAGERDUTY_TOKEN in the environment; set it", id="no PagerDuty token"),
    pytest.param({"DD_APP_KEY": ""}, "no DD_APP_KEY or DATADOG_APP_KEY in the environment; set it", id="app"),
    pytest.param({"SENTRY_AUTH_TOKEN": "old"}, f"Sentry: {REFUSED_KEY}", id="a wrong one"),
    pytest.param({"PAGERDUTY_TOKEN": "old"}, f"PagerDuty: {REFUSED_KEY}", id="PagerDuty's"),
    pytest.param({"DD_API_KEY": "old"}, f"Datadog: {REFUSED_KEY}", id="Datadog's"),
]


@pytest.mark.parametrize(("change", "finding"), KEYS)
async def test_a_key_that_is_missing_or_wrong_is_named_and_never_shown(change: dict[str, str], finding: str) -> None:
    async with accounts() as held:
        found = await ran(held, keys=held.access(**change))
        assert found.findings == (finding,)
        assert "token" not in repr(held.access())


ROW_OF_ANOTHER_NAME = json.dumps([
    {"id": "9", "name": "youragency", "status": "active", "provider": {"key": "pagerduty"},
     "configData": {"service_table": [{"id": 1, "service_name": "payments-critical-high"}]}},
]).encode()  # fmt: skip
FAULTS = [
    pytest.param({"refuses": {"/api/0/": 500}}, "Sentry: answered 500, 4 times; try again", id="an error"),
    pytest.param({"refuses": {"/services": 429}}, "PagerDuty: answered 429, 4 times; try again", id="asked too often"),
    pytest.param({"answers": {"/users": b"<html>"}}, "PagerDuty: the answer is not JSON", id="a page"),
    pytest.param(
        {"answers": {"/users": b'{"users": [{}]}'}},
        'PagerDuty: /users answers with no readable "email"; its API may have changed',
        id="a row without a key that its description promises",
    ),
    pytest.param(
        {"answers": {"/api/0/organizations/youragency/integrations/": ROW_OF_ANOTHER_NAME}},
        'Sentry: the integration "youragency" answers with no readable "service_table.0.service"',
        id="a row of Sentry's that is called otherwise",
    ),
    pytest.param({"answers": {"/users": b"[]"}}, 'PagerDuty: /users answers with no list under "users"', id="no list"),
    pytest.param({"answers": {"/api/v1/validate": b"[]"}}, "Datadog: /api/v1/validate answers with", id="no object"),
    pytest.param({"answers": {"/api/v1/validate": b'{"valid": false}'}}, "Datadog: the API key", id="an old key"),
]


@pytest.mark.parametrize(("set_up", "finding"), FAULTS)
async def test_a_vendor_that_misbehaves_is_a_finding_and_no_error(set_up: dict[str, Any], finding: str) -> None:
    async with accounts(**set_up) as held:
        (found,) = (await ran(held)).findings
        assert found.startswith(finding)


async def test_a_vendor_that_is_gone_is_a_finding() -> None:
    async with accounts() as held:
        found = await ran(held, keys=gone(held.access()))
        assert found.findings == ("PagerDuty: no answer (ConnectError); look at its status page",)


def gone(access: Access) -> Access:
    """PagerDuty where nobody listens."""
    nowhere = "http://127.0.0.1:1"
    return replace(access, pagerduty=replace(access.pagerduty, address=nowhere), pagerduty_events=nowhere)


async def test_a_list_without_end_is_a_finding() -> None:
    async with accounts(answers={"/users": b'{"users": [], "more": true}'}) as held:
        (finding,) = (await ran(held)).findings
        assert finding.startswith("PagerDuty: /users has more than 3 pages")


async def test_one_marked_event_for_each_path_is_sent_on_request_only() -> None:
    async with accounts() as held:
        found = await ran(held, send=True)
        assert found.findings == ()
        paths = [path for path, _ in held.sent]
        assert paths == [
            "/api/7/envelope/",
            "/api/7/envelope/",
            "/v2/change/enqueue",
            "/v2/enqueue",
            "/v2/enqueue",
            "/api/v1/events",
        ]
        bodies = [body.decode() for _, body in held.sent]
        assert all(MARK in body for body in (*bodies[:4], bodies[5]))
        assert json.loads(bodies[3])["payload"]["severity"] == "info"
        trigger, resolve = (json.loads(body) for body in bodies[3:5])
        assert (resolve["event_action"], resolve["dedup_key"]) == ("resolve", trigger["dedup_key"])
        assert json.loads(bodies[2])["routing_key"] == "key-of-payments-critical-high"
        assert "@" not in json.loads(bodies[5])["text"]
        assert json.loads(bodies[5])["priority"] == "low"


async def test_nothing_is_sent_while_something_is_missing() -> None:
    async with accounts() as held:
        held.lacks(NeedKind.PROJECT, "jobs")
        found = await ran(held, send=True)
        assert held.sent == []
        assert "nothing was sent" in found.notes


REFUSED = [
    pytest.param({"/v2/enqueue": 400}, 'PagerDuty service "website-standard-low" refused', id="PagerDuty refuses"),
    pytest.param({"/api/7/": 429}, 'Sentry project "web" refused the test event (429)', id="Sentry refuses"),
    pytest.param({"/api/v1/events": 403}, "Datadog's event stream refused the test event (403)", id="Datadog refuses"),
    pytest.param(
        {"/api/0/projects/youragency/web/keys/": 404}, 'Sentry: project "web" has no active client key', id="no key"
    ),
]


@pytest.mark.parametrize(("refuses", "finding"), REFUSED)
async def test_an_event_that_is_refused_is_a_finding(refuses: dict[str, int], finding: str) -> None:
    async with accounts(refuses=refuses) as held:
        assert any(found.startswith(finding) for found in (await ran(held, send=True)).findings)


async def sending(held: Accounts, access: Access | None = None) -> ScenarioReport:
    async with at_once() as client:
        return await sent(client, access or held.access(), EXPECTED)


async def test_a_vendor_that_is_gone_while_sending_is_a_finding() -> None:
    async with accounts() as held:
        events = replace(held.access(), pagerduty_events="http://127.0.0.1:1")
        (finding,) = (await sending(held, events)).findings
        assert finding == "PagerDuty: no answer (ConnectError); look at its status page"


async def test_a_vendor_that_refuses_to_list_while_sending_is_a_finding() -> None:
    async with accounts(refuses={"/services": 403}) as held:
        assert (await sending(held)).findings == ("PagerDuty: the key is refused (403); see that it may read",)


async def test_only_services_of_the_catalog_with_a_key_are_sent_to() -> None:
    services = [
        {"id": "P1", "name": "payments-critical-high", "integrations": []},
        {
            "id": "P2",
            "name": "somebody-else",
            "integrations": [{"id": "PI1", "type": EVENTS_V2, "summary": "Events", "integration_key": "not-ours"}],
        },
    ]
    async with accounts(answers={"/services": json.dumps({"services": services, "more": False}).encode()}) as held:
        report = await sending(held)
        assert report.findings == (
            'PagerDuty service "payments-critical-high" has no integration, so that nothing arrives there',
        )
        assert not any(b"not-ours" in body for _, body in held.sent)


async def test_a_service_that_only_its_own_sender_reaches_is_left_out_and_no_finding() -> None:
    """A mailbox, or a vendor's own integration, takes no event of the Events API v2."""
    mailbox = {"id": "PI1", "type": "generic_email_inbound_integration", "name": "the backup", "summary": "the backup"}
    services = [{"id": "P1", "name": "payments-critical-high", "integrations": [mailbox]}]
    async with accounts(answers={"/services": json.dumps({"services": services, "more": False}).encode()}) as held:
        report = await sending(held)
    assert report.findings == ()
    assert (
        'left PagerDuty service "payments-critical-high" out: only its own sender reaches it, such as a mailbox'
        in report.notes
    )


URGENCIES = [
    pytest.param({"type": "constant", "urgency": "low"}, "low", id="low"),
    pytest.param({"type": "constant", "urgency": "high"}, "high", id="high"),
    pytest.param({"type": "constant", "urgency": "severity_based"}, "severity_based", id="by severity"),
    pytest.param(
        {
            "type": "use_support_hours",
            "during_support_hours": {"type": "constant", "urgency": "high"},
            "outside_support_hours": {"type": "constant", "urgency": "low"},
        },
        "high",
        id="by hours counts as its loudest",
    ),
    pytest.param({"type": "use_support_hours"}, "high", id="what is not said counts as high"),
    pytest.param({"type": "constant"}, "high", id="a constant that is not said counts as high"),
]


@pytest.mark.parametrize(("rule", "urgency"), URGENCIES)
def test_urgency(rule: dict[str, Any], urgency: str) -> None:
    assert urgency_of(IncidentUrgency.model_validate(rule)) == urgency


def test_a_service_without_an_events_integration_has_no_key() -> None:
    mail = PagerdutyIntegration(id="PI1", type="generic_email_inbound_integration", name="Mail")
    assert routing_key(PagerdutyService(id="P1", name="A", integrations=(mail,))) is None
    assert routing_key(PagerdutyService(id="P1", name="A")) is None


def test_where_envelopes_go() -> None:
    address = "https://o1.ingest.de.sentry.io/api/7/envelope/"
    assert envelope_address("https://public@o1.ingest.de.sentry.io/7") == address
    assert envelope_address("https://public@host:8443/sentry/7") == "https://host:8443/sentry/api/7/envelope/"
