"""The endpoint over HTTP: statuses, headers, HEAD, refusals, details, and applications that mount it."""

from __future__ import annotations

import asyncio
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from starlette.applications import Starlette
from starlette.routing import Mount

from monitoring.health import (
    HealthRegistry,
    HealthSettingError,
    Question,
    contract,
    health_app,
    health_routes,
    private_app,
)
from monitoring.health.fakes import Switch, failing, passing, raising
from monitoring.health.metrics import exposition
from tests.health.factories import Clock, a_check, a_client, eventually

pytestmark = pytest.mark.anyio

ROOT = Path(__file__).parents[2]
TOKEN = "a-token-long-enough-to-keep"
COMMON = {"cache-control": "no-store", "x-content-type-options": "nosniff"}


def a_registry(**changes: Any) -> HealthRegistry:
    return HealthRegistry([a_check(**changes), a_check("stripe", critical=False)])


ANSWERS = [
    pytest.param("/api/health", {}, 200, "pass", {"database"}, id="without a type readiness is asked"),
    pytest.param("/api/health?type=liveness", {}, 200, "pass", set(), id="liveness"),
    pytest.param("/api/health?type=readiness", {}, 200, "pass", {"database"}, id="readiness"),
    pytest.param("/api/health?type=full", {}, 200, "pass", {"database", "stripe"}, id="full"),
    pytest.param("/api/health?_=1&type=full", {}, 200, "pass", {"database", "stripe"}, id="other words do not matter"),
    pytest.param("/livez", {}, 200, "pass", set(), id="livez asks liveness"),
    pytest.param("/livez?type=full", {}, 200, "pass", set(), id="livez asks nothing else"),
    pytest.param("/readyz", {}, 200, "pass", {"database"}, id="readyz asks readiness"),
    pytest.param("/readyz", {"probe": failing()}, 503, "fail", {"database"}, id="a critical fail is 503"),
    pytest.param("/livez", {"probe": failing()}, 200, "pass", set(), id="liveness stays green"),
    pytest.param(
        "/api/health?type=full",
        {"probe": failing(), "critical": False},
        200,
        "warn",
        {"database", "stripe"},
        id="a third party's fail is 200 and warn",
    ),
]


@pytest.mark.parametrize(("path", "change", "status", "overall", "components"), ANSWERS)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
async def test_answers(
    method: str, path: str, change: dict[str, Any], status: int, overall: str, components: set[str]
) -> None:
    async with a_client(a_registry(**change)) as client:
        response, gotten = await client.request(method, path), await client.get(path)
    assert response.status_code == status
    assert dict(response.headers) == {
        "content-type": contract.MEDIA_TYPE,
        "content-length": str(len(gotten.content)),
        **COMMON,
    }
    assert gotten.json()["status"] == overall
    assert gotten.json()["checks"].keys() == components
    assert response.content == (gotten.content if method == "GET" else b"")


@pytest.mark.parametrize("query", [b"type=full", b"type=unknown"])
async def test_head_sends_no_byte_of_a_body(query: bytes) -> None:
    """Asked without a client, for every client drops such a body."""
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> dict[str, Any]:
        return {"type": "http.request"}

    scope = {"type": "http", "method": "HEAD", "path": "/api/health", "query_string": query, "headers": []}
    await health_app(a_registry())(scope, receive, send)
    assert b"".join(message.get("body", b"") for message in sent) == b""
    assert int(dict(sent[0]["headers"])[b"content-length"]) > 0


async def test_the_body_is_names_and_statuses_and_nothing_else() -> None:
    async with a_client(a_registry()) as client:
        content = (await client.get("/api/health?type=full")).content
    assert content == b'{"status":"pass","checks":{"database":[{"status":"pass"}],"stripe":[{"status":"pass"}]}}'


UNKNOWN = [
    "type=everything",
    "type=",
    "type=FULL",
    "type=full&type=full",
    "type=full%00",
    "type=%ff%fe",
    "type=" + "x" * 60_000,
]


@pytest.mark.parametrize("query", UNKNOWN, ids=lambda query: query[:20])
async def test_an_unknown_type_is_refused_without_being_repeated(query: str) -> None:
    async with a_client(a_registry()) as client:
        response = await client.get(f"/api/health?{query}")
    assert response.status_code == 400
    assert response.content == b'{"title":"unknown type","status":400}'
    assert response.headers.items() >= {**COMMON, "content-type": "application/problem+json"}.items()


