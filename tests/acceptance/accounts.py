"""Loopback accounts at the three vendors, with all that is expected in them; a test takes one thing away."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from monitoring.acceptance.expected import Access, Expected, SentryIntegration, SlackChannel
from tests.acceptance.shapes import INTEGRATIONS, ORGANIZATION, SHAPES, filled, installation, shaped
from tests.health.ports import on_a_port

KEYS = "/api/0/projects/{organization_id_or_slug}/{project_id_or_slug}/keys/"

EXPECTED = Expected(
    sentry_organization="youragency",
    sentry_projects=("web", "jobs"),
    sentry_teams=("revenue",),
    sentry_members=("ana@youragency.com",),
    sentry_integrations=(SentryIntegration("slack", "Your Agency"), SentryIntegration("pagerduty", "youragency")),
    sentry_pagerduty_rows=("payments-critical-high",),
    pagerduty_users=("ana@youragency.com", "ben@youragency.com"),
    pagerduty_services=("payments-critical-high", "website-standard-low"),
    pagerduty_policies=("Agency platform: Critical",),
    pagerduty_schedules=("Agency platform: Primary",),
    datadog_pagerduty=("website-standard-low",),
    datadog_slack=(SlackChannel("youragency", "alerts-critical"), SlackChannel("youragency", "alerts-errors")),
    readiness_components=("database",),
    full_components=("database", "stripe"),
)


@dataclass
class Accounts:
    """What the three accounts hold; `refuses` maps a path's beginning to the status that it is answered with."""

    expected: Expected = EXPECTED
    refuses: dict[str, int] = field(default_factory=dict)
    answers: dict[str, Any] = field(default_factory=dict)
    urgency: dict[str, str] = field(default_factory=dict)
    page_length: int = 100
    sent: list[tuple[str, Any]] = field(default_factory=list)
    url: str = ""

    def access(self, **changes: str) -> Access:
        keys = Access("sentry-token", "pagerduty-token", "api-key", "app-key", *[self.url] * 4)
        return replace(keys, **changes)

    def lacks(self, **less: Any) -> None:
        self.expected = replace(self.expected, **less)

    async def answer(self, request: Request) -> Response:
        path = request.url.path
        for beginning, status in self.refuses.items():
            if path.startswith(beginning):
                return JSONResponse({}, status_code=status)
        if path in self.answers:
            return Response(self.answers[path], media_type="application/json")
        if request.method == "POST":
            self.sent.append((path, await request.body()))
            return JSONResponse({}, status_code=202)
        return self._vendor(request)(request, path)

    def _vendor(self, request: Request) -> Callable[[Request, str], Response]:
        headers = request.headers
        if headers.get("authorization") == "Bearer sentry-token":
            return self._sentry
        if headers.get("authorization") == "Token token=pagerduty-token":
            return self._pagerduty
        if headers.get("dd-api-key") == "api-key" and headers.get("dd-application-key") == "app-key":
            return self._datadog
        return lambda _request, _path: JSONResponse({}, status_code=401)

    def _sentry(self, request: Request, path: str) -> Response:
        base = f"/api/0/organizations/{self.expected.sentry_organization}/"
        if path == base:
            return _shaped(ORGANIZATION, filled(SHAPES[ORGANIZATION]))
        for kind, (key, names) in self._sentry_lists().items():
            if path == f"{base}{kind}/":
                shape = SHAPES[f"{ORGANIZATION}{kind}/"]["items"]
                return self._linked(request, f"{ORGANIZATION}{kind}/", [filled(shape) | {key: name} for name in names])
        if path == f"{base}integrations/":
            return self._linked(request, INTEGRATIONS, [*self._integrations()])
        if path.endswith("/keys/"):
            dsn = f"http://public@{self.url.removeprefix('http://')}/7"
            row = filled(SHAPES[KEYS]["items"]) | {"isActive": True}
            return _shaped(KEYS, [row | {"dsn": row["dsn"] | {"public": dsn}}])
        return JSONResponse({}, status_code=404)

    def _sentry_lists(self) -> dict[str, tuple[str, tuple[str, ...]]]:
        return {
            "projects": ("slug", self.expected.sentry_projects),
            "teams": ("slug", self.expected.sentry_teams),
            "members": ("email", self.expected.sentry_members),
        }

    def _integrations(self) -> Any:
        names = self.expected.sentry_pagerduty_rows
        table = [{"id": id_, "service": name, "integration_key": f"key-{id_}"} for id_, name in enumerate(names, 1)]
        for each in self.expected.sentry_integrations:
            config = {"service_table": table} if each.provider == "pagerduty" else {}
            provider = {"key": each.provider}
            yield installation(name=each.name, provider=provider, status="active", configData=config)

    def _linked(self, request: Request, shape: str, rows: list[Any]) -> Response:
        start = int(request.query_params.get("cursor", "0"))
        end = start + self.page_length
        response = _shaped(shape, rows[start:end])
        more = "true" if end < len(rows) else "false"
        link = f'<{self.url}{request.url.path}?cursor={end}>; rel="next"; results="{more}"; cursor="{end}"'
        response.headers["link"] = link
        return response

    def _pagerduty(self, request: Request, path: str) -> Response:
        known = {
            "/users": [_row(type="user", name="A person", email=email) for email in self.expected.pagerduty_users],
            "/services": [self._service(name) for name in self.expected.pagerduty_services],
            "/escalation_policies": [
                _row(type="escalation_policy", name=name, escalation_rules=[])
                for name in self.expected.pagerduty_policies
            ],
            "/schedules": [
                _row(type="schedule", name=name, time_zone="Etc/UTC") for name in self.expected.pagerduty_schedules
            ],
        }
        rows, offset = known[path], int(request.query_params["offset"])
        # Whatever limit is asked for, a page is as long as the test says, so that lists have several pages.
        start = offset // 100 * self.page_length
        end = start + self.page_length
        page = {path[1:]: rows[start:end], "limit": 100, "offset": offset, "more": end < len(rows)}
        return _shaped(path, page)

    def _service(self, name: str) -> dict[str, Any]:
        quiet = self.urgency.get(name, "low" if name.endswith("low") else "high")
        key = _row(type="events_api_v2_inbound_integration", summary="Events", integration_key=f"key-of-{name}")
        urgency = {"type": "constant", "urgency": quiet}
        rest = {"escalation_policy": {"id": "P1"}, "incident_urgency_rule": urgency, "integrations": [key]}
        return _row(type="service", name=name, status="active", **rest)

    def _datadog(self, _request: Request, path: str) -> Response:
        services, slack = "/api/v1/integration/pagerduty/configuration/services/", "/api/v1/integration/slack/"
        if path == "/api/v1/validate":
            return _shaped(path, {"valid": True})
        if path.startswith(services) and path.removeprefix(services) in self.expected.datadog_pagerduty:
            return _shaped(f"{services}{{service_name}}", {"service_name": path.removeprefix(services)})
        if path.startswith(slack):
            account = path.split("/")[7]
            rows = [{"name": f"#{each.name}"} for each in self.expected.datadog_slack if each.account == account]
            return _shaped(f"{slack}configuration/accounts/{{account_name}}/channels", rows)
        return JSONResponse({}, status_code=404)


def _shaped(shape: str, content: Any) -> Response:
    return JSONResponse(shaped(shape, content))


def _row(**given: Any) -> dict[str, Any]:
    """A row of PagerDuty's, with an id."""
    return {"id": "P000001", **given}


@asynccontextmanager
async def accounts(**set_up: Any) -> AsyncIterator[Accounts]:
    """The three accounts on one loopback port."""
    held = Accounts(**set_up)
    app = Starlette(routes=[Route("/{path:path}", held.answer, methods=["GET", "POST"])])
    async with on_a_port(app) as held.url:
        yield held
