"""Property values as plain Python data, to and from the engine's messages, and paths into them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from google.protobuf import struct_pb2

UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
"""Stands for a value that is only known after the update; the same text as in every Pulumi SDK."""

Properties = dict[str, Any]
Place = tuple[str | int, ...]

EMPTY: tuple[object, ...] = (None, "", 0, False, [], {})


def to_python(value: struct_pb2.Value) -> Any:
    """A message's value as plain data; numbers are floats, as the engine knows no others."""
    kind = value.WhichOneof("kind")
    if kind == "struct_value":
        return from_struct(value.struct_value)
    if kind == "list_value":
        return [to_python(element) for element in value.list_value.values]
    return None if kind in (None, "null_value") else getattr(value, kind)


def from_struct(struct: struct_pb2.Struct) -> Properties:
    """A message's properties as plain data, without those that are null."""
    values = {name: to_python(value) for name, value in struct.fields.items()}
    return {name: value for name, value in values.items() if value is not None}


def to_struct(properties: Mapping[str, Any]) -> struct_pb2.Struct:
    """Plain data as a message's properties."""
    struct = struct_pb2.Struct()
    struct.update({name: value for name, value in properties.items() if value is not None})
    return struct


def holds_unknown(value: Any) -> bool:
    """Whether something in a value is only known after the update."""
    if isinstance(value, dict):
        return any(map(holds_unknown, value.values()))
    if isinstance(value, list):
        return any(map(holds_unknown, value))
    return bool(value == UNKNOWN)


def is_empty(value: Any) -> bool:
    """Whether a value says no more than leaving it out: what Terraform's older SDK calls the zero value."""
    return value in EMPTY


def steps(path: str) -> tuple[str, ...]:
    """The steps of a generic path: `layers[].users[]` is layers, [], users, []."""
    return tuple(re.findall(r"\[\]|[^.\[\]]+", path))


def spelled(place: Place) -> str:
    """A place as people and the engine write it: `layers[0].users`."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in place).lstrip(".")


def generic(place: Place) -> str:
    """The path that a place belongs to: `layers[0].users[1]` belongs to `layers[].users[]`."""
    return "".join("[]" if isinstance(step, int) else f".{step}" for step in place).lstrip(".")


def found(value: Any, path: tuple[str, ...], *, at: Place = ()) -> Iterator[tuple[Place, Any]]:
    """Every place in a value that a generic path leads to, with what stands there."""
    if not path:
        yield at, value
    elif path[0] == "[]":
        for index, element in enumerate(value if isinstance(value, list) else ()):
            yield from found(element, path[1:], at=(*at, index))
    elif isinstance(value, dict) and value.get(path[0]) is not None:
        yield from found(value[path[0]], path[1:], at=(*at, path[0]))


def values_at(value: Any, path: str) -> list[Any]:
    """What stands at every place that a generic path leads to."""
    return [there for _, there in found(value, steps(path))]


def beside(value: Any, path: str, *, place: Place) -> Any:
    """What stands at a generic path in the same elements of the same lists as a place; None when nothing does."""
    wanted = steps(path)
    for there, what in found(value, wanted):
        shared = zip(there, place, strict=False)
        if all(mine == theirs for mine, theirs in shared if isinstance(mine, int) and isinstance(theirs, int)):
            return what
    return None
