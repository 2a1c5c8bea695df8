"""What every command shares: its options, and how it speaks."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from monitoring.errors import Problem, UsageError
from monitoring.loader import SHIPPED
from monitoring.model.catalog import Catalog
from monitoring.model.references import nearest
from monitoring.model.words import parse_date


class Format(StrEnum):
    """How an answer is written."""

    TEXT = "text"
    JSON = "json"


CatalogOption = Annotated[
    Path, typer.Option("--catalog", metavar="DIR", help="The catalog's directory.", show_default="the shipped catalog")
]
EnvironmentOption = Annotated[
    str, typer.Option("--environment", "-e", metavar="NAME", help="Which environment of the catalog.")
]
TodayOption = Annotated[
    str | None, typer.Option("--today", metavar="DATE", help="The day to answer for.", show_default="today, in UTC")
]
FormatOption = Annotated[Format, typer.Option("--format", help="How to write the answer.")]

DEFAULT_CATALOG = SHIPPED


def day(text: str | None) -> date:
    """The day of `--today`; UsageError for one that does not exist."""
    if text is None:
        return datetime.now(UTC).date()
    try:
        return parse_date(text)
    except ValueError as wrong:
        raise UsageError(f"--today: {wrong}") from None


def known_environment(catalog: Catalog, name: str) -> str:
    """The name itself; UsageError where the catalog has no such environment."""
    environments = catalog.platform.environments
    if name not in environments:
        raise UsageError(f'no environment is called "{name}"; {nearest(name, environments)}')
    return name


def many(number: int, word: str, words: str = "") -> str:
    """A number of things: "1 rule", "2 rules"; `words` where the plural is not the word with an s."""
    return f"{number} {word if number == 1 else words or word + 's'}"


def say_json(content: object) -> None:
    """Writes an answer as one JSON text."""
    typer.echo(json.dumps(content, indent=2, ensure_ascii=False))


def complain(problems: Sequence[Problem]) -> None:
    """Writes problems to standard error, one a line, and how many there are."""
    for problem in problems:
        typer.echo(str(problem), err=True)
    typer.echo(f"\n{many(len(problems), 'problem')} found.", err=True)
