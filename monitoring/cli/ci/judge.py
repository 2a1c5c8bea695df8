"""The steps that judge a change: catalog, proof, documents, golden Plans; none needs a token."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from monitoring.checks import examine, read_runbooks, runbooks_near
from monitoring.cli import check as checking
from monitoring.cli import docs as documents
from monitoring.cli import reach as proving
from monitoring.cli.console import DEFAULT_CATALOG, CatalogOption, TodayOption, day, many
from monitoring.cli.files import first_difference, write
from monitoring.cli.job import WHERE_ALL_ARE, Places, append_summary, at, say
from monitoring.docs import pages
from monitoring.errors import CatalogError, Problem, Source
from monitoring.loader import load
from monitoring.model.catalog import Catalog
from monitoring.pipelines.findings import annotated, code_quality, summary
from monitoring.pipelines.secrets_given import why_no_secrets
from monitoring.plan import Plan, dumps, read_plan
from monitoring.reach.proof import Proof, prove_catalog

NO_SECRETS = "This change comes from {}, to which GitHub gives no tokens, so pulumi preview is skipped."
GOLDEN = Path("tests/golden")

QualityOption = Annotated[
    Path | None, typer.Option("--code-quality", metavar="FILE", help="Write GitLab's code quality report there.")
]
GoldenOption = Annotated[Path, typer.Option("--golden", metavar="DIR", help="The folder of the golden Plans.")]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a step found, with the repository's paths, and what it says beside that."""

    problems: tuple[Problem, ...]
    sentence: str
    text: str = ""


def check(catalog: CatalogOption = DEFAULT_CATALOG, today: TodayOption = None, quality: QualityOption = None) -> None:
    """Check the catalog: every problem as annotation and in the job's summary; exit code 1 where there is one."""
    _say("Catalog", partial(_checked, catalog, today), catalog, quality)


def _checked(directory: Path, today: str | None) -> Judgement:
    loaded, places = load(directory), _places(directory)
    report = examine(loaded, day(today), read_runbooks(places.runbooks))
    return Judgement(places.located(report.problems), f"{checking.summary(report, loaded)}.")


def reach(catalog: CatalogOption = DEFAULT_CATALOG, today: TodayOption = None, quality: QualityOption = None) -> None:
    """Prove for every environment who is woken by each rule; exit code 1 where a promise fails."""
    _say("Who is woken", partial(_proved, catalog, today), catalog, quality)


def _proved(directory: Path, today: str | None) -> Judgement:
    loaded, at_day = load(directory), day(today)
    proofs = [
        prove_catalog(loaded, environment=name, today=at_day, horizon=proving.horizon_of(proving.USUAL_HORIZON))
        for name in loaded.platform.environments
    ]
    problems = [problem for proof in proofs for problem in _witnesses(proof)]
    sections = [[proving.heading(proof, loaded), *proving.proof_lines(proof), ""] for proof in proofs]
    text = "\n".join([*chain.from_iterable(sections), *proving.assumption_lines()])
    failing = sum(not proof.holds for proof in proofs)
    sentence = f"{many(len(proofs), 'environment')}: {failing or 'none'} with a promise that fails."
    return Judgement(_places(directory).located(problems), sentence, text)


def _witnesses(proof: Proof) -> Iterator[Problem]:
    """A problem for each witness, the gravest rule first; one where the proof is of too few rules."""
    ranks = {proved.chain.rule: proved.chain.severity.rank for proved in proof.rules}
    for witness in sorted(proof.witnesses, key=lambda witness: ranks.get(witness.rule, 0)):
        where = f'rule "{witness.rule}" in {proof.environment}'
        yield Problem(witness.source, where, f"at the hop {witness.hop}: {witness.why}", witness.fix, "reach")
    if not proof.holds and not proof.witnesses:
        looked = f"{proof.counts.rules} of {proof.counts.rules_to_prove} rules looked at"
        yield Problem(Source("platform.yaml"), f"environment {proof.environment}", looked, "report this", "reach")


def docs(catalog: CatalogOption = DEFAULT_CATALOG, quality: QualityOption = None) -> None:
    """Compare the generated pages with the catalog; exit code 1 where one is stale."""
    _say("Documents", partial(_compared_pages, catalog), catalog, quality)


