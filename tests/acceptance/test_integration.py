"""The tenth scenario: every account as it should be passes, and whatever is taken away is named."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from monitoring.acceptance.expected import Access, SentryIntegration, access, missing
from monitoring.acceptance.from_catalog import expected
from monitoring.acceptance.integration import SCENARIO
from monitoring.acceptance.scenario import Outcome, Report, Session, outcome
from monitoring.acceptance.sending import EVENTS_V2, MARK, envelope_address, routing_key, sent, urgency_of
from monitoring.answers import IncidentUrgency, PagerdutyIntegration, PagerdutyService
from monitoring.loader import load
from monitoring.model.effective import effective_rules
from tests.acceptance.accounts import EXPECTED, Accounts, accounts
from tests.conftest import TODAY
from tests.factories import a_catalog
from tests.platforms import FOREIGN

pytestmark = pytest.mark.anyio


async def ran(held: Accounts, *, keys: Access | None = None, send: bool = False) -> Outcome:
    async with httpx.AsyncClient(verify=False) as client:
        session = Session(client=client, expected=EXPECTED, access=keys or held.access(), send=send)
        return await outcome(session, SCENARIO)


async def test_accounts_that_hold_everything_pass() -> None:
    async with accounts() as held:
        found = await ran(held)
        assert (found.findings, held.sent) == ((), [])


async def test_lists_are_read_to_their_last_page() -> None:
    async with accounts(page_length=1) as held:
        assert (await ran(held)).findings == ()


LESS = [
    ("sentry_organization", "elsewhere", ['Sentry: there is no organisation "youragency"']),
    ("sentry_projects", ("web",), ['Sentry: there is no project "jobs"']),
    ("sentry_teams", (), ['Sentry: there is no team "revenue"']),
    ("sentry_members", (), ['Sentry: there is no member "ana@youragency.com"']),
    (
        "sentry_integrations",
        (SentryIntegration("pagerduty", "youragency"),),
        ['Sentry: there is no active slack integration "Your Agency"'],
    ),
    ("sentry_pagerduty_rows", (), ['Sentry: there is no PagerDuty row "payments-critical-high"']),
    ("pagerduty_users", ("ana@youragency.com",), ['PagerDuty: there is no user "ben@youragency.com"']),
    ("pagerduty_services", ("payments-critical-high",), ['PagerDuty: there is no service "website-standard-low"']),
    ("pagerduty_policies", (), ['PagerDuty: there is no escalation policy "Agency platform: Critical"']),
    ("pagerduty_schedules", (), ['PagerDuty: there is no schedule "Agency platform: Primary"']),
    ("datadog_pagerduty", (), ['Datadog: there is no PagerDuty service "website-standard-low"']),
    (
        "datadog_slack",
        (),
        [
            'Datadog: there is no Slack channel "youragency: alerts-critical"',
            'Datadog: there is no Slack channel "youragency: alerts-errors"',
        ],
    ),
]


@pytest.mark.parametrize(("field", "value", "findings"), LESS, ids=[each[0] for each in LESS])
async def test_what_is_missing_is_named(field: str, value: Any, findings: list[str]) -> None:
    async with accounts() as held:
        held.lacks(**{field: value})
        assert list((await ran(held)).findings) == findings


REFUSED_KEY = "the key is refused (401); see that it may read"
KEYS = [
    pytest.param({"sentry_token": ""}, "no SENTRY_AUTH_TOKEN in the environment; set it", id="no Sentry token"),
    pytest.param({"pagerduty_token": ""}, "no PAGERDUTY_TOKEN in the environment; set it", id="no PagerDuty token"),
    pytest.param({"datadog_app_key": ""}, "no DD_APP_KEY or DATADOG_APP_KEY in the environment; set it", id="app"),
    pytest.param({"sentry_token": "old"}, f"Sentry: {REFUSED_KEY}", id="a wrong one"),
    pytest.param({"pagerduty_token": "old"}, f"PagerDuty: {REFUSED_KEY}", id="PagerDuty's"),
    pytest.param({"datadog_api_key": "old"}, f"Datadog: {REFUSED_KEY}", id="Datadog's"),
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
    pytest.param({"refuses": {"/api/0/": 500}}, "Sentry: answered 500; try again", id="an error"),
    pytest.param({"refuses": {"/services": 429}}, "PagerDuty: answered 429; try again", id="asked too often"),
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
        found = await ran(held, keys=held.access(pagerduty="http://127.0.0.1:1"))
        assert found.findings == ("PagerDuty: no answer (ConnectError); look at its status page",)


async def test_a_list_without_end_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("monitoring.acceptance.vendors.MAX_PAGES", 3)
    async with accounts(answers={"/users": b'{"users": [], "more": true}'}) as held:
        assert len((await ran(held)).findings) == 2


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
        held.lacks(sentry_projects=("web",))
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


async def sending(held: Accounts, **changes: str) -> Report:
    async with httpx.AsyncClient(verify=False) as client:
        return await sent(client, held.access(**changes), EXPECTED)


async def test_a_vendor_that_is_gone_while_sending_is_a_finding() -> None:
    async with accounts() as held:
        (finding,) = (await sending(held, pagerduty_events="http://127.0.0.1:1")).findings
        assert finding.startswith("sending ended without an answer (ConnectError)")


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
    async with accounts(answers={"/services": json.dumps({"services": services}).encode()}) as held:
        said = await sending(held)
        assert said.findings == ('PagerDuty service "payments-critical-high" has no Events API v2 integration',)
        assert not any(b"not-ours" in body for _, body in held.sent)


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


def test_keys_come_from_the_usual_variables() -> None:
    environ = {"SENTRY_AUTH_TOKEN": "s", "PAGERDUTY_TOKEN": "p", "DATADOG_API_KEY": "a", "DD_APP_KEY": "b"}
    platform = a_catalog().platform
    keys = access(environ, platform)
    assert (keys.sentry_token, keys.pagerduty_token, keys.datadog_api_key, keys.datadog_app_key) == ("s", "p", "a", "b")
    assert (keys.sentry, keys.datadog) == ("https://sentry.io", "https://api.datadoghq.eu")
    own = access({**environ, "SENTRY_BASE_URL": "https://sentry.youragency.com/api/"}, platform)
    assert own.sentry == "https://sentry.youragency.com"
    assert missing(keys) == ()
    assert len(missing(access({}, platform))) == 4


@pytest.mark.parametrize(
    ("name", "lacking"),
    [
        pytest.param(
            "datadog-only",
            ["PAGERDUTY_TOKEN", "DD_API_KEY or DATADOG_API_KEY", "DD_APP_KEY or DATADOG_APP_KEY"],
            id="no key of Sentry, which the company does not have",
        ),
        pytest.param(
            "sentry-only",
            ["SENTRY_AUTH_TOKEN", "PAGERDUTY_TOKEN"],
            id="no key of Datadog, which the company does not have",
        ),
    ],
)
def test_only_the_keys_of_the_companys_vendors_are_missed(name: str, lacking: list[str]) -> None:
    keys = access({}, load(FOREIGN[name].catalog).platform)
    assert missing(keys) == tuple(f"no {key} in the environment; set it" for key in lacking)


@pytest.mark.parametrize("name", ["datadog-only", "sentry-only"])
def test_a_vendor_that_the_company_lacks_is_expected_to_hold_nothing(name: str) -> None:
    catalog = load(FOREIGN[name].catalog)
    held = expected(catalog, effective_rules(catalog, "prod", TODAY))
    at_sentry = (held.sentry_organization, held.sentry_projects, held.sentry_integrations, held.sentry_pagerduty_rows)
    at_datadog = (held.datadog_pagerduty, held.datadog_slack)
    assert any(at_sentry) == (name == "sentry-only")
    assert any(at_datadog) == (name == "datadog-only")
    assert held.pagerduty_services
