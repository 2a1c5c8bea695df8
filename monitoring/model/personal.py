"""What is personal in a text: addresses, telephone numbers, and the names of people; each looked for in linear time."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

# Each begins only where no earlier letter could have begun it, and gives back nothing that it took.
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]++@[\w-]++(?:\.[\w-]++)+")
_PHONE = re.compile(r"(?<![\w.])\+\d(?:[ ()/-]?\d){7,}")
_WORD = re.compile(r"\w++")


@dataclass(slots=True)
class NameIndex:
    """The words of people's names that were read so far: what may follow, and where it ends otherwise.

    A text's words lead from one of these to another, the way of Aho and Corasick (1975): whatever the number of
    people, a word of a text costs the same on average.
    """

    follows: dict[str, NameIndex] = field(default_factory=dict)
    words: int = 0
    ends: int = 0
    """How many words the longest name has that ends here; 0 where none does."""
    otherwise: NameIndex | None = None
    """The longest end of what was read that may be the beginning of another name; None before any word."""

    def after(self, word: str) -> NameIndex:
        """Where one more word of a text leads."""
        here = self
        while word not in here.follows:
            if here.otherwise is None:
                return here
            here = here.otherwise
        return here.follows[word]


def people_named(names: Iterable[str]) -> NameIndex:
    """What finds these names of people in a text."""
    start = NameIndex()
    for name in names:
        here = start
        for word in _WORD.findall(name.casefold()):
            here = here.follows.setdefault(word, NameIndex(words=here.words + 1))
        here.ends = here.words
    _join(start)
    return start


def _join(start: NameIndex) -> None:
    """Tells each beginning of a name, the shorter first, what it is otherwise."""
    waiting = deque(start.follows.values())
    for first in waiting:
        first.otherwise = start
    while waiting:
        here = waiting.popleft()
        shorter = here.otherwise or start
        here.ends = here.ends or shorter.ends
        for word, longer in here.follows.items():
            longer.otherwise = shorter.after(word)
            waiting.append(longer)


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
    here, starts = people, list[int]()
    for word in _WORD.finditer(text):
        starts.append(word.start())
        here = here.after(word[0].casefold())
        if here.ends:
            return text[starts[-here.ends] : word.end()]
    return ""
