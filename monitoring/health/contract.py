"""What the health endpoint answers, as data: for the endpoint itself, for assertions on it, and for its OpenAPI page.

Words, media type and body follow draft-inadarei-api-health-check-06 (expired, yet the only common vocabulary): a
required `status` of pass, warn or fail, and `checks`, an object of arrays. Only the standard library is imported here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

PATH = "/api/health"
PARAMETER = "type"
METHODS = ("GET", "HEAD")
MEDIA_TYPE = "application/health+json"
PROBLEM_TYPE = "application/problem+json"
ALLOW = ", ".join(METHODS)
ANSWERS_WITHIN = 0.8
"""Seconds in which the endpoint answers, whatever its dependencies do."""

HEADERS: Mapping[str, str] = {"cache-control": "no-store", "x-content-type-options": "nosniff"}
"""What every answer carries, errors included, beside its content type and length."""

COMPONENT = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
"""A component's public name; the draft forbids colons in it."""


class Status(StrEnum):
    """The health of a component, or of the whole service."""

    PASS = "pass"
    WARN = "warn"
    FAIL = "fail"


class Question(StrEnum):
    """What may be asked: is the process there, can it serve, are all dependencies healthy."""

    LIVENESS = "liveness"
    READINESS = "readiness"
    FULL = "full"


DEFAULT_QUESTION = Question.READINESS
"""What an address without `type` asks."""

SHORT_PATHS: Mapping[str, Question] = {"/livez": Question.LIVENESS, "/readyz": Question.READINESS}


@dataclass(frozen=True, slots=True)
class Component:
    """A part that the service speaks of; it cannot serve without a critical one."""

    name: str
    critical: bool = False


@dataclass(frozen=True, slots=True)
class AnswerContract:
    """Everything that an answer to one question can be; asserting anything else can never hold."""

    question: Question
    path: str
    statuses: frozenset[int]
    overall: frozenset[Status]
    content_type: str
    headers: Mapping[str, str]
    overall_path: str
    component_paths: Mapping[str, str]
    turns_red: frozenset[str]
    """Components whose fail makes the whole answer fail."""


def known_status(word: object) -> Status | None:
    """The status that a word means, None where it means none."""
    return Status(word) if isinstance(word, str) and word in list(Status) else None


def http_status(status: Status) -> int:
    """The HTTP status that carries a health status: 200 for pass and warn, else 503."""
    return 200 if status in (Status.PASS, Status.WARN) else 503


def overall(components: Iterable[tuple[Component, Status]]) -> Status:
    """The whole's status: fail by a critical component only, warn by any other blemish, else pass."""
    statuses = tuple(components)
    if any(component.critical and status not in (Status.PASS, Status.WARN) for component, status in statuses):
        return Status.FAIL
    return Status.PASS if all(status is Status.PASS for _, status in statuses) else Status.WARN


def components_for(question: Question, components: Iterable[Component]) -> tuple[Component, ...]:
    """The components that a question is about: none, the critical ones, or all."""
    if question is Question.LIVENESS:
        return ()
    return tuple(part for part in components if part.critical or question is Question.FULL)


def query(question: Question) -> str:
    """The path with its query that asks a question: `/api/health?type=readiness`."""
    return f"{PATH}?{PARAMETER}={question}"


def paths(question: Question) -> tuple[str, ...]:
    """Every path that asks a question, the canonical one first."""
    short = tuple(path for path, meant in SHORT_PATHS.items() if meant is question)
    plain = (PATH,) if question is DEFAULT_QUESTION else ()
    return (query(question), *short, *plain)


def json_path(component: str) -> str:
    """The JSONPath of a component's status in an answer's body."""
    step = f".{component}" if component.isidentifier() else f"['{component}']"
    return f"$.checks{step}[0].status"


def expected_answer(question: Question, components: Iterable[Component]) -> AnswerContract:
    """Every answer that a question can have, for a service of these components."""
    about = components_for(question, components)
    possible = _possible(about)
    return AnswerContract(
        question=question,
        path=query(question),
        statuses=frozenset(http_status(status) for status in possible),
        overall=possible,
        content_type=MEDIA_TYPE,
        headers=HEADERS,
        overall_path="$.status",
        component_paths={part.name: json_path(part.name) for part in about},
        turns_red=frozenset(part.name for part in about if part.critical),
    )


def _possible(about: tuple[Component, ...]) -> frozenset[Status]:
    if not about:
        return frozenset({Status.PASS})
    if any(part.critical for part in about):
        return frozenset(Status)
    return frozenset({Status.PASS, Status.WARN})


def body(status: Status, components: Iterable[tuple[str, Status]]) -> dict[str, Any]:
    """A public answer's body: component names and statuses, nothing else."""
    return {"status": str(status), "checks": {name: [{"status": str(part)}] for name, part in components}}


def body_schema() -> dict[str, Any]:
    """The JSON Schema of a public answer's body, closed: no further member is legal anywhere."""
    status = {"type": "string", "enum": [str(word) for word in Status]}
    entry = {"type": "object", "required": ["status"], "properties": {"status": status}, "additionalProperties": False}
    checks = {
        "type": "object",
        "propertyNames": {"pattern": f"^{COMPONENT.pattern}$"},
        "additionalProperties": {"type": "array", "items": entry, "minItems": 1, "maxItems": 1},
    }
    return {
        "type": "object",
        "required": ["status", "checks"],
        "properties": {"status": status, "checks": checks},
        "additionalProperties": False,
    }
