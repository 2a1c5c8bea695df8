"""The nine scenarios that test the health endpoint, each for one promise of its contract."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Iterator, Mapping
from typing import Any

from monitoring.health.contract import (
    COMPONENT,
    HEADERS,
    MEDIA_TYPE,
    METHODS,
    PATH,
    SHORT_PATHS,
    Question,
    Status,
    http_status,
    known_status,
    paths,
    query,
)
from monitoring.smoke.asking import EndpointAnswer
from monitoring.smoke.scenario import Scenario, ScenarioReport, Session

_REVEALING_HEADERS = ("server", "x-powered-by", "via", "x-runtime", "x-aspnet-version", "x-hostname", "x-served-by")
# Each looks a bounded way ahead, so that no answer makes the search slow.
_SECRETS: Mapping[str, re.Pattern[str]] = {
    "an e-mail address": re.compile(r"[\w.+-]{1,64}@[\w-]{1,64}\.\w"),
    "an IP address": re.compile(r"\b\d{1,3}(\.\d{1,3}){3}\b"),
    "an address": re.compile(r"[a-z]{1,20}://"),
    "a version": re.compile(r"\b\d+\.\d+(\.\d+)?\b"),
    "a stack trace": re.compile(r"Traceback|\bat .{1,200}:\d+\b|File \\?\""),
}
_UNKNOWN = f"{PATH}?type=no-such-question"


async def liveness(session: Session) -> ScenarioReport:
    """The process answers, on each of the question's paths, and names no dependency."""
    findings = await _not_healthy(session, *paths(Question.LIVENESS))
    body = (await session.client.ask(query(Question.LIVENESS))).body
    if body.get("checks"):
        findings.append(f"{query(Question.LIVENESS)}: it asks dependencies; a liveness answer has no component")
    return ScenarioReport(tuple(findings))


async def readiness(session: Session) -> ScenarioReport:
    """The platform can serve, on each of the question's paths, and says so of every component that must be there."""
    findings = await _not_healthy(session, *paths(Question.READINESS))
    expected = session.expected.readiness_components
    findings += await _missing_components(session, Question.READINESS, expected)
    return ScenarioReport(tuple(findings), (_looked_for(expected),))


async def full(session: Session) -> ScenarioReport:
    """Everything is asked, third parties included; a warning passes and is noted."""
    path = query(Question.FULL)
    findings = await _not_healthy(session, path)
    findings += await _missing_components(session, Question.FULL, session.expected.full_components)
    statuses = _components((await session.client.ask(path)).body)
    notes = (f'"{name}" is {status}' for name, status in statuses.items() if status != Status.PASS)
    return ScenarioReport(tuple(findings), (_looked_for(session.expected.full_components), *notes))


async def head(session: Session) -> ScenarioReport:
    """HEAD has the status and headers of GET; that it has no body is HTTP's own rule, and clients never see one."""
    findings = []
    for path in (query(question) for question in Question):
        gotten, headed = await session.client.ask(path), await session.client.ask(path, method="HEAD")
        findings += [f"{path}: {problem}" for problem in _head_differences(gotten, headed)]
    return ScenarioReport(tuple(findings))


async def status_codes(session: Session) -> ScenarioReport:
    """Refusals have their codes, and 503 and `fail` always come together."""
    findings = list(_refusals(await session.client.ask(_UNKNOWN), await session.client.ask(PATH, method="POST")))
    seen = set()
    for path in (query(question) for question in Question):
        response = await session.client.ask(path)
        seen.add(response.status)
        findings += [f"{path}: {problem}" for problem in _inconsistent(response)]
    notes = () if 503 in seen else ("nothing failed meanwhile, so that 503 itself was not seen",)
    return ScenarioReport(tuple(findings), notes)


