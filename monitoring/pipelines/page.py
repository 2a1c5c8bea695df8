"""A page as a comment: its hidden marker, and what is left of it where a forge takes no longer text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitoring.errors import UsageError

MAX_CHARACTERS = 60_000
"""GitHub documents 65,536 for a comment; how it counts is disputed (python/mypy issue 15032), so there is room."""
MAX_BYTES = 200_000
MARKER = re.compile(r"<!-- monitoring:[\w.:/ -]{1,200} -->")
"""The first line of a page, which no forge shows."""
LEFT_OUT = "{} {} too long for this comment; the summary of the job has the whole page."


def marker_of(page: str) -> str:
    """The page's first line; UsageError where that is no hidden marker."""
    first = page.split("\n", 1)[0].strip()
    if not MARKER.fullmatch(first):
        raise UsageError("the page does not begin with its hidden marker; write <!-- monitoring:review --> above it")
    return first


def has_marker(body: str, marker: str) -> bool:
    """Whether a comment begins with the marker; one that quotes it, or has it further down, does not."""
    return [line.strip() for line in body.splitlines()[:1]] == [marker]


def without_marker(body: str) -> str:
    """What a page says, without the line that nobody sees."""
    return body.split("\n", 1)[-1].strip()


def shortened(page: str, characters: int = MAX_CHARACTERS, size: int = MAX_BYTES) -> str:
    """The page itself, or as many of its sections as fit, with the number of those that are left out.

    A section is what stands between blank lines; a folded one is left out as a whole.
    """
    if _fits(page, characters, size):
        return page
    marker, sections = marker_of(page), list(_sections(without_marker(page)))
    kept: list[str] = []
    for section in sections:
        if _fits(_joined(marker, [*kept, section], len(sections)), characters, size):
            kept.append(section)
    return _joined(marker, kept, len(sections) - len(kept))


def _fits(text: str, characters: int, size: int) -> bool:
    return len(text) <= characters and len(text.encode()) <= size


def _joined(marker: str, sections: list[str], left_out: int) -> str:
    rest = LEFT_OUT.format(left_out, "section is" if left_out == 1 else "sections are")
    return f"{marker}\n" + "\n\n".join([*sections, rest]) + "\n"


def _sections(text: str) -> Iterator[str]:
    depth, section = 0, list[str]()
    for line in text.splitlines():
        depth += line.count("<details") - line.count("</details>")
        if line.strip() or depth > 0:
            section.append(line)
        elif section:
            yield "\n".join(section)
            section = []
    if section:
        yield "\n".join(section)
