"""What is personal in a text: addresses, telephone numbers, and the names of people; each looked for in linear time."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping

# Each begins only where no earlier letter could have begun it, and gives back nothing that it took.
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]++@[\w-]++(?:\.[\w-]++)+")
_PHONE = re.compile(r"(?<![\w.])\+\d(?:[ ()/-]?\d){7,}")
_WORD = re.compile(r"\w++")

People = Mapping[str, Collection[tuple[str, ...]]]
"""The names of people as their words in small letters, by the first of them."""


def people_named(names: Iterable[str]) -> People:
    """What finds these names of people in a text."""
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for name in sorted(set(names)):
        if words := tuple(_WORD.findall(name.casefold())):
            by_first.setdefault(words[0], []).append(words)
    return by_first


def personal_in(text: str, people: People, known: Collection[str] = ()) -> Iterator[tuple[str, str]]:
    """The first of each kind that a text holds: what it is, and how it is written there.

    An address that is `known` belongs to no person.
    """
    addresses = (match[0] for match in _EMAIL.finditer(text))
    if address := next((address for address in addresses if address.lower() not in known), None):
        yield "e-mail address", address
    if match := _PHONE.search(text):
        yield "telephone number", match[0]
    if name := _name_in(text, people):
        yield "person's name", name


def _name_in(text: str, people: People) -> str:
    """The first name of a person in a text, as it is written there; empty where there is none."""
    words = list(_WORD.finditer(text))
    spelled = [word[0].casefold() for word in words]
    for at, first in enumerate(spelled):
        for name in people.get(first, ()):
            if tuple(spelled[at : at + len(name)]) == name:
                return text[words[at].start() : words[at + len(name) - 1].end()]
    return ""