async def response_time(session: Session) -> ScenarioReport:
    """Nine of ten answers come within the usual limit, all within the slowest."""
    limits = session.limits
    took = sorted([await _seconds(session, query(Question.FULL)) for _ in range(limits.samples)])
    usual, slowest = took[int(0.9 * (len(took) - 1))], took[-1]
    findings = []
    if usual > limits.usual:
        findings.append(f"nine of ten answers take up to {usual:.2f} s; {limits.usual:g} s is the limit")
    if slowest > limits.slowest:
        findings.append(f"the slowest answer took {slowest:.2f} s; {limits.slowest:g} s is the limit")
    return ScenarioReport(
        tuple(findings), (f"median {took[len(took) // 2] * 1000:.0f} ms, slowest {slowest * 1000:.0f} ms",)
    )


async def headers(session: Session) -> ScenarioReport:
    """Answers are never cached and have the health media type; so do refusals, but for the type."""
    findings = []
    for path in (*(query(question) for question in Question), *SHORT_PATHS):
        findings += [
            f"{path}: {problem}" for problem in _headers(await session.client.ask(path), media_type=MEDIA_TYPE)
        ]
    findings += [f"{_UNKNOWN}: {problem}" for problem in _headers(await session.client.ask(_UNKNOWN), media_type=None)]
    return ScenarioReport(tuple(findings))


async def privacy(session: Session) -> ScenarioReport:
    """Component names and statuses, nothing else, in every body and header, refusals included."""
    findings = []
    for path in (*(query(question) for question in Question), *SHORT_PATHS):
        response = await session.client.ask(path)
        findings += [f"{path}: {problem}" for problem in (*_extra_content(response.body), *_leaks(response))]
    for method, path in (("GET", _UNKNOWN), ("POST", PATH)):
        response = await session.client.ask(path, method=method)
        findings += [f"{method} {path}: {problem}" for problem in _leaks(response)]
    return ScenarioReport(tuple(findings))


async def concurrent(session: Session) -> ScenarioReport:
    """Many requests at once all get a right answer in time."""
    limits, path = session.limits, query(Question.READINESS)
    requests = [_timed(session, path) for _ in range(limits.parallel)]
    answers = await asyncio.gather(*requests)
    problems = [problem for response, _ in answers for problem in _no_answer(response)]
    slowest = max(took for _, took in answers)
    findings = [f"{len(problems)} of {limits.parallel} requests at once: {problems[0]}"] if problems else []
    if slowest > limits.slowest:
        findings.append(f"the slowest of {limits.parallel} requests at once took {slowest:.2f} s")
    return ScenarioReport(tuple(findings), (f"slowest of {limits.parallel}: {slowest * 1000:.0f} ms",))


async def is_missing(session: Session) -> bool:
    """Whether every path answers 404: there is no health endpoint at this address."""
    paths_there = (query(Question.LIVENESS), *SHORT_PATHS, PATH, query(Question.FULL))
    for path in paths_there:
        if (await session.client.ask(path)).status != 404:
            return False
    return True


async def _not_healthy(session: Session, *asked_paths: str) -> list[str]:
    """Which of the paths have no healthy answer, and why."""
    answers = [(path, await session.client.ask(path)) for path in asked_paths]
    return [f"{path}: {problem}" for path, response in answers for problem in _unhealthy(response)]


def _unhealthy(response: EndpointAnswer) -> list[str]:
    status = response.body.get("status")
    if response.status != 200:
        return [f'answered {response.status} and status "{status}"; 200 is expected']
    return [] if status in (Status.PASS, Status.WARN) else [f'says status "{status}"; pass or warn is expected']


async def _missing_components(session: Session, question: Question, expected: tuple[str, ...]) -> list[str]:
    statuses = _components((await session.client.ask(query(question))).body)
    return [f'{query(question)}: has no component "{name}"' for name in expected if name not in statuses]


def _looked_for(expected: tuple[str, ...]) -> str:
    return f"components that were looked for: {', '.join(expected) or 'none'}"


async def _timed(session: Session, path: str) -> tuple[EndpointAnswer, float]:
    started = time.perf_counter()
    response = await session.client.ask(path)
    return response, time.perf_counter() - started


async def _seconds(session: Session, path: str) -> float:
    return (await _timed(session, path))[1]


