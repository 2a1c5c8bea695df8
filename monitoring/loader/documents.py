"""Bytes to plain data that knows its lines, in one pass over the parser's events.

The words are those of YAML 1.2's core schema, so `no`, `on` and `5:30` stay texts. Anchors, tags and deep nesting are
refused as soon as they are met: they hide a fact, run code, unfold without end, or exhaust a composer's stack.
"""

from __future__ import annotations

import math
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import yaml

from monitoring.errors import Problem, Source
from monitoring.loader.files import MAX_PROBLEMS, file_problem
from monitoring.loader.json_text import JsonError, json_scalar, readable_json
from monitoring.model.scalars import quoted
from monitoring.model.sources import Lines

MAX_LINE_LENGTH = 10_000
MAX_DEPTH = 40
MAX_TEXT_LENGTH = 4_000
MAX_ITEMS = 2_000
MAX_KEYS = 5_000
MAX_VALUES = 50_000
"""Of a file; each bound lies far above any catalog, and keeps the work on a hostile one small."""

_EMPTY = ("is empty", 'write the entries, or "{}" where there are none', 0)
# Fifteen digits are what a double holds exactly; a longer number stays a text and is refused where a number is meant.
_INT = re.compile(r"[-+]?[0-9]{1,15}")
_FLOAT = re.compile(r"[-+]?(?:[0-9]{1,15}\.[0-9]{0,15}|\.[0-9]{1,15})(?:[eE][-+]?[0-9]{1,3})?")
_WORDS: dict[str, Any] = {"true": True, "false": False, "null": None, "~": None, "": None}
_NUMBER_BEGINS = frozenset("-+.0123456789")


@dataclass(frozen=True)
class Document:
    """A file's content as plain data, with the lines of all of it, and whether any value in it is empty."""

    file: str
    data: Any
    lines: Lines
    has_nulls: bool = False


class _RefusedError(Exception):
    """The file holds something that is refused before it is read any further."""

    def __init__(self, what: str, remedy: str, line: int) -> None:
        super().__init__(what)
        self.what, self.remedy, self.line = what, remedy, line


def parse(file: str, content: bytes, problems: list[Problem]) -> Document | None:
    """The document in a file, or None where it cannot be read at all; mistakes go to `problems`."""
    text = ""
    try:
        text = _decoded(file, content)
        if file.endswith(".json"):
            return _read(file, readable_json(text), problems, json_scalar)
        return _read(file, text, problems, _scalar)
    except (_RefusedError, JsonError) as refused:
        problems.append(file_problem(file, refused.what, refused.remedy, line=refused.line))
    except yaml.YAMLError as error:
        problems.append(_syntax_problem(file, text, error))
    return None


