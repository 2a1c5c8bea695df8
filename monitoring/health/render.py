"""Answers as bytes: the public ones, and the detailed ones for those who may see them."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from .contract import body
from .registry import Answer, ComponentStatus


@lru_cache(maxsize=16)
def public(answer: Answer) -> bytes:
    """The public body: names and statuses, nothing else."""
    return _bytes(body(answer.status, answer.statuses))


def detailed(answer: Answer) -> bytes:
    """The body for those with the token, in the draft's words: when each was asked, how long it took, why it is so."""
    checks = {component.check.name: [_detail(component)] for component in answer.components}
    return _bytes({"status": str(answer.status), "checks": checks})


def problem(title: str, status: int) -> bytes:
    """The body of a refusal (RFC 9457); it never repeats what was asked."""
    return _bytes({"title": title, "status": status})


def _detail(component: ComponentStatus) -> dict[str, Any]:
    detail: dict[str, Any] = {"status": str(component.status)}
    if component.result is None:
        return detail | {"output": "not asked in time"}
    took = {"observedValue": round(component.result.took * 1000, 1), "observedUnit": "ms"}
    words = "; ".join(text for text in (component.result.output, component.published) if text)
    note = {"output": words} if words else {}
    return detail | took | {"time": component.result.time.isoformat(timespec="milliseconds")} | note


def _bytes(content: dict[str, Any]) -> bytes:
    return json.dumps(content, separators=(",", ":")).encode()
