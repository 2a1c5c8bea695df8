"""A query's tokens, and a cursor over them that knows where reading stopped."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

MAX_QUERY = 10_000
"""Characters of a query that are read; longer ones are refused before any pattern looks at them."""
# A text may hold quotes behind a backslash; braces hold a filter or groups and do not nest.
_TOKEN = re.compile(
    r"""\s*(?:
      (?P<text>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')
    | (?P<braces>\{[^{}]*\})
    | (?P<number>\d+(?:\.\d+)?(?:[eE][-+]?\d+)?(?![\w.]))
    | (?P<name>[A-Za-z_][\w.]*|\d\w*)
    | (?P<sign>[-+*/(),:.=!&|<>])
    )""",
    re.VERBOSE,
)


class Token(NamedTuple):
    """One piece of a query: its kind, its characters, and where it begins."""

    kind: str
    text: str
    start: int

    @property
    def content(self) -> str:
        """What stands between the quotes or the braces."""
        return self.text[1:-1].replace("\\" + self.text[0], self.text[0]) if self.kind == "text" else self.text[1:-1]


class StoppedAtError(Exception):
    """Where a query could no longer be read, as a count of characters from its beginning."""

    def __init__(self, position: int) -> None:
        super().__init__(position)
        self.position = position


def tokens_of(query: str, start: int) -> tuple[Token, ...]:
    """The tokens of a query from a position on; raises StoppedAtError at the first character that begins none."""
    if len(query) > MAX_QUERY:
        raise StoppedAtError(MAX_QUERY)
    tokens: list[Token] = []
    end = len(query.rstrip())
    while start < end:
        match = _TOKEN.match(query, start)
        if match is None or match.lastgroup is None:
            raise StoppedAtError(start)
        tokens.append(Token(match.lastgroup, match[match.lastgroup], match.start(match.lastgroup)))
        start = match.end()
    return (*tokens, Token("end", "", end))


@dataclass
class Cursor:
    """A place in a query's tokens, which only moves on."""

    tokens: tuple[Token, ...]
    position: int = 0

    @property
    def token(self) -> Token:
        """The token that is next."""
        return self.tokens[self.position]

    @property
    def following(self) -> Token:
        """The token behind the next one."""
        return self.tokens[min(self.position + 1, len(self.tokens) - 1)]

    def next_is(self, *texts: str) -> bool:
        """Whether the next token is one of these."""
        return self.token.kind != "text" and self.token.text in texts

    def take(self, kind: str) -> Token:
        """The next token, where it is of that kind; raises StoppedAtError elsewhere."""
        token = self.token
        if token.kind != kind:
            raise StoppedAtError(token.start)
        self.position += 1
        return token

    def skip(self, text: str) -> bool:
        """Moves past the next token where it is that one, and says whether it was."""
        is_next = self.next_is(text)
        self.position += is_next
        return is_next

    def expect(self, text: str) -> None:
        """Moves past the next token; raises StoppedAtError where it is another one."""
        if not self.skip(text):
            raise StoppedAtError(self.token.start)

    def skip_keyword(self) -> None:
        """Moves past `name=` before an argument's value."""
        if self.token.kind == "name" and self.following.kind == "sign" and self.following.text == "=":
            self.position += 2