def _decoded(file: str, content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise _RefusedError("is not UTF-8", "save it as UTF-8", line) from None
    for number, line_text in enumerate(text.splitlines(), start=1):
        if len(line_text) > MAX_LINE_LENGTH:
            what = f"has a line of {len(line_text)} characters"
            broken = ", as python3 -m json.tool writes them" if file.endswith(".json") else ""
            raise _RefusedError(what, f"keep lines under {MAX_LINE_LENGTH}{broken}", number)
    return text


def _read(file: str, text: str, problems: list[Problem], scalar: Callable[[str], Any]) -> Document:
    parser = yaml.CSafeLoader(text)
    try:
        return _document(_Reader(file, parser.get_event, problems, scalar))
    finally:
        parser.dispose()


def _document(reader: _Reader) -> Document:
    reader.next_event()
    if isinstance(reader.next_event(), yaml.StreamEndEvent):
        raise _RefusedError(*_EMPTY)
    event = reader.next_event()
    data, lines = reader.value(event), reader.lines or Lines(_line(event))
    reader.next_event()
    if isinstance(after := reader.next_event(), yaml.DocumentStartEvent):
        what = "holds a second document"
        raise _RefusedError(what, "move it into a file of its own, or take the --- out", _line(after))
    if data is None:
        raise _RefusedError(*_EMPTY)
    return Document(reader.file, data, lines, reader.has_nulls)


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1


@dataclass(slots=True)
class _Reader:
    """Turns events into data, bare words by `scalar`; `lines` are those of the collection read last, or None."""

    file: str
    next_event: Callable[[], Any]
    problems: list[Problem]
    scalar: Callable[[str], Any]
    depth: int = 0
    values: int = 0
    lines: Lines | None = None
    has_nulls: bool = False

    def value(self, event: Any) -> Any:
        """The data that begins with an event."""
        if getattr(event, "anchor", None) is not None:
            remedy = "write the value out where it is used"
            raise _RefusedError("uses an anchor or an alias", remedy, _line(event))
        if event.tag is not None:
            raise _RefusedError(f"uses the tag {quoted(event.tag)}", "write plain YAML", _line(event))
        self.values += 1
        if self.values > MAX_VALUES:
            raise _RefusedError(f"holds more than {MAX_VALUES} values", "split it", _line(event))
        return self._scalar(event) if isinstance(event, yaml.ScalarEvent) else self._collection(event)

    def _scalar(self, event: Any) -> Any:
        if len(event.value) > MAX_TEXT_LENGTH:
            what = f"has a text of {len(event.value)} characters"
            raise _RefusedError(what, f"write at most {MAX_TEXT_LENGTH}", _line(event))
        self.lines = None
        data = self.scalar(event.value) if event.implicit[0] else event.value
        self.has_nulls = self.has_nulls or data is None
        return data

    def _collection(self, event: Any) -> Any:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise _RefusedError(f"is nested more than {MAX_DEPTH} deep", "flatten it", _line(event))
        data = self._mapping(event) if isinstance(event, yaml.MappingStartEvent) else self._sequence(event)
        self.depth -= 1
        return data

    def _sequence(self, start: Any) -> tuple[Any, ...]:
        items: list[Any] = []
        keys: dict[str | int, int] = {}
        inside: dict[str | int, Lines] = {}
        while not isinstance(event := self.next_event(), yaml.SequenceEndEvent):
            number = len(items)
            _require_room(number, MAX_ITEMS, "list", event)
            keys[number] = _line(event)
            items.append(self.value(event))
            if self.lines is not None:
                inside[number] = self.lines
        self.lines = Lines(_line(start), keys, inside)
        return tuple(items)

    def _mapping(self, start: Any) -> dict[str, Any]:
        data: dict[str, Any] = {}
        keys: dict[str | int, int] = {}
        inside: dict[str | int, Lines] = {}
        while not isinstance(event := self.next_event(), yaml.MappingEndEvent):
            _require_room(len(data), MAX_KEYS, "mapping", event)
            if len(self.problems) > MAX_PROBLEMS:
                raise _RefusedError("holds more mistakes than anybody reads", "mend these first", _line(event))
            key = self._key(event, keys)
            value = self.value(self.next_event())
            if key is None:
                continue
            keys[key], data[key] = _line(event), value
            if self.lines is not None:
                inside[key] = self.lines
        self.lines = Lines(_line(start), keys, inside)
        return data

    def _key(self, event: Any, keys: dict[str | int, int]) -> str | None:
        """The key that an event spells, or None and a problem where it cannot be one."""
        has_nulls = self.has_nulls
        self.value(event)
        self.has_nulls = has_nulls  # a key may be empty
        if not isinstance(event, yaml.ScalarEvent):
            problem = file_problem(self.file, "has a key that is not a word", "write a word", line=_line(event))
            self.problems.append(problem)
            return None
        key = sys.intern(event.value)  # the same few words in each entry, kept once
        if key in keys:
            what, remedy = f"the key {quoted(key)} is defined twice", f"take one out; the first is on line {keys[key]}"
            self.problems.append(Problem(Source(self.file, _line(event)), "", what, remedy, "duplicate-key"))
            return None
        return key


def _require_room(number: int, limit: int, kind: str, event: Any) -> None:
    """Raises _RefusedError where a collection would hold more than its limit."""
    if number >= limit:
        raise _RefusedError(f"holds a {kind} of more than {limit}", "split it", _line(event))


def _scalar(text: str) -> Any:
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _NUMBER_BEGINS:
        return text
    if _INT.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text) and math.isfinite(number := float(text)):
        return number
    return text


# What libyaml says -> what is wrong in plain words, and what to do; what is left open is reported where it begins.
_PHRASES = {
    "mapping values are not allowed in this context": (
        'a ": " stands where no value can begin',
        "put the text in quotes, or mend the indent",
    ),
    "found character that cannot start any token": (
        "a value begins with a character that YAML keeps for itself",
        "put the text in quotes",
    ),
    "did not find expected key": ("this line fits no list or mapping above it", "mend the indent, or the line above"),
    "did not find expected '-' indicator": ("this line is no item of the list above it", "mend the indent"),
    "did not find expected ',' or ']'": ('the "[" is not closed, as line {line} shows', 'write "]", or a comma'),
    "did not find expected ',' or '}'": ('the "{{" is not closed, as line {line} shows', 'write "}}", or a comma'),
    "found unexpected end of stream": ("the quote is not closed, as line {line} shows", "close it"),
    "could not find expected ':'": ('a key without ": "', "write key: value"),
    "found unknown escape character": (
        "a backslash in double quotes before a letter that it cannot escape",
        "use single quotes, or write two backslashes",
    ),
    "control characters are not allowed": ("a control character", "take it out"),
}


def _syntax_problem(file: str, text: str, error: yaml.YAMLError) -> Problem:
    mark = getattr(error, "problem_mark", None)
    line = mark.line + 1 if mark else _line_of_byte(text, getattr(error, "position", 0))
    if _begins_with_tab(text, line):
        return file_problem(file, "is indented with a tab", "indent with spaces", line=line)
    reason = getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be parsed"
    what, remedy = _PHRASES.get(reason, (reason, "mend the line"))
    opened = getattr(error, "context_mark", None)
    begin = opened.line + 1 if opened and "{line}" in what else line
    return file_problem(file, f"is not YAML: {what.format(line=line)}", remedy.format(), line=begin)


def _line_of_byte(text: str, position: int) -> int:
    return text.encode()[:position].count(b"\n") + 1


def _begins_with_tab(text: str, line: int) -> bool:
    lines = text.split("\n")
    return 0 < line <= len(lines) and lines[line - 1].lstrip(" ").startswith("\t")
