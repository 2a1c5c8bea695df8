"""YAML to Catalog; every mistake of every file at once, with its file and line.

Reading has three steps: bytes to nodes that know their lines, the names that the catalog declares, and each entry
against its model with those names at hand. One broken entry never hides a mistake in another.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import PydanticCustomError

from monitoring.errors import CatalogError, Problem, Source, UsageError
from monitoring.model.catalog import Catalog
from monitoring.model.entry import Entry
from monitoring.model.oncall import Oncall, Person, Policy, Schedule
from monitoring.model.platform import Accepted, Maintenance, Metric, Platform, Retired, SentryProject, Waiver
from monitoring.model.references import Names, nearest
from monitoring.model.service import Rule, Service, Team, Tenant
from monitoring.model.severity import Promise, Severity, parse_severity
from monitoring.model.sources import Lines, Sources
from monitoring.model.words import parse_id, shown

SHIPPED = Path(__file__).parent / "catalog"
MOST_BYTES = 1_000_000
MOST_IN_A_LINE = 10_000
MOST_DEPTH = 40

_EntryT = TypeVar("_EntryT", bound=BaseModel)


def load(directory: Path = SHIPPED) -> Catalog:
    """The catalog in a directory.

    Raises CatalogError with every mistake, and UsageError where there is no such directory.
    """
    if not directory.is_dir():
        raise UsageError(f'there is no catalog directory "{directory}"; name one with --catalog')
    files, problems = read_files(directory)
    return load_texts(files, problems)


def read_files(directory: Path) -> tuple[dict[str, bytes], list[Problem]]:
    """The bytes of every YAML file, by its path below the directory; what cannot be read is a problem."""
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    for path in _yaml_files(directory):
        name = path.relative_to(directory).as_posix()
        try:
            if path.stat().st_size > MOST_BYTES:
                problems.append(_file_problem(name, f"is larger than {MOST_BYTES} bytes", "split it"))
            else:
                files[name] = path.read_bytes()
        except OSError as wrong:
            why = (
                "is a link that leads nowhere or to itself"
                if path.is_symlink()
                else f"cannot be read: {wrong.strerror}"
            )
            problems.append(_file_problem(name, why, "put a readable file there"))
    return files, problems


def _yaml_files(directory: Path) -> Iterator[Path]:
    for folder, folders, names in os.walk(directory):  # follows no links, so no loop
        folders.sort()
        for name in sorted(names):
            if name.endswith((".yaml", ".yml")) and not name.startswith("."):
                yield Path(folder) / name


def _file_problem(name: str, what: str, remedy: str, line: int = 0) -> Problem:
    return Problem(Source(name, line), "", what, remedy, "file")


# --- nodes -----------------------------------------------------------------------------------------------------


class _Composer(yaml.CSafeLoader):
    """libyaml's composer with the words of YAML 1.2's core schema: `no`, `on` and `5:30` stay texts."""

    yaml_implicit_resolvers: dict[str, Any] = {}


for _tag, _pattern, _first in (
    ("tag:yaml.org,2002:bool", r"true|false", "tf"),
    ("tag:yaml.org,2002:null", r"null|~|", ["n", "~", ""]),
    ("tag:yaml.org,2002:int", r"[-+]?[0-9]{1,15}", "-+0123456789"),
    (
        "tag:yaml.org,2002:float",
        r"[-+]?(?:[0-9]{1,15}\.[0-9]{0,15}|\.[0-9]{1,15})(?:[eE][-+]?[0-9]{1,3})?",
        "-+.0123456789",
    ),
):
    _Composer.add_implicit_resolver(_tag, re.compile(f"^(?:{_pattern})$"), _first)

_SCALARS: dict[str, Callable[[str], Any]] = {
    "tag:yaml.org,2002:str": str,
    "tag:yaml.org,2002:int": int,
    "tag:yaml.org,2002:float": float,
    "tag:yaml.org,2002:bool": lambda text: text == "true",
    "tag:yaml.org,2002:null": lambda _: None,
}


@dataclass(frozen=True)
class Document:
    """A file's content as plain data, with the lines of all of it."""

    file: str
    data: Any
    lines: Lines


