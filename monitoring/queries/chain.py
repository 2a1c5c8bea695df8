"""Queries that are a chain of calls: logs, events, service checks, processes, objectives, formulas.

Grammar: `SOURCE("SEARCH").method("ARGUMENT", …)…`, from Datadog's API page of monitors
(docs.datadoghq.com/api/latest/monitors), 2026-11-26.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from monitoring.queries.tokens import Cursor, StoppedAtError


class Chain(NamedTuple):
    """The first texts of a chain, and its calls in order, each with its arguments."""

    subjects: tuple[str, ...]
    calls: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def arguments(self) -> Mapping[str, tuple[str, ...]]:
        """What each call is given, by its name."""
        return dict(self.calls)

    @property
    def groups(self) -> tuple[str, ...]:
        """The keys in `.by("a","b")`, which Datadog takes in one text, too."""
        texts = self.arguments.get("by", ())
        return tuple(dict.fromkeys(key.strip() for text in texts for key in text.split(",") if key.strip()))


def read_chain(cursor: Cursor) -> Chain:
    """What follows a source's name: `("SEARCH")` and its calls; raises StoppedAtError where another token follows."""
    subjects = _arguments(cursor)
    return Chain(subjects, _calls(cursor))


def read_check_chain(cursor: Cursor) -> Chain:
    """A service check: its name in quotes, and its calls."""
    return Chain((cursor.take("text").content,), _calls(cursor))


def _calls(cursor: Cursor) -> tuple[tuple[str, tuple[str, ...]], ...]:
    calls: list[tuple[str, tuple[str, ...]]] = []
    while cursor.skip("."):
        calls.append((cursor.take("name").text, _arguments(cursor)))
    return tuple(calls)


def _arguments(cursor: Cursor) -> tuple[str, ...]:
    cursor.expect("(")
    arguments: list[str] = []
    while not cursor.skip(")"):
        arguments.append(_argument(cursor))
        if not cursor.next_is(")"):
            cursor.expect(",")
    return tuple(arguments)


def _argument(cursor: Cursor) -> str:
    cursor.skip_keyword()
    token = cursor.token
    if token.kind not in ("text", "name", "number"):
        raise StoppedAtError(token.start)
    cursor.position += 1
    return token.content if token.kind == "text" else token.text
