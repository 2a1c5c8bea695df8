"""Which field of which entry stands at a place inside a model."""

from __future__ import annotations

from types import UnionType
from typing import Any, NamedTuple, Union, get_args, get_origin

from pydantic import BaseModel

Path = tuple[str | int, ...]
"""A place inside an entry or a file: keys of mappings, numbers of items."""


class Field(NamedTuple):
    """A field of an entry's class, its place inside the entry that is read, and whether it can be left out."""

    entry: str
    name: str
    path: Path
    is_required: bool


def field_at(model: type[BaseModel], path: Path) -> Field | None:
    """The innermost field on the way to a place; None where the place is the entry itself."""
    innermost: Field | None = None
    annotation: Any = model
    for number, part in enumerate(path):
        annotation = _items(annotation, part)
        for entry in _models(annotation):
            name = next((name for name, field in entry.model_fields.items() if part in (field.alias, name)), None)
            if name is not None:
                required = entry.model_fields[name].is_required()
                innermost = Field(entry.__name__, str(part), path[: number + 1], required)
        annotation = _annotation_of(annotation, part)
    return innermost


def words_at(model: Any, path: Path) -> list[str]:
    """The words that are legal at a place inside a model."""
    for part in path:
        model = _annotation_of(_items(model, part), part)
    return [field.alias or name for entry in _models(_items(model, "")) for name, field in entry.model_fields.items()]


def _items(annotation: Any, part: str | int) -> Any:
    """A list's items where a key stands instead of a number, since a list of one may be written without brackets."""
    lists = (option for option in _alternatives(annotation) if get_origin(option) is tuple)
    return next((get_args(option)[0] for option in lists), annotation) if isinstance(part, str) else annotation


def _annotation_of(annotation: Any, part: str | int) -> Any:
    for model in _models(annotation):
        fields = model.model_fields.items()
        return next((field.annotation for name, field in fields if part in (field.alias, name)), None)
    containers = (option for option in _alternatives(annotation) if get_origin(option) in (dict, tuple))
    return next((arg for container in containers for arg in reversed(get_args(container)) if arg is not Ellipsis), None)


def _models(annotation: Any) -> list[type[BaseModel]]:
    return [
        option for option in _alternatives(annotation) if isinstance(option, type) and issubclass(option, BaseModel)
    ]


def _alternatives(annotation: Any) -> tuple[Any, ...]:
    return get_args(annotation) if get_origin(annotation) in (Union, UnionType) else (annotation,)
