"""What a program declares, as data: resources, their properties, and who refers to whom.

A value that comes from elsewhere is kept as what it is: `{"ref": "TYPE::NAME", "output": "id"}` for another
resource's output, `{"lookup": TOKEN, "arguments": {...}, "output": "id"}` for something that a vendor is asked,
`{"format": [...]}` for a text made of such parts, `{"secret": ...}` around a value that must not be shown.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from monitoring.errors import UsageError
from monitoring.file_reading import UnreadableFileError, content_of_chosen
from monitoring.model.scalars import shown

VERSION = 1
HIDDEN = "hidden"

_HALVES = re.compile(r"\\u[dD][89a-fA-F]")
_Kind = TypeVar("_Kind")
Value = Any  # JSON: None, bool, number, text, list or mapping

VENDORS = {"datadog": "Datadog", "pagerduty": "PagerDuty", "sentry": "Sentry"}
"""The vendors by the first word of a type token, as they write themselves."""


@dataclass(frozen=True)
class Resource:
    """One declared resource: its type token, name, inputs in the provider's camelCase, and options."""

    type: str
    name: str
    inputs: Mapping[str, Value]
    protect: bool = False
    aliases: tuple[str, ...] = ()
    depends_on: tuple[str, ...] = ()
    secret_outputs: tuple[str, ...] = ()
    replace_on_changes: tuple[str, ...] = ()
    ignore_changes: tuple[str, ...] = ()
    delete_before_replace: bool = False
    retain_on_delete: bool = False
    import_id: str = ""

    @property
    def key(self) -> str:
        """TYPE::NAME, unique in a plan."""
        return f"{self.type}::{self.name}"

    @property
    def vendor(self) -> str:
        """The type's first word, a key of VENDORS."""
        return self.type.partition(":")[0]

    @property
    def vendor_title(self) -> str:
        """The vendor as it writes itself; its word where it is none of VENDORS."""
        return VENDORS.get(self.vendor, self.vendor)

    @property
    def kind(self) -> str:
        """The last word of the type: Monitor, Schedule …"""
        return self.type.rpartition(":")[2]


@dataclass(frozen=True)
class Lookup:
    """Something that the program asks a vendor before it declares."""

    token: str
    arguments: Mapping[str, Value]


@dataclass(frozen=True)
class Plan:
    """Everything that one run of the program declares, in canonical order."""

    project: str
    stack: str
    resources: tuple[Resource, ...]
    lookups: tuple[Lookup, ...] = ()

    @cached_property
    def by_key(self) -> Mapping[str, Resource]:
        """Resources by TYPE::NAME."""
        return {resource.key: resource for resource in self.resources}

    @cached_property
    def _by_type(self) -> Mapping[str, tuple[Resource, ...]]:
        by_type: dict[str, list[Resource]] = {}
        for resource in self.resources:
            by_type.setdefault(resource.type, []).append(resource)
        return {type_: tuple(resources) for type_, resources in by_type.items()}

    def of_type(self, type_: str) -> tuple[Resource, ...]:
        """Every resource of a type token, in order."""
        return self._by_type.get(type_, ())

    def urn(self, resource: Resource) -> str:
        """The resource's URN in the plan's stack."""
        return f"urn:pulumi:{self.stack}::{self.project}::{resource.key}"

    def counts(self) -> Counter[tuple[str, str]]:
        """How many resources of what kind, by vendor and kind."""
        return Counter((resource.vendor, resource.kind) for resource in self.resources)


