"""What is known of the types that we declare: what they take and give, and what their vendors demand of it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from monitoring.file_reading import content_of
from monitoring.preview.rules import PropertyRule, read_rule
from monitoring.preview.shapes import Declared, declared_by, declared_in

HERE = Path(__file__).parent
SENTRY_SCHEMA = HERE.parent / "sentry-0.15.4.json"
# The schema's words that are rules as they stand, by ours.
SAME = {"enum": "enum", "minimum": "min", "maximum": "max", "maxLength": "maxLength", "minItems": "minItems"}
AMONG_SIBLINGS = ("conflictsWith", "requires")
ONE_MEMBER = "at most one member"


@dataclass(frozen=True)
class Demands:
    """A vendor's rules about one type, the properties that two of the type must not share, and those that replace."""

    rules: tuple[PropertyRule, ...] = ()
    unique: tuple[tuple[str, ...], ...] = ()
    replaced_by: tuple[str, ...] = ()


NOTHING = Demands()


def demands(token: str) -> Demands:
    """What the vendor demands of a type; nothing where no facts are kept."""
    return _demands(token.partition(":")[0]).get(token, NOTHING)


@cache
def declared(token: str) -> Declared | None:
    """What a type takes and gives; None for a type that its vendor's package does not have."""
    from monitoring.resources import sdks

    packages = {"datadog": sdks.datadog, "pagerduty": sdks.pagerduty}
    vendor = token.partition(":")[0]
    if vendor in packages:
        return declared_in(packages[vendor], token)
    schema = _schema().get(token) if vendor == "sentry" else None
    return declared_by(schema) if schema else None


@cache
def _demands(vendor: str) -> Mapping[str, Demands]:
    content = _read(vendor)
    kept = content["resources"]
    schemas = _schema() if vendor == "sentry" else {}
    return {
        token: Demands(
            rules=tuple(_rules(kept.get(token, {}), schemas.get(token, {}), content.get("lists", {}))),
            unique=tuple(tuple(names) for names in kept.get(token, {}).get("unique", ())),
            replaced_by=tuple((schemas.get(token) or kept.get(token, {})).get("replaceOnChanges", ())),
        )
        for token in kept.keys() | schemas.keys()
    }


def _rules(kept: Mapping[str, Any], schema: Mapping[str, Any], lists: Mapping[str, Any]) -> Iterator[PropertyRule]:
    written = (*kept.get("rules", ()), *_in_properties(schema.get("inputs", {}), ""))
    return (read_rule(rule, lists) for rule in written)


def _in_properties(schemas: Mapping[str, Any], before: str) -> Iterator[Mapping[str, Any]]:
    """The rules that a schema says of an object's properties, each with its whole path."""
    for name, schema in schemas.items():
        yield from _about(schema, f"{before}{name}", before)


def _about(schema: Mapping[str, Any], path: str, before: str) -> Iterator[Mapping[str, Any]]:
    words = schema | schema.get("api", {})
    own = {ours: words[theirs] for theirs, ours in SAME.items() if theirs in words}
    if schema["type"] == "integer":
        own["integer"] = True
    if schema.get("uniqueItems"):
        own["uniqueItems"] = True
    own |= {word: [before + other for other in schema[word]] for word in AMONG_SIBLINGS if word in schema}
    if own:
        yield {"property": path, **own}
    yield from _about_others(schema, path, before)
    if schema.get("itemRule", "").startswith(ONE_MEMBER):
        yield {"property": f"{path}[]", "members": 1, "says": "write one kind an element"}
    if "items" in schema:
        yield from _about(schema["items"], f"{path}[]", before)
    yield from _in_properties(schema.get("properties", {}), f"{path}.")


def _about_others(schema: Mapping[str, Any], path: str, before: str) -> Iterator[Mapping[str, Any]]:
    if "exactlyOneOf" in schema:
        yield {"property": path, "exactlyOneOf": [f"{path}.{inner}" for inner in schema["exactlyOneOf"]]}
    for theirs, ours in (("requiredWhen", "required"), ("forbiddenWhen", "forbidden")):
        for other, values in schema.get(theirs, {}).items():
            says = f"where {other} is {' or '.join(values)}"
            yield {"property": path, ours: True, "if": {"property": before + other, "in": values}, "says": says}


@cache
def _read(vendor: str) -> Mapping[str, Any]:
    file = HERE / f"{vendor}.json"
    content: Mapping[str, Any] = json.loads(content_of(file, within=HERE)) if file.is_file() else {"resources": {}}
    return content


@cache
def _schema() -> Mapping[str, Any]:
    content: Mapping[str, Any] = json.loads(content_of(SENTRY_SCHEMA, within=SENTRY_SCHEMA.parent))["resources"]
    return content