def parse(file: str, content: bytes, problems: list[Problem]) -> Document | None:
    """The document in a file, or None where it cannot be read at all; mistakes go to `problems`."""
    text = _decoded(file, content, problems)
    if text is None:
        return None
    try:
        _scan(file, text)
        node = _composed(text)
    except _RefusedError as refused:
        problems.append(refused.problem)
        return None
    except yaml.YAMLError as wrong:
        problems.append(_syntax_problem(file, wrong))
        return None
    if node is None:
        problems.append(_file_problem(file, "is empty", "write the entries, or take the file away"))
        return None
    data, lines = _plain(file, node, problems)
    return Document(file, data, lines)


def _decoded(file: str, content: bytes, problems: list[Problem]) -> str | None:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        line = content[: wrong.start].count(b"\n") + 1
        problems.append(_file_problem(file, "is not UTF-8", "save it as UTF-8", line))
        return None
    for number, line_text in enumerate(text.split("\n"), start=1):
        if len(line_text) > MOST_IN_A_LINE:
            problems.append(
                _file_problem(
                    file, f"has a line of {len(line_text)} characters", f"keep lines under {MOST_IN_A_LINE}", number
                )
            )
            return None
    return text


class _RefusedError(Exception):
    """The file holds something that is refused before it is read any further."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def _scan(file: str, text: str) -> None:
    """Refuses anchors, which hide a fact or unfold without end, and nesting that would exhaust the composer's stack."""
    loader, depth = _Composer(text), 0
    try:
        while (event := loader.get_event()) is not None and event.start_mark is not None:
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            line = event.start_mark.line + 1
            if getattr(event, "anchor", None) is not None:
                remedy = "write the value out where it is used"
                raise _RefusedError(_file_problem(file, "uses an anchor or an alias", remedy, line))
            if depth > MOST_DEPTH:
                raise _RefusedError(_file_problem(file, f"is nested more than {MOST_DEPTH} deep", "flatten it", line))
    finally:
        loader.dispose()


def _composed(text: str) -> yaml.Node | None:
    loader = _Composer(text)
    try:
        return loader.get_single_node()
    finally:
        loader.dispose()


def _syntax_problem(file: str, wrong: yaml.YAMLError) -> Problem:
    mark = getattr(wrong, "problem_mark", None)
    said = getattr(wrong, "problem", None) or getattr(wrong, "reason", None) or "it cannot be parsed"
    return _file_problem(file, f"is not YAML: {said}", "mend the line", mark.line + 1 if mark else 0)


def _plain(file: str, node: yaml.Node, problems: list[Problem]) -> tuple[Any, Lines]:
    line = node.start_mark.line + 1
    if isinstance(node, yaml.ScalarNode):
        return _scalar(file, node, problems), Lines(line)
    if isinstance(node, yaml.SequenceNode):
        items = [_plain(file, item, problems) for item in node.value]
        return tuple(item for item, _ in items), Lines(line, inside=dict(enumerate(part for _, part in items)))
    return _mapping(file, node, problems)


def _scalar(file: str, node: yaml.ScalarNode, problems: list[Problem]) -> Any:
    if node.tag not in _SCALARS:
        problems.append(_file_problem(file, f'uses the tag "{node.tag}"', "write plain YAML", node.start_mark.line + 1))
        return None
    try:
        return _SCALARS[node.tag](node.value)
    except ValueError:
        return node.value


def _mapping(file: str, node: yaml.Node, problems: list[Problem]) -> tuple[dict[str, Any], Lines]:
    data: dict[str, Any] = {}
    keys: dict[str | int, int] = {}
    inside: dict[str | int, Lines] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode):
            problems.append(_file_problem(file, "has a key that is not a word", "write a word", line))
            continue
        key = key_node.value
        if key in data:
            problems.append(
                Problem(
                    Source(file, line),
                    "",
                    f'the key "{key}" stands twice',
                    f"the first is on line {keys[key]}",
                    "duplicate-key",
                )
            )
            continue
        data[key], inside[key] = _plain(file, value_node, problems)
        keys[key] = line
    return data, Lines(node.start_mark.line + 1, keys, inside)


# --- entries ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Section:
    """A file's part that holds entries of one kind by name."""

    kind: str
    model: type[BaseModel]
    file: str
    path: tuple[str, ...] = ()


