"""What pydantic finds wrong with an entry, in the catalog's words and with the line of each mistake."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from monitoring.errors import Problem, Source
from monitoring.model.entry import MAX_ENTRY_PROBLEMS
from monitoring.model.references import Names, nearest
from monitoring.model.scalars import printable, quoted, shown
from monitoring.model.sources import Lines

MAX_MISSPELT = 20
"""How many unknown words of one entry are compared with those that are legal there."""
_ModelT = TypeVar("_ModelT", bound=BaseModel)
_Path = tuple[str | int, ...]

# pydantic's name of a mistake -> what is wrong with the {given} value, or with its {kind}, and what to do.
# Where a collection is meant the value itself is not shown: it may be the content of a file that is no catalog at all.
_PHRASES = {
    "missing": ("is missing", "write it"),
    "model_type": ("{kind} stands where a mapping is expected", "write key: value lines"),
    "model_attributes_type": ("{kind} stands where a mapping is expected", "write key: value lines"),
    "dict_type": ("{kind} stands where a mapping is expected", "write key: value lines"),
    "tuple_type": ("{kind} stands where a list is expected", "write it in [brackets]"),
    "bool_type": ("{given} is neither true nor false", "write one of them"),
    "int_type": ("{given} is not a whole number", "write digits only, at most 15"),
    "float_type": ("{given} is not a number", "write digits, at most 15"),
    "string_type": ("{given} is not a text", "put it in quotes"),
}


@dataclass(frozen=True, slots=True)
class RawEntry:
    """An entry as it was written: its data, its file and lines, how messages name it, and whether to look for gaps."""

    data: Any
    file: str
    lines: Lines
    where: str = ""
    has_nulls: bool = False

    def problem(self, what: str, remedy: str, *path: str | int, check: str = "shape") -> Problem:
        """A mistake at a place inside the entry."""
        where = ": ".join(part for part in (self.where, _spelled(path)) if part)
        return Problem(
            Source(self.file, self.lines.at(*path)), printable(where), printable(what), printable(remedy), check
        )


def _spelled(path: _Path) -> str:
    return ".".join(str(part + 1) if isinstance(part, int) else quoted(part)[1:-1] for part in path)


def read_entry(model: type[_ModelT], raw: RawEntry, names: Names, problems: list[Problem]) -> _ModelT | None:
    """The entry, or None and its problems.

    A misspelt word is reported and then read as the word it comes closest to, so that it hides nothing else.
    """
    if raw.has_nulls:
        problems.extend(islice(_empty_values(raw), MAX_ENTRY_PROBLEMS))
    try:
        return model.model_validate(raw.data, context=names)
    except ValidationError as error:
        mistakes = error.errors(include_url=False)
        unknown = (_path(detail, raw.data) for detail in mistakes if detail["type"] == "extra_forbidden")
        misspelt = list(islice(unknown, MAX_MISSPELT))
        if not misspelt:
            problems.extend(_problems(error, model, raw))
            return None
    problems.extend(_misspelt_problem(model, raw, path) for path in misspelt)
    try:
        corrected = _corrected(model, raw, misspelt)
        model.model_validate(corrected.data, context=names)
    except ValidationError as error:
        problems.extend(_problems(error, model, corrected))
    return None


def _path(detail: Mapping[str, Any], data: Any) -> _Path:
    """Where a mistake stands as it was written: a list of one entry may have been written without its brackets."""
    path: list[str | int] = []
    for part in detail["loc"]:
        if part == "[key]" or (isinstance(part, int) and not isinstance(data, tuple)):
            continue
        path.append(part)
        data = _inside(data, (part,)) if _holds(data, part) else None
    return tuple(path)


def _holds(data: Any, part: str | int) -> bool:
    return part in data if isinstance(data, dict) else isinstance(data, tuple) and part in range(len(data))


def _problems(error: ValidationError, model: type[BaseModel], raw: RawEntry) -> Iterator[Problem]:
    has_nulls = raw.has_nulls and any(True for _ in _empty_paths(raw.data))
    for detail in error.errors(include_url=False)[:MAX_ENTRY_PROBLEMS]:
        if (detail["input"] is None and detail["type"] != "missing") or (detail["type"] == "entry" and has_nulls):
            continue  # the empty value has been reported, and what follows from it need not be
        if detail["type"] == "extra_forbidden":
            yield _misspelt_problem(model, raw, _path(detail, raw.data))
        else:
            yield raw.problem(*_in_words(detail), *_path(detail, raw.data))


def _in_words(detail: Mapping[str, Any]) -> tuple[str, str]:
    kind, context = detail["type"], detail.get("ctx", {})
    given = shown(detail["input"])
    if "what" in context:
        return str(context["what"]), str(context["remedy"])
    if kind == "literal_error":
        options = re.findall(r"'([^']*)'", context["expected"])
        return f"{given} is not a word for this", f"it is one of {', '.join(options)}"
    what, remedy = _PHRASES.get(kind, (str(detail["msg"]).lower(), "write what the JSON schema allows"))
    return what.format(given=given, kind=_kind(detail["input"])), remedy


def _kind(value: Any) -> str:
    """What a value is, without a word of what it says."""
    if isinstance(value, str):
        return "a text"
    return "a number" if isinstance(value, int | float) and not isinstance(value, bool) else shown(value)


# --- empty values ----------------------------------------------------------------------------------------------


def _empty_values(raw: RawEntry) -> Iterator[Problem]:
    for path in _empty_paths(raw.data):
        yield raw.problem("is empty", "write a value, or take the word out", *path)


def _empty_paths(data: Any, *above: str | int) -> Iterator[_Path]:
    if data is None:
        yield above
    elif isinstance(data, dict):
        for key, value in data.items():
            if value is None or isinstance(value, dict | tuple):
                yield from _empty_paths(value, *above, key)
    elif isinstance(data, tuple):
        for number, item in enumerate(data):
            if item is None or isinstance(item, dict | tuple):
                yield from _empty_paths(item, *above, number)


# --- misspelt words --------------------------------------------------------------------------------------------


def _misspelt_problem(model: type[BaseModel], raw: RawEntry, path: _Path) -> Problem:
    return raw.problem("is no word of the catalog here", nearest(str(path[-1]), _words_at(model, path[:-1])), *path)


def _corrected(model: type[BaseModel], raw: RawEntry, misspelt: list[_Path]) -> RawEntry:
    data, lines = raw.data, raw.lines
    for path in misspelt:
        meant = _meant(str(path[-1]), _words_at(model, path[:-1]), _inside(data, path[:-1]))
        data, lines = _renamed(data, lines, path, meant)
    return replace(raw, data=data, lines=lines)


def _meant(word: str, legal: list[str], beside: Mapping[str, Any]) -> str | None:
    """The one legal word that a misspelt one stands for, unless that is written as well."""
    remedy = nearest(word, legal)
    return next((near for near in legal if remedy == f'did you mean "{near}"?' and near not in beside), None)


def _inside(data: Any, path: _Path) -> Any:
    for part in path:
        data = data[part]
    return data


def _renamed(data: Any, lines: Lines, path: _Path, meant: str | None) -> tuple[Any, Lines]:
    head, rest = path[0], path[1:]
    if rest:
        inner, inner_lines = _renamed(data[head], lines.part(head), rest, meant)
        changed = _replaced(data, head, inner)
        return changed, Lines(lines.line, lines.keys, {**lines.inside, head: inner_lines})
    kept = {meant if key == head else key: value for key, value in data.items() if key != head or meant}
    return kept, lines.renamed(head, meant) if meant else lines


def _replaced(data: Any, part: str | int, value: Any) -> Any:
    if isinstance(data, dict):
        return {**data, part: value}
    return tuple(value if number == part else item for number, item in enumerate(data))


def _words_at(model: Any, path: _Path) -> list[str]:
    """The words that are legal at a place inside a model."""
    for part in path:
        model = _annotation_of(model, part)
    models = _models(model) or _models(_annotation_of(model, 0))
    return [field.alias or name for entry in models for name, field in entry.model_fields.items()]


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
