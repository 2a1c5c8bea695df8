"""Lengths of time in prose: "every 30 minutes", "within 20 min", "60m", "two hours", "half an hour", "hourly"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from monitoring.model.scalars import SECONDS_IN

_NUMBERS = {
    word: number
    for number, word in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], start=1
    )
} | {"fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "forty-five": 45, "sixty": 60, "ninety": 90}
_SEVERAL = {"an": 1.0, "half an": 0.5, "half a": 0.5, "a quarter of an": 0.25, "quarter of an": 0.25, "every": 1.0}
_UNIT = r"(?P<unit>s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|weeks?)"
_AMOUNT = "|".join(sorted(_NUMBERS, key=len, reverse=True))
_COUNTED = re.compile(
    rf"(?<![\w.:/-])(?P<number>\d+(?:\.\d+)?|{_AMOUNT})[\s-]*(?:more |business |working |calendar )?{_UNIT}\b(?![-/])",
    re.IGNORECASE,
)
_ALONE = re.compile(
    r"\b(?P<number>half an|a quarter of an|quarter of an|an) (?P<unit>hour)\b"
    r"|\b(?P<each>every) (?P<of>hour|minute|day|week)\b|\b(?P<often>hourly)\b",
    re.IGNORECASE,
)


class Span(NamedTuple):
    """A length of time in a text: as it is written, its seconds, and where it begins."""

    written: str
    seconds: float
    at: int


def lengths_in(text: str) -> Iterator[Span]:
    """Every length of time that a text names, in the order of its two forms."""
    for match in _COUNTED.finditer(text):
        word = match["number"].lower()
        number = float(_NUMBERS[word]) if word in _NUMBERS else float(word)
        yield Span(match[0], number * _seconds(match["unit"]), match.start())
    for match in _ALONE.finditer(text):
        number = _SEVERAL[(match["number"] or "every").lower()]
        yield Span(match[0], number * _seconds(match["unit"] or match["of"] or "hour"), match.start())


def _seconds(unit: str) -> int:
    return SECONDS_IN[unit[0].lower()]