SECTIONS = (
    Section("environment", BaseModel, "platform.yaml", ("environments",)),
    Section("project", SentryProject, "platform.yaml", ("sentry", "projects")),
    Section("metric", Metric, "platform.yaml", ("datadog", "metrics")),
    Section("severity", Promise, "severities.yaml"),
    Section("person", Person, "oncall.yaml", ("people",)),
    Section("schedule", Schedule, "oncall.yaml", ("schedules",)),
    Section("policy", Policy, "oncall.yaml", ("policies",)),
    Section("team", Team, "teams.yaml"),
    Section("tenant", Tenant, "tenants.yaml"),
    Section("maintenance", Maintenance, "maintenance.yaml"),
    Section("retired", Retired, "waivers.yaml", ("retired",)),
)
SINGLES = ("platform.yaml", "severities.yaml", "oncall.yaml", "teams.yaml", "tenants.yaml")
OPTIONAL = ("maintenance.yaml", "waivers.yaml")
OWN_CHECKED = frozenset({"environment", "project", "metric"})


@dataclass
class _Reading:
    """What has been read so far."""

    documents: Mapping[str, Document]
    problems: list[Problem]
    names: Names = field(default_factory=Names)
    entries: dict[tuple[str, str], tuple[str, Lines]] = field(default_factory=dict)


def load_texts(files: Mapping[str, bytes], problems: Iterable[Problem] = ()) -> Catalog:
    """The catalog in these files, by their names; raises CatalogError with every mistake."""
    found = list(problems)
    reading = _Reading({}, found)
    reading.documents = {name: one for name, content in files.items() if (one := parse(name, content, found))}
    _check_files(files, reading)
    reading.entries.update(_places(reading))
    reading.names = Names(_known(reading))
    platform = _single(Platform, "platform.yaml", reading)
    reading.names = _with_senders(reading, platform)
    services = _services(reading)
    parts = {section.kind: _section(section, reading) for section in SECTIONS if section.kind not in OWN_CHECKED}
    waivers = _waivers(reading)
    _unique_rules(reading)
    if found or platform is None:
        raise CatalogError(found)
    return Catalog(
        platform=platform,
        severities={Severity(name): promise for name, promise in parts["severity"].items()},
        oncall=Oncall.model_construct(people=parts["person"], schedules=parts["schedule"], policies=parts["policy"]),
        teams=parts["team"],
        tenants=parts["tenant"],
        services=services,
        maintenance=parts["maintenance"],
        accepted=Accepted.model_construct(waivers=waivers, retired=parts["retired"]),
        sources=Sources(reading.entries),
    )


def _check_files(files: Mapping[str, bytes], reading: _Reading) -> None:
    for name in SINGLES:
        if name not in files and not any(problem.source.file == name for problem in reading.problems):
            reading.problems.append(_file_problem(name, "is missing", "a catalog needs it"))
    for name in files:
        if name not in SINGLES + OPTIONAL and not re.fullmatch(r"services/[^/]+\.ya?ml", name):
            remedy = nearest(name, SINGLES + OPTIONAL) if "/" not in name else "services go to services/NAME.yaml"
            reading.problems.append(_file_problem(name, "is no file of a catalog", remedy))


def _service_documents(reading: _Reading) -> list[Document]:
    return [document for name, document in sorted(reading.documents.items()) if name.startswith("services/")]


def _inside(document: Document | None, path: Iterable[str]) -> tuple[Any, Lines]:
    if document is None:
        return None, Lines(0)
    data, lines = document.data, document.lines
    for part in path:
        if not isinstance(data, dict) or part not in data:
            return None, lines
        data, lines = data[part], lines.inside[part]
    return data, lines


def _places(reading: _Reading) -> Iterator[tuple[tuple[str, str], tuple[str, Lines]]]:
    for section in SECTIONS:
        data, lines = _inside(reading.documents.get(section.file), section.path)
        for name in data if isinstance(data, dict) else ():
            inner = lines.inside[name]
            yield (section.kind, name), (section.file, Lines(lines.keys[name], inner.keys, inner.inside))
    for whole in ("platform", "waivers"):
        if f"{whole}.yaml" in reading.documents:
            yield (whole, ""), (f"{whole}.yaml", reading.documents[f"{whole}.yaml"].lines)
    for document in _service_documents(reading):
        yield from _service_places(document)


def _service_places(document: Document) -> Iterator[tuple[tuple[str, str], tuple[str, Lines]]]:
    if not isinstance(document.data, dict):
        return
    yield ("service", str(document.data.get("service"))), (document.file, document.lines)
    rules, lines = _inside(document, ("rules",))
    for number, rule in enumerate(rules if isinstance(rules, tuple) else ()):
        if isinstance(rule, dict):
            yield ("rule", str(rule.get("id"))), (document.file, lines.inside[number])


