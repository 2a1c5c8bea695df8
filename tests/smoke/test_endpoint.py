"""Nine scenarios: all pass against the service itself, and exactly the broken ones against services that are broken."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import httpx
import pytest

from monitoring.health import HealthCheck, HealthRegistry, health_app
from monitoring.health.fakes import Switch, failing, passing
from monitoring.smoke.asking import endpoint_client
from monitoring.smoke.endpoint import SCENARIOS
from monitoring.smoke.scenario import ScenarioLimits, ScenarioOutcome, Session, Verdict, outcomes, planned
from monitoring.vendors.access import access
from monitoring.vendors.settings import settings
from tests.factories import a_catalog
from tests.health.factories import PATIENCE_SECONDS
from tests.smoke.accounts import EXPECTED

pytestmark = pytest.mark.anyio
NO_KEYS = access(settings({}, {}), a_catalog().platform)


@dataclass(frozen=True)
class Reply:
    """An answer on its way out."""

    method: str
    path: str
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def content(self) -> dict[str, Any]:
        return dict(json.loads(self.body or b"{}"))

    def saying(self, **words: Any) -> Reply:
        body = json.dumps(self.content | words).encode()
        return replace(self, body=body).headed(content_length=str(len(body)))

    def headed(self, **headers: str) -> Reply:
        return replace(self, headers=self.headers | {name.replace("_", "-"): value for name, value in headers.items()})


Change = Callable[[Reply], Reply]


def changed(app: Any, change: Change, *, takes: Callable[[str, int], float] = lambda _path, _now: 0.0) -> Any:
    """An application whose answers are changed on their way out, and may take a while."""
    under_way = 0

    async def broken(scope: Any, receive: Any, send: Any) -> None:
        nonlocal under_way
        under_way += 1
        try:
            path = scope["path"] + (f"?{scope['query_string'].decode()}" if scope["query_string"] else "")
            await asyncio.sleep(takes(path, under_way))
            asked = scope | {"method": "GET"} if scope["method"] == "HEAD" else scope
            reply = change(replace(await replied(app, asked, receive), path=path, method=scope["method"]))
        finally:
            under_way -= 1
        headers = [(name.encode(), value.encode()) for name, value in reply.headers.items()]
        await send({"type": "http.response.start", "status": reply.status, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if reply.method == "HEAD" else reply.body})

    return broken


async def replied(app: Any, scope: Any, receive: Any) -> Reply:
    sent: list[Any] = []

    async def keep(message: Any) -> None:
        sent.append(message)

    await app(scope, receive, keep)
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return Reply(scope["method"], "", sent[0]["status"], headers, b"".join(part.get("body", b"") for part in sent[1:]))


def a_service(**probes: Any) -> Any:
    """The service itself: a critical database, and Stripe."""
    database, stripe = probes.get("database", passing()), probes.get("stripe", passing())
    return health_app(HealthRegistry([HealthCheck("database", database, critical=True), HealthCheck("stripe", stripe)]))


LIMITS = ScenarioLimits(usual=0.6, slowest=1.5, samples=3, parallel=12)
ASKED_BEFORE = 6
"""How often the scenarios before response-time ask for the full answer."""


async def ran(app: Any, **session: Any) -> list[ScenarioOutcome]:
    transport = httpx.ASGITransport(app=app)
    client = endpoint_client("http://service", deadline=PATIENCE_SECONDS, transport=transport)
    async with client.http:
        asked = Session(client=client, expected=EXPECTED, access=NO_KEYS, limits=LIMITS, **session)
        return [outcome async for outcome in outcomes(asked, SCENARIOS)]


def failed(found: list[ScenarioOutcome]) -> set[str]:
    return {outcome.name for outcome in found if outcome.verdict is Verdict.FAILED}


async def test_the_service_itself_passes() -> None:
    found = await ran(a_service())
    assert [(outcome.name, outcome.findings) for outcome in found] == [(scenario.name, ()) for scenario in SCENARIOS]


async def test_a_warning_passes_and_is_noted() -> None:
    found = await ran(a_service(stripe=failing()))
    assert failed(found) == set()
    assert found[2].notes == ("components that were looked for: database, stripe", '"stripe" is fail')


async def test_a_database_that_is_down_fails_what_asks_for_it_and_nothing_else() -> None:
    found = await ran(a_service(database=failing()))
    assert failed(found) == {"readiness", "full"}
    assert found[4].notes == ()
    assert found[1].findings[0] == '/api/health?type=readiness: answered 503 and status "fail"; 200 is expected'


def on(path: str, change: Change) -> Change:
    return lambda reply: change(reply) if reply.path.startswith(path) else reply


LIVENESS, READINESS, FULL = (f"/api/health?type={word}" for word in ("liveness", "readiness", "full"))
UNKNOWN = "/api/health?type=no-such"

BROKEN = [
    pytest.param(on(READINESS, lambda r: r.saying(status="ok")), {"readiness", "concurrent"}, id="another word"),
    pytest.param(on("/livez", lambda r: replace(r, status=500)), {"liveness"}, id="livez is an error"),
    pytest.param(
        on(LIVENESS, lambda r: r.saying(checks={"database": [{"status": "pass"}]})),
        {"liveness"},
        id="liveness asks a dependency",
    ),
    pytest.param(on("/readyz", lambda r: replace(r, status=404)), {"readiness"}, id="readyz is missing"),
    pytest.param(on(READINESS, lambda r: r.saying(checks={})), {"readiness"}, id="readiness forgets the database"),
    pytest.param(
        on(FULL, lambda r: r.saying(checks={"database": [{"status": "pass"}]})),
        {"full"},
        id="full forgets a third party",
    ),
    pytest.param(lambda r: replace(r, status=405) if r.method == "HEAD" else r, {"head"}, id="HEAD is not known"),
    pytest.param(
        lambda r: r.headed(content_length="0") if r.method == "HEAD" else r,
        {"head"},
        id="HEAD has another length",
    ),
    pytest.param(on(UNKNOWN, lambda r: replace(r, status=200)), {"status-codes"}, id="an unknown type is 200"),
    pytest.param(lambda r: replace(r, status=200) if r.method == "POST" else r, {"status-codes"}, id="POST is welcome"),
    pytest.param(
        lambda r: replace(r, headers={k: v for k, v in r.headers.items() if k != "allow"}),
        {"status-codes"},
        id="405 comes without Allow",
    ),
    pytest.param(lambda r: r.headed(cache_control="max-age=60"), {"headers"}, id="answers are cached"),
    pytest.param(
        lambda r: r.headed(content_type="text/html") if r.status == 200 else r, {"headers"}, id="answers are a page"
    ),
    pytest.param(on(UNKNOWN, lambda r: r.headed(cache_control="public")), {"headers"}, id="a refusal is cached"),
    pytest.param(lambda r: r.headed(server="nginx/1.25.3"), {"privacy"}, id="a header tells a version"),
    pytest.param(on("/livez", lambda r: r.saying(releaseId="main")), {"privacy"}, id="the body tells more"),
    pytest.param(
        on("/readyz", lambda r: r.saying(checks={"database": [{"status": "pass", "output": "up"}]})),
        {"privacy"},
        id="a component tells more",
    ),
    pytest.param(
        on("/readyz", lambda r: r.saying(checks={"database": {"status": "pass"}})), {"privacy"}, id="another shape"
    ),
    pytest.param(
        on("/readyz", lambda r: r.saying(checks={"DB 1": [{"status": "pass"}]})), {"privacy"}, id="a name that tells"
    ),
    pytest.param(
        on(UNKNOWN, lambda r: r.saying(title="ask ana@youragency.com")), {"privacy"}, id="a refusal names a person"
    ),
    pytest.param(
        on(UNKNOWN, lambda r: r.saying(title='File "app.py", line 3')), {"privacy"}, id="a refusal shows its code"
    ),
]


@pytest.mark.parametrize(("change", "scenarios"), BROKEN)
async def test_exactly_the_broken_scenarios_fail(change: Change, scenarios: set[str]) -> None:
    assert failed(await ran(changed(a_service(), change))) == scenarios


async def test_fail_with_200_is_found() -> None:
    def always_200(reply: Reply) -> Reply:
        return replace(reply, status=200) if reply.status == 503 else reply

    app = changed(a_service(database=failing()), always_200)
    assert failed(await ran(app)) == {"readiness", "full", "status-codes"}


def slow(seconds: float, *, answers: int) -> Callable[[str, int], float]:
    """Delays some of the answers that response-time asks for, and no other."""
    asked: list[str] = []

    def takes(path: str, _now: int) -> float:
        asked.append(path)
        return seconds if path == FULL and ASKED_BEFORE < asked.count(FULL) <= ASKED_BEFORE + answers else 0.0

    return takes


SLOW = [
    pytest.param(slow(0.7, answers=3), "nine of ten answers take up to 0.7", id="answers are slow"),
    pytest.param(slow(1.6, answers=1), "the slowest answer took 1.6", id="one answer is very slow"),
]


@pytest.mark.parametrize(("takes", "finding"), SLOW)
async def test_slow_answers_are_found(takes: Any, finding: str) -> None:
    found = await ran(changed(a_service(), lambda reply: reply, takes=takes))
    assert failed(found) == {"response-time"}
    assert found[5].findings[0].startswith(finding)


async def test_a_service_that_queues_is_found() -> None:
    app = changed(a_service(), lambda reply: reply, takes=lambda _path, now: 1.6 if now > 8 else 0.0)
    assert failed(await ran(app)) == {"concurrent"}


async def test_a_service_that_breaks_under_load_is_found() -> None:
    switch = Switch(takes=0.02)
    crowd = 0

    async def app(scope: Any, receive: Any, send: Any) -> None:
        nonlocal crowd
        crowd += 1
        await asyncio.sleep(0.01)
        full = crowd > 8
        reply = await replied(a_service(database=switch), scope, receive)
        crowd -= 1
        headers = [(name.encode(), value.encode()) for name, value in reply.headers.items()]
        await send({"type": "http.response.start", "status": 429 if full else reply.status, "headers": headers})
        await send({"type": "http.response.body", "body": reply.body})

    found = await ran(app)
    assert failed(found) == {"concurrent"}
    assert "answered 429 without a health status" in found[-1].findings[0]


async def test_nobody_there_is_a_finding_and_no_error() -> None:
    client = endpoint_client("http://127.0.0.1:1", deadline=PATIENCE_SECONDS)
    async with client.http:
        asked = Session(client=client, expected=EXPECTED, access=NO_KEYS, limits=LIMITS)
        found = [outcome async for outcome in outcomes(asked, SCENARIOS)]
    assert failed(found) == {scenario.name for scenario in SCENARIOS}
    assert found[0].findings[0].startswith("no connection: ")


async def test_an_answer_that_never_comes_is_a_finding_and_no_error() -> None:
    def too_late(request: httpx.Request) -> httpx.Response:
        raise httpx.ReadTimeout("planted", request=request)

    client = endpoint_client("http://service", deadline=10.0, transport=httpx.MockTransport(too_late))
    async with client.http:
        asked = Session(client=client, expected=EXPECTED, access=NO_KEYS, limits=LIMITS)
        found = [outcome async for outcome in outcomes(asked, SCENARIOS)]
    assert {outcome.findings for outcome in found} == {("no whole answer within 10 s",)}


async def test_a_page_instead_of_a_health_answer_is_a_finding_and_no_error() -> None:
    async def page(_scope: Any, _receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/html")]})
        await send({"type": "http.response.body", "body": b"<html>" + b"[" * 5000})

    assert failed(await ran(page)) >= {"liveness", "readiness", "full", "status-codes", "headers", "concurrent"}


def test_a_plan_asks_nothing() -> None:
    assert {outcome.verdict for outcome in planned(SCENARIOS)} == {Verdict.PLANNED}
    assert all(outcome.notes[0] for outcome in planned(SCENARIOS))
