"""Changes of a catalog by text."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple


class Change(NamedTuple):
    """A text of one file and what is written in its place; without `old` the new text is added at the end."""

    file: str
    old: str
    new: str


def apply(root: Path, changes: Iterable[Change]) -> None:
    """Writes the changes into the files below a folder, each in the one place where its text stands."""
    for file, old, new in changes:
        path = root / file
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        assert not old or text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        path.write_text(text.replace(old, new) if old else text + new, encoding="utf-8")
