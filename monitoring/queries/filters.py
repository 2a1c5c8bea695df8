"""The tags in a filter or a search: which keys it names, with which values, and whether it leaves them out."""

from __future__ import annotations

import re
from typing import NamedTuple

_TERM = re.compile(
    r"""(?<![\w.@/-])(?P<not>(?:NOT\s+|!|-)?)(?P<key>@?[A-Za-z][\w./-]*+)
    (?: \s+(?P<notin>NOT\s+)?IN\s*\((?P<among>[^()]*)\)
      | :(?: \((?P<either>[^()]*)\) | "(?P<quoted>[^"]*)" | (?P<value>[^\s,(){}"]+) ) )""",
    re.VERBOSE | re.IGNORECASE,
)
_SEPARATOR = re.compile(r"\s+OR\s+|\s*,\s*|\s+", re.IGNORECASE)


class TagTerm(NamedTuple):
    """One condition on a tag: any of these values, or none of them."""

    key: str
    values: tuple[str, ...]
    is_excluded: bool = False

    @property
    def is_exact(self) -> bool:
        """Whether its values are written out, without a wildcard, a range or a variable."""
        return not any(mark in value for value in self.values for mark in "*?[<>$")


def tag_terms(text: str) -> tuple[TagTerm, ...]:
    """Every condition on a tag in a metric's filter (`a:b,!c:d`, `a IN (b,c)`) or a search (`a:b -c:(d OR e)`)."""
    return tuple(_term(match) for match in _TERM.finditer(text))


def term_at(text: str, position: int) -> tuple[TagTerm, int] | None:
    """The condition on a tag that begins at a position, and where it ends; None where none does."""
    match = _TERM.match(text, position)
    return (_term(match), match.end()) if match else None


def _term(match: re.Match[str]) -> TagTerm:
    listed = match["among"] or match["either"]
    values = _SEPARATOR.split(listed.strip()) if listed else [match["quoted"] or match["value"] or ""]
    is_excluded = bool(match["not"] or match["notin"])
    return TagTerm(match["key"], tuple(value.strip('"') for value in values if value), is_excluded)
