"""What a type's properties are: names and kinds, read from the vendors' typed packages or from Sentry's schema."""

from __future__ import annotations

import inspect
import typing
from collections.abc import Mapping
from collections.abc import Sequence as Elements
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from types import ModuleType
from typing import Any

from monitoring.pulumi_internals import (
    input_type_py_to_pulumi_names,
    input_type_types,
    is_input_type,
    resource_types,
    unwrap_type,
)


class Kind(StrEnum):
    """What sort of value stands somewhere."""

    TEXT = "text"
    NUMBER = "number"
    BOOLEAN = "true or false"
    LIST = "list"
    MAP = "map"
    OBJECT = "object"
    ANY = "anything"


@dataclass(frozen=True, eq=False)
class Shape:
    """The kind of a value; of a list or map also what is inside, of an object its properties."""

    kind: Kind
    inside: Shape | None = None
    properties: Mapping[str, Shape] = field(default_factory=dict)
    required: frozenset[str] = frozenset()


ANYTHING = Shape(Kind.ANY)
PLAIN: Mapping[object, Shape] = {
    str: Shape(Kind.TEXT),
    int: Shape(Kind.NUMBER),
    float: Shape(Kind.NUMBER),
    bool: Shape(Kind.BOOLEAN),
}
CHOSEN: dict[str, Shape] = {"id": PLAIN[str], "urn": PLAIN[str]}
SCHEMA_PLAIN = {"string": PLAIN[str], "number": PLAIN[float], "integer": PLAIN[int], "boolean": PLAIN[bool]}


@dataclass(frozen=True, eq=False)
class Declared:
    """A resource type: what it takes, and what it gives to others."""

    inputs: Shape
    outputs: Mapping[str, Shape]


def declared_in(package: ModuleType, token: str) -> Declared | None:
    """A type of a generated package, by its token; None where the package has none."""
    _, _, path = token.partition(":")
    module, _, name = path.partition(":")
    folder = module.partition("/")[0]
    home = package if folder == "index" else getattr(package, folder, None)
    resource, arguments = getattr(home, name or "-", None), getattr(home, f"{name}Args", None)
    if resource is None or arguments is None:
        return None
    outputs = {output: _of(annotation) for output, annotation in resource_types(resource).items()}
    return Declared(_object(arguments), CHOSEN | outputs)


def _of(annotation: Any) -> Shape:
    """The shape of a type annotation; an output's own classes are not looked into."""
    kind = unwrap_type(annotation)
    if kind in PLAIN:
        return PLAIN[kind]
    if is_input_type(kind):
        return _object(kind)
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin is Elements:
        return Shape(Kind.LIST, _of(arguments[0]))
    return Shape(Kind.MAP, _of(arguments[1])) if origin is Mapping else ANYTHING


@cache
def _object(arguments: Any) -> Shape:
    names = input_type_py_to_pulumi_names(arguments)
    parameters = inspect.signature(arguments).parameters.values()
    required = (names[parameter.name] for parameter in parameters if parameter.default is inspect.Parameter.empty)
    return Shape(Kind.OBJECT, properties=_Later(arguments), required=frozenset(required))


class _Later(Mapping[str, Shape]):
    """An Args class's properties, read when one is asked for: reading all of a synthetic test's takes 40 ms."""

    def __init__(self, arguments: type) -> None:
        self._arguments = arguments
        self._read: dict[str, Shape] = {}

    @property
    def _annotations(self) -> Mapping[str, Any]:
        return _annotations(self._arguments)

    def __getitem__(self, name: str) -> Shape:
        if name not in self._read:
            self._read[name] = _of(self._annotations[name])
        return self._read[name]

    def __iter__(self) -> typing.Iterator[str]:
        return iter(self._annotations)

    def __len__(self) -> int:
        return len(self._annotations)


@cache
def _annotations(arguments: type) -> Mapping[str, Any]:
    return input_type_types(arguments)


def declared_by(schema: Mapping[str, Any]) -> Declared:
    """A type of Sentry's schema."""
    properties, required = _properties(schema["inputs"]), frozenset(schema["requiredInputs"])
    inputs = Shape(Kind.OBJECT, properties=properties, required=required)
    return Declared(inputs, CHOSEN | properties | _properties(schema["outputs"]))


def _properties(schemas: Mapping[str, Any]) -> dict[str, Shape]:
    return {name: _in_schema(schema) for name, schema in schemas.items()}


def _in_schema(schema: Mapping[str, Any]) -> Shape:
    match schema["type"]:
        case "array":
            return Shape(Kind.LIST, _in_schema(schema["items"]))
        case "map":
            return Shape(Kind.MAP, _in_schema(schema["items"]))
        case "object":
            properties = _properties(schema.get("properties", {}))
            return Shape(Kind.OBJECT, properties=properties, required=frozenset(schema.get("required", ())))
        case plain:
            return SCHEMA_PLAIN.get(plain, ANYTHING)
