"""`monitoring docs`: the documents that are made from the catalog, written or compared."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from monitoring.cli.console import CatalogOption, open_platform, say
from monitoring.cli.documents import documents_folder, written_by_hand
from monitoring.cli.files import first_difference, read, write
from monitoring.cli.templates import templates_of
from monitoring.docs import PARTS, pages, part_maker
from monitoring.docs.markers import GeneratedPart, filled, parts_of, stale
from monitoring.docs.typed_times import typed_times
from monitoring.errors import CatalogError, Problem, Source
from monitoring.file_reading import as_typed
from monitoring.model.catalog import Catalog
from monitoring.model.scalars import many

PROCEDURES = "operations"


@dataclass(frozen=True, slots=True)
class PageByHand:
    """A page that is written by hand, and the generated parts in it."""

    text: str
    parts: tuple[GeneratedPart, ...]


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
    """Write the pages and the parts of pages that are made from the catalog, or check that they are up to date."""
    platform = open_platform(catalog)
    loaded = platform.catalog
    folder = out or documents_folder(platform.files)
    say(platform.heading)
    if check:
        judged = judged_documents(loaded, folder, again(catalog, out))
        if judged.problems:
            raise CatalogError(judged.problems)
        say(f"{judged.counted} in {as_typed(folder)} are what the catalog says")
    else:
        _write(loaded, folder)


@dataclass(frozen=True, slots=True)
class JudgedDocuments:
    """What is wrong with the documents of a catalog, and how much was looked at."""

    pages: int
    parts: int
    templates: int
    problems: tuple[Problem, ...]

    @property
    def counted(self) -> str:
        """How much was looked at, in words."""
        return f"{many(self.pages, 'page')}, {many(self.parts, 'part')}, {many(self.templates, 'template')}"


def judged_documents(catalog: Catalog, folder: Path, command: str) -> JudgedDocuments:
    """Compares the documents in a folder with the catalog; the command is the one that writes them anew."""
    made = pages(catalog)
    texts = written_by_hand(folder, made, "--out")
    by_hand, problems = with_their_parts(texts, folder)
    templates, faults = templates_of(texts, folder, catalog)
    problems += [*faults, *times_by_hand(by_hand, folder)]
    problems += [*stale_pages(made, folder, command), *stale_parts(catalog, by_hand, folder, command)]
    parts = sum(len(page.parts) for page in by_hand.values())
    return JudgedDocuments(len(made), parts, len(templates), tuple(problems))


@dataclass(frozen=True, slots=True)
class MadeDocuments:
    """Every text that is made anew, by its path below the documents' folder, and how much that is."""

    texts: Mapping[str, str]
    pages: int
    parts: int


def documents_anew(catalog: Catalog, folder: Path) -> MadeDocuments:
    """What `docs` writes into a folder; CatalogError where a marker in it is wrong."""
    made = pages(catalog)
    by_hand, problems = with_their_parts(written_by_hand(folder, made, "--out"), folder)
    if problems:
        raise CatalogError(problems)
    anew = {
        name: filled(page.text, page.parts, part_maker(catalog, name)) for name, page in by_hand.items() if page.parts
    }
    return MadeDocuments({**made, **anew}, len(made), sum(len(page.parts) for page in by_hand.values()))


def _write(catalog: Catalog, folder: Path) -> None:
    made = documents_anew(catalog, folder)
    for name, text in made.texts.items():
        changed = write(folder / name, text, "--out", folder=folder)
        say(f"{as_typed(folder / name)}: {'written' if changed else 'was up to date'}")
    say(f"{many(made.pages, 'page')}, {many(made.parts, 'part')}")


def with_their_parts(texts: Mapping[str, str], folder: Path) -> tuple[Mapping[str, PageByHand], list[Problem]]:
    """The pages with their parts, and a problem for each marker that is wrong."""
    problems: list[Problem] = []
    by_hand = {
        name: PageByHand(text, parts_of(as_typed(folder / name), text, PARTS, problems)) for name, text in texts.items()
    }
    return by_hand, problems


def stale_parts(catalog: Catalog, by_hand: Mapping[str, PageByHand], folder: Path, command: str) -> Iterator[Problem]:
    """A problem for each part that is not what the catalog says, at the first line that differs."""
    for name, page in by_hand.items():
        for part, line in stale(page.text, page.parts, part_maker(catalog, name)):
            source = Source(as_typed(folder / name), line)
            what = f'the part "{part.name}" is not what the catalog says'
            yield Problem(source, "", what, f"run {command}", "docs")


def times_by_hand(by_hand: Mapping[str, PageByHand], folder: Path) -> Iterator[Problem]:
    """A problem for each time that a procedure promises by itself; templates are judged apart, reviews tell facts."""
    for name, page in by_hand.items():
        if Path(name).parent.as_posix() == PROCEDURES:
            yield from typed_times(as_typed(folder / name), page.text, page.parts)


def stale_pages(made: Mapping[str, str], folder: Path, command: str) -> Iterator[Problem]:
    """A problem for each page that is missing or is not what the catalog says, at the first line that differs."""
    for name, text in made.items():
        there = read(folder / name, "--out", folder)
        if there is None:
            yield Problem(Source(as_typed(folder / name)), "", "is missing", f"run {command}", "docs")
        elif there != text.encode():
            source = Source(as_typed(folder / name), first_difference(there, text.encode()))
            yield Problem(source, "", "is not what the catalog says", f"run {command}", "docs")


def again(catalog: Path | None, out: Path | None) -> str:
    """The command that writes the documents anew."""
    given = ["--catalog", str(catalog)] if catalog is not None else []
    return shlex.join(["monitoring", "docs", *given, *(["--out", str(out)] if out else [])])
