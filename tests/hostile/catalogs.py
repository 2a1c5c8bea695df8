"""A green catalog with one value replaced: where each of its values stands, and what is written there instead."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tests.platforms import PARCELS

Place = tuple[str | int, ...]
"""Keys of mappings and numbers of items, from the top of a file."""
HAND_TYPED = "expectations.yaml"
EXTRA = {
    "maintenance.yaml": {
        "move": {
            "title": "The database moves",
            "time-zone": "Europe/Berlin",
            "from": "2026-12-06 04:00",
            "to": "2026-12-06 05:00",
            "services": ["tracker"],
            "environments": ["live"],
            "reason": "A planned move.",
            "still-wakes": ["labels-failing"],
        }
    },
    "waivers.yaml": {"retired": {"tracker-gone": {"on": "2026-11-01", "reason": "It watched what is gone."}}},
}


@dataclass(frozen=True, slots=True)
class Written:
    """A scalar of the catalog: its file, its place there, and what is written."""

    file: str
    place: Place
    value: Any

    def __str__(self) -> str:
        """As the id of a test."""
        return f"{self.file} {'.'.join(map(str, self.place))}"


def contents() -> dict[str, Any]:
    """What the files of the green catalog say, as plain data; dates and times are texts."""
    files = {
        path.relative_to(PARCELS.catalog).as_posix(): _numbers(yaml.load(path.read_text(), yaml.CBaseLoader))
        for path in sorted(PARCELS.catalog.rglob("*.yaml"))
    }
    return files | EXTRA


def _numbers(data: Any) -> Any:
    """The data with whole numbers as such; everything else stays the text that was typed."""
    match data:
        case dict():
            return {key: _numbers(value) for key, value in data.items()}
        case list():
            return [_numbers(item) for item in data]
        case _:
            return int(data) if data.isdigit() else data


def scalars() -> Iterator[Written]:
    """Every scalar of the green catalog, but for those that are typed by hand to compare with it."""
    for file, data in contents().items():
        if file != HAND_TYPED:
            yield from (Written(file, place, value) for place, value in _inside(data))


def _inside(data: Any, *above: str | int) -> Iterator[tuple[Place, Any]]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _inside(value, *above, key)
    elif isinstance(data, list):
        for number, item in enumerate(data):
            yield from _inside(item, *above, number)
    else:
        yield above, data


def replaced(data: Any, place: Place, value: Any) -> Any:
    """The data with another value at a place."""
    if not place:
        return value
    head, rest = place[0], place[1:]
    if isinstance(data, dict):
        return {key: replaced(item, rest, value) if key == head else item for key, item in data.items()}
    return [replaced(item, rest, value) if number == head else item for number, item in enumerate(data)]


def renamed(data: Any, place: Place, key: str) -> Any:
    """The data with another key at the end of a place."""
    *above, last = place
    inside = data
    for part in above:
        inside = inside[part]
    anew = {key if name == last else name: value for name, value in inside.items()}
    return replaced(data, tuple(above), anew)


def write(folder: Path, file: str, change: Callable[[Any], Any]) -> None:
    """The catalog's file in a folder, after a change of what it says."""
    text = yaml.safe_dump(change(contents()[file]), default_style='"', sort_keys=False, width=8_000)
    (folder / file).write_text(_bare_numbers(text))


def _bare_numbers(text: str) -> str:
    """Numbers as YAML writes them, where the dumper has put them in quotes with their type."""
    return re.sub(r'!!int "(-?\d+)"', r"\1", text)
