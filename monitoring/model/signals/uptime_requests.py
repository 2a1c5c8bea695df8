"""What a synthetic test of Datadog's asks: one question of many sorts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from monitoring.model.entry import Deferred, Entry, EntryProblem
from monitoring.model.references import ComponentRef, Names
from monitoring.model.scalars import Quantity
from monitoring.model.signals.answer_time import TEST_TIMEOUT, USUAL, AnswerTime
from monitoring.model.signals.uptime_browser import Browser
from monitoring.model.signals.uptime_pages import Page
from monitoring.model.signals.uptime_protocols import Certificate, Connection, GrpcHealth, NameLookup, Ping
from monitoring.model.signals.uptime_steps import SyntheticStep, step_problems, steps_failing


class Health(Entry):
    """A question to the platform's own health endpoint, and the components that must not fail in its answer."""

    health: Literal["liveness", "readiness", "full"]
    """Which question is put to the health endpoint."""
    components: tuple[ComponentRef, ...] = ()
    """The components that must not fail in the answer; left out, all that decide readiness."""
    within: AnswerTime = USUAL
    """How long the answer may take."""

    def failing(self, methods: str) -> str:
        """How it fails, asked by some methods."""
        named = f" ({', '.join(self.components)})" if self.components else ""
        return f"{methods} of the {self.health} question{named} fails or takes over {self.within}"


SyntheticQuestion = (
    Health | Page | tuple[SyntheticStep, ...] | Browser | Certificate | Connection | NameLookup | Ping | GrpcHealth
)
"""The sorts of what a test asks."""


class SyntheticRequest(Entry):
    """What a synthetic test asks: exactly one of its words."""

    health: Health | None = None
    """Request the platform's own health endpoint."""
    page: Deferred[Page] = None
    """Request a page."""
    steps: tuple[SyntheticStep, ...] = ()
    """Request several pages in turn, each with values of those before it."""
    browser: Deferred[Browser] = None
    """Drive a browser through what was recorded."""
    certificate: Deferred[Certificate] = None
    """Check a TLS certificate."""
    connection: Deferred[Connection] = None
    """Connect to a port."""
    dns: Deferred[NameLookup] = None
    """Look a name up."""
    ping: Deferred[Ping] = None
    """Ask a host for echoes."""
    grpc: Deferred[GrpcHealth] = None
    """Ask gRPC's health check."""

    @property
    def question(self) -> SyntheticQuestion | None:
        """The one thing that is asked."""
        given = (getattr(self, name) for name in type(self).model_fields)
        question: SyntheticQuestion | None = next((part for part in given if part not in (None, ())), None)
        return question

    def failing(self, methods: str) -> str:
        """How the one question fails, asked by some methods where it takes any."""
        match self.question:
            case Health() | Page() as question:
                return question.failing(methods)
            case tuple() as steps:
                return steps_failing(steps)
            case None:
                return "nothing"
            case question:
                return question.failing()

    @property
    def takes_methods(self) -> bool:
        """Whether it is asked by each of a rule's methods of HTTP."""
        return self.health is not None or self.page is not None

    @property
    def pages(self) -> tuple[Page, ...]:
        """The pages that it requests, one after the other."""
        return (self.page,) if self.page else tuple(step.page for step in self.steps)

    @property
    def step_names(self) -> tuple[str, ...]:
        """What its steps are called, whether they are requests or a browser's."""
        return tuple(step.name for step in (self.browser.recording.steps if self.browser else self.steps))

    @property
    def secrets(self) -> tuple[str, ...]:
        """The names of the secrets that the requests carry, or a browser types, each once."""
        sent = (page.sends for page in self.pages if page.sends)
        carried = {name for headers in sent for name in headers.secret_headers.values()}
        return tuple(sorted(carried.union(self.browser.recording.secrets if self.browser else ())))

    @property
    def urls(self) -> tuple[str, ...]:
        """The whole addresses that it names, of hosts that need not be an environment's."""
        return self.browser.urls if self.browser else tuple(page.url for page in self.pages if page.url)

    @property
    def run_seconds(self) -> int:
        """The seconds that a run takes at most: each request until it counts as silent, or all that a browser does."""
        return self.browser.seconds if self.browser else (len(self.steps) or 1) * TEST_TIMEOUT

    @property
    def shortest_wait(self) -> Quantity | None:
        """The shortest time in which an answer must come; None where none has a time."""
        parts = (self.health, self.connection, self.dns, self.ping, self.grpc, *self.pages)
        timed = (part.within for part in parts if part and part.within != "any")
        return min(timed, key=lambda within: within.base, default=None)

    def entry_problems(self, _: Names, /) -> Iterator[EntryProblem]:
        """No question, or several at once; steps that do not fit each other."""
        words = tuple(type(self).model_fields)
        if len([name for name in words if getattr(self, name) not in (None, ())]) != 1:
            yield EntryProblem("a test asks one thing", f"write exactly one of {', '.join(words)}")
        yield from step_problems(self.steps)
