"""Every value of every file of JSON that a command reads, replaced: one sentence, and never a traceback."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.drift import events
from tests.findings.running import Answer, run
from tests.hostile.catalogs import Place, replaced
from tests.platforms import AGENCY, SENTRY_ONLY

VALUES: tuple[Any, ...] = (None, -1, float("nan"), "::", "\ud800", [None], {"": None}, {"ref": 5}, {"format": [5, {}]})
PLAN: dict[str, Any] = json.loads(SENTRY_ONLY.golden("prod").read_text())
SAVED = {
    "version": 1,
    "stack": "prod",
    "operations": [
        {
            "urn": events.urn(events.MONITOR),
            "op": "update",
            "properties": ["query"],
            "inputs": "5f2a",
            "was": events.urn(events.MONITOR),
        },
    ],
}
TODAY = ("--today", "2026-11-26")


def places(data: Any, *above: str | int) -> Iterator[Place]:
    """Every place of a document, the whole of it included."""
    yield above
    if isinstance(data, dict | list):
        for key, value in data.items() if isinstance(data, dict) else enumerate(data):
            yield from places(value, *above, key)


def kinds(data: Any) -> list[Place]:
    """A place of each kind: those that differ only in the number of an item, or in a resource of one type, are one."""
    return list(
        {tuple(0 if isinstance(part, int) else part for part in place): place for place in places(data)}.values()
    )


def faults(path: Path, document: Any, place: Place, *command: str) -> list[str]:
    """What a command says badly of the document with other values at a place."""
    answers = {}
    for value in VALUES:
        path.write_text(json.dumps(replaced(document, place, value)))
        answers[repr(value)] = run(*command)
    return [f"{value}: {answer}" for value, answer in answers.items() if not _is_plain(answer)]


def _is_plain(answer: Answer) -> bool:
    return answer.code in (0, 1, 2)


@pytest.mark.parametrize("place", kinds(PLAN), ids=lambda place: ".".join(map(str, place)) or "the whole")
def test_a_plan_of_any_form_is_walked_or_refused(place: Place, tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    walk = ("reach", "--plan", str(path), "--catalog", str(SENTRY_ONLY.catalog), "--horizon", "7d", *TODAY)
    assert faults(path, PLAN, place, *walk) == []


@pytest.mark.parametrize("place", kinds(SAVED), ids=lambda place: ".".join(map(str, place)) or "the whole")
def test_a_saved_plan_of_any_form_is_compared_or_refused(place: Place, tmp_path: Path) -> None:
    path, other = tmp_path / "saved.json", tmp_path / "other.json"
    other.write_text(json.dumps(SAVED))
    assert faults(path, SAVED, place, "plan", "compare", str(path), str(other)) == []
    assert faults(path, SAVED, place, "plan", "compare", str(other), str(path)) == []


STREAM = [
    json.loads(line)
    for line in events.stream(
        events.changed(events.MONITOR, {"query": "a"}, {"query": "b"}, "query"),
        events.changed(events.ALERT, {"enabled": True}, {"enabled": False}),
    ).splitlines()
]


@pytest.mark.parametrize("place", kinds(STREAM), ids=lambda place: ".".join(map(str, place)) or "the whole")
def test_an_answer_of_the_engine_in_any_form_is_reported_or_refused(place: Place, tmp_path: Path) -> None:
    path = tmp_path / "refresh.json"
    badly = []
    for value in VALUES:
        lines = replaced(STREAM, place, value)
        path.write_text("\n".join(map(json.dumps, lines if isinstance(lines, list) else [lines])))
        answer = run("drift", "--from", str(path), "--catalog", str(AGENCY.catalog))
        badly += [] if _is_plain(answer) else [f"{value!r}: {answer}"]
    assert badly == []
