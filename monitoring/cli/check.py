"""`monitoring check`: every problem of a catalog, with its place and what to do."""

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from monitoring.checks import Judged, Report, check_names, examine
from monitoring.cli.console import (
    CatalogOption,
    Platform,
    TodayOption,
    as_typed,
    catalog_folder,
    day,
    many,
    problem_fields,
    unreadable,
)
from monitoring.errors import CatalogError, Problem, UsageError
from monitoring.loader import PlatformFiles, load, read_runbooks, uncollected
from monitoring.model.catalog import Catalog
from monitoring.model.references import nearest

PACKAGE = Path(__file__).parents[1]
PAGES = (PACKAGE / "checks" / "pages", PACKAGE.parent / "docs" / "checks")
"""Where the page of a check is: in the package when it is installed from a wheel, in the documents of a checkout."""


class Format(StrEnum):
    """How the answer is written."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"


def register(app: typer.Typer) -> None:
    """Mount `monitoring check` on the command line."""
    app.command("check")(check)


def check(
    catalog: CatalogOption = None,
    today: TodayOption = None,
    output: Annotated[Format, typer.Option("--format", help="How to write the answer.")] = Format.TEXT,
    runbooks: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="The runbooks' directory.", show_default="the one beside the catalog"),
    ] = None,
    explain: Annotated[str | None, typer.Option(metavar="NAME", help="Print the page of one check.")] = None,
) -> None:
    """Find every problem of the catalog: exit code 0 for none, 1 for some, 2 when used wrongly."""
    if explain is None:
        with uncollected():
            code = _check(catalog_folder(catalog), day(today), output, runbooks)
        raise typer.Exit(code)
    show_page(explain)


def _check(directory: Path, today: date, output: Format, runbooks: Path | None) -> int:
    if runbooks is not None and not runbooks.is_dir():
        raise UsageError(f'there is no runbooks directory "{runbooks}"; name one with --runbooks')
    places = Places(directory, runbooks or PlatformFiles(directory).runbooks)
    texts = read_runbooks(places.runbooks)
    try:
        platform = Platform(load(directory), PlatformFiles(directory))
    except CatalogError as wrong:
        typer.echo(_unread(wrong, places, output))
        return 1
    report = examine(platform.catalog, today, texts)
    typer.echo(_written(report, platform, places, output))
    return 1 if report.problems else 0


# --- what is written -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Places:
    """Where the catalog's files and its runbooks lie."""

    catalog: Path
    runbooks: Path

    def path(self, file: str) -> Path:
        """The path of a file that a problem names."""
        folder, _, name = file.partition("/")
        return self.runbooks / name if folder == "runbooks" and name else self.catalog / file


def _written(report: Report, platform: Platform, places: Places, output: Format) -> str:
    match output:
        case Format.TEXT:
            return f"{platform.heading}\n{text(report, platform.catalog)}"
        case Format.JSON:
            return json.dumps(dict(platform.fields) | as_data(report, platform.catalog), indent=2, ensure_ascii=False)
        case Format.GITHUB:
            return as_github(report, platform.catalog, places)


def text(report: Report, catalog: Catalog) -> str:
    """The problems, one a line, and a summary."""
    lines = [str(problem) for problem in report.problems]
    if lines:
        lines += ["", "`--explain NAME` tells more of a check; `--format json` names each finding, for a waiver."]
    return "\n".join([*lines, summary(report, catalog)])


def summary(report: Report, catalog: Catalog) -> str:
    """How much was looked at, and what came of it."""
    counts = [
        many(len(report.problems), "problem"),
        f"{len(report.waived)} waived",
        many(len(report.examined), "check"),
        many(len(catalog.rules), "rule"),
        many(len(catalog.services), "service"),
        many(len(catalog.oncall.people), "person", "people"),
    ]
    return ", ".join(counts)


def as_data(report: Report, catalog: Catalog) -> dict[str, Any]:
    """Everything as plain data, with the key of each finding."""
    return {
        "problems": [_judged(one) for one in sorted(set(report.unwaived), key=lambda one: one.problem)],
        "waived": [
            _judged(one) | {"reason": waiver.reason, "owner": waiver.owner, "expires": waiver.expires.isoformat()}
            for one, waiver in report.waived
        ],
        "checks": [
            {"check": one.check, "about": one.word, "there-are": one.there_are, "looked-at": one.looked_at}
            for one in report.examined
        ],
        "rules": len(catalog.rules),
        "people": len(catalog.oncall.people),
    }


def _judged(one: Judged) -> dict[str, Any]:
    return problem_fields(one.problem) | {"finding": one.finding.key}


def as_github(report: Report, catalog: Catalog, places: Places) -> str:
    """The problems as annotations of a pull request, and the summary as a notice."""
    return "\n".join([*annotation_lines(report.problems, places), f"::notice::{_data(summary(report, catalog))}"])


def annotation_lines(problems: Iterable[Problem], places: Places) -> list[str]:
    """Workflow commands that GitHub shows beside the lines of a change."""
    return [_annotation(problem, places) for problem in problems]


def _annotation(problem: Problem, places: Places) -> str:
    file = os.path.relpath(places.path(problem.source.file), os.environ.get("GITHUB_WORKSPACE") or Path.cwd())
    line = f",line={problem.source.line}" if problem.source.line else ""
    said = "; ".join(part for part in (problem.what, problem.remedy) if part)
    message = f"{problem.where}: {said}" if problem.where else said
    return f"::error file={_property(file)}{line},title={_property(problem.check)}::{_data(message)}"


def _data(message: str) -> str:
    return message.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _data(value).replace(":", "%3A").replace(",", "%2C")


def _unread(wrong: CatalogError, places: Places, output: Format) -> str:
    match output:
        case Format.TEXT:
            lines = [str(problem) for problem in wrong.problems]
            return "\n".join(
                [
                    as_typed(places.catalog),
                    *lines,
                    f"{many(len(lines), 'problem')}; the catalog cannot be read, so nothing else was checked",
                ]
            )
        case Format.JSON:
            return json.dumps(unreadable(places.catalog, wrong), indent=2, ensure_ascii=False)
        case Format.GITHUB:
            return "\n".join(annotation_lines(wrong.problems, places))


# --- pages -----------------------------------------------------------------------------------------------------


def show_page(name: str) -> None:
    """Print the page of a check; UsageError where there is no such check."""
    if name not in check_names():
        raise UsageError(f'no check is called "{name}"; {nearest(name, check_names())}')
    page = next((page for folder in PAGES if (page := folder / f"{name}.md").is_file()), None)
    if page is None:
        raise UsageError(f'the page of "{name}" is missing from this installation; install the wheel again')
    from rich.console import Console
    from rich.markdown import Markdown

    Console().print(Markdown(page.read_text(encoding="utf-8")))
