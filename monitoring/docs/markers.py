"""The generated parts of pages that are written by hand: where they stand, and how they are replaced.

A part begins with `<!-- monitoring docs: NAME -->` and ends with `<!-- end: NAME -->`, each alone on its line. Whatever
stands outside of such a pair is left as it is, and a marker inside a fence is an example.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from monitoring.errors import Problem, Source
from monitoring.model.references import nearest
from monitoring.model.scalars import quoted

_MARKER = re.compile(r"<!-- (?P<what>monitoring docs|end): (?P<name>[A-Za-z0-9-]+) -->")
_MEANT = re.compile(r"<!--\s*(monitoring\s+docs|end)\b\s*:?", re.IGNORECASE)
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_BEGIN = "monitoring docs"


@dataclass(frozen=True, slots=True)
class GeneratedPart:
    """A generated part of a page: its name, and the lines of its two markers, counted from 1."""

    name: str
    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class _Marker:
    """A line that begins or ends a part."""

    line: int
    name: str
    begins: bool


def lines_of(text: str) -> list[str]:
    """The lines of a text, each with its own line break."""
    return re.findall(r"[^\n]*\n|[^\n]+", text)


def outside_fences(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    """The lines of a page that are no code, with their numbers from 1."""
    fence = ""
    for number, line in enumerate(lines, start=1):
        mark = _FENCE.match(line)
        if not fence and mark:
            fence = mark[1]
        elif not fence:
            yield number, line
        elif mark and mark[1].startswith(fence) and not line.strip().strip(fence[0]):
            fence = ""


def parts_of(file: str, text: str, known: Iterable[str], problems: list[Problem]) -> tuple[GeneratedPart, ...]:
    """The parts of a page, in order; whatever is wrong with its markers goes to `problems`."""
    parts = [*_parts(file, _markers(file, text, problems), problems)]
    legal = frozenset(known)
    for part in parts:
        if part.name not in legal:
            what = f"no generated part is called {quoted(part.name)}"
            problems.append(_problem(file, part.begin, what, nearest(part.name, legal)))
    return tuple(part for part in parts if part.name in legal)


def _markers(file: str, text: str, problems: list[Problem]) -> Iterator[_Marker]:
    for number, line in outside_fences(lines_of(text)):
        match = _MARKER.fullmatch(line.strip())
        if match:
            yield _Marker(number, match["name"], match["what"] == _BEGIN)
        elif _MEANT.search(re.sub(r"`[^`]*`", "", line)):
            what = "looks like a marker of a generated part, and is none"
            remedy = 'write "<!-- monitoring docs: NAME -->" or "<!-- end: NAME -->", alone on its line'
            problems.append(_problem(file, number, what, remedy))


def _parts(file: str, markers: Iterable[_Marker], problems: list[Problem]) -> Iterator[GeneratedPart]:
    opened: _Marker | None = None
    for marker in markers:
        if marker.begins:
            if opened:
                problems.append(_unclosed(file, opened))
            opened = marker
        elif opened and marker.name == opened.name:
            yield GeneratedPart(marker.name, opened.line, marker.line)
            opened = None
        else:
            problems.append(_closes_nothing(file, marker, opened))
    if opened:
        problems.append(_unclosed(file, opened))


def _unclosed(file: str, opened: _Marker) -> Problem:
    what = f'the part "{opened.name}" is not closed before the next one begins, or the page ends'
    return _problem(file, opened.line, what, f'write "<!-- end: {opened.name} -->" after it')


def _closes_nothing(file: str, marker: _Marker, opened: _Marker | None) -> Problem:
    if opened:
        what = f'closes "{marker.name}" while "{opened.name}" is open'
        return _problem(file, marker.line, what, f'write "<!-- end: {opened.name} -->"')
    what = f'closes "{marker.name}", which is not open'
    return _problem(
        file, marker.line, what, f'write "<!-- monitoring docs: {marker.name} -->" before it, or take it out'
    )


def _problem(file: str, line: int, what: str, remedy: str) -> Problem:
    return Problem(Source(file, line), "", what, remedy, "docs")


def filled(text: str, parts: Iterable[GeneratedPart], made: Callable[[str], str]) -> str:
    """The page with each of its parts made anew, and every other byte as it was."""
    lines = lines_of(text)
    pieces: list[str] = []
    after = 0
    for part in parts:
        pieces += [*lines[after : part.begin], f"\n{made(part.name)}\n\n"]
        after = part.end - 1
    return "".join([*pieces, *lines[after:]])


def stale(text: str, parts: Iterable[GeneratedPart], made: Callable[[str], str]) -> Iterator[tuple[GeneratedPart, int]]:
    """Each part that is not as it would be made now, with the first line that differs."""
    lines = lines_of(text)
    for part in parts:
        there, due = lines[part.begin : part.end - 1], lines_of(f"\n{made(part.name)}\n\n")
        if there != due:
            same = next((number for number, pair in enumerate(zip(there, due, strict=False)) if len({*pair}) > 1), None)
            yield part, part.begin + 1 + (min(len(there), len(due)) if same is None else same)
