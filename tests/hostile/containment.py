"""What must hold of every answer to a hostile catalog, refused or not: a list to which each kind of place adds its own.

A function takes the answers of all commands; what it finds is a sentence.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt

from tests.findings.running import Answer

MARK = "HOSTILE"
"""Stands in each hostile text, so that it is found where it has got to."""
SECRET = "planted-secret-0123456789"
_OUR_COMMENT = re.compile(r"<!-- [^<>]* -->\n*")
_MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable("table")


@dataclass(frozen=True)
class Outcome:
    """The answers of the commands by their names, the pages that were written, and the Plan, if there is one."""

    answers: Mapping[str, Answer]
    pages: Mapping[str, str]
    plan: Mapping[str, Any] | None

    @property
    def is_refused(self) -> bool:
        """Whether the checks refuse the catalog."""
        return self.answers["check"].code != 0


def exit_codes(outcome: Outcome) -> Iterator[str]:
    """No command ends in another way than with an answer, a problem or a wrong use."""
    for name, answer in outcome.answers.items():
        if answer.code not in (0, 1, 2) or "Traceback" in answer.text:
            yield f"{name} ended with {answer.code}"
    if outcome.is_refused and outcome.plan is not None:
        yield "a Plan was made of what the checks refuse"


def printable_lines(outcome: Outcome) -> Iterator[str]:
    """Nothing that a terminal would obey, and no line that a pipeline would take for its own."""
    for name, answer in outcome.answers.items():
        for line in answer.text.split("\n"):
            if not line.isprintable():
                yield f"{name} prints {line!r}"
            if line.startswith("::"):
                yield f"{name} prints a command for a pipeline: {line!r}"


def nothing_secret(outcome: Outcome) -> Iterator[str]:
    """Nothing of a file outside the catalog."""
    texts = {name: answer.text for name, answer in outcome.answers.items()} | dict(outcome.pages)
    yield from (f"{name} shows the secret" for name, text in texts.items() if SECRET in text)


def contained_pages(outcome: Outcome) -> Iterator[str]:
    """A page, parsed back, has no HTML, no heading and no link of the catalog's author."""
    for name, page in outcome.pages.items():
        for token in _MARKDOWN.parse(page):
            parts = [token, *(token.children or ())]
            if any(part.type.startswith("html") and not _OUR_COMMENT.fullmatch(part.content) for part in parts):
                yield f"{name} holds HTML: {token.content!r}"
            if any("javascript:" in str(part.attrGet("href")) for part in parts):
                yield f"{name} holds a link: {token.content!r}"
        headings = [line for line in page.splitlines() if line.startswith("#") and line.lstrip("# ").startswith(MARK)]
        yield from (f"{name} holds the heading {heading!r}" for heading in headings)


def contained_messages(outcome: Outcome) -> Iterator[str]:
    """No text of the Plan notifies whom no route names, opens a template, or holds what nobody sees."""
    for text in _texts(outcome.plan and outcome.plan["resources"]):
        if any(mention in text for mention in ("@pagerduty-Other", "@all", "<!channel>", "{{#is_alert}}HOSTILE")):
            yield f"the Plan holds {text!r}"
        if not all(line.isprintable() for line in text.split("\n")):
            yield f"the Plan holds {text!r}"


def _texts(value: Any) -> Iterator[str]:
    """Every text inside, but for the arguments of a lookup, which name what exists and notify nobody."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _texts(inner if name != "arguments" else None)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, str):
        yield value


CONTAINED: list[Callable[[Outcome], Iterator[str]]] = [
    exit_codes,
    printable_lines,
    nothing_secret,
    contained_pages,
    contained_messages,
]


def pages_in(folder: Path) -> dict[str, str]:
    """The pages that were written below a folder."""
    return {path.relative_to(folder).as_posix(): path.read_text() for path in sorted(folder.rglob("*.md"))}


def plan_in(answer: Answer) -> Mapping[str, Any] | None:
    """The Plan that `preview --format json` printed, if it did."""
    plan = json.loads(answer.text) if answer.code == 0 else None
    return plan if isinstance(plan, dict) else None
