"""`monitoring verify`: everything that has to hold for a catalog, in one run with one exit code."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import typer
from rich.console import Console

from monitoring.checks import CheckReport, examine
from monitoring.cli.console import (
    CatalogOption,
    FormatOption,
    OpenPlatform,
    OutputFormat,
    TodayOption,
    day,
    open_platform,
    problem_fields,
    say,
    say_json,
)
from monitoring.cli.docs import again, judged_documents
from monitoring.cli.documents import written_by_hand
from monitoring.cli.golden import compared_plans, paths, stale
from monitoring.cli.schema import FILES, stale_schemas
from monitoring.collector import gc_paused
from monitoring.docs import pages
from monitoring.errors import CatalogError, Problem, Source, UsageError
from monitoring.expectations import Comparison, compare
from monitoring.file_reading import as_typed
from monitoring.loader import load_runbooks
from monitoring.model.catalog import Catalog
from monitoring.model.scalars import many
from monitoring.plan import Plan
from monitoring.preview.run import preview
from monitoring.reach.paths import rules_to_prove
from monitoring.reach.plan.walk import prove_plan
from monitoring.reach.proof import prove_catalog
from monitoring.verify import (
    Part,
    checks_part,
    documents_part,
    expectations_part,
    golden_part,
    page_problems,
    proof_part,
    schemas_part,
    unasked,
)

NO_PROGRAM = "the program does not run while the checks find problems"


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("verify")(verify)


def verify(
    catalog: CatalogOption = None,
    today: TodayOption = None,
    format: FormatOption = OutputFormat.TEXT,  # noqa: A002  the option's name
) -> None:
    """Verify all that has to hold: checks, proofs, golden Plans, documents, schemas, and what was typed by hand.

    Exit code 0 where everything holds, 1 where something does not, 2 for wrong usage.
    """
    with gc_paused():  # the vendors' packages leave a heap over which each collection is slow
        run = Run(open_platform(catalog, format), day(today), catalog)
        parts = _as_json(run) if format is OutputFormat.JSON else _as_text(run)
    raise typer.Exit(0 if all(part.holds for part in parts) else 1)


# --- parts -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Run:
    """One verification: whose, for which day, and what the program declares, each Plan made once."""

    platform: OpenPlatform
    today: date
    chosen: Path | None = None
    _declared: dict[tuple[str, date], Plan | CatalogError] = field(default_factory=dict)

    @property
    def catalog(self) -> Catalog:
        """The catalog that is verified."""
        return self.platform.catalog

    @property
    def environments(self) -> tuple[str, ...]:
        """Every environment of the catalog."""
        return tuple(self.catalog.platform.environments)

    @cached_property
    def runbooks(self) -> dict[str, str]:
        """The runbooks' texts by their names."""
        return dict(load_runbooks(self.platform.files.runbooks))

    @cached_property
    def report(self) -> CheckReport:
        """What the checks say."""
        return examine(self.catalog, self.today, self.runbooks)

    def plan(self, environment: str, today: date) -> Plan:
        """What the program declares for an environment on a day; CatalogError where it declares nothing."""
        key = environment, today
        if key not in self._declared:
            try:
                self._declared[key] = preview(environment=environment, today=today, files=self.platform.files)
            except CatalogError as error:
                self._declared[key] = error
        declared = self._declared[key]
        if isinstance(declared, CatalogError):
            raise declared
        return declared


Step = tuple[str, Callable[[], Part]]


def steps(run: Run) -> Iterator[Step]:
    """Every part in its order: what is shown while it runs, and what makes it."""
    yield "the checks", partial(_checks, run)
    for environment in run.environments:
        yield f"the proof over the catalog, {environment}", partial(_proof, run, environment)
    for environment in run.environments:
        yield f"the proof over the Plan, {environment}", partial(_plan_proof, run, environment)
    yield "the golden Plans", partial(_golden, run)
    yield "the documents", partial(_documents, run)
    yield "the schemas", partial(_schemas, run)
    yield "the expectations", partial(_expectations, run)


def _checks(run: Run) -> Part:
    return checks_part(run.report, run.catalog)


def _proof(run: Run, environment: str) -> Part:
    return proof_part(prove_catalog(run.catalog, environment=environment, today=run.today), "catalog")