def _known(reading: _Reading) -> dict[str, frozenset[str]]:
    known: dict[str, set[str]] = {}
    for kind, name in reading.entries:
        known.setdefault(kind, set()).add(name)
    for document in _service_documents(reading):
        component = document.data.get("health") if isinstance(document.data, dict) else None
        if isinstance(component, str):
            known.setdefault("component", set()).add(component)
    plans, _ = _inside(reading.documents.get("platform.yaml"), ("tenancy", "plans"))
    known["plan"] = {plan for plan in plans if isinstance(plan, str)} if isinstance(plans, tuple) else set()
    return {kind: frozenset(names) for kind, names in known.items()}


def _with_senders(reading: _Reading, platform: Platform | None) -> Names:
    if platform is None:
        return reading.names
    return Names(reading.names.known, platform.sentry.projects, platform.datadog.metrics)


def _single(model: type[_EntryT], file: str, reading: _Reading) -> _EntryT | None:
    document = reading.documents.get(file)
    if document is None:
        return None
    return _entry(model, document.data, document.file, document.lines, "", reading)


def _section(section: Section, reading: _Reading) -> dict[str, Any]:
    document = reading.documents.get(section.file)
    data, lines = _inside(document, section.path)
    if data is None:
        if document is not None and section.path and section.file not in OPTIONAL:
            reading.problems.append(
                _shape_problem(section.file, lines.line, "", f'has no "{section.path[-1]}"', "write it")
            )
        return {}
    if not isinstance(data, dict):
        reading.problems.append(
            _shape_problem(
                section.file,
                lines.line,
                section.path[-1] if section.path else "",
                "is not a mapping of names",
                "write name: {…}",
            )
        )
        return {}
    read = {name: _named(section, name, value, lines, reading) for name, value in data.items()}
    return {name: entry for name, entry in read.items() if entry is not None}


def _named(section: Section, name: str, value: Any, lines: Lines, reading: _Reading) -> BaseModel | None:
    where = f'{section.kind} "{name}"'
    line, inner = lines.keys[name], lines.inside[name]
    try:
        (parse_severity if section.kind == "severity" else parse_id)(name)
    except PydanticCustomError as wrong:
        reading.problems.append(_shape_problem(section.file, line, where, *_said(wrong.context)))
    return _entry(section.model, value, section.file, Lines(line, inner.keys, inner.inside), where, reading)


def _services(reading: _Reading) -> dict[str, Service]:
    services: dict[str, Service] = {}
    for document in _service_documents(reading):
        service = _service(document, reading)
        if service and service.service in services:
            first, _ = reading.entries["service", service.service]
            what = f'the service "{service.service}" stands in two files'
            reading.problems.append(
                _shape_problem(document.file, document.lines.keys["service"], "", what, f"see also {first}")
            )
        elif service:
            services[service.service] = service
    return services


def _service(document: Document, reading: _Reading) -> Service | None:
    data, file, lines = document.data, document.file, document.lines
    if not isinstance(data, dict):
        return _entry(Service, data, file, lines, "", reading)
    rules, rule_lines = _inside(document, ("rules",))
    if isinstance(rules, tuple):
        read = [
            _entry(Rule, rule, file, rule_lines.inside[number], f'rule "{_id_of(rule, number)}"', reading)
            for number, rule in enumerate(rules)
        ]
        data = {**data, "rules": tuple(rule for rule in read if rule is not None)}
    return _entry(Service, data, file, lines, f'service "{data.get("service", "")}"', reading)


def _id_of(rule: Any, number: int) -> str:
    return str(rule.get("id", number + 1)) if isinstance(rule, dict) else str(number + 1)


def _waivers(reading: _Reading) -> tuple[Waiver, ...]:
    document = reading.documents.get("waivers.yaml")
    if document is None:
        return ()
    accepted = _entry(_WaiverList, _without(document.data, "retired"), document.file, document.lines, "", reading)
    return accepted.waivers if accepted else ()


def _without(data: Any, key: str) -> Any:
    return {name: value for name, value in data.items() if name != key} if isinstance(data, dict) else data


class _WaiverList(Entry):
    waivers: tuple[Waiver, ...] = ()


def _unique_rules(reading: _Reading) -> None:
    seen: dict[str, Source] = {}
    for document in _service_documents(reading):
        rules, lines = _inside(document, ("rules",))
        for number, rule in enumerate(rules if isinstance(rules, tuple) else ()):
            name = rule.get("id") if isinstance(rule, dict) else None
            if not isinstance(name, str):
                continue
            here = Source(document.file, lines.inside[number].at("id"))
            if name in seen:
                what, remedy = f'the id "{name}" stands twice', f"the first is at {seen[name]}"
                reading.problems.append(Problem(here, f'rule "{name}"', what, remedy, "duplicate-id"))
            seen.setdefault(name, here)


