"""JSON as text that the reader of YAML reads as the same data, so that each word of it has its line."""

from __future__ import annotations

import json
import re
from typing import NoReturn

_PAIR = re.compile(
    r"\\(?:u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})|(u[dD][89abAB]|u[dD][c-fC-F])|.)"
)
# What JSON takes inside a text as it stands, and YAML does not, or reads as the end of a line.
_UNREAD = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


class JsonError(ValueError):
    """A text is no JSON: `what` is wrong, what to do, and in which line."""

    def __init__(self, what: str, remedy: str, line: int) -> None:
        super().__init__(what)
        self.what, self.remedy, self.line = what, remedy, line


def readable_json(text: str) -> str:
    """A text of JSON with the same data in the same lines, in the words that JSON and YAML share.

    Raises JsonError where it is no JSON.
    """
    try:
        json.loads(text, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        raise JsonError(
            f"is not JSON: {error.msg.lower()}", "export it again, or mend the line", error.lineno
        ) from None
    except (ValueError, RecursionError):
        raise JsonError("is not JSON that can be read", "export it again", 0) from None
    for number, line in enumerate(text.splitlines(), start=1):
        if any(match[3] for match in _PAIR.finditer(line)):
            raise JsonError("holds half a character", r"write both halves, or neither, as in \ud83d\ude00", number)
    return _UNREAD.sub(lambda sign: f"\\u{ord(sign[0]):04x}", _PAIR.sub(_whole, text))


def _refuse(word: str) -> NoReturn:
    raise ValueError(word)


def _whole(match: re.Match[str]) -> str:
    """The character of two halves; any other escape as it stands."""
    if not match[1]:
        return match[0]
    return (bytes.fromhex(match[1]) + bytes.fromhex(match[2])).decode("utf-16-be")
