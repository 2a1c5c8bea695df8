"""The JSON Schemas as an editor uses them: each shipped file names its own, fits it, and a misspelt field does not."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from monitoring.cli.schema import FILES, text
from monitoring.errors import Problem
from monitoring.loader import read_files
from monitoring.loader.documents import parse
from tests.factories import SHOP, texts
from tests.platforms import AGENCY
from tests.resources.every_signal import RULES, WINDOW

NAMED = re.compile(r"# yaml-language-server: \$schema=(\S+)\n")
AGENCY_FILES, _ = read_files(AGENCY.catalog)
SCHEMAS = {name: json.loads(text(name)) for name in FILES}
ROUNDED = texts(services_shop=SHOP + RULES.lstrip("\n"), maintenance=WINDOW)


def data(file: str, content: bytes) -> Any:
    """The file's content, by the loader's own words of YAML."""
    problems: list[Problem] = []
    document = parse(file, content, problems)
    assert document is not None
    assert problems == []
    return json.loads(json.dumps(document.data))


def kind(file: str) -> str:
    return "service" if file.startswith("services/") else Path(file).stem


def entry_problems(file: str, content: Any) -> list[str]:
    return [flaw.message for flaw in jsonschema.Draft202012Validator(SCHEMAS[kind(file)]).iter_errors(content)]


def fields(content: Any, schema: dict[str, Any], whole: dict[str, Any], at: tuple[Any, ...] = ()) -> Iterator[Any]:
    """The path of each field that a object of the schema describes; names of the user's own are none."""
    if "$ref" in schema:
        schema = whole["$defs"][schema["$ref"].rpartition("/")[2]]
    for one in schema.get("anyOf", ()):
        yield from fields(content, one, whole, at)
    if isinstance(content, list) and "items" in schema:
        for index, item in enumerate(content):
            yield from fields(item, schema["items"], whole, (*at, index))
    if isinstance(content, dict):
        others = schema.get("additionalProperties") or next(iter(schema.get("patternProperties", {}).values()), None)
        for key, value in content.items():
            known = schema.get("properties", {}).get(key)
            if known is not None:
                yield (*at, key)
            if known or others:
                yield from fields(value, known or others or {}, whole, (*at, key))


def misspelt(content: Any, path: tuple[Any, ...]) -> Any:
    """The same with one field's name doubled in its last letter."""
    changed = copy.deepcopy(content)
    place = changed
    for step in path[:-1]:
        place = place[step]
    place[f"{path[-1]}{path[-1][-1]}"] = place.pop(path[-1])
    return changed


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_one(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMAS[name])


def objects(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each object that a schema describes, with its name."""
    yield schema["title"], schema
    yield from schema.get("$defs", {}).items()


@pytest.mark.parametrize("name", SCHEMAS)
def test_an_editor_shows_one_short_sentence_for_each_field(name: str) -> None:
    sentences = {
        f"{owner}.{field}": described.get("description", "")
        for owner, each in objects(SCHEMAS[name])
        for field, described in each.get("properties", {}).items()
    }
    assert sentences or name in ("severities", "teams", "tenants", "maintenance")
    assert [field for field, text in sentences.items() if not (text.endswith(".") and 10 <= len(text) <= 120)] == []


@pytest.mark.parametrize("file", sorted(AGENCY_FILES))
def test_a_shipped_file_names_its_schema_and_fits_it(file: str) -> None:
    content = AGENCY_FILES[file]
    named = NAMED.match(content.decode())
    assert named is not None
    assert ((AGENCY.catalog / file).parent / named[1]).resolve() == AGENCY.catalog / "schema" / f"{kind(file)}.json"
    assert entry_problems(file, data(file, content)) == []


@pytest.mark.parametrize("file", sorted(ROUNDED))
def test_a_file_with_every_signal_fits_its_schema(file: str) -> None:
    assert entry_problems(file, data(file, ROUNDED[file])) == []


@pytest.mark.parametrize("file", sorted({*AGENCY_FILES} | {"services/shop.yaml", "maintenance.yaml"}))
def test_every_field_once_misspelt_is_marked(file: str) -> None:
    content = data(file, ROUNDED.get(file) or AGENCY_FILES[file])
    schema = SCHEMAS[kind(file)]
    paths = sorted(set(fields(content, schema, schema)), key=str)
    assert [path for path in paths if not entry_problems(file, misspelt(content, path))] == []
    assert len(paths) > 1 or file == "waivers.yaml"


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        pytest.param("services/shop.yaml", "severity: P0\n    means: Customers", "severity: P5\n    means: Customers",
                     id="a severity that there is not"),
        pytest.param("services/shop.yaml", "within: 5m}\n  - id: shop-slow", "within: 5}\n  - id: shop-slow",
                     id="a duration without its unit"),
        pytest.param("services/shop.yaml", "above: 2s, when-silent: alert", "above: 2s, when-silent: maybe",
                     id="a word that there is not"),
        pytest.param("services/shop.yaml", "tier: critical", "tier: [critical]", id="a list in a word's place"),
        pytest.param("oncall.yaml", "extra-rounds: 1", "extra-rounds: many", id="a word in a number's place"),
        pytest.param("teams.yaml", "platform:\n", "Plat form:\n", id="a name that is none"),
        pytest.param("teams.yaml", "    P1: {page", "    P9: {page", id="a route of no severity"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_marked(file: str, old: str, new: str) -> None:
    content = ROUNDED[file].decode()
    assert content.count(old) == 1
    assert entry_problems(file, data(file, content.replace(old, new).encode()))
