"""Where each entry of the catalog stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from monitoring.errors import Source


@dataclass(frozen=True, slots=True)
class Lines:
    """The line of a value, of its keys or items, and the lines inside of those that are collections themselves."""

    line: int
    keys: Mapping[str | int, int] = field(default_factory=dict)
    inside: Mapping[str | int, Lines] = field(default_factory=dict)

    def at(self, *path: str | int) -> int:
        """The line of the deepest part of the path that exists."""
        lines, line = self, self.line
        for part in path:
            line = lines.keys.get(part, line)
            if part not in lines.inside:
                return line
            lines = lines.inside[part]
        return line

    def part(self, name: str | int) -> Lines:
        """The lines of what stands at a key or an item, which begins on the line of its key."""
        line = self.keys.get(name, self.line)
        inner = self.inside.get(name)
        return Lines(line, inner.keys, inner.inside) if inner else Lines(line)

    def renamed(self, old: str | int, new: str | int) -> Lines:
        """The same lines with one key under another name."""
        keys = {new if key == old else key: line for key, line in self.keys.items()}
        return Lines(self.line, keys, {new if key == old else key: part for key, part in self.inside.items()})


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
