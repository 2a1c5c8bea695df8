"""A page that a synthetic test of Datadog's requests by HTTP, and what must hold in its answer."""

from __future__ import annotations

import json
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


class RequestBody(Entry):
    """What a request carries, and as what."""

    type: BodyType
    """What the text is."""
    text: BodyText
    """The body, on one line."""

    def entry_problems(self, _: Names, /) -> Iterator[EntryProblem]:
        """JSON that is none."""
        if self.type == "json" and not _is_json(self.text):
            yield EntryProblem(f"{quoted(self.text)} is not JSON", "write it in quotes, like '{\"id\": 1}'", ("text",))


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


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
        """No address or two, half a path, a status that HTTP does not have."""
        if (self.url is None) == (self.path is None):
            what = "has no address" if self.url is None else "has two addresses"
            yield EntryProblem(what, "write url, or path below the environment's address")
        if self.contains is not None and "{{" in self.contains:
            what = 'holds "{{", which Datadog replaces by a variable of its own'
            yield EntryProblem(what, "name a part of the text without it", ("contains",))
        if not 100 <= self.status <= 599:
            yield EntryProblem(f'"{self.status}" is not an http status', "write one from 100 to 599", ("status",))
