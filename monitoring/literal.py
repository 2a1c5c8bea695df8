"""Texts for a terminal that obeys nothing in them, whoever wrote them."""

from __future__ import annotations

import re

_OBEYED = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)
"""What a terminal obeys or hides: control characters, marks that change the direction of a text, half characters."""


def literal(text: str) -> str:
    """The text with an escape for each character that a terminal obeys; line breaks and tabs stay."""
    if text.isprintable():  # nothing of it is obeyed or hidden, which holds for nearly every text
        return text
    return _OBEYED.sub(lambda match: match[0].encode("unicode_escape").decode(), text)


def literal_json(text: str) -> str:
    """A JSON text with JSON's own escape for each character that a terminal obeys."""
    return _OBEYED.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
