"""`monitoring schema`: the JSON Schema of each catalog file, made from the models."""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core.core_schema import DictSchema

from monitoring.cli.console import CatalogOption, as_typed, catalog_folder
from monitoring.cli.files import read, write
from monitoring.errors import CatalogError, Problem, Source, UsageError
from monitoring.model.expectation import Expectations
from monitoring.model.oncall import Oncall
from monitoring.model.platform import Accepted, Maintenance, Platform
from monitoring.model.references import nearest
from monitoring.model.service import Service, Team, Tenant
from monitoring.model.severity import Promise, SeverityWord
from monitoring.model.words import Id

FILES: dict[str, Any] = {
    "platform": Platform,
    "severities": dict[SeverityWord, Promise],
    "oncall": Oncall,
    "teams": dict[Id, Team],
    "tenants": dict[Id, Tenant],
    "service": Service,
    "maintenance": dict[Id, Maintenance],
    "waivers": Accepted,
    "expectations": Expectations,
}


class _Closed(GenerateJsonSchema):
    """Pydantic's words, with mappings closed: a key that is no name or severity is marked, not passed over."""

    def dict_schema(self, schema: DictSchema) -> JsonSchemaValue:
        made = super().dict_schema(schema)
        keys = self.generate_inner(schema["keys_schema"]) if "keys_schema" in schema else {}
        if "patternProperties" in made:
            made["additionalProperties"] = False
        if "enum" in keys:
            made["propertyNames"] = {"enum": keys["enum"]}
        return made


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
            write(write_to / f"{name}.json", text(name), "--write")
    else:
        typer.echo(text(_known(file)), nl=False)


def stale_schemas(folder: Path) -> list[Problem]:
    """A problem for each schema in a folder that is missing or is not what the models say."""
    remedy = f"run {shlex.join(['monitoring', 'schema', '--write', as_typed(folder)])}"
    contents = {name: read(folder / f"{name}.json", "--write") for name in FILES}
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
    made["title"] = f"{name}.yaml" if name != "service" else "services/NAME.yaml"
    return json.dumps(made, indent=1, sort_keys=True) + "\n"