@pytest.mark.parametrize("path", ["/api/health", "/livez", "/readyz"])
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "NONSENSE"])
async def test_other_methods_are_refused_with_allow(method: str, path: str) -> None:
    async with a_client(a_registry()) as client:
        response = await client.request(method, path)
    assert response.status_code == 405
    assert response.headers["allow"] == "GET, HEAD"
    assert response.headers.items() >= COMMON.items()


@pytest.mark.parametrize("path", ["/api/health/", "/livez/", "/readyz/", "/nowhere", "//api/health", "/api/health//"])
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
@pytest.mark.parametrize("app", [health_app, private_app], ids=["public", "private"])
async def test_another_path_is_refused_and_redirects_nobody(app: Any, path: str, method: str) -> None:
    transport = httpx.ASGITransport(app=app(a_registry()))
    async with httpx.AsyncClient(transport=transport, base_url="http://service") as client:
        response = await client.request(method, path, headers={"host": "evil.example"})
    assert response.status_code == 404
    assert response.headers.items() >= {**COMMON, "content-type": "application/problem+json"}.items()
    assert "location" not in response.headers
    assert response.content in (b'{"title":"not found","status":404}', b"")


async def test_an_application_that_mounts_the_routes_redirects_nobody_by_them() -> None:
    app = Starlette(routes=health_routes(a_registry()))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://evil.example") as client:
        response = await client.get("/api/health/")
    assert (response.status_code, response.headers["cache-control"]) == (404, "no-store")


async def test_a_page_that_fails_has_the_headers_of_every_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_registry: HealthRegistry) -> bytes:
        raise RuntimeError("planted")

    monkeypatch.setattr("monitoring.health.metrics.exposition", fails)
    transport = httpx.ASGITransport(app=private_app(a_registry()), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://service") as client:
        response = await client.get("/metrics")
    assert response.status_code == 503
    assert response.headers.items() >= COMMON.items()
    assert "planted" not in response.text


DETAILS = [
    pytest.param({"authorization": f"Bearer {TOKEN}"}, True, id="the token opens the details"),
    pytest.param({"authorization": f"Bearer {TOKEN}x"}, False, id="a longer one does not"),
    pytest.param({"authorization": f"Bearer {TOKEN[:-1]}"}, False, id="a shorter one does not"),
    pytest.param({"authorization": TOKEN}, False, id="without its scheme it does not"),
    pytest.param({"authorization": "Bearer "}, False, id="an empty one does not"),
    pytest.param({"authorization": b"Bearer \xff\xfe"}, False, id="bytes that are no text do not"),
    pytest.param({}, False, id="none does not"),
]


@pytest.mark.parametrize(("headers", "opens"), DETAILS)
async def test_details(headers: dict[str, Any], opens: bool) -> None:
    async with a_client(a_registry(probe=failing("the pool is empty")), token=TOKEN) as client:
        response = await client.get("/readyz", headers=headers)
    assert response.status_code == 503
    assert (b"the pool is empty" in response.content) is opens
    assert ("observedValue" in response.text) is opens


async def test_how_long_a_probe_took_is_said_to_a_tenth_of_a_millisecond() -> None:
    clock = Clock()

    async def slow() -> None:
        clock.now += 0.01234

    async with a_client(HealthRegistry([a_check(probe=slow)], clock=clock), token=TOKEN) as client:
        response = await client.get("/readyz", headers={"authorization": f"Bearer {TOKEN}"})
    (detail,) = response.json()["checks"]["database"]
    assert (detail["observedValue"], detail["observedUnit"]) == (12.3, "ms")


async def test_details_of_a_check_that_was_never_asked_in_time() -> None:
    registry = a_registry(probe=passing())
    registry._deadline = 0.0
    async with a_client(registry, token=TOKEN) as client:
        response = await client.get("/readyz", headers={"authorization": f"Bearer {TOKEN}"})
    assert response.json()["checks"]["database"] == [{"status": "fail", "output": "not asked in time"}]


def test_a_token_that_could_be_guessed_is_refused() -> None:
    with pytest.raises(HealthSettingError, match="16 characters"):
        health_routes(a_registry(), token="short")


async def test_the_private_port_shows_details_metrics_and_the_description() -> None:
    registry = a_registry(probe=raising(ValueError("planted")))
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app=private_app(registry)), base_url="http://x"
    ) as client:
        answer = (await client.get("/api/health?type=full")).json()
        metrics = (await client.get("/metrics")).text
        description = (await client.get("/openapi.json")).json()
        refused = await client.post("/metrics")
    assert answer["checks"]["database"][0]["output"] == "builtins.ValueError: •••"
    assert 'health_component_status{component="database",status="fail"} 1.0' in metrics
    assert 'health_probe_runs_total{component="stripe",status="pass"} 1.0' in metrics
    assert re.search(r'health_probe_duration_seconds\{component="stripe"\} \d', metrics)
    assert "/api/health" in description["paths"]
    assert refused.status_code == 405


