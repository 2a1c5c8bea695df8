"""Loopback accounts at Sentry, PagerDuty and Datadog, with all that is expected in them; a test takes one thing away.

The shapes of `vendor_answers.json` are the vendors' own: types and required fields of their published API descriptions
(DataDog/datadog-api-client-python v1, PagerDuty/api-schema REST v2, getsentry/sentry-api-schema), trimmed to what is
read.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import jsonschema
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from monitoring.acceptance.expected import Access, Expected, SentryIntegration, SlackChannel
from tests.health.ports import on_a_port

SHAPES: dict[str, Any] = json.loads((Path(__file__).parent / "vendor_answers.json").read_text())
VALIDATORS = {path: jsonschema.Draft202012Validator(shape) for path, shape in SHAPES.items()}
ORGANIZATION = "/api/0/organizations/{organization_id_or_slug}/"
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
            return _shaped(ORGANIZATION, _filled(SHAPES[ORGANIZATION]))
        for kind, (key, names) in self._sentry_lists().items():
            if path == f"{base}{kind}/":
                shape = SHAPES[f"{ORGANIZATION}{kind}/"]["items"]
                return self._linked(request, f"{ORGANIZATION}{kind}/", [_filled(shape) | {key: name} for name in names])
        if path == f"{base}integrations/":
            return self._linked(request, f"{ORGANIZATION}integrations/", [*self._integrations()])
        if path.endswith("/keys/"):
            dsn = f"http://public@{self.url.removeprefix('http://')}/7"
            row = _filled(SHAPES[KEYS]["items"]) | {"isActive": True}
            return _shaped(KEYS, [row | {"dsn": row["dsn"] | {"public": dsn}}])
        return JSONResponse({}, status_code=404)

    def _sentry_lists(self) -> dict[str, tuple[str, tuple[str, ...]]]:
        return {
            "projects": ("slug", self.expected.sentry_projects),
            "teams": ("slug", self.expected.sentry_teams),
            "members": ("email", self.expected.sentry_members),
        }

    def _integrations(self) -> Any:
        shape = SHAPES[f"{ORGANIZATION}integrations/"]["items"]
        table = [{"service_name": name} for name in self.expected.sentry_pagerduty_rows]
        for each in self.expected.sentry_integrations:
            config = {"service_table": table} if each.provider == "pagerduty" else None
            named = {"name": each.name, "provider": {"key": each.provider}, "status": "active", "configData": config}
            yield _filled(shape) | named

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
            "/users": [{"type": "user", "name": "A person", "email": email} for email in self.expected.pagerduty_users],
            "/services": [self._service(name) for name in self.expected.pagerduty_services],
            "/escalation_policies": [
                {"type": "escalation_policy", "name": name, "escalation_rules": []}
                for name in self.expected.pagerduty_policies
            ],
            "/schedules": [
                {"type": "schedule", "name": name, "time_zone": "Etc/UTC"} for name in self.expected.pagerduty_schedules
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
        key = {"type": "events_api_v2_inbound_integration", "integration_key": f"key-of-{name}"}
        urgency = {"type": "constant", "urgency": quiet}
        rest = {"escalation_policy": {"id": "P1"}, "incident_urgency_rule": urgency, "integrations": [key]}
        return {"type": "service", "name": name, "status": "active", **rest}

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
    """An answer, once it has been held against the vendor's own description."""
    VALIDATORS[shape].validate(content)
    return JSONResponse(content)


def _filled(shape: dict[str, Any]) -> Any:
    """The smallest value of a shape: required fields, first words, empty lists."""
    if "allOf" in shape:
        filled: dict[str, Any] = {}
        for part in shape["allOf"]:
            found = _filled(part)
            filled |= found if isinstance(found, dict) else {}
        return filled
    if "anyOf" in shape:
        return _filled(shape["anyOf"][0])
    if "enum" in shape:
        return shape["enum"][0]
    kinds = shape.get("type", "null")
    kind = kinds[0] if isinstance(kinds, list) else kinds
    if kind == "object":
        return {name: _filled(shape.get("properties", {}).get(name, {})) for name in shape.get("required", [])}
    return {"string": "x", "integer": 1, "number": 1.0, "boolean": False, "array": []}.get(kind)


@asynccontextmanager
async def accounts(**set_up: Any) -> AsyncIterator[Accounts]:
    """The three accounts on one loopback port."""
    held = Accounts(**set_up)
    app = Starlette(routes=[Route("/{path:path}", held.answer, methods=["GET", "POST"])])
    async with on_a_port(app) as held.url:
        yield held
