"""The steps that judge a change: catalog, proof, documents, golden Plans; none needs a token."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from monitoring.checks import examine, foreseen_problems
from monitoring.cli import check as checking
from monitoring.cli import docs as documents
from monitoring.cli import reach as proving
from monitoring.cli.console import CatalogOption, OpenPlatform, TodayOption, catalog_folder, day
from monitoring.cli.documents import documents_folder
from monitoring.cli.files import require_place, write
from monitoring.cli.golden import ComparedPlan, compared_plans
from monitoring.cli.job import WHERE_ALL_ARE, Places, append_summary, at, say
from monitoring.errors import CatalogError, Problem
from monitoring.file_reading import as_typed
from monitoring.literal import literal
from monitoring.loader import PlatformFiles, load, load_partly, load_runbooks
from monitoring.model.scalars import many
from monitoring.pipelines.event import why_no_secrets
from monitoring.pipelines.findings import annotated, code_quality, summary
from monitoring.reach.problems import proof_problems
from monitoring.reach.proof import prove_catalog

NO_SECRETS = "This change comes from {}, to which GitHub gives no tokens, so pulumi preview is skipped."

QualityOption = Annotated[
    Path | None, typer.Option("--code-quality", metavar="FILE", help="Write GitLab's code quality report there.")
]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a step found, with the repository's paths, and what it says beside that."""

    problems: tuple[Problem, ...]
    sentence: str
    text: str = ""


def check(catalog: CatalogOption = None, today: TodayOption = None, quality: QualityOption = None) -> None:
    """Check the catalog: every problem as annotation and in the job's summary; exit code 1 where there is one."""
    _say("Catalog", partial(_checked, today=today), catalog, quality, partial(_foreseen, today=today))


def _foreseen(files: PlatformFiles, today: str | None) -> Sequence[Problem]:
    """What is wrong with a catalog that cannot be read, and what the checks will say once it can."""
    return foreseen_problems(load_partly(files.catalog), day(today), load_runbooks(files.runbooks))


def _checked(platform: OpenPlatform, today: str | None) -> Judgement:
    report = examine(platform.catalog, day(today), load_runbooks(platform.files.runbooks))
    located = _places(platform.files).located(report.problems)
    return Judgement(located, f"{checking.summary(report, platform.catalog)}.")


def reach(catalog: CatalogOption = None, today: TodayOption = None, quality: QualityOption = None) -> None:
    """Prove for every environment who is woken by each rule; exit code 1 where a promise fails."""
    _say("Who is woken", partial(_proved, today=today), catalog, quality)


def _proved(platform: OpenPlatform, today: str | None) -> Judgement:
    loaded, at_day = platform.catalog, day(today)
    proofs = [
        prove_catalog(loaded, environment=name, today=at_day, horizon=proving.horizon_of(proving.USUAL_HORIZON))
        for name in loaded.platform.environments
    ]
    problems = [problem for proof in proofs for problem in proof_problems(proof)]
    sections = [[proving.heading(proof, platform), *proving.proof_lines(proof), ""] for proof in proofs]
    text = "\n".join([*chain.from_iterable(sections), *proving.assumption_lines()])
    failing = sum(not proof.holds for proof in proofs)
    sentence = f"{many(len(proofs), 'environment')}: {failing or 'none'} with a promise that fails."
    return Judgement(_places(platform.files).located(problems), sentence, text)


def docs(catalog: CatalogOption = None, quality: QualityOption = None) -> None:
    """Compare the documents with the catalog; exit code 1 where one is stale."""
    _say("Documents", partial(_compared_pages, command=documents.again(catalog, None)), catalog, quality)


def _compared_pages(platform: OpenPlatform, command: str) -> Judgement:
    judged = documents.judged_documents(platform.catalog, documents_folder(platform.files), command)
    problems = tuple(at(problem, Path(problem.source.file)) for problem in judged.problems)
    return Judgement(problems, f"{judged.counted} compared, {many(len(problems), 'problem')}.")


def plan(catalog: CatalogOption = None, quality: QualityOption = None) -> None:
    """Run the program without an account, and compare with the golden Plan of every environment.

    Exit code 1 where a Plan differs, is missing, or lacks what the golden one had.
    """
    _say("What the program declares", _planned, catalog, quality)


def _planned(platform: OpenPlatform) -> Judgement:
    compared = compared_plans(platform)
    vanished = [problem for each in compared for problem in each.vanished(platform.catalog)]
    other = [at(problem, each.path) for each in compared for problem in each.different(as_typed(each.path))]
    text = "\n".join(line for each in compared for line in each.differences())
    counts = ", ".join(f"{each.environment}: {many(_size(each), 'resource')}" for each in compared)
    problems = (*_places(platform.files).located(vanished), *other)
    return Judgement(problems, f"{counts}. {_skipped()}".strip(), text)


def _size(compared: ComparedPlan) -> int:
    return len(compared.now.plan.resources) if compared.now else 0


def _skipped() -> str:
    whose = why_no_secrets(os.environ)
    return NO_SECRETS.format(whose) if whose else ""


Judge = Callable[[OpenPlatform], Judgement]
UnreadProblems = Callable[[PlatformFiles], Sequence[Problem]]


# --- what a step says --------------------------------------------------------------------------------------------


def _say(
    title: str, judge: Judge, catalog: Path | None, quality: Path | None, unread: UnreadProblems | None = None
) -> NoReturn:
    """Says what a step found, wherever it runs, and ends with its exit code."""
    require_place(quality, "--code-quality")
    files = PlatformFiles(catalog_folder(catalog))
    judgement = _judged(judge, files, unread)
    listed = "\n".join([*map(str, judgement.problems), *judgement.text.splitlines()])
    say(f"{listed}\n{judgement.sentence}".lstrip("\n"))
    written = append_summary(summary(title, judgement.sentence, listed))
    if os.environ.get("GITHUB_ACTIONS"):
        for line in annotated(judgement.problems, rest=WHERE_ALL_ARE if written else "the log has all of them"):
            typer.echo(literal(line))
    if quality is not None:
        write(quality, code_quality(judgement.problems), "--code-quality")
    raise typer.Exit(1 if judgement.problems else 0)


def _judged(judge: Judge, files: PlatformFiles, unread: UnreadProblems | None) -> Judgement:
    try:
        return judge(OpenPlatform(load(files.catalog), files))
    except CatalogError as error:
        problems = unread(files) if unread else error.problems
        rest = "the catalog cannot be read" if unread else "nothing else was looked at"
        sentence = f"{many(len(problems), 'problem')}; {rest}."
        return Judgement(_places(files).located(problems), sentence)


def _places(files: PlatformFiles) -> Places:
    return Places(files.catalog, files.runbooks)
