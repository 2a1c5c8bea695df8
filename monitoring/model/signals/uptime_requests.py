"""What a synthetic test of Datadog's asks, and what must hold in the answer."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from math import ceil
from typing import Literal

from monitoring.model.addresses import (
    BodyText,
    HeaderName,
    HeaderValue,
    Host,
    JsonPath,
    JsonSchema,
    LiteralText,
    Path,
    Port,
    Url,
)
from monitoring.model.entry import Entry, EntryProblem
from monitoring.model.references import ComponentRef, Names
from monitoring.model.scalars import SECONDS_IN, Duration, Length, Line, quoted

Method = Literal["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
"""The methods that Datadog offers for an HTTP test (DataDog/documentation, synthetics/api_tests/http_tests)."""
TLS_PORT = 443
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
SECRET_WORDS = ("authorization", "cookie", "token", "secret", "password", "api-key", "apikey", "credential")
"""Parts of a header's name by which it is taken to carry a secret: our own judgement."""


class Health(Entry):
    """A question to the platform's own health endpoint, and the components that must not fail in its answer."""

    health: Literal["liveness", "readiness", "full"]
    """Which question is put to the health endpoint."""
    components: tuple[ComponentRef, ...] = ()
    """The components that must not fail in the answer; left out, all that decide readiness."""
    within: Duration = Length(3)
    """How long the answer may take."""


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
    body: RequestBody | None = None
    """The request's body, with POST, PUT or PATCH."""

    def entry_problems(self, _: Names, /) -> Iterator[EntryProblem]:
        """A header whose value would be a secret, which everybody could read in the catalog and at Datadog."""
        for name in self.headers:
            if any(word in name.lower() for word in SECRET_WORDS):
                what = f"{quoted(name)} carries a secret, and the catalog holds none"
                yield EntryProblem(what, "ask an address that needs none, like /api/health", ("headers", name))


class Page(Entry):
    """An address that must answer with a status, in time, and perhaps with a text or headers."""

    url: Url | None = None
    """The whole address that is requested."""
    path: Path | None = None
    """The path below the environment's address that is requested."""
    status: int = 200
    """The HTTP status that the answer must have."""
    within: Duration = Length(3)
    """How long the answer may take."""
    contains: Line | None = None
    """A text that the answer must contain."""
    headers: dict[HeaderName, HeaderValue] = {}
    """Headers that the answer must have."""
    json_values: dict[JsonPath, LiteralText] = {}
    """Values that the answer must have, by their paths in its JSON."""
    json_schema: JsonSchema | None = None
    """A JSON schema of draft 7 that the answer must fit, as text."""
    sends: SentRequest | None = None
    """What the request carries beside its address."""
    follows_redirects: bool = False
    """Whether the answer of the address that a redirect leads to counts."""

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


class Certificate(Entry):
    """A TLS certificate that must still be valid for some days; of the environment's host unless it names one."""

    host: Host | None = None
    """The host whose certificate is checked; left out, the environment's."""
    port: Port = TLS_PORT
    """The port at which the certificate is shown."""
    valid_for: Duration
    """How long the certificate must still be valid, in whole days."""

    def entry_problems(self, _: Names, /) -> Iterator[EntryProblem]:
        """A time that is not one or more whole days.

        Datadog counts a certificate's days, and its provider sends 0 for what is no whole number: the test would fail
        only once the certificate has expired (DataDog/terraform-provider-datadog, resource_datadog_synthetics_test_.go,
        isTargetOfTypeInt).
        """
        days = max(1, ceil(self.valid_for.seconds / SECONDS_IN["d"]))
        if self.valid_for.seconds != days * SECONDS_IN["d"]:
            what = f'Datadog counts a certificate\'s days, and "{self.valid_for}" is not one or more whole days'
            yield EntryProblem(what, f"write valid-for: {days}d", ("valid-for",))


class Connection(Entry):
    """A port of a host that must take a connection in time."""

    host: Host | None = None
    """The host that is connected to; left out, the environment's."""
    port: Port
    """The port of TCP."""
    within: Duration = Length(3)
    """How long the connection may take."""


class SyntheticRequest(Entry):
    """What a synthetic test asks: exactly one of health, page, certificate, connection."""

    health: Health | None = None
    """Request the platform's own health endpoint."""
    page: Page | None = None
    """Request a page."""
    certificate: Certificate | None = None
    """Check a TLS certificate."""
    connection: Connection | None = None
    """Connect to a port."""

    @property
    def request(self) -> Health | Page | Certificate | Connection | None:
        """The one thing that is asked."""
        return self.health or self.page or self.certificate or self.connection

    @property
    def is_http(self) -> bool:
        """Whether it is asked by a method of HTTP."""
        return self.health is not None or self.page is not None

    @property
    def within(self) -> Length | None:
        """How long the answer may take; None for a certificate, which is right or wrong."""
        timed = self.health or self.page or self.connection
        return timed.within if timed else None

    def entry_problems(self, _: Names, /) -> Iterator[EntryProblem]:
        """No question, or several at once."""
        parts = (self.health, self.page, self.certificate, self.connection)
        if len([part for part in parts if part is not None]) != 1:
            yield EntryProblem("a test asks one thing", "write exactly one of health, page, certificate, connection")