def _plan_proof(run: Run, environment: str) -> Part:
    name, there_are = f"proof over the Plan, {environment}", rules_to_prove(run.catalog, environment)
    if run.report.problems:
        return unasked(name, there_are, "rules", NO_PROGRAM)
    try:
        plan = run.plan(environment, run.today)
    except CatalogError as refused:
        return Part(name, 0, there_are, "rules", refused.problems)
    return proof_part(prove_plan(plan, run.catalog, environment=environment, today=run.today), "Plan")


def _golden(run: Run) -> Part:
    there = sum(path.is_file() for path in paths(run.platform).values())
    if run.report.problems and there:
        return unasked("golden Plans", len(run.environments), "environments", NO_PROGRAM)
    return golden_part(there, len(run.environments), _stale_plans(run))


def _stale_plans(run: Run) -> Iterator[Problem]:
    try:
        for compared in compared_plans(run.platform, run.plan):
            yield from stale(compared, run.catalog)
    except CatalogError as refused:
        yield from refused.problems
    except UsageError as unreadable:
        yield Problem(Source(as_typed(run.platform.files.root / "golden")), "", str(unreadable), "", "golden")


def _documents(run: Run) -> Part:
    files = run.platform.files
    command = again(run.chosen, None if files.runbooks.is_dir() else Path(as_typed(files.documents)))
    texts = written_by_hand(files.documents, (), "--catalog")
    runbooks = f"{files.runbooks.relative_to(files.documents)}/"
    judged = judged_documents(run.catalog, files.documents, command)
    problems = [
        *judged.problems,
        *page_problems(run.catalog, files.documents, texts, runbooks, as_typed(files.documents), files.root),
    ]
    there = sum((files.documents / name).is_file() for name in pages(run.catalog))
    looked_at = there + len(run.runbooks.keys() & run.catalog.rules.keys())
    return documents_part(looked_at, judged.pages + len(run.catalog.rules), judged.counted, problems)


def _schemas(run: Run) -> Part:
    folder = run.platform.files.catalog / "schema"
    there = {path.stem for path in folder.glob("*.json")}
    return schemas_part(len(there & FILES.keys()), len(FILES), stale_schemas(folder))


def _expectations(run: Run) -> Part:
    if run.report.problems:
        return unasked("expectations", len(run.catalog.rules), "rules", NO_PROGRAM)
    try:
        compared = [_compared(run, environment) for environment in run.environments]
    except CatalogError as refused:
        return Part("expectations", 0, len(run.catalog.rules), "rules", refused.problems)
    return expectations_part(compared, run.catalog)


def _compared(run: Run, environment: str) -> Comparison:
    return compare(run.catalog, run.plan(environment, run.today), environment, run.today)


# --- what is written -------------------------------------------------------------------------------------------


def _as_text(run: Run) -> list[Part]:
    say(f"{run.platform.heading}, on {run.today}\n")
    parts = []
    for part in _taken(run):
        say(_line(part))
        parts.append(part)
    for line in _conclusion(parts):
        say(line)
    return parts


def _taken(run: Run) -> Iterator[Part]:
    """Each part as soon as it is there; a terminal shows which one is under way."""
    terminal = Console(stderr=True)
    for name, make in steps(run):
        with terminal.status(f"{name} …"):
            part = make()
        yield part


def _line(part: Part) -> str:
    verdict = "holds" if part.holds else "fails"
    looked = f"{part.looked_at} of {part.there_are} {part.of}"
    return f"{verdict}  {part.name:<32} {looked}{': ' if part.remark else ''}{part.remark}"


def _conclusion(parts: list[Part]) -> Iterator[str]:
    problems = sorted({problem for part in parts for problem in part.problems})
    yield ""
    yield from map(str, problems)
    for part in parts:
        if part.form:
            yield f"\nWhat {part.name} lacks, to be filled in by hand:\n\n{part.form}"
    failing = sum(not part.holds for part in parts)
    if problems:
        yield ""
    yield f"{many(len(problems), 'problem')}, {failing} of {len(parts)} parts fail" if failing else "Everything holds."


def _as_json(run: Run) -> list[Part]:
    parts = list(_taken(run))
    say_json(
        {
            **run.platform.fields,
            "today": run.today.isoformat(),
            "holds": all(part.holds for part in parts),
            "parts": [_fields(part) for part in parts],
        }
    )
    return parts


def _fields(part: Part) -> dict[str, Any]:
    return {
        "part": part.name,
        "holds": part.holds,
        "looked-at": part.looked_at,
        "there-are": part.there_are,
        "of": part.of,
        "note": part.remark or None,
        "problems": [problem_fields(problem) for problem in part.problems],
        "form": part.form or None,
    }
