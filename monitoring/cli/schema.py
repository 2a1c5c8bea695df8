"""`monitoring schema`: the JSON Schema of each catalog file, made from the models."""

from __future__ import annotations

import ast
import inspect
import json
import shlex
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import BaseModel, TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core.core_schema import DictSchema, ModelSchema

from monitoring.cli.console import CatalogOption, catalog_folder
from monitoring.cli.files import read, write
from monitoring.errors import CatalogError, Problem, Source, UsageError
from monitoring.file_reading import as_typed
from monitoring.model.entry import Entry
from monitoring.model.expectation import Expectations
from monitoring.model.maintenance import Maintenance
from monitoring.model.oncall import Oncall
from monitoring.model.platform import Accepted, Platform
from monitoring.model.recording import Recording
from monitoring.model.references import nearest
from monitoring.model.scalars import Id
from monitoring.model.service import Service, Team, Tenant
from monitoring.model.severity import Promise, SeverityWord

FILES: dict[str, Any] = {
    "platform": Platform,
    "severities": dict[SeverityWord, Promise],
    "oncall": Oncall,
    "teams": dict[Id, Team],
    "tenants": dict[Id, Tenant],
    "service": Service,
    "recording": Recording,
    "maintenance": dict[Id, Maintenance],
    "waivers": Accepted,
    "expectations": Expectations,
}

TITLES = {"service": "services/NAME.yaml", "recording": "recordings/NAME.json"}
"""The files that are many of one kind."""


class _Closed(GenerateJsonSchema):
    """Pydantic's words, with a sentence for each field, and with mappings closed: an unknown key is marked."""

    def model_schema(self, schema: ModelSchema) -> JsonSchemaValue:
        made = super().model_schema(schema)
        for name, sentence in descriptions(schema["cls"]).items():
            made["properties"][name]["description"] = sentence
        return made

    def dict_schema(self, schema: DictSchema) -> JsonSchemaValue:
        made = super().dict_schema(schema)
        keys = self.generate_inner(schema["keys_schema"]) if "keys_schema" in schema else {}
        if "patternProperties" in made:
            made["additionalProperties"] = False
        if "enum" in keys:
            made["propertyNames"] = {"enum": keys["enum"]}
        return made


def descriptions(model: type[BaseModel]) -> Mapping[str, str]:
    """The sentence below each field of a model, by the catalog's spelling of the field.

    They are read from the source, so that no other command waits for them.
    """
    ours = [each for each in reversed(model.__mro__) if issubclass(each, Entry) and each is not Entry]
    sentences = {
        field: sentence for each in ours for field, sentence in _sentences(each.__module__)[each.__name__].items()
    }
    return {field.alias or name: sentences[name] for name, field in model.model_fields.items() if name in sentences}


@cache
def _sentences(module: str) -> Mapping[str, Mapping[str, str]]:
    """By class and field: the docstring that follows a field in a module's source."""
    classes = (
        node for node in ast.parse(inspect.getsource(sys.modules[module])).body if isinstance(node, ast.ClassDef)
    )
    return {each.name: dict(_documented(each.body)) for each in classes}


def _documented(body: list[ast.stmt]) -> Iterator[tuple[str, str]]:
    for field, below in pairwise(body):
        match field, below:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(sentence))):
                yield name, sentence
            case _:
                pass


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("schema")(schema)


def schema(
    file: Annotated[str | None, typer.Argument(metavar="FILE", help=f"One of {', '.join(FILES)}.")] = None,
    write_to: Annotated[
        Path | None, typer.Option("--write", metavar="DIR", help="Write every schema there, as FILE.json.")
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit 1 where a schema beside the catalog is stale.")
    ] = False,
    catalog: CatalogOption = None,
) -> None:
    """Print the JSON Schema of a catalog file, so that an editor completes it."""
    if check:
        stale = stale_schemas(catalog_folder(catalog) / "schema")
        if stale:
            raise CatalogError(stale)
    elif write_to is not None:
        for name in FILES:
            write(write_to / f"{name}.json", text(name), "--write", folder=write_to)
    else:
        typer.echo(text(_known(file)), nl=False)


def stale_schemas(folder: Path) -> list[Problem]:
    """A problem for each schema in a folder that is missing or is not what the models say."""
    remedy = f"run {shlex.join(['monitoring', 'schema', '--write', as_typed(folder)])}"
    contents = {name: read(folder / f"{name}.json", "--write", folder) for name in FILES}
    return [
        Problem(Source(as_typed(folder / f"{name}.json")), "", _staleness(content), remedy, "schema")
        for name, content in contents.items()
        if content != text(name).encode()
    ]


def _staleness(content: bytes | None) -> str:
    return "is missing" if content is None else "is not what the models say"


def _known(file: str | None) -> str:
    if file is None:
        raise UsageError(f"name a file of the catalog: {', '.join(FILES)}")
    if file not in FILES:
        raise UsageError(f'no file of the catalog is called "{file}"; {nearest(file, FILES)}')
    return file


def text(name: str) -> str:
    """The JSON Schema of one kind of file, in canonical form."""
    made = TypeAdapter(FILES[name]).json_schema(by_alias=True, schema_generator=_Closed)
    made["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    made["title"] = TITLES.get(name, f"{name}.yaml")
    return json.dumps(made, indent=1, sort_keys=True) + "\n"
