"""`monitoring schema`: the JSON Schema of each catalog file, made from the models."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import TypeAdapter

from monitoring.errors import UsageError
from monitoring.loader import SHIPPED
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
}


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("schema")(schema)


def schema(
    file: Annotated[str | None, typer.Argument(metavar="FILE", help=f"One of {', '.join(FILES)}.")] = None,
    write: Annotated[
        Path | None, typer.Option("--write", metavar="DIR", help="Write every schema there, as FILE.json.")
    ] = None,
    check: Annotated[bool, typer.Option("--check", help="Fail where the shipped schemas are stale.")] = False,
) -> None:
    """Print the JSON Schema of a catalog file, so that an editor completes it."""
    if check:
        stale = [name for name in FILES if _read(SHIPPED / "schema" / f"{name}.json") != text(name)]
        if stale:
            typer.echo(f"stale: {', '.join(stale)}; run monitoring schema --write {SHIPPED.name}/schema", err=True)
            raise typer.Exit(1)
        return
    if write is not None:
        write.mkdir(parents=True, exist_ok=True)
        for name in FILES:
            _replace(write / f"{name}.json", text(name))
        return
    if file is None or file not in FILES:
        raise UsageError(f'no file of the catalog is called "{file or ""}"; {nearest(file or "", FILES)}')
    typer.echo(text(file), nl=False)


def text(name: str) -> str:
    """The JSON Schema of one kind of file, in canonical form."""
    made = TypeAdapter(FILES[name]).json_schema(by_alias=True, mode="validation")
    made["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    made["title"] = f"{name}.yaml" if name != "service" else "services/NAME.yaml"
    return json.dumps(made, indent=1, sort_keys=True) + "\n"


def _read(path: Path) -> str:
    return path.read_text() if path.is_file() else ""


def _replace(path: Path, content: str) -> None:
    """Writes beside the file and moves over it, so that an interruption leaves the old one whole."""
    fresh = path.with_suffix(".new")
    fresh.write_text(content)
    os.replace(fresh, path)
