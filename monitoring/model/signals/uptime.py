"""An address that Datadog asks from several regions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import ceil
from typing import ClassVar, Literal, final

from monitoring.model.addresses import HeaderName, HeaderValue, Host, Path, Url
from monitoring.model.alphabets import Location
from monitoring.model.detection import Detection
from monitoring.model.entry import Entry, EntryProblem
from monitoring.model.references import ComponentRef, Names
from monitoring.model.scalars import SECONDS_IN, Duration, Length, Line, quoted, repeated
from monitoring.model.signals.base import BaseSignal, DataRead, Metrics, RankedLimit, Watcher, fitting

# Datadog synthetic tests: how often, how many retries, how far apart (options_list of the API description).
TICK_SECONDS = range(30, 604_801)
# How long a test waits for an answer, in seconds: declared with each test, and counted in the time to its failure.
TEST_TIMEOUT = 10
RETRY_COUNTS = range(4)
RETRY_GAP_SECONDS = range(6)
Method = Literal["GET", "HEAD"]


PACES = ("1d", "6h", "1h", "30m", "15m", "10m", "5m", "1m")
"""The paces among which one that is fast enough is looked for."""


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

    @property
    def request(self) -> Health | Page | Certificate | None:
        """The one thing that is asked."""
        return self.health or self.page or self.certificate

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


@final
class Uptime(BaseSignal):
    """A synthetic test from several regions."""

    watcher: ClassVar[Watcher] = "datadog"
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

    def condition(self, limit: str | None) -> str:
        """What the question is, and from how many regions it fails."""
        return f"{self._failure}, seen from {self.failing_in} of {len(self.regions)} regions"

    @property
    def _failure(self) -> str:
        methods, request = " and ".join(self.methods), self.asks.request
        match request:
            case Health():
                named = f" ({', '.join(request.components)})" if request.components else ""
                return f"{methods} of the {request.health} question{named} fails or takes over {request.within}"
            case Page():
                answer = f"does not answer {request.status} within {request.within}, no redirect followed"
                return f"{methods} of {request.url or request.path} {answer}"
            case Certificate():
                return f"the TLS certificate has less than {request.valid_for} left"
            case None:
                return "nothing"

    @property
    def reads(self) -> Iterable[DataRead]:
        """Nothing that is sent."""
        return ()

    def detection(self, *, wakes: bool, parts: Sequence[Detection]) -> Detection:
        """How often it asks, and how long a silent answer takes to count.

        A certificate's is counted from the expiry, since that is what hurts: whatever is said `valid-for` ahead of it
        is in time.
        """
        waits = self._seconds_until_failed
        if self.asks.certificate is not None:
            ahead = self.asks.certificate.valid_for
            how = f"counted from the expiry: said {ahead} ahead of it, asked every {self.every}"
            return Detection(max(self.every.seconds + waits - ahead.seconds, 0), how)
        how = f"asked every {self.every} from each region, {Length(waits)} until a silent answer counts"
        return Detection(self.every.seconds + waits, how)

    @property
    def _seconds_until_failed(self) -> int:
        retries = self.retry.times * (self.retry.after.seconds + TEST_TIMEOUT) if self.retry else 0
        return TEST_TIMEOUT + retries

    def faster(self, limit: int) -> str:
        """A faster pace."""
        return fitting(self, "every", PACES, limit)

    def measured(self, _: Metrics) -> None:
        """Nothing: an answer is right and in time, or it is not."""

    @property
    def symptom(self) -> str:
        """Nothing that a filter tells apart; who asks for the same component shares its failure."""
        return ""

    @property
    def ranked_limit(self) -> RankedLimit | None:
        """Of a certificate, the time that is left."""
        if self.asks.certificate is None:
            return None
        left = self.asks.certificate.valid_for
        return RankedLimit(("certificate", self.asks.certificate.host), -left.seconds, f"less than {left} left", "asks")

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
