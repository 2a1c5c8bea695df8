"""What every command shares: its options, and how it speaks."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from monitoring.errors import CatalogError, Problem, UsageError
from monitoring.file_reading import as_typed
from monitoring.literal import literal, literal_json
from monitoring.loader import PlatformFiles, find_catalog, load
from monitoring.model.catalog import Catalog
from monitoring.model.references import nearest
from monitoring.model.scalars import many, parse_date

if TYPE_CHECKING:
    from rich.console import Console


class OutputFormat(StrEnum):
    """How an answer is written."""

    TEXT = "text"
    JSON = "json"


CatalogOption = Annotated[
    Path | None,
    typer.Option(
        "--catalog",
        metavar="DIR",
        help="The catalog's folder.",
        show_default="MONITORING_CATALOG, or the nearest project's",
    ),
]
EnvironmentOption = Annotated[
    str | None,
    typer.Option(
        "--environment",
        "-e",
        metavar="NAME",
        help="An environment of the catalog: prod.",
        show_default="the one that owns what is shared",
    ),
]
TodayOption = Annotated[
    str | None,
    typer.Option("--today", metavar="DATE", help="The day: 2026-01-31.", show_default="today, in UTC"),
]
FormatOption = Annotated[OutputFormat, typer.Option("--format", help="How to write the answer.")]


class OpenPlatform(NamedTuple):
    """The platform that a command answers for: its catalog, and where its files lie."""

    catalog: Catalog
    files: PlatformFiles

    @property
    def heading(self) -> str:
        """Whose answer this is: the first line of every text."""
        heading = f"{self.catalog.platform.title} ({as_typed(self.files.catalog)})"
        return f" {heading}" if heading.startswith("::") else heading  # GitHub takes such a line for a command

    @property
    def fields(self) -> Mapping[str, str]:
        """The same for an answer as JSON."""
        return {"platform": self.catalog.platform.title, "catalog": as_typed(self.files.catalog)}


def catalog_folder(chosen: Path | None, stack: str | None = None) -> Path:
    """The catalog's folder that the command line, the environment, a stack or the nearest project names."""
    return find_catalog(chosen, os.environ, Path.cwd(), stack)


def open_platform(
    chosen: Path | None, output: OutputFormat = OutputFormat.TEXT, stack: str | None = None
) -> OpenPlatform:
    """The platform that a command answers for.

    Raises UsageError where no catalog is named. Where it cannot be read it raises CatalogError, or, where the answer
    is to be JSON, writes the problems as JSON and ends the command.
    """
    folder = catalog_folder(chosen, stack)
    with problems_as(output, {"platform": None, "catalog": as_typed(folder)}):
        return OpenPlatform(load(folder), PlatformFiles(folder))


@contextmanager
def problems_as(output: OutputFormat, fields: Mapping[str, object]) -> Iterator[None]:
    """Where the answer is to be JSON, the problems that stop a command are its answer, beside whose they are."""
    try:
        yield
    except CatalogError as error:
        if output is not OutputFormat.JSON:
            raise
        say_json({**fields, "problems": [problem_fields(each) for each in error.problems]})
        raise typer.Exit(1) from None


def unreadable(folder: Path, error: CatalogError) -> dict[str, object]:
    """What is said as JSON of a catalog that cannot be read."""
    return {
        "platform": None,
        "catalog": as_typed(folder),
        "problems": [problem_fields(each) for each in error.problems],
    }


def problem_fields(problem: Problem) -> dict[str, object]:
    """A problem as plain data; its line is None where it is about a file as a whole."""
    return {
        "file": problem.source.file,
        "line": problem.source.line or None,
        "where": problem.where,
        "what": problem.what,
        "remedy": problem.remedy,
        "check": problem.check,
    }


def day(text: str | None) -> date:
    """The day of `--today`; UsageError for one that does not exist."""
    if text is None:
        return datetime.now(UTC).date()
    try:
        return parse_date(text)
    except ValueError as error:
        raise refused("--today", error, "2026-01-31") from None


def refused(option: str, error: ValueError, example: str) -> UsageError:
    """What is wrong with an option's value, and an example of a right one."""
    return UsageError(f"{option}: {error}; write it like {example}")


def known_environment(catalog: Catalog, name: str | None) -> str:
    """The name itself, or the owner of what is shared; UsageError where the catalog has no such environment."""
    environments = catalog.platform.environments
    if name is None:
        return catalog.shared_environment
    if name not in environments:
        raise UsageError(f'no environment is called "{name}"; {nearest(name, environments)}')
    return name


# --- text ------------------------------------------------------------------------------------------------------

PIPED_WIDTH = 100
"""Columns of a sentence that goes to a pipe or a file."""
_MARGIN = re.compile(r"\s*(?:\d+\. +|(?<=\s)\w+: +|(?:\S(?:\S| (?! ))*  +)*)")


def table_console() -> Console:
    """Where tables go: they fit into a terminal, and a pipe or a file gets every value whole.

    A text means itself: no markup, no emoji code and no control character in it is obeyed.
    """
    from monitoring.cli.literal_console import FileConsole, LiteralConsole  # only who prints a table waits for it

    console = LiteralConsole()
    return console if console.is_terminal else FileConsole()


def layout_width(console: Console) -> int:
    """The columns for which a layout is chosen; a pipe or a file is read as if it were a narrow terminal."""
    return console.width if console.is_terminal else PIPED_WIDTH


def say(text: str = "", *, err: bool = False, nl: bool = True) -> None:
    """Writes a text, whose every character a terminal shows."""
    typer.echo(literal(text), err=err, nl=nl)


def say_lines(lines: Iterable[str]) -> None:
    """Writes sentences, each broken between words where it is longer than the terminal is wide."""
    in_terminal = sys.stdout is not None and sys.stdout.isatty()
    width = shutil.get_terminal_size().columns if in_terminal else PIPED_WIDTH
    for line in lines:
        say(wrapped(line, width))


def wrapped(line: str, width: int) -> str:
    """A line broken between words; what goes on below begins under the text, behind a number or a first column."""
    margin = _MARGIN.match(line)
    indent = margin.end() if margin and margin.end() <= width // 2 else 0
    broken = textwrap.wrap(line, width, subsequent_indent=" " * indent, break_long_words=False, break_on_hyphens=False)
    return "\n".join(broken) or line


def say_json(content: object) -> None:
    """Writes an answer as one JSON text."""
    say(json_text(content))


def json_text(content: object) -> str:
    """An answer as JSON, as it is written."""
    return literal_json(json.dumps(content, indent=2, ensure_ascii=False))


def complain(problems: Sequence[Problem]) -> None:
    """Writes problems to standard error, one a line, and how many there are."""
    for problem in problems:
        say(str(problem), err=True)
    say(f"\n{many(len(problems), 'problem')} found.", err=True)
