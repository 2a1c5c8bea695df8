"""Searches in logs, events and the like, which a query holds in quotes: whether one is whole, and how it is written.

Grammar: words, phrases in double quotes, brackets, AND, OR, - and NOT; a backslash takes the next sign as it is
(docs.datadoghq.com/logs/explorer/search_syntax, 2026-11-26).
"""

from __future__ import annotations

import re
from itertools import pairwise

_PIECE = re.compile(r'\\.|"(?:\\.|[^"\\])*"|[^\\]', re.DOTALL)
_ESCAPED = re.compile(r"\\.", re.DOTALL)
_WORD = re.compile(r"[()]|[^\s()]+")
_JOINING = ("AND", "OR")
_ALTERNATIVE = re.compile(r"\bOR\b")


def fault_of_search(search: str) -> str:
    """What is open or closed too often in a search; empty where it is whole and a query can hold it."""
    pieces = [match[0] for match in _PIECE.finditer(search)]
    if sum(map(len, pieces)) < len(search):
        return "ends in a backslash"
    if '\\"' in _ESCAPED.findall(search):
        return "holds a quote behind a backslash, which a query cannot hold"
    if '"' in pieces:
        return "has a quote that is not closed"
    brackets = _fault_of_brackets([piece for piece in pieces if piece in ("(", ")")])
    return brackets or _fault_of_words(_WORD.findall("".join(piece if len(piece) == 1 else "x" for piece in pieces)))


def _fault_of_brackets(brackets: list[str]) -> str:
    depth = 0
    for bracket in brackets:
        depth += 1 if bracket == "(" else -1
        if depth < 0:
            return "closes a bracket that is not open"
    return "has a bracket that is not closed" if depth else ""


def _fault_of_words(words: list[str]) -> str:
    """AND, OR or NOT beside nothing that it joins or takes back."""
    for word, following in pairwise(["(", *words, ")"]):
        if word in (*_JOINING, "NOT") and following in (*_JOINING, ")"):
            return f"has nothing after {word}"
        if word == "(" and following in _JOINING:
            return f"has nothing before {following}"
    return ""


def search_in(environment: str, search: str) -> str:
    """A search for what one environment sends, as a query holds it in double quotes."""
    own = f"({search})" if _ALTERNATIVE.search(search) else search
    joined = f"env:{environment} {own}".removesuffix(" *")
    return joined.replace('"', '\\"')
