"""Probes of HTTP dependencies, and the vendors' cheapest read-only calls."""

from __future__ import annotations

import json
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from .check import Probe, ProbeError, Reading, checked_address
from .contract import Status

if TYPE_CHECKING:
    import httpcore

MAX_BODY = 64 * 1024
"""Bytes that are read of an answer; a longer one is a failure, not a reason to read on."""

_PLAIN = {"accept": "application/json", "accept-encoding": "identity", "user-agent": "monitoring-health"}

Judge = Callable[[Any], Reading | None]
"""Looks at the JSON of an answer; raises ProbeError when it is not as it should be."""


@dataclass(frozen=True, slots=True)
class VendorResponse:
    """A dependency's answer: its status, and its JSON if it was asked for."""

    status: int
    content: Any = None


@dataclass(frozen=True, slots=True)
class Request:
    """One read-only call: redirects are not followed, so that credentials go nowhere else."""

    url: str
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    expect: frozenset[int] = frozenset({200})
    judge: Judge | None = None
    also_accepts: Callable[[VendorResponse], bool] | None = None
    trust: ssl.SSLContext | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        """Refuse an address that cannot be asked."""
        checked_address(self.url)


def http(
    url: str,
    *,
    headers: Mapping[str, str] | None = None,
    expect: frozenset[int] = frozenset({200}),
    judge: Judge | None = None,
    trust: ssl.SSLContext | None = None,
) -> Probe:
    """A probe of any HTTP dependency: one GET, its status, and if a judge is given its JSON.

    `trust` names a private authority; without it certifi's bundle (or SSL_CERT_FILE) decides.
    Raises HealthSettingError when the address cannot be asked.
    """
    return _probe(Request(url=url, headers=headers or {}, expect=expect, judge=judge, trust=trust))


def clerk(*, secret_key: str, base: str = "https://api.clerk.com") -> Probe:
    """A probe of Clerk: its key set, which sign-in cannot do without and which counts against no limit.

    Source: clerk.com/docs/guides/how-clerk-works/system-limits, "Get the JWKS of the instance".
    """
    return _probe(Request(url=f"{base}/v1/jwks", headers=_bearer(secret_key), judge=_has_keys))


def supabase_auth(*, url: str, anon_key: str) -> Probe:
    """A probe of Supabase auth: `GET /auth/v1/health` of GoTrue, which needs the project's public key only."""
    return _probe(Request(url=f"{url.rstrip('/')}/auth/v1/health", headers={"apikey": anon_key}, judge=_is_object))


def stripe(*, secret_key: str, base: str = "https://api.stripe.com") -> Probe:
    """A probe of Stripe: reads the balance and throws it away; a restricted key with "balance: read" is enough."""
    return _probe(Request(url=f"{base}/v1/balance", headers=_bearer(secret_key), judge=_is_object))


def resend(*, api_key: str, base: str = "https://api.resend.com") -> Probe:
    """A probe of Resend: lists the domains, sends nothing.

    A key that may only send is answered 401 `restricted_api_key` (resend.com/docs/api-reference/errors): the service is
    there and knows the key, so that passes.
    """
    return _probe(
        Request(url=f"{base}/domains", headers=_bearer(api_key), judge=_is_object, also_accepts=_send_only_key)
    )


def vercel(*, token: str, project: str, team: str | None = None, base: str = "https://api.vercel.com") -> Probe:
    """A probe of Vercel: the newest production deployment; a failed one warns, for the one before it still serves.

    Source: vercel.com/docs/rest-api, `GET /v6/deployments`: READY BUILDING ERROR INITIALIZING QUEUED CANCELED.
    """
    scope = f"&teamId={quote(team, safe='')}" if team else ""
    url = f"{base}/v6/deployments?projectId={quote(project, safe='')}&target=production&limit=1{scope}"
    return _probe(Request(url=url, headers=_bearer(token), judge=_deployment))


def _bearer(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"}


def _probe(request: Request) -> Probe:
    from .http_connection import streamed, usual_trust

    trust = request.trust or usual_trust()

    async def probe() -> Reading | None:
        async with streamed(request.url, {**_PLAIN, **request.headers}, trust=trust) as response:
            return verdict(request, await _read(request, response))

    return probe


def verdict(request: Request, response: VendorResponse) -> Reading | None:
    """What an answer means; raises ProbeError unless it is as expected. 429 warns: there, but we ask too often."""
    if request.also_accepts is not None and request.also_accepts(response):
        return None
    if response.status == 429:
        raise ProbeError("asked too often (429)", status=Status.WARN)
    if response.status not in request.expect:
        raise ProbeError(f"answered {response.status}{_hint(response.status)}")
    return request.judge(response.content) if request.judge is not None else None


def _hint(status: int) -> str:
    if status in (401, 403):
        return ", it refuses our credentials"
    return ", a redirect" if 300 <= status < 400 else ""


async def _read(request: Request, response: httpcore.Response) -> VendorResponse:
    wanted = request.judge is not None or (request.also_accepts is not None and response.status == 401)
    return VendorResponse(response.status, await _json(response) if wanted else None)


async def _json(response: httpcore.Response) -> Any:
    """The JSON of an answer, at most MAX_BODY of it; None where an unexpected status has none."""
    from .http_connection import body_of

    body = await body_of(response, MAX_BODY)
    if body is None:
        raise ProbeError("its answer is longer than any that is expected")
    return _parsed(body, required=200 <= response.status < 300)


def _parsed(content: bytes, *, required: bool) -> Any:
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        if required:
            raise ProbeError("its answer is not JSON") from None
        return None


def _is_object(content: Any) -> None:
    if not isinstance(content, dict):
        raise ProbeError("its answer is not the object that is expected")


def _has_keys(content: Any) -> None:
    _is_object(content)
    if not content.get("keys"):
        raise ProbeError("its key set is empty")


def _send_only_key(response: VendorResponse) -> bool:
    content = response.content
    return response.status == 401 and isinstance(content, dict) and content.get("name") == "restricted_api_key"


def _deployment(content: Any) -> Reading:
    _is_object(content)
    listed = content.get("deployments")
    newest = listed[0] if isinstance(listed, list) and listed and isinstance(listed[0], dict) else None
    if newest is None:
        raise ProbeError("it lists no production deployment")
    failed = (newest.get("readyState") or newest.get("state")) == "ERROR"
    return Reading(Status.WARN, "the newest production deployment failed") if failed else Reading()
