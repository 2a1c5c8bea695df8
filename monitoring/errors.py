"""What can go wrong, as one tree.

MonitoringError                 base, to be caught at the edge of a program
├── UsageError                  the command or the configuration was used wrongly (exit 2)
├── VendorError                 a vendor does not answer, or not what its API description says (exit 2)
└── CatalogError                the catalog has problems (exit 1); carries all of them
    └── PlanError               the program declares something that no vendor would take
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """A place in a catalog file; lines count from 1, and line 0 is the file as a whole."""

    file: str
    line: int = 0

    def __str__(self) -> str:
        file = _on_one_line(self.file)
        return f"{file}:{self.line}" if self.line else file

    @classmethod
    def parse(cls, text: str) -> Source:
        """The place that is written so."""
        file, _, line = text.rpartition(":")
        return cls(file, int(line)) if file and line.isdigit() else cls(text)


def printable(text: str) -> str:
    """The text with every invisible or undecodable character as its escape."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)


def _on_one_line(file: str) -> str:
    """A file's name that ends no line and begins none that GitHub takes for a command, which begins with two colons."""
    shown = printable(file)
    return f"./{shown}" if shown.startswith("::") else shown


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake: where it stands, what is wrong, what to do, and which check says so."""

    source: Source
    where: str
    what: str
    remedy: str
    check: str

    def __str__(self) -> str:
        where = f"{self.where}: " if self.where else ""
        remedy = f"; {self.remedy}" if self.remedy else ""
        return f"{self.source}: {where}{self.what}{remedy} ({self.check})"


class MonitoringError(Exception):
    """Base of everything that this project raises on purpose."""


class UsageError(MonitoringError):
    """The command line, the environment or the stack's configuration is wrong."""


class VendorError(MonitoringError):
    """A vendor does not answer, or its answer lacks what its API description promises; the message is a finding."""


class CatalogError(MonitoringError):
    """The catalog cannot be used as it is; `problems` holds every mistake, sorted by place."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))


class PlanError(CatalogError):
    """What the program declares would be refused by a vendor, or is not what it was."""
