"""One answer of a health endpoint, read and checked."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from monitoring.health.contract import COMPONENT, MEDIA_TYPE, Question, Status, http_status, query
from monitoring.smoke.asking import EndpointClient

MAX_COMPONENTS = 200


class NoHealthAnswerError(Exception):
    """What came is no answer of a health endpoint; the message says in plain words what came instead."""


@dataclass(frozen=True, slots=True)
class ComponentReport:
    """One component of an answer; `took` (milliseconds) and `output` only where a token opened the details."""

    component: str
    status: Status
    took: float | None = None
    output: str = ""


@dataclass(frozen=True, slots=True)
class HealthReport:
    """An answer: its status, its components, and the seconds that it took."""

    question: Question
    status: Status
    rows: tuple[ComponentReport, ...]
    took: float


class _ReportEntry(BaseModel):
    model_config = ConfigDict(strict=True)
    status: Annotated[Status, Field(strict=False)]
    took: float | None = Field(default=None, alias="observedValue", allow_inf_nan=False)
    output: Annotated[str, Field(max_length=10_000)] = ""


_Name = Annotated[str, Field(pattern=f"^{COMPONENT.pattern}$", max_length=100)]


class _Body(BaseModel):
    status: Status
    checks: Annotated[dict[_Name, Annotated[list[_ReportEntry], Field(min_length=1)]], Field(max_length=MAX_COMPONENTS)]


async def fetch_report(client: EndpointClient, question: Question, *, token: str | None = None) -> HealthReport:
    """Ask once. Raises NoAnswerError where nothing answers, NoHealthAnswerError where something else does."""
    headers = {"accept": MEDIA_TYPE} | ({"authorization": f"Bearer {token}"} if token else {})
    started = time.perf_counter()
    answer = await client.ask(query(question), **headers)
    return report_of(question, answer.status, answer.content, took=time.perf_counter() - started)


def report_of(question: Question, status: int, content: bytes, *, took: float) -> HealthReport:
    """An answer as a report; raises NoHealthAnswerError when it is not one of a health endpoint."""
    if status == 404:
        raise NoHealthAnswerError("answered 404: there is no health endpoint")
    if 300 <= status < 400:
        raise NoHealthAnswerError(f"answered {status}, a redirect, which is not followed")
    try:
        body = _Body.model_validate_json(content)
    except ValidationError:
        raise NoHealthAnswerError(f"answered {status} with something that is no health answer") from None
    if status != http_status(body.status):
        wanted = http_status(body.status)
        raise NoHealthAnswerError(f'says "{body.status}" with HTTP status {status}; {wanted} belongs to it')
    rows = tuple(
        ComponentReport(name, entry.status, entry.took, entry.output) for name, (entry, *_) in body.checks.items()
    )
    return HealthReport(question, body.status, rows, took)