def references(value: Value) -> Iterator[Mapping[str, Value]]:
    """Every reference to another resource inside a value."""
    if isinstance(value, Mapping):
        if "ref" in value:
            yield value
        for inner in value.values():
            yield from references(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from references(inner)


def dumps(plan: Plan, **about: str) -> str:
    """The plan as canonical JSON: sorted, indented, one line break at the end; with what is said about it beside it."""
    content = {
        **about,
        "version": VERSION,
        "project": plan.project,
        "stack": plan.stack,
        "lookups": [{"token": lookup.token, "arguments": dict(lookup.arguments)} for lookup in plan.lookups],
        "resources": [_as_json(plan, resource) for resource in plan.resources],
    }
    return json.dumps(content, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def _as_json(plan: Plan, resource: Resource) -> dict[str, Value]:
    options = {
        "protect": resource.protect,
        "aliases": list(resource.aliases),
        "dependsOn": list(resource.depends_on),
        "secretOutputs": list(resource.secret_outputs),
        "replaceOnChanges": list(resource.replace_on_changes),
        "ignoreChanges": list(resource.ignore_changes),
        "deleteBeforeReplace": resource.delete_before_replace,
        "retainOnDelete": resource.retain_on_delete,
        "import": resource.import_id,
    }
    return {
        "urn": plan.urn(resource),
        "type": resource.type,
        "name": resource.name,
        "inputs": resource.inputs,
        "options": {name: value for name, value in options.items() if value},
    }


def loads(text: str) -> Plan:
    """The plan in a JSON text; ValueError where it is none."""
    try:
        content = _whole(text)
        if content["version"] != VERSION:
            raise ValueError(f"a plan of version {shown(content['version'])}, and this tool reads version {VERSION}")
        return Plan(
            project=_is(str, content["project"]),
            stack=_is(str, content["stack"]),
            resources=tuple(_from_json(entry) for entry in _is(list, content["resources"])),
            lookups=tuple(
                Lookup(_is(str, entry["token"]), _is(dict, entry["arguments"]))
                for entry in _is(list, content["lookups"])
            ),
        )
    except json.JSONDecodeError as error:
        raise ValueError(f"no JSON at line {error.lineno}") from None
    except KeyError as error:
        raise ValueError(f'not a plan: it has no "{error.args[0]}"') from None
    except (TypeError, AttributeError, RecursionError):
        raise ValueError("not a plan: a value in it has another form") from None


def _whole(text: str) -> Value:
    """What a JSON text holds; ValueError where it has half a character, which no file can hold again."""
    content = json.loads(text)
    if _HALVES.search(text):
        try:
            json.dumps(content, ensure_ascii=False).encode()
        except UnicodeEncodeError:
            raise ValueError("not a plan: it has half a character, as \\ud800 is") from None
    return content


def read_plan(path: Path, option: str) -> Plan:
    """The plan in a file; UsageError, naming the option, where there is none."""
    try:
        return loads(content_of_chosen(path).decode())
    except UnreadableFileError as error:
        raise UsageError(f'{option} "{path}" {error.what}, and so is no plan') from None
    except OSError as error:
        why = (error.strerror or "cannot be read").lower()
    except UnicodeDecodeError as error:
        why = f"not UTF-8 at byte {error.start}"
    except ValueError as error:
        why = str(error)
    raise UsageError(f'{option} "{path}": {why}; make one with "monitoring preview --format json"')


def _from_json(content: Mapping[str, Value]) -> Resource:
    options = _is(dict, content["options"])
    return Resource(
        type=_is(str, content["type"]),
        name=_is(str, content["name"]),
        inputs=_is(dict, content["inputs"]),
        protect=_is(bool, options.get("protect", False)),
        aliases=_texts(options, "aliases"),
        depends_on=_texts(options, "dependsOn"),
        secret_outputs=_texts(options, "secretOutputs"),
        replace_on_changes=_texts(options, "replaceOnChanges"),
        ignore_changes=_texts(options, "ignoreChanges"),
        delete_before_replace=_is(bool, options.get("deleteBeforeReplace", False)),
        retain_on_delete=_is(bool, options.get("retainOnDelete", False)),
        import_id=_is(str, options.get("import", "")),
    )


def _texts(options: Mapping[str, Value], name: str) -> tuple[str, ...]:
    """A list of texts among the options; none where it is left out."""
    return tuple(_is(str, text) for text in _is(list, options.get(name, [])))


def _is(kind: type[_Kind], value: Value) -> _Kind:
    """The value itself; TypeError where it is of another kind."""
    if not isinstance(value, kind):
        raise TypeError(f"{shown(value)} is no {kind.__name__}")
    return value
