"""An address that Sentry asks, from one region after the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar, Literal, final

from pydantic import model_validator

from monitoring.model.addresses import Path, Url
from monitoring.model.detection import Detection, seconds_of_sentry_uptime
from monitoring.model.entry import EntryProblem, raise_problems
from monitoring.model.references import Names, ProjectRef
from monitoring.model.scalars import Duration, Length, Quantity
from monitoring.model.signals.base import LATER, DataRead, UncomparedSignal, Watcher, fitting
from monitoring.model.signals.uptime_pages import METHODS_WITH_BODY, Method, SentRequest
from monitoring.model.signals.uptime_requests import Health

# What Sentry takes: `interval_seconds` of the provider 0.15.4, the timeout of its documentation (docs.sentry.io, uptime
# monitoring; the API's description says 60s), a length of the address and of the whole request of its server's code
# (getsentry/sentry, src/sentry/uptime/endpoints/validators.py).
PACES = ("1m", "5m", "10m", "20m", "30m", "1h")
TIMEOUT_SECONDS = range(1, 31)
MAX_URL = 255
MAX_REQUEST_BYTES = 1_000
MAX_IN_A_ROW = 100
"""How many answers in a row a rule may wait for: our own judgement, since Sentry names no end."""

_PAGES = "Sentry asks for pages alone"
_CHOSEN = ("Sentry asks from one region after the other and chooses them itself", "take it out")
# Its "Verification" of answers (docs.sentry.io, uptime monitoring: available to early adopters).
_ANY_2XX = "Sentry takes any status of 2xx, and looks into answers for its early adopters alone"
# What people would write here, by the words of uptime: why Sentry cannot do it, and what to write.
REFUSED: Mapping[str, tuple[str, str]] = {
    "regions": _CHOSEN,
    "failing-in": _CHOSEN,
    "retry": ("Sentry asks again when it is due alone", "write failures: 3"),
    "failing-for": ("Sentry counts failures in a row", "write failures: 3"),
    "methods": ("a monitor of Sentry asks by one method", "write method: GET, and a rule for each other one"),
    "asks": (
        "the address stands in the signal itself",
        "write one of health: readiness, path: /cart, url: https://youragency.com",
    ),
    "page": ("the address stands in the signal itself", "write path: /cart, or url: https://youragency.com"),
    "certificate": ("Sentry looks at no certificate's end", "write uptime: {asks: {certificate: {valid-for: 21d}}, …}"),
    "connection": (_PAGES, "write uptime: {asks: {connection: {port: 5432}}, …}"),
    "dns": (_PAGES, "write uptime: {asks: {dns: {name: shop.example.com, records: {A: 203.0.113.10}}}, …}"),
    "ping": (_PAGES, "write uptime: {asks: {ping: {host: vpn.example.com}}, …}"),
    "grpc": (_PAGES, "write uptime: {asks: {grpc: {host: notes.example.com, port: 443}}, …}"),
    "steps": (
        "Sentry asks for one address",
        "write uptime: {asks: {steps: [{name: Sign in, page: {path: /sign-in}}]}, …}",
    ),
    "follows-redirects": ("Sentry follows each redirect", "take it out"),
    "status": (_ANY_2XX, "write uptime: {asks: {page: {path: /cart, status: 204}}, …}"),
    "contains": (_ANY_2XX, "write uptime: {asks: {page: {path: /cart, contains: cart}}, …}"),
    "json-values": (_ANY_2XX, 'write uptime: {asks: {page: {path: /api, json-values: {"$.state": up}}}, …}'),
    "json-schema": (_ANY_2XX, 'write uptime: {asks: {page: {path: /api, json-schema: \'{"type": "object"}\'}}, …}'),
    "components": (_ANY_2XX, "write uptime: {asks: {health: {health: readiness, components: [shop]}}, …}"),
}


@final
class SentryUptime(UncomparedSignal):
    """A monitor of Sentry's that asks an address from one region after the other."""

    watcher: ClassVar[Watcher] = "sentry"
    project: ProjectRef
    """The Sentry project in which its issue is opened."""
    health: Literal["liveness", "readiness", "full"] | None = None
    """The question that is put to the platform's health endpoint."""
    url: Url | None = None
    """The whole address that is requested."""
    path: Path | None = None
    """The path below the environment's address that is requested."""
    method: Method = "GET"
    """The HTTP method by which it asks."""
    sends: SentRequest | None = None
    """What the request carries beside its address."""
    within: Duration = Length(10)
    """How long the answer may take, 1s to 30s."""
    every: Duration
    """How often it asks: 1m, 5m, 10m, 20m, 30m or 1h."""
    failures: int = 3
    """How many failures in a row it takes to fire."""
    successes: int = 1
    """How many right answers in a row end it."""

    @model_validator(mode="before")
    @classmethod
    def _declarable(cls, value: Any) -> Any:
        """The words as they are; refuses those of uptime that Sentry has no part for."""
        written = [word for word in REFUSED if isinstance(value, Mapping) and word in value]
        raise_problems(EntryProblem(*REFUSED[word], (word,)) for word in written)
        return value

    @property
    def health_question(self) -> Health | None:
        """The question to the health endpoint, which stands by its status."""
        within = Quantity(self.within.seconds, "s")
        return Health.model_construct(health=self.health, within=within) if self.health else None

    def condition(self, limit: str | None) -> str:
        """What is asked, and how often in a row it fails."""
        address = f"the {self.health} question" if self.health else self.url or self.path
        times = f"{self.failures} times in a row" if self.failures > 1 else "once"
        return f"{self.method} of {address} does not answer 2xx within {self.within}, {times}, redirects followed"

    @property
    def reads(self) -> Iterable[DataRead]:
        """Nothing that is sent."""
        return ()

    def detection(self, *, wakes: bool, parts: Sequence[Detection]) -> Detection:
        """How often it asks, how many failures it takes, and how long the last of them takes to be silent."""
        seconds = seconds_of_sentry_uptime(self.every.seconds, self.failures, self.within.seconds)
        failures = f"a failure that finds it and {self.failures} more"
        return Detection(seconds, f"asked every {self.every}, {failures}, {self.within} until a silent answer counts")

    def faster(self, limit: int) -> str:
        """A faster pace, or the most failures in a row that the fastest one leaves time for."""
        fastest = self.model_copy(update={"every": Length(60)})
        if fastest.detection(wakes=True, parts=()).is_within(limit):
            return fitting(self, "every", PACES, limit)
        for failures in range(self.failures - 1, 0, -1):
            if fastest.model_copy(update={"failures": failures}).detection(wakes=True, parts=()).is_within(limit):
                pace = "" if self.every == fastest.every else "every: 1m and "
                return f"write {pace}failures: {failures}"
        return LATER

    def entry_problems(self, _: Names, /) -> Iterator[EntryProblem]:
        """No address or several; a pace, a timeout, numbers or a request that Sentry does not take."""
        yield from self._one_address()
        if str(self.every) not in PACES:
            what = f'"{self.every}" is not a pace that Sentry takes'
            yield EntryProblem(what, f"it is one of {', '.join(PACES)}", ("every",))
        if self.within.seconds not in TIMEOUT_SECONDS:
            yield EntryProblem(f'"{self.within}" is not how long Sentry waits', "it takes 1s to 30s", ("within",))
        for word, number in (("failures", self.failures), ("successes", self.successes)):
            if not 1 <= number <= MAX_IN_A_ROW:
                yield EntryProblem(f'"{number}" is not a number of {word}', f"write 1 to {MAX_IN_A_ROW}", (word,))
        yield from self._request_problems()

    def _one_address(self) -> Iterator[EntryProblem]:
        given = [word for word in ("health", "url", "path") if getattr(self, word) is not None]
        if len(given) != 1:
            what = f"has {' and '.join(given)}, and asks one thing" if given else "asks nothing"
            yield EntryProblem(what, "write exactly one of health, url, path")
        if len(self.url or "") > MAX_URL:
            what = f"is {len(self.url or '')} characters long, and Sentry takes {MAX_URL}"
            yield EntryProblem(what, "ask a shorter address", ("url",))

    def _request_problems(self) -> Iterator[EntryProblem]:
        if self.sends and self.sends.secret_headers:
            what = "Sentry shows a monitor's headers to everybody who sees its project"
            yield EntryProblem(what, "let uptime ask, which hides them", ("sends", "secret-headers"))
        body = self.sends.body if self.sends else None
        if body and self.method not in METHODS_WITH_BODY:
            what, remedy = f'"{self.method}" carries no body', "write method: POST, or take the body out"
            yield EntryProblem(what, remedy, ("method",))
        sent = len((body.text if body else "").encode()) + sum(
            len(f"{name}: {value}\r\n") for name, value in (self.sends.headers if self.sends else {}).items()
        )
        if sent > MAX_REQUEST_BYTES - MAX_URL:
            what = f"carries {sent} bytes, and Sentry takes {MAX_REQUEST_BYTES} with the address and the first line"
            yield EntryProblem(what, f"send {MAX_REQUEST_BYTES - MAX_URL} bytes or fewer", ("sends",))
