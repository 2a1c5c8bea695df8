"""What somebody has typed by hand about a rule, in the vendors' words, as facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from monitoring.model.entry import kebab
from monitoring.model.expectation import Expectation
from monitoring.site.blocks import FactList, FoldBlock, PageBlock, TextBlock


def expectation_block(expected: Expectation | None) -> PageBlock:
    """The expectation of a rule, a row a word; or that there is none."""
    if expected is None:
        return TextBlock("Nobody has typed what this rule must arrive at.", "warn")
    rows = [row for name, value in expected.model_dump(exclude_unset=True).items() for row in _rows(kebab(name), value)]
    return FoldBlock("Where it must arrive, as typed by hand", (FactList(rows),))


def _rows(path: str, value: Any) -> Iterator[tuple[str, str]]:
    """A word with its value; what is inside another is named by the way to it."""
    match value:
        case Mapping():
            for name, inner in value.items():
                yield from _rows(f"{path}, {kebab(str(name))}", inner)
        case [Mapping(), *_]:
            for number, inner in enumerate(value, start=1):
                yield from _rows(path if len(value) == 1 else f"{path} {number}", inner)
        case list() | tuple():
            yield path, ", ".join(map(str, value)) or "none"
        case None:
            yield path, "none"
        case bool():
            yield path, "yes" if value else "no"
        case float():
            yield path, f"{value:.12g}"
        case _:
            yield path, str(value)
