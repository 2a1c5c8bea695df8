"""Answers as bytes: the public ones, and the detailed ones for those who may see them."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from .board import Answer, Said
from .contract import body


@lru_cache(maxsize=16)
def public(answer: Answer) -> bytes:
    """The public body: names and statuses, nothing else."""
    return _bytes(body(answer.status, answer.statuses))


def detailed(answer: Answer) -> bytes:
    """The body for those with the token, in the draft's words: when each was asked, how long it took, why it is so."""
    checks = {each.check.name: [_detail(each)] for each in answer.said}
    return _bytes({"status": str(answer.status), "checks": checks})


def problem(title: str, status: int) -> bytes:
    """The body of a refusal (RFC 9457); it never repeats what was asked."""
    return _bytes({"title": title, "status": status})


def _detail(each: Said) -> dict[str, Any]:
    said: dict[str, Any] = {"status": str(each.status)}
    if each.result is None:
        return said | {"output": "not asked in time"}
    took = {"observedValue": round(each.result.took * 1000, 1), "observedUnit": "ms"}
    note = {"output": each.result.said} if each.result.said else {}
    return said | took | {"time": each.result.wall.isoformat(timespec="milliseconds")} | note


def _bytes(content: dict[str, Any]) -> bytes:
    return json.dumps(content, separators=(",", ":")).encode()
