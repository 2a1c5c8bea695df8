"""What a typed SDK says about a resource's inputs: names, types, which are required.

A shape is a type in plain data: "string", "number", "boolean", "any", [shape of the elements],
{"*": shape of the values} or {property: shape}. Properties carry the engine's camelCase names.
"""

from __future__ import annotations

import collections.abc
import inspect
import typing
from typing import Any

from monitoring.pulumi_internals import (
    input_type_py_to_pulumi_names,
    input_type_types,
    is_input_type,
    unwrap_type,
)

Shape = str | list[Any] | dict[str, Any]

WORDS: dict[object, str] = {str: "string", int: "number", float: "number", bool: "boolean"}


def shape_of(annotation: Any) -> Shape:
    """The shape of one type annotation of an SDK."""
    kind = unwrap_type(annotation)
    if kind in WORDS:
        return WORDS[kind]
    if is_input_type(kind):
        return inputs_of(kind)
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (list, collections.abc.Sequence):
        return [shape_of(arguments[0])]
    if origin in (dict, collections.abc.Mapping):
        return {"*": shape_of(arguments[1])}
    return "any"


def inputs_of(args: type) -> dict[str, Shape]:
    """The shapes of the properties of an `XArgs` class, by name."""
    return {name: shape_of(kind) for name, kind in sorted(input_type_types(args).items())}


def required_of(args: type, *, prefix: str = "") -> list[str]:
    """Paths of the inputs that an `XArgs` class asks for, through all its parts; `[]` stands for each element."""
    words = inspect.signature(args).parameters
    names = dict(zip(words, input_names(args, words), strict=True))
    own = [prefix + names[word] for word, parameter in words.items() if parameter.default is parameter.empty]
    inner = (path for name, kind in sorted(input_type_types(args).items()) for path in required_in(kind, prefix + name))
    return sorted([*own, *inner])


def required_in(annotation: Any, path: str) -> list[str]:
    """Paths of the required inputs below one property."""
    kind = unwrap_type(annotation)
    if is_input_type(kind):
        return required_of(kind, prefix=f"{path}.")
    if typing.get_origin(kind) in (list, collections.abc.Sequence):
        return required_in(typing.get_args(kind)[0], f"{path}[]")
    return []


def input_names(args: type, words: collections.abc.Iterable[str]) -> list[str]:
    """The engine's names of an `XArgs` class's parameters, in their order."""
    names = input_type_py_to_pulumi_names(args)
    return [names[word] for word in words]
