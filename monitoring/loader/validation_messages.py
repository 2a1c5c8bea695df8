"""What pydantic finds wrong with an entry, in the catalog's words and with the line of each mistake."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError

from monitoring.errors import Problem, Source, printable
from monitoring.loader.examples import NAMING, WORDS_ONLY, example_of, value_of
from monitoring.loader.fields import Path, field_at, words_at
from monitoring.loader.repairs import Action, Repair, changed
from monitoring.model.entry import MAX_ENTRY_PROBLEMS
from monitoring.model.references import Names, meant_by, nearest
from monitoring.model.scalars import quoted, shown
from monitoring.model.sources import Lines

MAX_MISSPELT = 20
"""How many unknown words of one entry are compared with those that are legal there."""
_ModelT = TypeVar("_ModelT", bound=BaseModel)
PLATFORM_FILE = "platform.yaml"
SECTIONS_OF: Mapping[str, tuple[str, Path]] = {
    "metric": (PLATFORM_FILE, ("datadog", "metrics")),
    "project": (PLATFORM_FILE, ("sentry", "projects")),
    "person": ("oncall.yaml", ("people",)),
    "policy": ("oncall.yaml", ("policies",)),
    "team": ("teams.yaml", ()),
}
"""Where reading goes on as if a name were declared that nobody has declared."""

# pydantic's name of a mistake -> what is wrong with the {given} value, or with its {kind}, and what to do.
# Where a collection is meant the value itself is not shown: it may be the content of a file that is no catalog at all.
_PHRASES = {
    "model_type": ("{kind} stands where a mapping is expected", "write key: value lines"),
    "model_attributes_type": ("{kind} stands where a mapping is expected", "write key: value lines"),
    "dict_type": ("{kind} stands where a mapping is expected", "write key: value lines"),
    "tuple_type": ("{kind} stands where a list is expected", "write it in [brackets]"),
    "bool_type": ("{given} is neither true nor false", "write one of them"),
    "int_type": ("{given} is not a whole number", "write digits only, at most 15"),
    "float_type": ("{given} is not a number", "write digits, at most 15"),
    "string_type": ("{given} is not a text", "put it in quotes"),
}
_JSON_REMEDIES = dict.fromkeys(("model_type", "model_attributes_type", "dict_type"), 'write {"key": value}')
"""What to do in a file of JSON, where that is written otherwise."""


class RawEntry(NamedTuple):
    """An entry as it was written: data, file, lines, its name in messages, whether it may have gaps, its place."""

    data: Any
    file: str
    lines: Lines
    where: str = ""
    has_nulls: bool = False
    path: Path = ()

    @property
    def is_json(self) -> bool:
        """Whether it is written as JSON, and not as YAML."""
        return self.file.endswith(".json")

    def problem(self, what: str, remedy: str, *path: str | int, check: str = "shape") -> Problem:
        """A mistake at a place inside the entry."""
        where = ": ".join(part for part in (self.where, _spelled(path)) if part)
        return Problem(
            Source(self.file, self.lines.at(*path)), printable(where), printable(what), printable(remedy), check
        )


def _spelled(path: Path) -> str:
    return ".".join(str(part + 1) if isinstance(part, int) else quoted(part)[1:-1] for part in path)


@dataclass
class Mistakes:
    """Every problem of a catalog so far, and for each what a reader would do about it, or None where that is open."""

    problems: list[Problem] = field(default_factory=list)
    repairs: list[Repair | None] = field(default_factory=list)

    def add(self, problem: Problem, repair: Repair | None = None) -> None:
        """One more problem."""
        self.problems.append(problem)
        self.repairs.append(repair)

    def extend(self, problems: Iterable[Problem]) -> None:
        """Problems about which the reader alone knows what to do."""
        for problem in problems:
            self.add(problem)


def read_entry(model: type[_ModelT], raw: RawEntry, names: Names, mistakes: Mistakes) -> _ModelT | None:
    """The entry, or None and its problems.

    A misspelt word is reported and then read as the word it comes closest to, so that it hides nothing else.
    """
    if raw.has_nulls:
        _report_empty_values(model, raw, names, mistakes)
    try:
        return model.model_validate(raw.data, context=names)
    except ValidationError as error:
        unknown = (_path(detail) for detail in _details(error, raw.data) if detail["type"] == "extra_forbidden")
        misspelt = list(islice(unknown, MAX_MISSPELT))
        if not misspelt:
            _report(error, model, raw, names, mistakes)
            return None
    corrected = _corrected(model, raw, misspelt, mistakes)
    try:
        model.model_validate(corrected.data, context=names)
    except ValidationError as error:
        _report(error, model, corrected, names, mistakes)
    return None


def _details(error: ValidationError, data: Any) -> Iterator[dict[str, Any]]:
    """What pydantic found, each at its place as written: a list of one may have been written without brackets."""
    for detail in error.errors(include_url=False):
        yield {**detail, "loc": tuple(_written(detail["loc"], data))}


def _written(path: Path, data: Any) -> Iterator[str | int]:
    for part in path:
        if isinstance(part, int) and not isinstance(data, tuple):
            continue
        yield part
        held = part in data if isinstance(data, dict) else isinstance(data, tuple) and part in range(len(data))
        data = data[part] if held else None


def _path(detail: Mapping[str, Any]) -> Path:
    return tuple(part for part in detail["loc"] if part != "[key]")


def _report(error: ValidationError, model: type[BaseModel], raw: RawEntry, names: Names, mistakes: Mistakes) -> None:
    has_nulls = raw.has_nulls and any(True for _ in _empty_paths(raw.data))
    for detail in islice(_details(error, raw.data), MAX_ENTRY_PROBLEMS):
        path = _path(detail)
        if (detail["input"] is None and detail["type"] != "missing") or (detail["type"] == "entry" and has_nulls):
            continue  # the empty value has been reported, and what follows from it need not be
        if detail["type"] == "extra_forbidden":
            mistakes.add(_misspelt_problem(model, raw, path), _respelt(model, raw, raw.data, path))
        elif detail["type"] == "missing":
            mistakes.add(
                raw.problem("is missing", _addition(model, raw, path, names), *path), _example(model, raw, path, names)
            )
        else:
            mistakes.add(raw.problem(*_in_words(detail, raw), *path), _repair(detail, model, raw, names))


# --- what the reader would do ----------------------------------------------------------------------------------


def _addition(model: type[BaseModel], raw: RawEntry, path: Path, names: Names) -> str:
    place = field_at(model, path)
    example = example_of(place.entry, place.name, names) if place else None
    if example is None:
        return "add it"
    written = f'"{path[-1]}": {json.dumps(value_of(example))}' if raw.is_json else f"{path[-1]}: {example}"
    return f"add it, for example {written}"


def _example(model: type[BaseModel], raw: RawEntry, path: Path, names: Names) -> Repair | None:
    """An example in the place of a value that cannot be read, or nothing where the field may be left out."""
    place = field_at(model, path)
    if place is None or place.name in NAMING:
        return None
    where = (*raw.path, *place.path)
    example = example_of(place.entry, place.name, names)
    if example is not None:
        return Repair(raw.file, where, Action.PUT, value_of(example), place.name not in WORDS_ONLY)
    return None if place.is_required else Repair(raw.file, where, Action.REMOVE, guesses=True)


def _repair(detail: Mapping[str, Any], model: type[BaseModel], raw: RawEntry, names: Names) -> Repair | None:
    context = detail.get("ctx", {})
    if detail["type"] == "entry":
        return _entry_repair(context, model, raw, _path(detail), names)
    if detail["type"] == "value" and context["meant"]:
        return Repair(raw.file, (*raw.path, *_path(detail)), Action.PUT, context["meant"])
    if detail["type"] != "unknown-name":
        return _example(model, raw, _path(detail), names)
    kind, name = context["kind"], context["name"]
    if context["meant"]:
        action = Action.RENAME if detail["loc"][-1] == "[key]" else Action.PUT
        return Repair(raw.file, (*raw.path, *_path(detail)), action, context["meant"], guesses=kind == "rule")
    if kind not in SECTIONS_OF:
        return Repair(raw.file, (*raw.path, *_path(detail)), Action.REMOVE, guesses=kind != "service")
    file, section = SECTIONS_OF[kind]
    example = names.declarations().get((kind, name)) or example_of("Catalog", kind, names)
    return Repair(file, (*section, name), Action.PUT, value_of(example), guesses=True) if example else None


def _entry_repair(
    context: Mapping[str, Any], model: type[BaseModel], raw: RawEntry, path: Path, names: Names
) -> Repair | None:
    """What mends an entry whose fields are each right."""
    if context["declares"]:
        return Repair(PLATFORM_FILE, context["declares"], Action.PUT, {})
    if context["meant"]:
        action = Action.PUT if isinstance(path[-1], int) else Action.RENAME
        return Repair(raw.file, (*raw.path, *path), action, context["meant"])
    return _example(model, raw, path, names) if raw.path[:1] == ("rules",) else None


def _in_words(detail: Mapping[str, Any], raw: RawEntry) -> tuple[str, str]:
    kind, context = detail["type"], detail.get("ctx", {})
    given = shown(detail["input"])
    if "what" in context:
        return str(context["what"]), str(context["remedy"])
    if kind == "literal_error":
        options = re.findall(r"'([^']*)'", context["expected"])
        return f"{given} is not a word for this", f"it is one of {', '.join(options)}"
    what, remedy = _PHRASES.get(kind, (str(detail["msg"]).lower(), "write what the JSON schema allows"))
    spelled = _JSON_REMEDIES.get(kind, remedy) if raw.is_json else remedy
    return what.format(given=given, kind=_kind(detail["input"])), spelled


def _kind(value: Any) -> str:
    """What a value is, without a word of what it says."""
    if isinstance(value, str):
        return "a text"
    return "a number" if isinstance(value, int | float) and not isinstance(value, bool) else shown(value)


# --- empty values ----------------------------------------------------------------------------------------------


def _report_empty_values(model: type[BaseModel], raw: RawEntry, names: Names, mistakes: Mistakes) -> None:
    for path in islice(_empty_paths(raw.data), MAX_ENTRY_PROBLEMS):
        problem = raw.problem("is empty", "write a value, or take the word out", *path)
        mistakes.add(problem, _example(model, raw, path, names))


def _empty_paths(data: Any, *above: str | int) -> Iterator[Path]:
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


def _misspelt_problem(model: type[BaseModel], raw: RawEntry, path: Path) -> Problem:
    return raw.problem("is an unknown field", nearest(str(path[-1]), words_at(model, path[:-1])), *path)


def _corrected(model: type[BaseModel], raw: RawEntry, misspelt: list[Path], mistakes: Mistakes) -> RawEntry:
    data, lines = raw.data, raw.lines
    for path in misspelt:
        repair = _respelt(model, raw, data, path)
        mistakes.add(_misspelt_problem(model, raw, path), repair)
        data, lines = changed(data, lines, repair._replace(path=path))
    return raw._replace(data=data, lines=lines)


def _respelt(model: type[BaseModel], raw: RawEntry, data: Any, path: Path) -> Repair:
    meant = _meant(str(path[-1]), words_at(model, path[:-1]), _inside(data, path[:-1]))
    action = Action.RENAME if meant else Action.REMOVE
    return Repair(raw.file, (*raw.path, *path), action, meant)


def _meant(word: str, legal: list[str], beside: Mapping[str, Any]) -> str | None:
    """The one legal word that a misspelt one stands for, unless that is written as well."""
    meant = meant_by(nearest(word, legal))
    return None if meant in beside else meant


def _inside(data: Any, path: Path) -> Any:
    for part in path:
        data = data[part]
    return data


def _renamed(data: Any, lines: Lines, path: Path, meant: str | None) -> tuple[Any, Lines]:
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