def test_metrics_of_what_was_never_asked_have_no_status() -> None:
    metrics = exposition(a_registry()).decode()
    assert "health_component_status{" not in metrics
    assert 'health_probe_runs_total{component="database",status="pass"} 0.0' in metrics


async def test_the_public_application_has_no_metrics_and_no_description() -> None:
    async with a_client(a_registry(), token=TOKEN) as client:
        statuses = [(await client.get(path)).status_code for path in ("/metrics", "/openapi.json", "/docs")]
    assert statuses == [404, 404, 404]


async def test_an_error_of_the_endpoint_itself_is_logged_and_answered_blandly(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def broken(_registry: HealthRegistry, _question: Question) -> None:
        raise RuntimeError("planted")

    monkeypatch.setattr(HealthRegistry, "ask", broken)
    async with a_client(a_registry()) as client:
        response = await client.get("/readyz")
    assert (response.status_code, response.json()) == (503, {"status": "fail", "checks": {}})
    assert "the health endpoint itself failed" in caplog.text
    assert "planted" not in caplog.text


async def test_an_application_that_ends_cancels_what_is_under_way() -> None:
    switch = Switch(takes=0.5)
    registry = a_registry(probe=switch, deadline=0.6)
    app = health_app(registry)
    async with app.router.lifespan_context(app):
        asked = asyncio.create_task(registry.ask(Question.READINESS))
        await eventually(lambda: switch.at_once == 1)
    assert switch.at_once == 0
    await asked


def in_fastapi(registry: HealthRegistry) -> Any:
    app = FastAPI()
    app.router.routes.extend(health_routes(registry))
    return app, "/api/health"


def in_starlette(registry: HealthRegistry) -> Any:
    return Starlette(routes=health_routes(registry)), "/api/health"


def below_a_path(registry: HealthRegistry) -> Any:
    return Starlette(routes=[Mount("/inner", app=health_app(registry))]), "/inner/api/health"


def below_fastapi(registry: HealthRegistry) -> Any:
    app = FastAPI()
    app.mount("/inner", health_app(registry))
    return app, "/inner/api/health"


@pytest.mark.parametrize("mounted", [in_fastapi, in_starlette, below_a_path, below_fastapi])
async def test_mounted(mounted: Any) -> None:
    app, path = mounted(a_registry(probe=failing()))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://service") as client:
        response = await client.get(path)
        refused = await client.post(path)
    assert (response.status_code, response.json()) == (
        503,
        contract.body(contract.Status.FAIL, [("database", contract.Status.FAIL)]),
    )
    assert refused.status_code == 405


async def test_the_six_lines_of_the_page_work(monkeypatch: pytest.MonkeyPatch) -> None:
    page = (ROOT / "manual/health.md").read_text()
    lines = re.search(r"```python\n(.*?)```", page, re.DOTALL)
    assert lines is not None
    monkeypatch.setenv("DATABASE_URL", "postgresql://postgres@127.0.0.1:1/postgres")
    names: dict[str, Any] = {}
    exec(lines[1], names)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=names["app"]), base_url="http://service") as client:
        response = await client.get("/readyz")
    assert (response.status_code, response.json()["checks"].keys()) == (503, {"database"})


def test_the_room_works_when_it_is_copied_into_an_application(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "monitoring/health", tmp_path / "copied")
    code = (
        "import sys; from copied import HealthRegistry, HealthCheck, health_app; from copied.fakes import passing\n"
        "app = health_app(HealthRegistry([HealthCheck('database', passing(), critical=True)]))\n"
        "assert not [name for name in sys.modules if name.startswith('monitoring')]; print(len(app.routes))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True)
    assert (done.stdout.strip(), done.stderr) == ("6", "")