def _no_answer(response: EndpointAnswer) -> list[str]:
    if response.status in (200, 503) and known_status(response.body.get("status")):
        return []
    return [f"answered {response.status} without a health status"]


def _head_differences(gotten: EndpointAnswer, headed: EndpointAnswer) -> Iterator[str]:
    if headed.status != gotten.status:
        yield f"HEAD answers {headed.status}, GET {gotten.status}"
    for name in ("content-type", "content-length", *HEADERS):
        if headed.headers.get(name) != gotten.headers.get(name):
            yield f"HEAD and GET differ in {name}"


def _refusals(unknown: EndpointAnswer, posted: EndpointAnswer) -> Iterator[str]:
    if unknown.status != 400:
        yield f"an unknown type is answered {unknown.status}; 400 is expected"
    if posted.status != 405:
        yield f"POST is answered {posted.status}; 405 is expected"
    elif not set(METHODS) <= {word.strip() for word in posted.headers.get("allow", "").split(",")}:
        yield "POST is refused without an Allow header that names GET and HEAD"


def _inconsistent(response: EndpointAnswer) -> Iterator[str]:
    status = known_status(response.body.get("status"))
    if status is not None and response.status != http_status(status):
        yield f'says "{status}" with {response.status}; {http_status(status)} belongs to it'


def _headers(response: EndpointAnswer, *, media_type: str | None) -> Iterator[str]:
    for name, value in HEADERS.items():
        if response.headers.get(name) != value:
            yield f'{name} is "{response.headers.get(name, "")}"; "{value}" is expected'
    given = response.headers.get("content-type", "").split(";")[0]
    if media_type is not None and given != media_type:
        yield f'content-type is "{given}"; "{media_type}" is expected'


def _extra_content(body: Mapping[str, Any]) -> Iterator[str]:
    """What a body contains beyond names and statuses."""
    yield from (f'says "{word}" of the whole' for word in body.keys() - {"status", "checks"})
    for name, entries in _entries(body).items():
        if not COMPONENT.fullmatch(name):
            yield f'a component is called "{name}"; lower-case words joined by hyphens are expected'
        if not isinstance(entries, list) or len(entries) != 1 or not isinstance(entries[0], dict):
            yield f'"{name}" is not a list of one status'
            continue
        extra = entries[0].keys() - {"status"}
        yield from (f'says "{word}" of "{name}"' for word in sorted(extra))


def _leaks(response: EndpointAnswer) -> Iterator[str]:
    for what, pattern in _SECRETS.items():
        if pattern.search(response.text):
            yield f"the body holds {what}"
    for name in _REVEALING_HEADERS:
        if re.search(r"\d", response.headers.get(name, "")):
            yield f'the header {name} tells "{response.headers[name]}"'


def _entries(body: Mapping[str, Any]) -> dict[str, Any]:
    checks = body.get("checks")
    return checks if isinstance(checks, dict) else {}


def _components(body: Mapping[str, Any]) -> dict[str, str]:
    """Each component's status, where one can be read."""
    statuses = {}
    for name, entries in _entries(body).items():
        first = entries[0] if isinstance(entries, list) and entries else None
        statuses[name] = str(first.get("status")) if isinstance(first, dict) else ""
    return statuses


SCENARIOS = (
    Scenario("liveness", "the process answers", "GET type=liveness and /livez", liveness),
    Scenario("readiness", "the platform can serve", "GET type=readiness, /readyz and the bare path", readiness),
    Scenario("full", "every component is asked", "GET type=full", full),
    Scenario("head", "HEAD has the status and headers of GET", "GET and HEAD of each question", head),
    Scenario("status-codes", "failures have their codes", "an unknown type, a POST, each question", status_codes),
    Scenario("response-time", "answers are quick", "GET type=full, ten times", response_time),
    Scenario(
        "headers", "nothing is cached, types are right", "GET of each question and path, an unknown type", headers
    ),
    Scenario(
        "privacy", "the public learns names and statuses only", "GET of each path, an unknown type, a POST", privacy
    ),
    Scenario("concurrent", "many requests at once are answered", "GET type=readiness, twenty at once", concurrent),
)
