"""One issue for all drift of a stack: opened, changed in place, closed when nothing differs any more."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from monitoring.drift.report import Drift
from monitoring.errors import Source
from monitoring.pipelines.findings import fenced
from monitoring.pipelines.github import IssueTracker, OpenIssue

MAX_BODY_BYTES = 50_000
"""GitHub documents 65,536 characters for a body; the rest is room for what stands around the list."""


@dataclass(frozen=True, slots=True)
class DriftAnswer:
    """What `monitoring drift --format json` printed; `compared` is None where it does not say how much it compared."""

    drifts: tuple[Drift, ...]
    compared: int | None


@dataclass(frozen=True, slots=True)
class DriftReport:
    """What an issue says: whether anything has to be done, a title, and a text that explains it."""

    alarming: bool
    title: str
    text: str


def report(stack: str, *, code: int, answer: str, complaint: str) -> DriftReport:
    """What the exit code and the two streams of `monitoring drift --format json` mean.

    Everything but a readable answer with exit code 0 or 1 is "could not compare", which is as loud as a difference.
    """
    content = _answer(answer) if code in (0, 1) else None
    if content is None or (code and not content.drifts):
        return _not_compared(stack, code, complaint or answer)
    return _differs(stack, content) if content.drifts else _equal(stack, content)


def _answer(text: str) -> DriftAnswer | None:
    """The answer as data; None where it is something else."""
    try:
        content = json.loads(text)
        return DriftAnswer(tuple(_drift(entry) for entry in content["drifts"]), content.get("compared"))
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _drift(entry: Mapping[str, Any]) -> Drift:
    """A difference from its fields in JSON, where the source is written as `file:line`."""
    names = {field.name for field in dataclasses.fields(Drift)} - {"source"}
    fields = {name: value for name, value in entry.items() if name in names}
    return Drift(source=Source.parse(entry["source"]), **fields)


def _equal(stack: str, content: DriftAnswer) -> DriftReport:
    return DriftReport(False, f"Drift of {stack}", f"{_compared(content)}Nothing differs.\n")


def _differs(stack: str, content: DriftAnswer) -> DriftReport:
    number = len(content.drifts)
    title = f"Drift of {stack}: {number} {'difference' if number == 1 else 'differences'}"
    lines = fenced("\n".join(map(str, content.drifts)), limit=MAX_BODY_BYTES)
    decide = (
        "If a change by hand was right, write it into the catalog first. "
        f"Then, or if it was not, run `pulumi up --refresh --stack {stack}`."
    )
    return DriftReport(True, title, f"{_compared(content)}{title}.\n\n{lines}\n{decide}\n")


def _not_compared(stack: str, code: int, complaint: str) -> DriftReport:
    title = f"Drift of {stack} is not known"
    words = fenced(complaint.strip() or "no reason was given", limit=MAX_BODY_BYTES)
    sentence = f"`monitoring drift` could not compare (exit code {code}). Nobody knows whether anything differs."
    return DriftReport(True, title, f"{sentence}\n\n{words}\n")


def _compared(content: DriftAnswer) -> str:
    return "" if content.compared is None else f"{content.compared} resources were compared. "


# --- the issue -------------------------------------------------------------------------------------------------


async def settle(tracker: IssueTracker, drift: DriftReport, *, stack: str, author: str, run: str) -> str:
    """Opens, changes or closes the stack's issue, and says what was done in a sentence.

    The issue is known by a hidden first line and by its author: nobody else's issue is ever changed. Two runs at the
    same time may open two issues; then both keep the older one and close the other.
    """
    first, *others = await _own(tracker, stack, author) or (None,)
    body = f"{marker(stack)}\n{drift.text}{_footer(run)}"
    await _close_duplicates(tracker, others)
    if first is None:
        if not drift.alarming:
            return "no issue is open or needed"
        return await _opened(tracker, drift.title, body, stack, author)
    return await (_changed if drift.alarming else _closed)(tracker, first, drift.title, body)


def marker(stack: str) -> str:
    """The first line of a stack's issue, which GitHub does not show."""
    return f"<!-- monitoring:drift {stack} -->"


async def _own(tracker: IssueTracker, stack: str, author: str) -> list[OpenIssue]:
    own = [issue for issue in await tracker.open_by(author) if _is_marked(issue, stack)]
    return sorted(own, key=lambda issue: issue.number)


def _is_marked(issue: OpenIssue, stack: str) -> bool:
    return issue.body.splitlines()[:1] == [marker(stack)]


async def _opened(tracker: IssueTracker, title: str, body: str, stack: str, author: str) -> str:
    created = await tracker.create(title, body)
    older, *others = await _own(tracker, stack, author) or (created,)
    await _close_duplicates(tracker, others)
    return f"issue {older.number} is opened" if older.number == created.number else f"issue {older.number} is there"


async def _changed(tracker: IssueTracker, issue: OpenIssue, title: str, body: str) -> str:
    if (issue.title, issue.body.replace("\r\n", "\n")) == (title, body):
        return f"issue {issue.number} says so already"
    await tracker.change(issue.number, title=title, body=body)
    return f"issue {issue.number} is changed"


async def _closed(tracker: IssueTracker, issue: OpenIssue, title: str, body: str) -> str:
    await tracker.change(issue.number, title=title, body=body, state="closed", state_reason="completed")
    return f"issue {issue.number} is closed"


async def _close_duplicates(tracker: IssueTracker, issues: list[OpenIssue]) -> None:
    for issue in issues:
        await tracker.change(issue.number, state="closed", state_reason="not_planned")


def _footer(run: str) -> str:
    return f"\nLast looked at by {run}. This issue is changed in place and closed when nothing differs.\n"
