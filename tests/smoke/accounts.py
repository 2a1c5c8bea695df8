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

from monitoring.errors import Source
from monitoring.smoke.expected import Expected
from monitoring.vendors.access import Access, access
from monitoring.vendors.needs import Need, NeedKind
from monitoring.vendors.settings import settings
from tests.factories import a_catalog
from tests.health.ports import on_a_port
from tests.smoke.shapes import INDEX, INTEGRATIONS, ORGANIZATION, SHAPES, filled, installation, shaped

KEYS = "/api/0/projects/{organization_id_or_slug}/{project_id_or_slug}/keys/"
ENVIRON = {
    "SENTRY_AUTH_TOKEN": "sentry-token",
    "PAGERDUTY_TOKEN": "pagerduty-token",
    "DD_API_KEY": "api-key",
    "DD_APP_KEY": "app-key",
}
SITE = "datadoghq.eu"
NAMES = (
    (NeedKind.SLACK_INSTALLATION, "Your Agency", "youragency"),
    (NeedKind.PAGERDUTY_INSTALLATION, "youragency", "youragency"),
    (NeedKind.TEAM, "revenue", "youragency"),
    (NeedKind.MEMBER, "ana@youragency.com", "youragency"),
    (NeedKind.PROJECT, "web", "youragency"),
    (NeedKind.PROJECT, "jobs", "youragency"),
    (NeedKind.ENVIRONMENT, "production", "youragency"),
    (NeedKind.PAGERDUTY_ROW, "payments-critical-high", "youragency"),
    (NeedKind.USER, "ana@youragency.com", ""),
    (NeedKind.USER, "ben@youragency.com", ""),
    (NeedKind.SERVICE, "payments-critical-high", ""),
    (NeedKind.SERVICE, "website-standard-low", ""),
    (NeedKind.POLICY, "Agency platform: Critical", ""),
    (NeedKind.SCHEDULE, "Agency platform: Primary", ""),
    (NeedKind.SERVICE_OBJECT, "website-standard-low", ""),
    (NeedKind.CHANNEL, "alerts-critical", "youragency"),
    (NeedKind.CHANNEL, "alerts-errors", "youragency"),
)


def a_need(kind: NeedKind, name: str, within: str) -> Need:
    """Something that has to exist; what is said where it does not is short."""
    return Need(kind, name, name, within, Source("a.yaml", 7), "here", f'there is no {kind} "{name}"', "make it")


EXPECTED = Expected(
    needs=tuple(a_need(*each) for each in NAMES),
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

    shift_based: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ()

    def access(self, **changes: str) -> Access:
        """The accounts as the stack and the environment name them; `changes` are variables."""
        places = dict.fromkeys(("datadog:apiUrl", "pagerduty:apiUrlOverride", "sentry:baseUrl"), self.url)
        return replace(access(settings(places, ENVIRON | changes), a_catalog().platform), pagerduty_events=self.url)

    def names(self, kind: NeedKind) -> list[str]:
        """What is held of a kind."""
        return [need.name for need in self.expected.of(kind)]

    def lacks(self, kind: NeedKind, name: str) -> None:
        """Takes one thing away."""
        kept = (need for need in self.expected.needs if (need.kind, need.name) != (kind, name))
        self.expected = replace(self.expected, needs=tuple(kept))

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
        base = "/api/0/organizations/youragency/"
        for kind, (key, names) in self._sentry_lists().items():
            if path == f"{base}{kind}/":
                shape = SHAPES[f"{ORGANIZATION}{kind}/"]["items"]
                return self._linked(request, f"{ORGANIZATION}{kind}/", [filled(shape) | {key: name} for name in names])
        if path == f"{base}integrations/":
            return self._linked(request, INTEGRATIONS, [*self._integrations()])
        if path == INDEX:
            return _shaped(path, {"version": "0", "auth": {"scopes": list(self.scopes)}, "user": None})
        if path.endswith("/keys/"):
            dsn = f"http://public@{self.url.removeprefix('http://')}/7"
            row = filled(SHAPES[KEYS]["items"]) | {"isActive": True}
            return _shaped(KEYS, [row | {"dsn": row["dsn"] | {"public": dsn}}])
        return JSONResponse({}, status_code=404)

    def _sentry_lists(self) -> dict[str, tuple[str, list[str]]]:
        return {
            "projects": ("slug", self.names(NeedKind.PROJECT)),
            "teams": ("slug", self.names(NeedKind.TEAM)),
            "members": ("email", self.names(NeedKind.MEMBER)),
            "environments": ("name", self.names(NeedKind.ENVIRONMENT)),
        }

    def _integrations(self) -> Any:
        rows = enumerate(self.names(NeedKind.PAGERDUTY_ROW), 1)
        table = [{"id": id_, "service": name, "integration_key": f"key-{id_}"} for id_, name in rows]
        for name in self.names(NeedKind.SLACK_INSTALLATION):
            yield installation(name=name, provider={"key": "slack"}, status="active", configData={})
        config = {"service_table": table}
        for name in self.names(NeedKind.PAGERDUTY_INSTALLATION) or ["another account"]:
            yield installation(name=name, provider={"key": "pagerduty"}, status="active", configData=config)

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
            "/users": [_row(type="user", name="A person", email=email) for email in self.names(NeedKind.USER)],
            "/services": [self._service(name) for name in self.names(NeedKind.SERVICE)],
            "/escalation_policies": [
                _row(type="escalation_policy", name=name, escalation_rules=[]) for name in self.names(NeedKind.POLICY)
            ],
            "/schedules": [
                _row(type="schedule", name=name, time_zone="Etc/UTC") for name in self.names(NeedKind.SCHEDULE)
            ],
            "/v3/schedules": [
                {"id": f"PS{number}", "type": "schedule_v3_reference", "summary": name}
                for number, name in enumerate(self.shift_based)
            ],
        }
        rows, offset = known[path], int(request.query_params["offset"])
        # Whatever limit is asked for, a page is as long as the test says, so that lists have several pages.
        start = offset // 100 * self.page_length
        end = start + self.page_length
        more = {"limit": 100, "offset": offset, "more": end < len(rows)}
        return _shaped(path, {path.rpartition("/")[2]: rows[start:end], **more})

    def _service(self, name: str) -> dict[str, Any]:
        quiet = self.urgency.get(name, "low" if name.endswith("low") else "high")
        key = _row(type="events_api_v2_inbound_integration", summary="Events", integration_key=f"key-of-{name}")
        urgency = {"type": "constant", "urgency": quiet}
        rest = {
            "escalation_policy": {"id": "P1", "type": "escalation_policy_reference"},
            "incident_urgency_rule": urgency,
            "integrations": [key],
        }
        return _row(type="service", name=name, status="active", **rest)

    def _datadog(self, _request: Request, path: str) -> Response:
        services, slack = "/api/v1/integration/pagerduty/configuration/services/", "/api/v1/integration/slack/"
        if path == "/api/v1/validate":
            return _shaped(path, {"valid": True})
        if path.startswith(services) and path.removeprefix(services) in self.names(NeedKind.SERVICE_OBJECT):
            return _shaped(f"{services}{{service_name}}", {"service_name": path.removeprefix(services)})
        if path.startswith(slack):
            account = path.split("/")[7]
            channels = [need.name for need in self.expected.of(NeedKind.CHANNEL) if need.within == account]
            rows = [{"name": f"#{name}"} for name in channels]
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
