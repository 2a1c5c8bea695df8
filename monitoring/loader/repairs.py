"""What a reader would do about a mistake, done in advance: the rest is read as if the remedies had been followed.

So a mistake hides none that would only show once it is mended, and a catalog needs one round and not several.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from enum import Enum, auto
from typing import Any, NamedTuple

from monitoring.loader.documents import Document
from monitoring.loader.fields import Path
from monitoring.model.sources import Lines


class Action(Enum):
    """What is done at a place: a value is put there, a key gets another name, or what stands there goes."""

    PUT = auto()
    RENAME = auto()
    REMOVE = auto()


class Repair(NamedTuple):
    """One change of a file; `guesses` where the reader will write another value than the one that is put there."""

    file: str
    path: Path
    action: Action
    value: Any = None
    guesses: bool = False


def repaired(documents: Mapping[str, Document], repairs: Iterable[Repair]) -> dict[str, Document]:
    """The documents after all repairs; what is taken out of a list goes last, so that numbers stay right."""
    anew = dict(documents)
    once = {(repair.file, repair.path, repair.action): repair for repair in repairs}
    for repair in sorted(once.values(), key=_order):
        document = anew[repair.file]
        data, lines = changed(document.data, document.lines, repair)
        anew[repair.file] = replace(document, data=data, lines=lines)
    return anew


def _order(repair: Repair) -> tuple[bool, list[int]]:
    numbers = [-part for part in repair.path if isinstance(part, int)]
    return repair.action is Action.REMOVE, numbers if repair.action is Action.REMOVE else []


def changed(data: Any, lines: Lines, repair: Repair) -> tuple[Any, Lines]:
    """The data, and their lines, after one repair.

    A mapping on the way that is not there is made; what is no collection any more, after another repair, stays so.
    """
    head, rest = repair.path[0], repair.path[1:]
    if not isinstance(data, dict) and not (isinstance(data, tuple) and head in range(len(data))):
        return data, lines
    if rest:
        inside = data.get(head, {}) if isinstance(data, dict) else data[int(head)]
        inner, inner_lines = changed(inside, lines.part(head), repair._replace(path=rest))
        return put(data, head, inner), Lines(lines.line, lines.keys, {**lines.inside, head: inner_lines})
    match repair.action:
        case Action.PUT:
            return put(data, head, repair.value), lines
        case Action.RENAME:
            return renamed(data, head, repair.value), lines.renamed(head, repair.value)
        case Action.REMOVE:
            return removed(data, lines, head)


def put(data: Any, part: str | int, value: Any) -> Any:
    """The collection with a value at a key or a number."""
    if isinstance(data, dict):
        return {**data, part: value}
    return tuple(value if number == part else item for number, item in enumerate(data))


def renamed(data: Any, old: str | int, new: str) -> dict[Any, Any]:
    """The mapping with one key under another name, in its place."""
    return {new if key == old else key: value for key, value in data.items()}


def removed(data: Any, lines: Lines, part: str | int) -> tuple[Any, Lines]:
    """The collection without a key or an item; later items keep their lines under their new numbers."""
    if isinstance(data, dict):
        return {key: value for key, value in data.items() if key != part}, lines
    kept = [number for number in range(len(data)) if number != part]
    keys: dict[str | int, int] = {new: lines.keys[old] for new, old in enumerate(kept) if old in lines.keys}
    inside: dict[str | int, Lines] = {new: lines.inside[old] for new, old in enumerate(kept) if old in lines.inside}
    return tuple(data[number] for number in kept), Lines(lines.line, keys, inside)
