"""An address that Datadog asks from several regions."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil
from typing import Literal

from monitoring.model.addresses import HeaderName, HeaderValue, Host, Path, Url
from monitoring.model.alphabets import Location
from monitoring.model.entry import Entry, EntryProblem
from monitoring.model.references import ComponentRef, Names
from monitoring.model.scalars import SECONDS_IN, Duration, Length, Line, quoted, repeated

# Datadog synthetic tests: how often, how many retries, how far apart (options_list of the API description).
TICK_SECONDS = range(30, 604_801)
# How long a test waits for an answer, in seconds: declared with each test, and counted in the time to its failure.
TEST_TIMEOUT = 10
RETRY_COUNTS = range(4)
RETRY_GAP_SECONDS = range(6)
Method = Literal["GET", "HEAD"]


class Health(Entry):
    """A question to the platform's own health endpoint, and the components that must not fail in its answer."""

    health: Literal["liveness", "readiness", "full"]
    """Which question is put to the health endpoint."""
    components: tuple[ComponentRef, ...] = ()
    """The components that must not fail in the answer; left out, all that decide readiness."""
    within: Duration = Length(3)
    """How long the answer may take."""


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


class SyntheticRequest(Entry):
    """What a synthetic test asks: exactly one of health, page, certificate."""

    health: Health | None = None
    """Request the platform's own health endpoint."""
    page: Page | None = None
    """Request a page."""
    certificate: Certificate | None = None
    """Check a TLS certificate."""

    def entry_problems(self, _: Names, /) -> Iterator[EntryProblem]:
        """No question, or several at once."""
        if len([part for part in (self.health, self.page, self.certificate) if part is not None]) != 1:
            yield EntryProblem("a test asks one thing", "write exactly one of health, page, certificate")


class Retry(Entry):
    """How often a failed location tries again before it counts, and after how long."""

    times: int
    """How often a location tries again, 0 to 3."""
    after: Duration
    """How long it waits before it tries again, 0s to 5s."""

    def entry_problems(self, _: Names, /) -> Iterator[EntryProblem]:
        """More retries, or later ones, than Datadog takes."""
        if self.times not in RETRY_COUNTS:
            yield EntryProblem(f'"{self.times}" is not a number of retries', "Datadog takes 0 to 3", ("times",))
        if self.after.seconds not in RETRY_GAP_SECONDS:
            yield EntryProblem(f'"{self.after}" is not a gap between retries', "Datadog takes 0s to 5s", ("after",))


class Uptime(Entry):
    """A synthetic test from several regions."""

    asks: SyntheticRequest
    """What the test requests."""
    methods: tuple[Method, ...] = ("GET",)
    """The HTTP methods that are tested, one test each."""
    every: Duration
    """How often each region runs the test, 30s to 1w."""
    regions: tuple[Location, ...]
    """The locations from which it runs."""
    failing_in: int = 1
    """How many regions must fail at the same time."""
    retry: Retry | None = None
    """How often a failed location tries again before it counts."""

    def entry_problems(self, _: Names, /) -> Iterator[EntryProblem]:
        """A pace that Datadog does not take, methods or regions that are none or double, failures that cannot be."""
        if self.every.seconds not in TICK_SECONDS:
            yield EntryProblem(f'"{self.every}" is not a pace for a test', "Datadog takes 30s to 1w", ("every",))
        for field, given in (("methods", self.methods), ("regions", self.regions)):
            if not given:
                yield EntryProblem("is an empty list", "name at least one", (field,))
            for name in repeated(given):
                yield EntryProblem(f"names {quoted(name)} twice", "name it once", (field,))
        if self.regions and not 1 <= self.failing_in <= len(self.regions):
            what = f'"{self.failing_in}" of {len(self.regions)} regions can never fail'
            yield EntryProblem(what, f"write 1 to {len(self.regions)}", ("failing-in",))
