"""The endpoint as ASGI: routes to add to an application, and an application that stands alone."""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Scope, Send

from . import masking, render
from .check import HealthSettingError
from .contract import (
    ALLOW,
    DEFAULT_QUESTION,
    HEADERS,
    MEDIA_TYPE,
    METHODS,
    PARAMETER,
    PATH,
    PROBLEM_TYPE,
    SHORT_PATHS,
    Question,
    Status,
    http_status,
)
from .openapi import openapi
from .registry import Answer, HealthRegistry

log = logging.getLogger("monitoring.health")

MIN_TOKEN = 16
"""Characters; a shorter token for details could be guessed."""

_COMMON = tuple((name.encode(), value.encode()) for name, value in HEADERS.items())
_DIRECT = {f"{PARAMETER}={question}".encode(): question for question in Question} | {b"": DEFAULT_QUESTION}

Authorized = Callable[[Scope], bool]


@dataclass(frozen=True, slots=True)
class Reply:
    """A status, a body and its type: all that an answer is before it is sent."""

    status: int
    body: bytes
    media_type: str = MEDIA_TYPE
    allow: bool = False


METHOD_NOT_ALLOWED = Reply(405, render.problem("method not allowed", 405), PROBLEM_TYPE, allow=True)
UNKNOWN_TYPE = Reply(400, render.problem("unknown type", 400), PROBLEM_TYPE)
NOT_FOUND = Reply(404, render.problem("not found", 404), PROBLEM_TYPE)
ENDPOINT_FAILED = Reply(503, render.public(Answer(DEFAULT_QUESTION, Status.FAIL)))


@dataclass(frozen=True)
class HealthEndpoint:
    """One path of the endpoint; `question` is fixed for the short paths, else the query names it."""

    registry: HealthRegistry
    authorized: Authorized
    question: Question | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        """Answer one request; an error of our own is logged and answered blandly."""
        try:
            reply = await self._reply(scope)
        except Exception as error:
            log.error("the health endpoint itself failed\n%s", masking.whole(error))
            reply = ENDPOINT_FAILED
        await _send(reply, send, with_body=scope["method"] != "HEAD")

    async def _reply(self, scope: Scope) -> Reply:
        if scope["method"] not in METHODS:
            return METHOD_NOT_ALLOWED
        question = self.question or question_of(scope.get("query_string", b""))
        if question is None:
            return UNKNOWN_TYPE
        answer = await self.registry.ask(question)
        return Reply(http_status(answer.status), _body(answer, detailed=self.authorized(scope)))


def _body(answer: Answer, *, detailed: bool) -> bytes:
    return render.detailed(answer) if detailed else render.public(answer)


def question_of(query: bytes) -> Question | None:
    """The question that a query string asks; None when its `type` is none of the three, or is there twice."""
    if (question := _DIRECT.get(query)) is not None:
        return question
    words = parse_qs(query.decode("latin-1"), keep_blank_values=True).get(PARAMETER, [str(DEFAULT_QUESTION)])
    return Question(words[0]) if len(words) == 1 and words[0] in set(Question) else None


async def _send(reply: Reply, send: Send, *, with_body: bool) -> None:
    headers = [(b"content-type", reply.media_type.encode()), (b"content-length", b"%d" % len(reply.body)), *_COMMON]
    if reply.allow:
        headers.append((b"allow", ALLOW.encode()))
    await send({"type": "http.response.start", "status": reply.status, "headers": headers})
    await send({"type": "http.response.body", "body": reply.body if with_body else b""})


def health_routes(registry: HealthRegistry, *, token: str | None = None) -> list[BaseRoute]:
    """The routes to add to a Starlette or FastAPI application; with the token as bearer the answers have details.

    Raises HealthSettingError when the token is too short to keep a secret.
    """
    return _routes(registry, authorized=_bearer(token) if token is not None else _nobody)


def health_app(registry: HealthRegistry, *, token: str | None = None) -> Starlette:
    """The public endpoint as an application of its own."""
    return _application(health_routes(registry, token=token), lifespan=_closing(registry))


def private_app(registry: HealthRegistry) -> Starlette:
    """What the private port serves: every answer with details, metrics, and the description of the public endpoint."""
    routes = [Route("/metrics", _metrics(registry)), Route("/openapi.json", _static(json.dumps(openapi()).encode()))]
    return _application([*_routes(registry, authorized=_everybody), *routes])


def _application(routes: list[BaseRoute], **settings: Any) -> Starlette:
    """An application whose every answer has the headers of the contract, and which redirects nobody."""
    app = Starlette(routes=routes, exception_handlers={404: _not_found, 500: _failed}, **settings)
    app.router.redirect_slashes = False
    return app


def _routes(registry: HealthRegistry, *, authorized: Authorized) -> list[BaseRoute]:
    """The endpoint's paths; with a slash behind it none is redirected, for that would name the caller's Host."""
    paths = {PATH: None, **SHORT_PATHS}
    answered = [Route(path, HealthEndpoint(registry, authorized, fixed)) for path, fixed in paths.items()]
    return [*answered, *(Route(f"{path}/", _Constant(NOT_FOUND)) for path in paths)]


async def _not_found(_request: Request, _error: Exception) -> Response:
    return _response(NOT_FOUND)


async def _failed(_request: Request, _error: Exception) -> Response:
    return _response(ENDPOINT_FAILED)


def _response(reply: Reply) -> Response:
    return Response(reply.body, reply.status, dict(HEADERS), reply.media_type)


def _nobody(_scope: Scope) -> bool:
    return False


def _everybody(_scope: Scope) -> bool:
    return True


def _bearer(token: str) -> Authorized:
    """Whether a request carries the token; digests are compared, so that neither time nor length reveals anything."""
    if len(token) < MIN_TOKEN:
        raise HealthSettingError(f"the token for details is shorter than {MIN_TOKEN} characters; use a longer one")
    expected = _digest(b"Bearer " + token.encode())

    def authorized(scope: Scope) -> bool:
        given = next((value for name, value in scope["headers"] if name == b"authorization"), None)
        return given is not None and hmac.compare_digest(_digest(given), expected)

    return authorized


def _digest(text: bytes) -> bytes:
    return hashlib.sha256(text).digest()


def _closing(registry: HealthRegistry) -> Callable[[Starlette], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        yield
        await registry.aclose()

    return lifespan


@dataclass(frozen=True)
class _Static:
    produce: Callable[[], bytes]
    media_type: str

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        not_allowed = scope["method"] not in METHODS
        reply = METHOD_NOT_ALLOWED if not_allowed else Reply(200, self.produce(), self.media_type)
        await _send(reply, send, with_body=scope["method"] != "HEAD")


@dataclass(frozen=True)
class _Constant:
    reply: Reply

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        await _send(self.reply, send, with_body=scope["method"] != "HEAD")


def _static(content: bytes) -> _Static:
    return _Static(lambda: content, "application/json")


def _metrics(registry: HealthRegistry) -> _Static:
    from .metrics import exposition

    return _Static(lambda: exposition(registry), "text/plain; version=0.0.4; charset=utf-8")
