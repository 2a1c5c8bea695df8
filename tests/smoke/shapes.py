"""The shapes of the vendors' answers, as they publish them, trimmed to what is read here.

`vendor_answers.json` holds types and required fields; each shape has its source, and so has a key that the vendor's
own description lacks.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema

SHAPES: dict[str, Any] = json.loads((Path(__file__).parent / "vendor_answers.json").read_text())
VALIDATORS = {path: jsonschema.Draft202012Validator(shape) for path, shape in SHAPES.items()}
INDEX = "/api/0/"
ORGANIZATION = "/api/0/organizations/{organization_id_or_slug}/"
INTEGRATIONS = f"{ORGANIZATION}integrations/"
TABLE = "configData of pagerduty"


def shaped(path: str, content: Any) -> Any:
    """An answer, once it has been held against the vendor's own description."""
    VALIDATORS[path].validate(content)
    return content


def filled(shape: dict[str, Any]) -> Any:
    """The smallest value of a shape: required fields, first words, empty lists."""
    if "allOf" in shape:
        parts = [part for part in map(filled, shape["allOf"]) if isinstance(part, dict)]
        return {name: value for part in parts for name, value in part.items()}
    if "anyOf" in shape:
        return filled(shape["anyOf"][0])
    if "enum" in shape:
        return shape["enum"][0]
    kinds = shape.get("type", "null")
    kind = kinds[0] if isinstance(kinds, list) else kinds
    if kind == "object":
        return {name: filled(shape.get("properties", {}).get(name, {})) for name in shape.get("required", [])}
    return {"string": "x", "integer": 1, "number": 1.0, "boolean": False, "array": []}.get(kind)


def installation(**given: Any) -> dict[str, Any]:
    """An installation of Sentry's with what is given of it; PagerDuty's table is held against its own description."""
    row: dict[str, Any] = filled(SHAPES[INTEGRATIONS]["items"]) | given
    if row["provider"]["key"] == "pagerduty":
        shaped(TABLE, row["configData"])
    return row
