"""What a page of the site is made of, as data: parts, in them texts, tables, months; a template alone makes HTML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Phrase:
    """A text, perhaps with a link to a page of the site or to an https address, and with a tone of the stylesheet."""

    text: str
    link: str = ""
    tone: str = ""


Phrases = tuple[Phrase, ...]
Cell = Phrases | str


def phrases(cell: Cell) -> Phrases:
    """A cell as phrases; a text is one without a link."""
    return (Phrase(cell),) if isinstance(cell, str) else cell


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A paragraph; with a tone, a notice."""

    text: Cell
    tone: str = ""


@dataclass(frozen=True, slots=True)
class FactList:
    """Names and what they are, such as a rule's team."""

    rows: Sequence[tuple[str, Cell]]


@dataclass(frozen=True, slots=True)
class ThresholdMark:
    """A value on the line of a threshold: how far from its left end, from 0 to 1, and what is written at it."""

    place: float
    label: str


@dataclass(frozen=True, slots=True)
class ThresholdBlock:
    """A threshold as a line of values: where it fires, on which side, where it recovers; `text` says the same."""

    text: str
    limit: ThresholdMark
    fires_upward: bool
    recovery: ThresholdMark | None = None


TableCell = Cell | ThresholdBlock
"""What stands in a table: a text with links, or a threshold as a small drawing with its value."""


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table with its caption; the first column names its row, `numbers` are the columns of figures."""

    caption: str
    columns: Sequence[str]
    rows: Sequence[Sequence[TableCell]]
    empty: str = "None."
    numbers: frozenset[int] = frozenset()
    compact: bool = False
    """Whether it stays a table on a phone, because its columns are few and narrow."""
    marks: Sequence[str] = ()
    """For each row what a script finds it by; none where no script looks."""
    is_shared: bool = False
    """Whether it stands alike on many pages, so that it becomes HTML once; its rows and columns are tuples."""


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list of texts, numbered where their order says something."""

    items: Sequence[Cell]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class FoldBlock:
    """What is shown only when it is asked for."""

    summary: str
    blocks: Sequence[PageBlock]


@dataclass(frozen=True, slots=True)
class DayCell:
    """A day of a month: its number, the lines in it, the classes that colour it, and its public holiday."""

    number: int
    lines: tuple[str, ...]
    tones: str = ""
    holiday: str = ""


@dataclass(frozen=True, slots=True)
class MonthTable:
    """A month as weeks of seven days; None for the days of a week that are not shown."""

    title: str
    weeks: Sequence[tuple[str, Sequence[DayCell | None]]]


@dataclass(frozen=True, slots=True)
class MonthBlock:
    """The months of a year."""

    months: Sequence[MonthTable]


@dataclass(frozen=True, slots=True)
class MapEntry:
    """An entry of the map: its key, what it is called and where its page is, and the keys that lie behind it.

    `says` is read when it is chosen; what `is_quiet` wakes nobody.
    """

    key: str
    name: Phrase
    note: Phrase = Phrase("")
    group: str = ""
    onward: tuple[str, ...] = ()
    says: str = ""
    is_quiet: bool = False


@dataclass(frozen=True, slots=True)
class MapColumn:
    """A column of the map, such as all policies."""

    title: str
    entries: Sequence[MapEntry]


@dataclass(frozen=True, slots=True)
class MapBlock:
    """The map: columns from services to people."""

    columns: Sequence[MapColumn]


@dataclass(frozen=True, slots=True)
class PlaceBlock:
    """A place that a script fills, by a template of its own; `without` is read where no script runs."""

    template: str
    without: Cell
    values: Mapping[str, Any] = field(default_factory=dict)


PageBlock = (
    TextBlock | FactList | TableBlock | ListBlock | FoldBlock | MonthBlock | MapBlock | ThresholdBlock | PlaceBlock
)


@dataclass(frozen=True, slots=True)
class PagePart:
    """A heading with what stands below it."""

    heading: str
    blocks: Sequence[PageBlock]
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class SitePage:
    """A page: its file, its title, the navigation's entry that it belongs to, and what stands on it."""

    file: str
    title: str
    entry: str
    parts: Sequence[PagePart]
    kicker: str = ""
    lead: Cell = ""
    scripts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SiteFrame:
    """What stands on every page: whose site it is, when it was made, and, while it is watched, what is wrong now."""

    title: str
    environment: str
    made: str
    notices: Sequence[PageBlock] = ()
    is_watched: bool = False
