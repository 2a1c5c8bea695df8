"""`monitoring check`: every problem of a catalog, with its place and what to do."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from monitoring.checks import CheckReport, Reported, check_names, examine, foreseen_problems
from monitoring.cli.console import (
    CatalogOption,
    OpenPlatform,
    TodayOption,
    catalog_folder,
    day,
    json_text,
    problem_fields,
    say,
    unreadable,
)
from monitoring.cli.job import WHERE_ALL_ARE, Places, append_summary, summary_of
from monitoring.collector import gc_paused
from monitoring.errors import CatalogError, Problem, UsageError
from monitoring.file_reading import as_typed, content_of
from monitoring.loader import PlatformFiles, load_partly, load_runbooks
from monitoring.model.catalog import Catalog
from monitoring.model.references import nearest
from monitoring.model.scalars import many
from monitoring.pipelines.findings import annotated, notice

PACKAGE = Path(__file__).parents[1]
PAGES = (PACKAGE / "checks" / "pages", PACKAGE.parent / "manual" / "checks")
"""Where the page of a check is: in the package when it is installed from a wheel, in the documents of a checkout."""
OTHER_NAMES = "README"
"""The page with a section for each name that messages end with and that is no check."""
_SECTION = re.compile(r"^## (?P<name>[a-z-]+)\n(?P<text>.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)

NEXT = (
    "`--explain NAME` explains a check; to accept a problem, copy its `finding` from `--format json` into waivers.yaml."
)


class CheckFormat(StrEnum):
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
    output: Annotated[CheckFormat, typer.Option("--format", help="How to write the answer.")] = CheckFormat.TEXT,
    runbooks: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="The runbooks' directory.", show_default="the one beside the catalog"),
    ] = None,
    explain: Annotated[
        str | None, typer.Option(metavar="NAME", help="Explain the name in brackets behind a message.")
    ] = None,
) -> None:
    """Find every problem of the catalog: exit code 0 for none, 1 for some, 2 for wrong usage."""
    if explain is None:
        with gc_paused():
            code = _check(catalog_folder(catalog), day(today), output, runbooks)
        raise typer.Exit(code)
    show_page(explain)


def _check(directory: Path, today: date, output: CheckFormat, runbooks: Path | None) -> int:
    if runbooks is not None and not runbooks.is_dir():
        raise UsageError(f'there is no runbooks directory "{runbooks}"; name one with --runbooks')
    places = Places(directory, runbooks or PlatformFiles(directory).runbooks)
    texts = load_runbooks(places.runbooks)
    partial = load_partly(directory)
    if partial.problems or partial.catalog is None:
        error = CatalogError(foreseen_problems(partial, today, texts))
        say(_unread(error, places, output, is_whole=partial.catalog is not None))
        return 1
    platform = OpenPlatform(partial.catalog, PlatformFiles(directory))
    report = examine(platform.catalog, today, texts)
    say(_written(report, platform, places, output))
    return 1 if report.problems else 0


# --- what is written -------------------------------------------------------------------------------------------


def _written(report: CheckReport, platform: OpenPlatform, places: Places, output: CheckFormat) -> str:
    match output:
        case CheckFormat.TEXT:
            return f"{platform.heading}\n{text(report, platform.catalog)}"
        case CheckFormat.JSON:
            return json_text(dict(platform.fields) | as_data(report, platform.catalog))
        case CheckFormat.GITHUB:
            return as_github(report, platform.catalog, places)


def text(report: CheckReport, catalog: Catalog) -> str:
    """The problems, one a line, and a summary."""
    lines = [str(problem) for problem in report.problems]
    if lines:
        lines += ["", NEXT]
    return "\n".join([*lines, summary(report, catalog)])


def summary(report: CheckReport, catalog: Catalog) -> str:
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


def as_data(report: CheckReport, catalog: Catalog) -> dict[str, Any]:
    """Everything as plain data, with the key of each finding."""
    return {
        "problems": [_reported(each) for each in sorted(set(report.unwaived), key=lambda each: each.problem)],
        "waived": [
            _reported(each) | {"reason": waiver.reason, "owner": waiver.owner, "expires": waiver.expires.isoformat()}
            for each, waiver in report.waived
        ],
        "checks": [
            {"check": check.check, "about": check.word, "there-are": check.there_are, "looked-at": check.looked_at}
            for check in report.examined
        ],
        "rules": len(catalog.rules),
        "people": len(catalog.oncall.people),
    }


def _reported(reported: Reported) -> dict[str, Any]:
    return problem_fields(reported.problem) | {"finding": reported.finding.key}


def as_github(report: CheckReport, catalog: Catalog, places: Places) -> str:
    """The problems as annotations of a pull request, and the summary as a notice."""
    return "\n".join([*_annotated(report.problems, places), notice(summary(report, catalog))])


def _annotated(problems: Sequence[Problem], places: Places) -> list[str]:
    """Annotations, and the whole list in the job's summary; where there is no summary they say what prints the list."""
    located = places.located(problems)
    written = append_summary(summary_of("Catalog", located))
    return annotated(located, rest=WHERE_ALL_ARE if written else "monitoring check prints all of them")


CHECKED_IN_ADVANCE = "the checks have looked at the catalog as if its mistakes were mended"
NOT_CHECKED = "the catalog cannot be read, so nothing else was checked"


def _unread(error: CatalogError, places: Places, output: CheckFormat, *, is_whole: bool) -> str:
    match output:
        case CheckFormat.TEXT:
            lines = [str(problem) for problem in error.problems]
            return "\n".join(
                [
                    as_typed(places.catalog),
                    *lines,
                    f"{many(len(lines), 'problem')}; {CHECKED_IN_ADVANCE if is_whole else NOT_CHECKED}",
                ]
            )
        case CheckFormat.JSON:
            return json_text(unreadable(places.catalog, error))
        case CheckFormat.GITHUB:
            return "\n".join(_annotated(error.problems, places))


# --- pages -----------------------------------------------------------------------------------------------------


def show_page(name: str) -> None:
    """Print what explains a name that messages end with: a check's page, or a section; UsageError for another name."""
    if name in check_names():
        explanation = _page(name)
    else:
        sections = other_names()
        if name not in sections:
            raise UsageError(f'no message ends with "{name}"; {nearest(name, [*check_names(), *sections])}')
        explanation = sections[name]
    from rich.console import Console
    from rich.markdown import Markdown

    Console().print(Markdown(explanation))


def other_names() -> Mapping[str, str]:
    """The explanation of each name that messages end with and that is no check."""
    found = _SECTION.finditer(_page(OTHER_NAMES))
    return {section["name"]: f"# {section['name']}\n{section['text']}" for section in found}


def _page(name: str) -> str:
    page = next((page for folder in PAGES if (page := folder / f"{name}.md").is_file()), None)
    if page is None:
        raise UsageError(f'the page of "{name}" is missing from this installation; install the wheel again')
    return content_of(page, within=page.parent).decode()
