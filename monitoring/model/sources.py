"""Where each entry of the catalog stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from monitoring.errors import Source


@dataclass(frozen=True, slots=True)
class Lines:
    """The line of a value, of its keys, and of what is inside it."""

    line: int
    keys: Mapping[str | int, int] = field(default_factory=dict)
    inside: Mapping[str | int, Lines] = field(default_factory=dict)

    def at(self, *path: str | int) -> int:
        """The line of the deepest part of the path that exists."""
        here, line = self, self.line
        for part in path:
            if part not in here.inside:
                return here.keys.get(part, line)
            line = here.keys.get(part, here.inside[part].line)
            here = here.inside[part]
        return line


@dataclass(frozen=True)
class Sources:
    """Entries by kind and name, each with its file and lines."""

    entries: Mapping[tuple[str, str], tuple[str, Lines]] = field(default_factory=dict)

    def at(self, kind: str, name: str, *path: str | int) -> Source:
        """The place of an entry, or of the deepest known part of a path inside it."""
        if (kind, name) not in self.entries:
            return Source("catalog")
        file, lines = self.entries[kind, name]
        return Source(file, lines.at(*path))