def _compared_pages(directory: Path) -> Judgement:
    made, folder = pages(load(directory)), documents.documents_near(directory)
    stale = documents.stale_pages(made, folder, documents.again(directory, None))
    problems = tuple(at(problem, Path(problem.source.file)) for problem in stale)
    return Judgement(problems, f"{many(len(made), 'page')} compared, {len(problems) or 'none'} stale.")


def plan(
    golden: GoldenOption = GOLDEN,
    catalog: CatalogOption = DEFAULT_CATALOG,
    today: TodayOption = None,
    quality: QualityOption = None,
) -> None:
    """Run the program without an account, and compare with the golden Plan of every environment.

    Exit code 1 where a Plan differs, is missing, or lacks what the golden one had.
    """
    _say("What the program declares", partial(_planned, catalog, golden, today), catalog, quality)


def _planned(directory: Path, golden: Path, today: str | None) -> Judgement:
    from monitoring.preview.run import preview

    loaded, at_day = load(directory), day(today)
    compared = [
        (golden / f"{name}.json", preview(environment=name, today=at_day, catalog=directory.resolve()))
        for name in loaded.platform.environments
    ]
    problems = [problem for path, made in compared for problem in plan_problems(path, made, loaded, directory)]
    text = "\n".join(line for path, made in compared for line in plan_differences(path, made))
    counts = ", ".join(f"{path.stem}: {many(len(made.resources), 'resource')}" for path, made in compared)
    return Judgement(tuple(problems), f"{counts}. {_skipped()}".strip(), text)


def _skipped() -> str:
    whose = why_no_secrets(os.environ)
    return NO_SECRETS.format(whose) if whose else ""


def plan_problems(path: Path, made: Plan, loaded: Catalog, directory: Path) -> Iterator[Problem]:
    """A problem where the golden Plan is missing or another, and one for each resource that vanished without a word."""
    from monitoring.preview.golden import CHECK, vanished

    remedy = "run make golden, read the difference, and commit it"
    if not path.is_file():
        yield at(Problem(Source(str(path)), "", "the golden Plan is missing", remedy, CHECK), path)
        return
    earlier, text = path.read_bytes(), dumps(made).encode()
    if earlier != text:
        source = Source(str(path), first_difference(earlier, text))
        yield at(Problem(source, "", "the program declares something else", remedy, CHECK), path)
    yield from _places(directory).located(vanished(read_plan(path, "--golden"), made, loaded))


def plan_differences(path: Path, made: Plan) -> Iterator[str]:
    """A line for each resource that was not there, is not there any more, or differs."""
    if not path.is_file():
        return
    before, after = read_plan(path, "--golden").by_key, made.by_key
    for key in sorted(before.keys() | after.keys()):
        if before.get(key) != after.get(key):
            word = "new" if key not in before else "gone" if key not in after else "changed"
            yield f"{path.stem}: {word:<7} {key}"


# --- what a step says --------------------------------------------------------------------------------------------


def _say(title: str, judge: Callable[[], Judgement], catalog: Path, quality: Path | None) -> NoReturn:
    """Says what a step found, wherever it runs, and ends with its exit code."""
    judgement = _judged(judge, catalog)
    listed = "\n".join([*map(str, judgement.problems), *judgement.text.splitlines()])
    say(f"{listed}\n{judgement.sentence}".lstrip("\n"))
    written = append_summary(summary(title, judgement.sentence, listed))
    if os.environ.get("GITHUB_ACTIONS"):
        for line in annotated(judgement.problems, rest=WHERE_ALL_ARE if written else "the log has all of them"):
            typer.echo(line)
    if quality is not None:
        write(quality, code_quality(judgement.problems), "--code-quality")
    raise typer.Exit(1 if judgement.problems else 0)


def _judged(judge: Callable[[], Judgement], catalog: Path) -> Judgement:
    try:
        return judge()
    except CatalogError as error:
        sentence = f"{many(len(error.problems), 'problem')}; nothing else was looked at."
        return Judgement(_places(catalog).located(error.problems), sentence)


def _places(catalog: Path) -> Places:
    return Places(catalog, runbooks_near(catalog))
