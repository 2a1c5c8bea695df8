"""What is personal in a text: addresses, telephone numbers, and the names of people; each looked for in linear time."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import accumulate
from typing import NamedTuple

# Each begins only where no earlier letter could have begun it, and gives back nothing that it took.
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]++@[\w-]++(?:\.[\w-]++)+")
_PHONE = re.compile(r"(?<![\w.])\+\d(?:[ ()/-]?\d){7,}")
# With the marks over its letters: in lower case, İ is an i and a dot above.
_WORD = re.compile(r"\w[\w\u0300-\u036f]*+")


class NameIndex(NamedTuple):
    """The names of people as words in lower case, by how many words they have, the most first; and their last words."""

    by_words: Mapping[int, frozenset[tuple[str, ...]]]
    last_words: frozenset[str]


def people_named(names: Iterable[str]) -> NameIndex:
    """What finds these names of people in a text.

    Each word of a text is looked up once for each number of words that a name has, however many people there are.
    """
    split = {words for name in names if (words := tuple(_WORD.findall(name.casefold())))}
    lengths = sorted({len(words) for words in split}, reverse=True)
    by_words = {length: frozenset(words for words in split if len(words) == length) for length in lengths}
    return NameIndex(by_words, frozenset(words[-1] for words in split))


def personal_in(text: str, people: NameIndex, known: Collection[str] = ()) -> Iterator[tuple[str, str]]:
    """The first of each kind that a text holds: what it is, and how it is written there.

    An address that is `known` belongs to no person.
    """
    addresses = (match[0] for match in _EMAIL.finditer(text)) if "@" in text else ()
    if address := next((address for address in addresses if address.lower() not in known), None):
        yield "e-mail address", address
    if "+" in text and (match := _PHONE.search(text)):
        yield "telephone number", match[0]
    if name := _name_in(text, people):
        yield "person's name", name


def _name_in(text: str, people: NameIndex) -> str:
    """The first name of a person in a text to come to its end, as it is written there; empty where there is none."""
    folded = text.casefold()
    words = tuple(_WORD.findall(folded))
    if people.last_words.isdisjoint(words):
        return ""
    places = list(_WORD.finditer(folded))
    for end in range(1, len(words) + 1):
        for length, names in people.by_words.items():
            if length <= end and words[end - length : end] in names:
                return _as_written(text, places[end - length].start(), places[end - 1].end())
    return ""


def _as_written(text: str, start: int, end: int) -> str:
    """What stands at a place of the text in lower case, where some letters have become two."""
    ends = list(accumulate(len(letter.casefold()) for letter in text))
    return text[bisect_right(ends, start) : bisect_left(ends, end) + 1]
