"""What a scenario is, what it finds, and how all of them run."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from enum import StrEnum

import httpx

from monitoring.smoke.expected import Expected
from monitoring.vendors.access import Access
from monitoring.vendors.client import Client, opened


class ScenarioVerdict(StrEnum):
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

    client: httpx.AsyncClient
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


@dataclass(frozen=True, slots=True)
class ScenarioOutcome:
    """How one scenario ended, and in how many seconds."""

    name: str
    title: str
    verdict: ScenarioVerdict
    took: float
    findings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def planned(scenarios: Sequence[Scenario]) -> tuple[ScenarioOutcome, ...]:
    """What a run would ask, without asking."""
    return tuple(
        ScenarioOutcome(each.name, each.title, ScenarioVerdict.PLANNED, 0.0, notes=(each.asks,)) for each in scenarios
    )


async def outcomes(session: Session, scenarios: Sequence[Scenario]) -> AsyncIterator[ScenarioOutcome]:
    """Each scenario's outcome as soon as it is known, in order."""
    for scenario in scenarios:
        yield await outcome(session, scenario)


async def outcome(session: Session, scenario: Scenario) -> ScenarioOutcome:
    """One scenario's outcome; no connection is a finding, not an error."""
    started = time.perf_counter()
    try:
        report = await scenario.run(session)
    except httpx.TimeoutException:
        report = ScenarioReport(("no answer in time",))
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        report = ScenarioReport((f"no connection: {str(error).strip().lower() or type(error).__name__}",))
    verdict = ScenarioVerdict.FAILED if report.findings else ScenarioVerdict.PASSED
    took = time.perf_counter() - started
    return ScenarioOutcome(scenario.name, scenario.title, verdict, took, report.findings, report.notes)
