"""`monitoring docs`: the documents that are made from the catalog, written or compared."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated

import typer

from monitoring.cli.console import CatalogOption, as_typed, open_platform
from monitoring.cli.files import read, write
from monitoring.docs import pages
from monitoring.errors import CatalogError, Problem, Source, UsageError
from monitoring.loader import PlatformFiles


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("docs")(docs)


def docs(
    catalog: CatalogOption = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR", help="Where to write.", show_default="the folder with the runbooks in it"),
    ] = None,
    check: Annotated[bool, typer.Option("--check", help="Write nothing; exit 1 where a page is stale.")] = False,
) -> None:
    """Write the rules' page and the runbooks' index from the catalog, or find out whether they are stale."""
    platform = open_platform(catalog)
    made = pages(platform.catalog)
    folder = out or documents_folder(platform.files)
    typer.echo(platform.heading)
    if check:
        stale = tuple(stale_pages(made, folder, again(catalog, out)))
        if stale:
            raise CatalogError(stale)
        typer.echo(f"{len(made)} pages in {as_typed(folder)} are what the catalog says")
        return
    for name, text in made.items():
        changed = write(folder / name, text, "--out")
        typer.echo(f"{as_typed(folder / name)}: {'written' if changed else 'was up to date'}")


def documents_folder(files: PlatformFiles) -> Path:
    """The folder of the documents that belong to a catalog; UsageError where there is none yet."""
    if not files.runbooks.is_dir():
        raise UsageError(f'no documents belong to the catalog "{files.catalog}" yet; name a folder with --out')
    return files.documents


def stale_pages(made: Mapping[str, str], folder: Path, command: str) -> Iterator[Problem]:
    """A problem for each page that is missing or is not what the catalog says, at the first line that differs."""
    for name, text in made.items():
        there = read(folder / name, "--out")
        if there is None:
            yield Problem(Source(as_typed(folder / name)), "", "is missing", f"run {command}", "docs")
        elif there != text.encode():
            source = Source(as_typed(folder / name), _first_difference(there, text.encode()))
            yield Problem(source, "", "is not what the catalog says", f"run {command}", "docs")


def _first_difference(there: bytes, made: bytes) -> int:
    same = 0
    for old, new in zip(there.splitlines(keepends=True), made.splitlines(keepends=True), strict=False):
        if old != new:
            break
        same += 1
    return same + 1


def again(catalog: Path | None, out: Path | None) -> str:
    """The command that writes the pages."""
    given = ["--catalog", str(catalog)] if catalog is not None else []
    return shlex.join(["monitoring", "docs", *given, *(["--out", str(out)] if out else [])])
