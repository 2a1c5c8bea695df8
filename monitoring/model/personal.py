"""What is personal in a text: addresses, telephone numbers, and the names of people."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<![\w.])\+\d(?:[ ()/-]?\d){7,}")


def people_named(names: Iterable[str]) -> re.Pattern[str] | None:
    """What finds these names of people in a text; None where there are none."""
    escaped = sorted({re.escape(name) for name in names})
    return re.compile(rf"\b(?:{'|'.join(escaped)})\b", re.IGNORECASE) if escaped else None


def personal_in(text: str, people: re.Pattern[str] | None) -> Iterator[tuple[str, str]]:
    """The first of each kind that a text holds: what it is, and how it is written there."""
    for what, pattern in (("e-mail address", _EMAIL), ("telephone number", _PHONE), ("person's name", people)):
        if match := pattern and pattern.search(text):
            yield what, match[0]