# --- mistakes in our words -------------------------------------------------------------------------------------


def _entry(model: type[_EntryT], data: Any, file: str, lines: Lines, where: str, reading: _Reading) -> _EntryT | None:
    """The entry, or None and its problems; what is only too much does not hide what else is wrong."""
    try:
        return model.model_validate(data, context=reading.names)
    except ValidationError as wrong:
        reading.problems.extend(_problems(wrong, model, file, lines, where))
        extras = [error["loc"] for error in wrong.errors(include_url=False) if error["type"] == "extra_forbidden"]
    if extras:
        try:
            model.model_validate(_pruned(data, extras), context=reading.names)
        except ValidationError as wrong:
            reading.problems.extend(_problems(wrong, model, file, lines, where))
    return None


def _pruned(data: Any, extras: Iterable[tuple[str | int, ...]]) -> Any:
    for path in extras:
        data = _cut(data, path)
    return data


def _cut(data: Any, path: tuple[str | int, ...]) -> Any:
    head, rest = path[0], path[1:]
    if isinstance(data, dict):
        return {key: _cut(value, rest) if key == head else value for key, value in data.items() if rest or key != head}
    if isinstance(data, tuple):
        return tuple(_cut(value, rest) if number == head else value for number, value in enumerate(data))
    return data


def _problems(wrong: ValidationError, model: type[BaseModel], file: str, lines: Lines, where: str) -> Iterator[Problem]:
    for error in wrong.errors(include_url=False, include_input=True):
        path = tuple(part for part in error["loc"] if part != "[key]")
        spot = ".".join(str(part + 1) if isinstance(part, int) else part for part in path)
        what, remedy = _in_words(error["type"], error, model, path)
        full = f"{where}: {spot}" if where and spot else where or spot
        yield Problem(Source(file, lines.at(*path)), full, what, remedy, "shape")


def _in_words(kind: str, error: Any, model: type[BaseModel], path: tuple[str | int, ...]) -> tuple[str, str]:
    given = shown(error["input"])
    match kind:
        case "catalog":
            return _said(error["ctx"])
        case "missing":
            return "is missing", "write it"
        case "extra_forbidden":
            return "is no word of the catalog here", nearest(str(path[-1]), _fields_at(model, path[:-1]))
        case "literal_error" | "enum":
            return f"{given} is not a word for this", f"it is one of {error['ctx']['expected']}".replace("'", "")
        case "model_type" | "model_attributes_type" | "dict_type":
            return f"{given} is not a mapping", "write key: value lines"
        case "tuple_type" | "list_type":
            return f"{given} is not a list", "write it in [brackets]"
        case "bool_type":
            return f"{given} is neither true nor false", "write one of them"
        case "int_type" | "int_from_float":
            return f"{given} is not a whole number", "write digits only"
        case "float_type":
            return f"{given} is not a number", "write digits"
        case "string_type":
            return f"{given} is not a text", "put it in quotes"
        case _:
            return str(error["msg"]).lower(), ""


def _said(context: Any) -> tuple[str, str]:
    return str(context["what"]), str(context["remedy"])


def _fields_at(model: Any, path: tuple[str | int, ...]) -> list[str]:
    """The words that are legal at a place inside a model."""
    for part in path:
        model = _inner(model, part)
    found = next((one for one in _alternatives(model) if isinstance(one, type) and issubclass(one, BaseModel)), None)
    return [field.alias or name for name, field in found.model_fields.items()] if found else []


def _inner(annotation: Any, part: str | int) -> Any:
    for one in _alternatives(annotation):
        if isinstance(one, type) and issubclass(one, BaseModel):
            return next(
                (each.annotation for name, each in one.model_fields.items() if part in (each.alias, name)), None
            )
        if get_origin(one) in (dict, tuple):
            return next((arg for arg in reversed(get_args(one)) if arg is not Ellipsis), None)
    return None


def _alternatives(annotation: Any) -> tuple[Any, ...]:
    return get_args(annotation) if get_origin(annotation) in (Union, UnionType) else (annotation,)


def _shape_problem(file: str, line: int, where: str, what: str, remedy: str) -> Problem:
    return Problem(Source(file, line), where, what, remedy, "shape")
