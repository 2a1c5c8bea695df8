"""No bytes in a catalog file give a traceback: the loader returns a catalog, or tells what is wrong with it."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from monitoring.errors import CatalogError
from monitoring.loader import load_texts, read_files
from tests.platforms import AGENCY

FILES, _ = read_files(AGENCY.catalog)
NAMES = sorted(FILES)
CALM = settings(max_examples=150, database=None, derandomize=True)


def told(files: dict[str, bytes]) -> list[str]:
    """What the loader says, each message on one printable line; none where it reads the catalog."""
    try:
        load_texts(files)
    except CatalogError as wrong:
        said = [str(problem) for problem in wrong.problems]
        assert said
        assert all(line.isprintable() and line.endswith(")") for line in said)
        return said
    return []


def test_the_catalog_that_is_mutated_is_whole() -> None:
    assert told(FILES) == []


@CALM
@given(st.sampled_from(NAMES), st.binary(max_size=400))
@example("teams.yaml", b"\x00")
@example("teams.yaml", b"? - a\n: - b\n")
@example("platform.yaml", b"%YAML 9.9\n---\n{}")
@example("waivers.yaml", b"[]")
@example("services/api.yaml", b"rules: [[], {id: [x]}, {id: 5}, null, 7]\nservice: [x]\nhealth: {a: b}")
def test_any_bytes_in_place_of_a_file(name: str, content: bytes) -> None:
    told(FILES | {name: content})


@CALM
@given(st.sampled_from(NAMES), st.text(alphabet="{}[],:-?&*!|>'\"%@`#~ \t\nabP0159.<\u200b\u202e🔥", max_size=200))
def test_any_punctuation_in_place_of_a_file(name: str, content: str) -> None:
    told(FILES | {name: content.encode()})


@st.composite
def mutated(draw: st.DrawFn) -> tuple[str, bytes]:
    """A file of the catalog with some of its bytes cut out and others put in."""
    name = draw(st.sampled_from(NAMES))
    content = FILES[name]
    for _ in range(draw(st.integers(1, 4))):
        begin = draw(st.integers(0, len(content)))
        end = min(len(content), begin + draw(st.integers(0, 20)))
        content = (
            content[:begin]
            + draw(st.binary(max_size=6) | st.sampled_from([b"\n", b": ", b"- ", b"  "]))
            + content[end:]
        )
    return name, content


@CALM
@given(mutated())
def test_any_change_to_a_file(change: tuple[str, bytes]) -> None:
    name, content = change
    told(FILES | {name: content})


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=12)
    | st.sampled_from(["P0", "5m", "-5m", "web", "ana", "2s", "95%", "prod", "2026-02-30", "Europe/Berlin", "10:00"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


def places(data: Any, *above: Any) -> list[tuple[Any, ...]]:
    """Every path inside plain data."""
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [above, *(place for key, value in items for place in places(value, *above, key))]


def put(data: Any, path: tuple[Any, ...], value: Any) -> Any:
    """The data with another value at a path."""
    if not path:
        return value
    head, rest = path[0], path[1:]
    if isinstance(data, dict):
        return {**data, head: put(data[head], rest, value)}
    return [put(item, rest, value) if number == head else item for number, item in enumerate(data)]


PLAIN = {name: yaml.safe_load(content) for name, content in FILES.items()}
PLACES = [(name, path) for name, data in PLAIN.items() for path in places(data)]


@settings(CALM, max_examples=250)
@given(st.sampled_from(PLACES), VALUES, st.none() | st.text(max_size=8))
def test_any_value_at_any_place(place: tuple[str, tuple[Any, ...]], value: Any, key: str | None) -> None:
    name, path = place
    changed = put(PLAIN[name], path, value if key is None else {key: value})
    told(FILES | {name: yaml.safe_dump(changed, allow_unicode=True).encode()})


@pytest.mark.parametrize("size", [1, 10, 1_000])
@pytest.mark.parametrize("piece", ["a: ", "[", "{", "- ", "? ", "- - ", "'", "&a ", "!x ", "|\n ", "a:\n "])
def test_the_same_over_and_over(piece: str, size: int) -> None:
    told(FILES | {"teams.yaml": (piece * size).encode()})
