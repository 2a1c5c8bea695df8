"""Whether a filter lets data with a value of one tag through, whatever their other tags are.

Grammar of a metric's filter: `key:value`, `key IN (a,b)`, `*`, joined by commas or AND, by OR, taken back by ! or NOT,
in brackets (docs.datadoghq.com/metrics/advanced-filtering, 2026-11-27). A search has blanks for AND and - for NOT, and
knows its words in capitals alone (docs.datadoghq.com/logs/explorer/search_syntax, 2026-11-26).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase

from monitoring.queries.filters import TagTerm, term_at

MAX_DEPTH = 50
"""Brackets inside of brackets that are read."""
_WORD = re.compile(r"(?:AND|OR|NOT)(?![\w:.])", re.IGNORECASE)
_SIGN = re.compile(r"[(),!-]")
_OTHER = re.compile(r'"(?:\\.|[^"\\])*"?|[^\s,()]+')
_LISTED = re.compile(r"\bIN\s*\([^()]*\)", re.IGNORECASE)
_SIGNS, _WORDS = re.compile(r"[,!]"), re.compile(r"(?<![\w:./-])(?:AND|OR|NOT|IN)(?![\w:./-])", re.IGNORECASE)
_JOINING = ("AND", ",")

Truth = bool | None
"""Whether a condition holds; None where that depends on other tags."""


def lets_through(text: str, key: str, value: str, *, is_search: bool) -> Truth:
    """Whether a filter lets data through whose tag has that value: always, never, or None for some of them."""
    return _FilterReader(tuple(_pieces(text, is_search=is_search)), key, value.casefold()).either(0)


def mixes_signs(text: str) -> bool:
    """Whether a metric's filter has signs and words for the same things, which Datadog refuses together."""
    bare = _LISTED.sub(" IN ", text)
    return bool(_SIGNS.search(bare) and _WORDS.search(bare))


def _pieces(text: str, *, is_search: bool) -> Iterable[str | TagTerm]:
    """Words that join and brackets as texts, conditions as terms; what is neither is a condition that nobody knows."""
    position = 0
    while position < len(text):
        if text[position].isspace():
            position += 1
        elif (word := _WORD.match(text, position)) and (word[0].isupper() or not is_search):
            yield word[0].upper()
            position = word.end()
        elif found := term_at(text, position):
            term, position = found
            yield term
        elif sign := _SIGN.match(text, position):
            yield "NOT" if sign[0] in "!-" else sign[0]
            position = sign.end()
        else:
            position = max(_end_of_other(text, position), position + 1)
            yield TagTerm("", ())


def _end_of_other(text: str, position: int) -> int:
    match = _OTHER.match(text, position)
    return match.end() if match else position


@dataclass
class _FilterReader:
    """A place in the pieces of a filter, which only moves on."""

    pieces: tuple[str | TagTerm, ...]
    key: str
    value: str
    position: int = 0

    @property
    def piece(self) -> str | TagTerm:
        """The next piece; a bracket that closes at the end."""
        return self.pieces[self.position] if self.position < len(self.pieces) else ")"

    def either(self, depth: int) -> Truth:
        """Conditions of which one has to hold."""
        holds = self.each(depth)
        while self.piece == "OR":
            self.position += 1
            other = self.each(depth)
            holds = True if True in (holds, other) else None if None in (holds, other) else False
        return holds

    def each(self, depth: int) -> Truth:
        """Conditions that all have to hold."""
        holds: Truth = True
        while self.piece not in ("OR", ")"):
            if self.piece in _JOINING:
                self.position += 1
                continue
            other = self.negated(depth)
            holds = False if False in (holds, other) else None if None in (holds, other) else True
        return holds

    def negated(self, depth: int) -> Truth:
        """A condition, or one that must not hold."""
        is_negated = False
        while self.piece == "NOT":
            self.position += 1
            is_negated = not is_negated
        holds = self.condition(depth)
        return not holds if is_negated and holds is not None else holds

    def condition(self, depth: int) -> Truth:
        """A condition on a tag, or what stands in brackets; nobody knows what lies too deep."""
        piece = self.piece
        self.position += 1
        if isinstance(piece, TagTerm):
            return self._met(piece)
        if piece != "(" or depth >= MAX_DEPTH:
            self.position = len(self.pieces) if piece == "(" else self.position
            return None
        holds = self.either(depth + 1)
        self.position += 1
        return holds

    def _met(self, term: TagTerm) -> Truth:
        if term.key.casefold() != self.key or any(mark in value for value in term.values for mark in "[]<>$"):
            return None
        is_among = any(fnmatchcase(self.value, value.casefold()) for value in term.values)
        return is_among is not term.is_excluded
