"""Asking a health endpoint from outside, as an uptime test does, and reading its answer."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from typing import Any

from .contract import MEDIA_TYPE, Question, Status, http_status, query

MAX_BODY = 256 * 1024


class NoHealthAnswerError(Exception):
    """No health endpoint answered; the message says in plain words what came instead."""


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


def address(base: str, question: Question) -> str:
    """The full address of a question, for a base such as `https://youragency.com`."""
    return base.rstrip("/") + query(question)


def fetch_report(base: str, question: Question, *, token: str | None = None, timeout: float = 3.0) -> HealthReport:
    """Ask once; raises NoHealthAnswerError where nothing answers, or something that is no health endpoint."""
    import httpx

    headers = {"accept": MEDIA_TYPE} | ({"authorization": f"Bearer {token}"} if token else {})
    started = time.perf_counter()
    try:
        response = httpx.get(address(base, question), headers=headers, timeout=timeout)
    except httpx.TimeoutException:
        raise NoHealthAnswerError(f"no answer within {timeout:g} s") from None
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise NoHealthAnswerError(f"no connection: {_reason(error)}") from None
    return report_of(question, response.status_code, response.content, took=time.perf_counter() - started)


def _reason(error: Exception) -> str:
    return str(error).strip().lower() or type(error).__name__


def report_of(question: Question, status: int, content: bytes, *, took: float) -> HealthReport:
    """An answer as a report; raises NoHealthAnswerError when it is not one of a health endpoint."""
    try:
        body = json.loads(content[:MAX_BODY])
        rows = tuple(_row(name, entries[0]) for name, entries in body["checks"].items())
        overall = Status(body["status"])
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise NoHealthAnswerError(f"answered {status} with something that is no health answer") from None
    if status != http_status(overall):
        raise NoHealthAnswerError(f'says "{overall}" with HTTP status {status}; {http_status(overall)} belongs to it')
    return HealthReport(question=question, status=overall, rows=rows, took=took)


def _row(name: str, entry: dict[str, Any]) -> ComponentReport:
    return ComponentReport(name, Status(entry["status"]), entry.get("observedValue"), str(entry.get("output", "")))
