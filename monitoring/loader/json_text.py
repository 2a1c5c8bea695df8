"""JSON as text that the reader of YAML reads as the same data, so that each word of it has its line."""

from __future__ import annotations

import json
import math
import re
from typing import Any, NoReturn

from monitoring.model.scalars import quoted

_PAIR = re.compile(
    r"\\(?:u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})|(u[dD][89abAB]|u[dD][c-fC-F])|.)"
)
_TEXT = re.compile(r'"(?:\\.|[^"\\])*"')
_TEXT_AND_COLON = re.compile(rf"({_TEXT.pattern})(\s*)(:?)")
# What Python's reader adds to a message where a number of the character would follow.
_ENDING = re.compile(r"(?: starting)? at$")
# What JSON takes inside a text as it stands, and YAML does not, or reads as the end of a line.
_UNREAD = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_EXPONENT_FROM = 1e21
"""From which number on an encoder of JSON in Go or JavaScript writes an exponent (Go, encoding/json, floatEncoder)."""
MAX_KEY_LENGTH = 1_000
"""The characters of a key with its quotes: libyaml's scanner looks for its colon 1,024 characters far."""


class JsonError(ValueError):
    """A text is no JSON: `what` is wrong, what to do, and in which line."""

    def __init__(self, what: str, remedy: str, line: int) -> None:
        super().__init__(what)
        self.what, self.remedy, self.line = what, remedy, line


def readable_json(text: str) -> str:
    """A text of JSON with the same data in the same lines, in the words that JSON and YAML share.

    Raises JsonError where it is no JSON.
    """
    _require_json(text)
    for number, line in enumerate(text.split("\n"), start=1):
        if any(match[3] for match in _PAIR.finditer(line)):
            raise JsonError("holds half a character", r"write both halves, or neither, as in \ud83d\ude00", number)
    escaped = _UNREAD.sub(lambda sign: f"\\u{ord(sign[0]):04x}", _PAIR.sub(_whole, text))
    _require_short_keys(escaped)
    return _TEXT_AND_COLON.sub(r"\1\3\2", escaped)


def _require_short_keys(text: str) -> None:
    for match in _TEXT_AND_COLON.finditer(text):
        if match[3] and len(match[1]) > MAX_KEY_LENGTH:
            line = text.count("\n", 0, match.start()) + 1
            raise JsonError(f"has a key of more than {MAX_KEY_LENGTH:,} characters", "shorten it", line)


def json_scalar(text: str) -> Any:
    """The number, the truth or the nothing that a bare word of JSON spells."""
    return json.loads(text, parse_int=_number, parse_float=_number)


def _number(word: str) -> int | float:
    """The nearest double, as for any reader of JSON in Go or JavaScript; a whole one as such, however it is written."""
    number = float(word)
    if not math.isfinite(number):
        _refuse(word)
    return int(number) if number.is_integer() and abs(number) < _EXPONENT_FROM else number


def _require_json(text: str) -> None:
    """Raises JsonError where a text is no JSON; where it is nested too deep, the reader of YAML says so."""
    if text.strip() in {"", "null"}:
        raise JsonError("is empty", "export it again", 1)
    try:
        json.loads(text, parse_constant=_refuse, parse_int=_number, parse_float=_number)
    except json.JSONDecodeError as error:
        what = _ENDING.sub("", error.msg.lower())
        raise JsonError(f"is not JSON: {what}", "export it again, or mend the line", error.lineno) from None
    except _ConstantError as error:
        what, line = f"holds {quoted(error.word)}, which is no number, or too large for one", _line_of(error.word, text)
        raise JsonError(what, "write a number, like 20", line) from None
    except RecursionError:
        return


class _ConstantError(ValueError):
    """A word stands where JSON has a number."""

    def __init__(self, word: str) -> None:
        super().__init__(word)
        self.word = word


def _refuse(word: str) -> NoReturn:
    raise _ConstantError(word)


def _line_of(word: str, text: str) -> int:
    """The first line in which a word stands outside of texts."""
    bare = _TEXT.sub('""', text)
    return bare.count("\n", 0, bare.index(word)) + 1


def _whole(match: re.Match[str]) -> str:
    """The character of two halves; any other escape as it stands."""
    if not match[1]:
        return match[0]
    return (bytes.fromhex(match[1]) + bytes.fromhex(match[2])).decode("utf-16-be")
