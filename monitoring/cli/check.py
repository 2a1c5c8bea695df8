"""`monitoring check`: every problem of a catalog, with its place and what to do."""

import json
from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from monitoring.checks import Judged, Report, check_names, examine, read_runbooks, runbooks_near
from monitoring.cli.console import DEFAULT_CATALOG, CatalogOption, TodayOption, day, many
from monitoring.cli.job import WHERE_ALL_ARE, Places, append_summary, summary_of
from monitoring.errors import CatalogError, Problem, UsageError
from monitoring.loader import SHIPPED, load, uncollected
from monitoring.model.catalog import Catalog
from monitoring.model.references import nearest
from monitoring.pipelines.findings import annotated, notice

PAGES = Path(__file__).parents[2] / "docs" / "checks"


class Format(StrEnum):
    """How the answer is written."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"


def register(app: typer.Typer) -> None:
    """Mount `monitoring check` on the command line."""
    app.command("check")(check)


def check(
    catalog: CatalogOption = DEFAULT_CATALOG,
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
            code = _check(catalog, day(today), output, runbooks)
        raise typer.Exit(code)
    show_page(explain)


def _check(directory: Path, today: date, output: Format, runbooks: Path | None) -> int:
    if runbooks is not None and not runbooks.is_dir():
        raise UsageError(f'there is no runbooks directory "{runbooks}"; name one with --runbooks')
    places = Places(directory, runbooks or runbooks_near(directory))
    if directory == SHIPPED and not places.runbooks.is_dir():
        raise UsageError(
            "the runbooks of the shipped catalog stay in its checkout; name their directory with --runbooks"
        )
    texts = read_runbooks(places.runbooks)
    try:
        read = load(directory)
    except CatalogError as wrong:
        typer.echo(_unread(wrong, places, output))
        return 1
    report = examine(read, today, texts)
    typer.echo(_written(report, read, places, output))
    return 1 if report.problems else 0


# --- what is written -------------------------------------------------------------------------------------------


def _written(report: Report, catalog: Catalog, places: Places, output: Format) -> str:
    match output:
        case Format.TEXT:
            return text(report, catalog)
        case Format.JSON:
            return as_json(report, catalog)
        case Format.GITHUB:
            return as_github(report, catalog, places)


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


def as_json(report: Report, catalog: Catalog) -> str:
    """Everything as one JSON object, with the key of each finding."""
    answer = {
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
    return json.dumps(answer, indent=2, ensure_ascii=False)


def _judged(one: Judged) -> dict[str, Any]:
    return _problem(one.problem) | {"finding": one.finding.key}


def _problem(problem: Problem) -> dict[str, Any]:
    return {
        "file": problem.source.file,
        "line": problem.source.line,
        "where": problem.where,
        "what": problem.what,
        "remedy": problem.remedy,
        "check": problem.check,
    }


def as_github(report: Report, catalog: Catalog, places: Places) -> str:
    """The problems as annotations of a pull request, and the summary as a notice."""
    return "\n".join([*_annotated(report.problems, places), notice(summary(report, catalog))])


def _annotated(problems: Sequence[Problem], places: Places) -> list[str]:
    """Annotations, and the whole list in the job's summary; where there is no summary they say what prints the list."""
    located = places.located(problems)
    written = append_summary(summary_of("Catalog", located))
    return annotated(located, rest=WHERE_ALL_ARE if written else "monitoring check prints all of them")


def _unread(wrong: CatalogError, places: Places, output: Format) -> str:
    match output:
        case Format.TEXT:
            lines = [str(problem) for problem in wrong.problems]
            return "\n".join(
                [*lines, f"{many(len(lines), 'problem')}; the catalog cannot be read, so nothing else was checked"]
            )
        case Format.JSON:
            return json.dumps({"problems": [_problem(one) for one in wrong.problems]}, indent=2, ensure_ascii=False)
        case Format.GITHUB:
            return "\n".join(_annotated(wrong.problems, places))


# --- pages -----------------------------------------------------------------------------------------------------


def show_page(name: str) -> None:
    """Print the page of a check; UsageError where there is no such check."""
    if name not in check_names():
        raise UsageError(f'no check is called "{name}"; {nearest(name, check_names())}')
    page = PAGES / f"{name}.md"
    if not page.is_file():
        raise UsageError(f'the page "{page}" is missing; install the project from its checkout to read it')
    from rich.console import Console
    from rich.markdown import Markdown

    Console().print(Markdown(page.read_text(encoding="utf-8")))
