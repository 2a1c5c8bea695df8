"""The facts of one vendor, read from its JSON file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

Rule = Mapping[str, Any]
ROOM = Path(__file__).parent / "facts"
VENDORS = ("datadog", "pagerduty", "sentry")


@dataclass(frozen=True)
class Implementation:
    """What the bridge does alike for all types that are built in one way."""

    names_paths: bool
    logs_errors: bool
    fills_empty_defaults: bool
    shows_zero_values: bool


@dataclass(frozen=True)
class Kind:
    """What is known about one resource type; the words are those of the file's legend."""

    token: str
    shape: Mapping[str, Any]
    rules: tuple[Rule, ...]
    implementation: str = "framework"
    required: tuple[str, ...] = ()
    autonamed: tuple[str, ...] = ()
    replaced_by: tuple[str, ...] = ()
    defaults: Mapping[str, Any] = field(default_factory=dict)
    plan_defaults: Mapping[str, Any] = field(default_factory=dict)
    kept: tuple[str, ...] = ()
    stubborn: tuple[str, ...] = ()
    computed: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    sets: tuple[str, ...] = ()
    unique: tuple[str, ...] = ()
    references: tuple[Mapping[str, Any], ...] = ()
    used_by: tuple[Mapping[str, Any], ...] = ()
    owns: tuple[Mapping[str, Any], ...] = ()
    never_compared: tuple[str, ...] = ()
    compared_while: Mapping[str, str] = field(default_factory=dict)
    same: tuple[str, ...] = ()
    write_only: tuple[str, ...] = ()
    remembered: tuple[str, ...] = ()
    local: Mapping[str, str] = field(default_factory=dict)
    not_emulated: tuple[str, ...] = ()
    zeros: Mapping[str, Any] = field(default_factory=dict)
    ids: str | tuple[str, ...] = "number"
    import_id: str = ""
    installation: str = ""
    gone_is_error: str = ""
    delete_missing_is_error: bool = False


@dataclass(frozen=True)
class Facts:
    """What is known about one vendor's provider."""

    package: str
    version: str
    plugin_version: str
    implementations: Mapping[str, Implementation]
    kinds: Mapping[str, Kind]
    functions: Mapping[str, Mapping[str, Any]]
    configured_by: str
    enums: Mapping[str, list[Any]]
    credentials: tuple[Mapping[str, Any], ...]
    retries: int
    retried: tuple[int, ...]


def split(rule: Rule) -> list[Rule]:
    """One rule for each moment of refusal: a limit that only the API knows stands beside what the preview checks."""
    late = {"maxWhen": ("maxItems", "max", "maxLength"), "rangeWhen": ("min", "max")}
    for word, limits in late.items():
        if word in rule:
            bounds = {limit: rule[limit] for limit in limits if limit in rule}
            early = {key: value for key, value in rule.items() if key not in {*bounds, word}}
            about = {key: value for key, value in early.items() if key in ("property", "rule", "source", "if")}
            return [early, {**about, **bounds, "when": rule[word]}]
    return [rule]


ZEROS: Mapping[str, Any] = {"string": "", "number": 0.0, "boolean": False}
"""What an older provider reports for a plain property that was never given."""


def zeros(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a type's outputs hold for each property that nobody gave, where its implementation reports that."""
    unread = {*data.get("writeOnly", ()), *data.get("notReadBack", ()), *data.get("outputs", ())}
    shapes = {name: shape for name, shape in data["shape"].items() if name not in unread}
    plain = {name: ZEROS[shape] for name, shape in shapes.items() if isinstance(shape, str) and shape in ZEROS}
    return {**plain, **{name: [] for name, shape in shapes.items() if isinstance(shape, list)}}


def filled_at_check(data: Mapping[str, Any], how: Implementation) -> Mapping[str, Any]:
    """The defaults that stand in the inputs after the check; the provider sends the others all the same."""
    held_back = data.get("deprecated", ())
    return {
        path: default
        for path, default in data.get("defaults", {}).items()
        if path not in held_back and (default or how.fills_empty_defaults)
    }


def filled_at_plan(data: Mapping[str, Any], how: Implementation) -> Mapping[str, Any]:
    """The defaults that the provider sends, and that do not stand in the inputs."""
    filled = filled_at_check(data, how)
    unseen = {path: default for path, default in data.get("defaults", {}).items() if path not in filled}
    return {**unseen, **data.get("planDefaults", {})}


def kind_from(token: str, data: Mapping[str, Any], how: Implementation) -> Kind:
    """One resource type from its entry in the file, and how it is built."""
    words = {
        "required": "required", "autonamed": "autonamed", "replaceOnChanges": "replaced_by", "keptWhenRemoved": "kept",
        "cannotBeEmptied": "stubborn", "computed": "computed", "outputs": "outputs", "sets": "sets", "unique": "unique",
        "references": "references", "usedBy": "used_by", "owns": "owns", "neverCompared": "never_compared",
        "same": "same", "writeOnly": "write_only", "notReadBack": "remembered", "notEmulated": "not_emulated",
    }  # fmt: skip
    lists = {ours: tuple(data[theirs]) for theirs, ours in words.items() if theirs in data}
    return Kind(
        token=token,
        shape=data["shape"],
        rules=tuple(part for rule in data.get("rules", ()) for part in split(rule)),
        implementation=data["implementation"],
        defaults=filled_at_check(data, how),
        plan_defaults=filled_at_plan(data, how),
        zeros=zeros(data) if how.shows_zero_values else {},
        compared_while=data.get("comparedWhile", {}),
        local=data.get("localInElements", {}),
        ids=data["ids"] if isinstance(data["ids"], str) else tuple(data["ids"]),
        import_id=data.get("importId", ""),
        installation=data.get("installation", ""),
        gone_is_error=data.get("goneIsError", ""),
        delete_missing_is_error=data.get("deleteMissingIsError", False),
        **lists,
    )


@cache
def facts(vendor: str) -> Facts:
    """The facts about a vendor's provider: `datadog`, `pagerduty` or `sentry`."""
    data = json.loads((ROOM / f"{vendor}.json").read_text())
    implementations = {
        name: Implementation(
            entry["namesPaths"], entry["logsErrors"], entry["fillsEmptyDefaults"], entry["showsZeroValues"]
        )
        for name, entry in data["implementations"].items()
    }
    return Facts(
        package=data["package"],
        version=data["version"],
        plugin_version=data.get("pluginVersion", data["version"]),
        implementations=implementations,
        kinds={
            token: kind_from(token, entry, implementations[entry["implementation"]])
            for token, entry in data["resources"].items()
        },
        functions=data.get("functions", {}),
        configured_by=data["configure"]["asks"],
        enums=data.get("enums", {}),
        credentials=tuple(data["credentials"]),
        retries=data["client"]["retries"],
        retried=tuple(data["client"]["on"]),
    )


def names_paths(type_: str) -> bool:
    """Whether the provider of a type says where in a property a difference lies."""
    vendor = facts(type_.split(":", 1)[0])
    return vendor.implementations[vendor.kinds[type_].implementation].names_paths
