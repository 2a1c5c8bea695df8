"""Times that a hand-written page promises by itself, though the catalog knows them and may say otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from monitoring.docs.lengths import lengths_in
from monitoring.docs.markers import GeneratedPart, lines_of, outside_fences
from monitoring.errors import Problem, Source

# What the catalog fixes a time for. A line that links its source states a fact of somebody else's and is left alone.
_PROMISED = re.compile(
    r"\b(?:updates?|notices?|acknowledge\w*|escalat\w+|(?:first|second) (?:human|person)|woken)\b", re.IGNORECASE
)
_BOUND = re.compile(r"\b(?:every|within|after|expires? in|for|at (?:least|most|the latest))\s*$", re.IGNORECASE)
_SPAN = re.compile(r"`[^`]*`")
_SOURCE = "https://"


def typed_times(file: str, text: str, parts: Iterable[GeneratedPart]) -> Iterator[Problem]:
    """A problem for each line that promises an update, an acknowledgement or an escalation in a time of its own."""
    generated = {line for part in parts for line in range(part.begin, part.end)}
    for number, line in outside_fences(lines_of(text)):
        if number not in generated and _SOURCE not in line:
            yield from (_problem(file, number, written) for written in _promises(_SPAN.sub("``", line)))


def _promises(line: str) -> Iterator[str]:
    if _PROMISED.search(line):
        for span in lengths_in(line):
            if _BOUND.search(line[: span.at]) or span.written.lower().startswith(("every", "hourly")):
                yield span.written


def _problem(file: str, line: int, written: str) -> Problem:
    what = f'promises "{written}", a time that the catalog knows'
    remedy = "let a generated part say it, or link the source of the time on the same line"
    return Problem(Source(file, line), "", what, remedy, "docs")
