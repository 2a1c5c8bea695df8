"""`monitoring docs`: the documents that are made from the catalog, written or compared."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated

import typer

from monitoring.checks import runbooks_near
from monitoring.cli.console import DEFAULT_CATALOG, CatalogOption
from monitoring.cli.files import first_difference, read, write
from monitoring.docs import pages
from monitoring.errors import CatalogError, Problem, Source, UsageError
from monitoring.loader import load


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("docs")(docs)


def docs(
    catalog: CatalogOption = DEFAULT_CATALOG,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR", help="Where to write.", show_default="the folder with the runbooks in it"),
    ] = None,
    check: Annotated[bool, typer.Option("--check", help="Write nothing; exit 1 where a page is stale.")] = False,
) -> None:
    """Write the rules' page and the runbooks' index from the catalog, or find out whether they are stale."""
    made = pages(load(catalog))
    folder = out or documents_near(catalog)
    if check:
        stale = tuple(stale_pages(made, folder, again(catalog, out)))
        if stale:
            raise CatalogError(stale)
        typer.echo(f"{len(made)} pages in {_shown(folder)} are what the catalog says")
        return
    for name, text in made.items():
        changed = write(folder / name, text, "--out")
        typer.echo(f"{_shown(folder / name)}: {'written' if changed else 'was up to date'}")


def documents_near(catalog: Path) -> Path:
    """The folder of the documents that belong to a catalog; UsageError where there is none yet."""
    runbooks = runbooks_near(catalog)
    if not runbooks.is_dir():
        raise UsageError(f'no documents belong to the catalog "{catalog}" yet; name a folder with --out')
    return runbooks.parent


def stale_pages(made: Mapping[str, str], folder: Path, command: str) -> Iterator[Problem]:
    """A problem for each page that is missing or is not what the catalog says, at the first line that differs."""
    for name, text in made.items():
        there = read(folder / name, "--out")
        if there is None:
            yield Problem(Source(_shown(folder / name)), "", "is missing", f"run {command}", "docs")
        elif there != text.encode():
            source = Source(_shown(folder / name), first_difference(there, text.encode()))
            yield Problem(source, "", "is not what the catalog says", f"run {command}", "docs")


def again(catalog: Path, out: Path | None) -> str:
    """The command that writes the pages of a catalog."""
    given = ["--catalog", str(catalog)] if catalog != DEFAULT_CATALOG else []
    return shlex.join(["monitoring", "docs", *given, *(["--out", str(out)] if out else [])])


def _shown(path: Path) -> str:
    """The path as somebody in this directory would type it."""
    absolute = path.resolve()
    return str(absolute.relative_to(Path.cwd())) if absolute.is_relative_to(Path.cwd()) else str(path)
