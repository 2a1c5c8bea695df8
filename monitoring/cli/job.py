"""What a command says to the job of a pipeline that runs it: paths of the repository, and the job's summary."""

from __future__ import annotations

import dataclasses
import os
import secrets
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import typer

from monitoring.errors import Problem, Source, UsageError
from monitoring.literal import literal
from monitoring.model.scalars import many
from monitoring.pipelines.findings import summary

WHERE_ALL_ARE = "the whole list is in the job's summary"


class Places(NamedTuple):
    """Where the catalog's files and its runbooks lie."""

    catalog: Path
    runbooks: Path

    def path(self, file: str) -> Path:
        """The path of a file that a problem names."""
        folder, _, name = file.partition("/")
        return self.runbooks / name if folder == "runbooks" and name else self.catalog / file

    def located(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """The problems with the paths of the repository instead of the catalog's."""
        return tuple(at(problem, self.path(problem.source.file)) for problem in problems)


def at(problem: Problem, path: Path) -> Problem:
    """A problem with the repository's name for a path."""
    name = os.path.relpath(path.resolve(), repository().resolve())
    return dataclasses.replace(problem, source=Source(name, problem.source.line))


def repository() -> Path:
    """The root of the repository that a pipeline works on; without a pipeline the current folder."""
    return Path(os.environ.get("GITHUB_WORKSPACE") or os.environ.get("CI_PROJECT_DIR") or Path.cwd())


def append_summary(section: str) -> bool:
    """Adds a section to the job's summary, and says whether there is one. Raises UsageError where it cannot."""
    path = os.environ.get("GITHUB_STEP_SUMMARY")
    if not path:
        return False
    try:
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(section)
    except OSError as error:
        reason = (error.strerror or "it failed").lower()
        raise UsageError(f'"{path}" cannot be written: {reason}; correct GITHUB_STEP_SUMMARY') from None
    return True


def summary_of(title: str, problems: Sequence[Problem], sentence: str = "") -> str:
    """A summary's section with every problem, one a line."""
    return summary(title, sentence or f"{many(len(problems), 'problem')}.", "\n".join(map(str, problems)))


def say(text: str) -> None:
    """Prints a text of which GitHub takes no line for a workflow command, whatever stands in it."""
    with no_commands():
        typer.echo(literal(text))


@contextmanager
def no_commands() -> Iterator[None]:
    """Lets GitHub take no line for a workflow command that is printed meanwhile, by a child of this process either."""
    if not os.environ.get("GITHUB_ACTIONS"):
        yield
        return
    end = secrets.token_hex(16)
    typer.echo(f"::stop-commands::{end}")
    sys.stdout.flush()
    try:
        yield
    finally:
        typer.echo(f"::{end}::")
