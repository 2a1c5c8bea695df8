"""What a scenario is, what it finds, and how all of them run."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from enum import StrEnum

from monitoring.errors import printable
from monitoring.smoke.asking import EndpointClient
from monitoring.smoke.expected import Expected
from monitoring.vendors.access import Access
from monitoring.vendors.client import Client, opened
from monitoring.vendors.reading import NoAnswerError

MISSING = "every path of the health endpoint answers 404; see that the address is right and the endpoint is mounted"
OUT_OF_TIME = "the time for the whole run was over before this scenario ended; run it alone with --only NAME"
MAX_SENTENCES, MAX_SENTENCE = 20, 500
"""How many findings of a scenario are shown, and how many characters of each."""


class Verdict(StrEnum):
    """How a scenario ended."""

    PASSED = "passed"
    FAILED = "failed"
    PLANNED = "planned"


@dataclass(frozen=True, slots=True)
class ScenarioLimits:
    """What is asked of the service over the network, in seconds, and how hard it is asked."""

    slowest: float = 3.0
    usual: float = 1.0
    samples: int = 10
    parallel: int = 20


@dataclass(frozen=True, slots=True)
class Session:
    """Whom the scenarios ask, and what they hold against the answers."""

    client: EndpointClient
    expected: Expected
    access: Access
    limits: ScenarioLimits = field(default_factory=ScenarioLimits)
    send: bool = False
    vendors: Callable[[], AbstractAsyncContextManager[Client]] = opened


@dataclass(frozen=True, slots=True)
class ScenarioReport:
    """What a scenario found wrong, and what it could not see."""

    findings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scenario:
    """One question to the platform; `asks` says what running it does."""

    name: str
    title: str
    asks: str
    run: Callable[[Session], Awaitable[ScenarioReport]]
    of_endpoint: bool = True


@dataclass(frozen=True, slots=True)
class ScenarioOutcome:
    """How one scenario ended, and in how many seconds."""

    name: str
    title: str
    verdict: Verdict
    took: float
    findings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def planned(scenarios: Sequence[Scenario]) -> tuple[ScenarioOutcome, ...]:
    """What a run would ask, without asking."""
    return tuple(ScenarioOutcome(each.name, each.title, Verdict.PLANNED, 0.0, notes=(each.asks,)) for each in scenarios)


async def outcomes(
    session: Session, scenarios: Sequence[Scenario], *, missing: bool = False, end: float | None = None
) -> AsyncIterator[ScenarioOutcome]:
    """Each scenario's outcome as soon as it is known, in order; where the endpoint is missing it is not asked again.

    What has not ended by the run's end has failed; `end` is an instant of the running loop's clock.
    """
    for scenario in scenarios:
        if missing and scenario.of_endpoint:
            yield ScenarioOutcome(scenario.name, scenario.title, Verdict.FAILED, 0.0, (MISSING,))
        else:
            yield await outcome(session, scenario, end=end)


async def outcome(session: Session, scenario: Scenario, *, end: float | None = None) -> ScenarioOutcome:
    """One scenario's outcome; no answer is a finding, not an error."""
    started = time.perf_counter()
    try:
        async with asyncio.timeout_at(end):
            report = await scenario.run(session)
    except NoAnswerError as error:
        report = ScenarioReport((str(error),))
    except TimeoutError:
        report = ScenarioReport((OUT_OF_TIME,))
    verdict = Verdict.FAILED if report.findings else Verdict.PASSED
    took = time.perf_counter() - started
    return ScenarioOutcome(scenario.name, scenario.title, verdict, took, _shown(report.findings), _shown(report.notes))


def _shown(sentences: Sequence[str]) -> tuple[str, ...]:
    """The first sentences, without what a terminal would obey: a server's own words stand in them."""
    short = tuple(printable(sentence[:MAX_SENTENCE]) for sentence in sentences[:MAX_SENTENCES])
    left_out = len(sentences) - len(short)
    return (*short, f"and {left_out} more like these") if left_out else short
