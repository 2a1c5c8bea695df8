"""Datadog's variables in a synthetic test: each that its requests name is there, with its own name, and hidden."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from monitoring.naming.type_tokens import SYNTHETICS_VARIABLE
from monitoring.plan import Plan, Resource, Value
from monitoring.preview.rules import Broken, opened, quoted

NAMED = re.compile(r"\{\{\s*([A-Za-z0-9_]+)\s*\}\}")
REQUEST = ("requestDefinition", "requestHeaders", "assertions", "params")
"""What of a test, and of a step of one or of a browser, may name a variable."""


def variable_problems(test: Resource, plan: Plan) -> Iterator[Broken]:
    """Variables that a test names and does not have, and those that it has under another name."""
    for part in ("configVariables", "browserVariables"):
        yield from _strange_rows(part, _rows(test.inputs.get(part)), plan)
    known = _names_of(test.inputs.get("configVariables"))
    yield from _unknown(test.inputs, known, "")
    typed = _names_of(test.inputs.get("browserVariables"))
    for number, step in enumerate(_rows(test.inputs.get("browserSteps"))):
        yield from _unknown(step, typed, f"browserSteps[{number}].")
    for number, step in enumerate(_rows(test.inputs.get("apiSteps"))):
        yield from _unknown(step, known, f"apiSteps[{number}].")
        known |= {str(row.get("name")) for row in _rows(step.get("extractedValues"))}


def _names_of(rows: Value) -> set[str]:
    return {str(row.get("name")) for row in _rows(rows)}


def _strange_rows(part: str, rows: Sequence[Mapping[str, Any]], plan: Plan) -> Iterator[Broken]:
    """Variables of a test that are not what they are declared to be."""
    for number, row in enumerate(rows):
        if row.get("id") is not None and row.get("type") != "global":
            yield Broken(f"{part}[{number}].type", "is not global, so its id says nothing", "declare global")
        own = _own_name(row.get("id"), plan)
        if own is not None and own != row.get("name"):
            what = f"{quoted(row.get('name'))} is not the name of its variable"
            yield Broken(f"{part}[{number}].name", what, f"write {own}")


def hidden_problems(resource: Resource) -> Iterator[Broken]:
    """What people would read that is to be hidden: a variable that is not secure, a value of an answer in results."""
    shown = "would be shown to everybody who reads tests"
    if resource.type == SYNTHETICS_VARIABLE and resource.inputs.get("secure") is not True:
        yield Broken("secure", f"its value {shown}", "declare it secure")
    for number, step in enumerate(_rows(resource.inputs.get("apiSteps"))):
        for row in _rows(step.get("extractedValues")):
            if row.get("secure") is not True:
                what = f"{quoted(row.get('name'))} {shown}"
                yield Broken(f"apiSteps[{number}].extractedValues", what, "declare it secure")


def _unknown(request: Mapping[str, Value], known: set[str], place: str) -> Iterator[Broken]:
    for part in REQUEST:
        for name in sorted(_named(request.get(part)) - known):
            what = f"{{{{ {name} }}}} is no variable that is known there"
            yield Broken(
                f"{place}{part}", what, "it would be sent as it stands; declare it, or let an earlier step extract it"
            )


def _rows(value: Value) -> list[Mapping[str, Any]]:
    rows = opened(value)
    return [row for row in map(opened, rows) if isinstance(row, Mapping)] if isinstance(rows, list | tuple) else []


def _named(value: Value) -> set[str]:
    """The variables that the texts inside a value name."""
    match opened(value):
        case str(text):
            return set(NAMED.findall(text))
        case dict(inner):
            return {name for part in inner.values() for name in _named(part)}
        case list(inner):
            return {name for part in inner for name in _named(part)}
        case _:
            return set()


def _own_name(reference: Any, plan: Plan) -> str | None:
    """The name of the variable that a plan declares and a reference leads to."""
    key = reference.get("ref") if isinstance(reference, Mapping) else None
    variable = plan.by_key.get(key) if isinstance(key, str) and key.startswith(f"{SYNTHETICS_VARIABLE}::") else None
    return str(variable.inputs.get("name")) if variable else None
