"""What is personal in a text: addresses, telephone numbers, and the names of people; each looked for in linear time."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

# Each begins only where no earlier letter could have begun it, and gives back nothing that it took.
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]++@[\w-]++(?:\.[\w-]++)+")
_PHONE = re.compile(r"(?<![\w.])\+\d(?:[ ()/-]?\d){7,}")
_WORD = re.compile(r"\w++")


@dataclass(frozen=True, slots=True)
class NameIndex:
    """The beginnings of people's names as numbers, 0 before any word: what may follow, and where a text goes otherwise.

    A text's words lead from one to another, the way of Aho and Corasick (1975): whatever the number of people, a word
    of a text costs the same on average.
    """

    follows: Sequence[Mapping[str, int]]
    otherwise: Sequence[int]
    """The longest end of each beginning that is the beginning of a name, too."""
    ends: Sequence[int]
    """How many words the longest name has that ends there; 0 where none does."""


def people_named(names: Iterable[str]) -> NameIndex:
    """What finds these names of people in a text."""
    follows, ends = _beginnings(names)
    otherwise = [0] * len(follows)
    waiting = deque(follows[0].values())
    while waiting:
        state = waiting.popleft()
        ends[state] = ends[state] or ends[otherwise[state]]
        for word, longer in follows[state].items():
            otherwise[longer] = _after(follows, otherwise, otherwise[state], word)
            waiting.append(longer)
    return NameIndex(follows, otherwise, ends)


def _beginnings(names: Iterable[str]) -> tuple[list[dict[str, int]], list[int]]:
    follows, ends = [dict[str, int]()], [0]
    for name in names:
        words, state = _WORD.findall(name.casefold()), 0
        for word in words:
            if word not in follows[state]:
                follows[state][word] = len(follows)
                follows.append({})
                ends.append(0)
            state = follows[state][word]
        ends[state] = len(words)
    return follows, ends


def _after(follows: Sequence[Mapping[str, int]], otherwise: Sequence[int], state: int, word: str) -> int:
    """Where one more word leads."""
    while state and word not in follows[state]:
        state = otherwise[state]
    return follows[state].get(word, 0)


def personal_in(text: str, people: NameIndex, known: Collection[str] = ()) -> Iterator[tuple[str, str]]:
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


def _name_in(text: str, people: NameIndex) -> str:
    """The first name of a person in a text to come to its end, as it is written there; empty where there is none."""
    state, starts = 0, list[int]()
    for word in _WORD.finditer(text):
        starts.append(word.start())
        state = _after(people.follows, people.otherwise, state, word[0].casefold())
        if people.ends[state]:
            return text[starts[-people.ends[state]] : word.end()]
    return ""
