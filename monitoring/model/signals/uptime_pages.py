"""A page that a synthetic test of Datadog's requests by HTTP, and what must hold in its answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from monitoring.model.addresses import (
    BodyText,
    HeaderName,
    HeaderValue,
    JsonPath,
    JsonSchema,
    Path,
    Url,
    holds_json,
)
from monitoring.model.answer_values import AnswerHeader, JsonValue
from monitoring.model.entry import Entry, EntryProblem
from monitoring.model.references import Names
from monitoring.model.scalars import Id, Line, quoted, repeated
from monitoring.model.secret_words import names_a_secret
from monitoring.model.signals.answer_time import USUAL, TimeOrAny, in_time

Method = Literal["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
"""The methods that Datadog offers for an HTTP test (DataDog/documentation, synthetics/api_tests/http_tests)."""
HttpVersion = Literal["http1", "http2"]
"""The versions of HTTP that Datadog offers beside whichever the server takes (its API description)."""
METHODS_WITH_BODY = frozenset({"POST", "PUT", "PATCH"})
"""With any other the provider's next preview repeats the body as a change (DataDog/terraform-provider-datadog)."""
# What a body is, in our words, and as Datadog's provider names it (bodyType of its SyntheticsTest).
BodyType = Literal["json", "text", "xml", "form", "graphql"]
BODY_TYPES: Mapping[BodyType, str] = {
    "json": "application/json",
    "text": "text/plain",
    "xml": "text/xml",
    "form": "application/x-www-form-urlencoded",
    "graphql": "graphql",
}
REDIRECTS = frozenset({301, 302, 303, 307, 308})
"""The statuses that lead to another address (RFC 9110, 15.4)."""
WITHOUT_CONTENT = frozenset({*range(100, 200), 204, 205, 304})
"""The statuses of an answer that carries nothing (RFC 9110, 6.4.1 and 15.3.6)."""


class RequestBody(Entry):
    """What a request carries, and as what."""

    type: BodyType
    """What the text is."""
    text: BodyText
    """The body, on one line."""

    @property
    def sample(self) -> str:
        """The text as a request carries it."""
        return self.text

    def entry_problems(self, _: Names, /) -> Iterator[EntryProblem]:
        """JSON that is none."""
        if self.type == "json" and not holds_json(self.sample):
            yield EntryProblem(f"{quoted(self.text)} is not JSON", "write it in quotes, like '{\"id\": 1}'", ("text",))


class SentRequest(Entry):
    """What a request carries beside its address."""

    headers: dict[HeaderName, HeaderValue] = {}
    """Headers of the request; none that carries a secret."""
    secret_headers: dict[HeaderName, Id] = {}
    """Headers whose whole value is a secret, by its name in the stack's configuration."""
    body: RequestBody | None = None
    """The request's body, with POST, PUT or PATCH."""

    def entry_problems(self, _: Names, /) -> Iterator[EntryProblem]:
        """A header whose value would be a secret, which everybody could read, and one that is written twice."""
        for name in self.headers:
            if names_a_secret(name):
                what = f"{quoted(name)} carries a secret, and the catalog holds none"
                remedy = f"write secret-headers: {{{name}: probe-token}}, and its value in the stack's configuration"
                yield EntryProblem(what, remedy, ("headers", name))
        for name in repeated([name.lower() for name in (*self.headers, *self.secret_headers)]):
            what = f"names {quoted(name)} twice, in small letters or not"
            yield EntryProblem(what, "write the header once", ("headers",))


class Page(Entry):
    """An address that must answer with a status, in time, and perhaps with a text or headers."""

    url: Url | None = None
    """The whole address that is requested."""
    path: Path | None = None
    """The path below the environment's address that is requested."""
    status: int = 200
    """The HTTP status that the answer must have."""
    within: TimeOrAny = USUAL
    """How long the answer may take, or any."""
    contains: Line | None = None
    """A text that the answer must contain."""
    headers: dict[HeaderName, AnswerHeader] = {}
    """What headers of the answer must contain, or be."""
    json_values: dict[JsonPath, JsonValue] = {}
    """What values of the answer must be, by their paths in its JSON."""
    json_schema: JsonSchema | None = None
    """A JSON schema of draft 7 that the answer must fit, as text."""
    sends: SentRequest | None = None
    """What the request carries beside its address."""
    http_version: HttpVersion | None = None
    """The version of HTTP that is asked by, http1 or http2; left out, whichever the server takes."""
    follows_redirects: bool = False
    """Whether the answer of the address that a redirect leads to counts."""

    def failing(self, methods: str) -> str:
        """How it fails, asked by some methods."""
        redirects = "redirects followed" if self.follows_redirects else "no redirect followed"
        return f"{methods} of {self.url or self.path} does not answer {self.status}{in_time(self.within)}, {redirects}"

    @property
    def reads_body(self) -> bool:
        """Whether something must hold in the answer's body, which HEAD does not get."""
        return bool(self.contains or self.json_values or self.json_schema)

    @property
    def body(self) -> RequestBody | None:
        """What the request carries."""
        return self.sends.body if self.sends else None

    def entry_problems(self, _: Names, /) -> Iterator[EntryProblem]:
        """No address or two, a text that Datadog would replace, a status that no answer or not this one has."""
        if (self.url is None) == (self.path is None):
            what = "has no address" if self.url is None else "has two addresses"
            yield EntryProblem(what, "write url, or path below the environment's address")
        if self.contains is not None and "{{" in self.contains:
            what = 'holds "{{", which Datadog replaces by a variable of its own'
            yield EntryProblem(what, "name a part of the text without it", ("contains",))
        if not 100 <= self.status <= 599:
            yield EntryProblem(f'"{self.status}" is not an http status', "write one from 100 to 599", ("status",))
        yield from self._impossible_answer()

    def _impossible_answer(self) -> Iterator[EntryProblem]:
        """A redirect that is followed and expected at once, and something in an answer that carries nothing."""
        if self.follows_redirects and self.status in REDIRECTS:
            what = f"fires always: a redirect is followed, so the last answer is no {self.status}"
            yield EntryProblem(what, "write status: 200, or take follows-redirects out", ("status",))
        if self.reads_body and self.status in WITHOUT_CONTENT:
            what = f"fires always: an answer of {self.status} carries no text and no JSON"
            yield EntryProblem(what, "write another status, like 200, or ask for nothing in the answer", ("status",))
