"""`monitoring plan`: what an update would do, saved where it is reviewed, and compared before it is done."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, NoReturn

import typer

from monitoring.cli.ci.stack import StackOption
from monitoring.cli.engine import CwdOption, ask
from monitoring.cli.files import read, remove, require_place, text, write
from monitoring.cli.job import append_summary, say
from monitoring.errors import UsageError
from monitoring.model.scalars import many
from monitoring.pipelines.findings import summary
from monitoring.pipelines.operations import (
    PREVIEW,
    SavedPlan,
    differences,
    dumped,
    lines,
    planned,
    saved,
    terraform_report,
)

HELP = "What an update would do: save it for review, compare it before it is done."
NOTHING_COMPARED = (
    "There is no saved plan{}, so nothing was compared: what an update would do now has to be approved as it is."
)
STOPPED = (
    "What an update would do now is not what was reviewed, so it stops here and nothing was changed. "
    "Read the differences, then have the plan that is made now reviewed: start the pipeline of the change again."
)

PulumiPlanOption = Annotated[
    Path | None,
    typer.Option(
        "--pulumi-plan",
        metavar="FILE",
        help="Also let Pulumi write there what was compared, for monitoring ci up --pulumi-plan FILE.",
    ),
]
SavedArgument = Annotated[Path, typer.Argument(metavar="FILE", help="The saved plan: plan-prod.json.")]


def register(app: typer.Typer) -> None:
    """Mount `monitoring plan` on the command line."""
    plan = typer.Typer(help=HELP, no_args_is_help=True)
    plan.command("save")(save)
    plan.command("compare")(compare)
    app.add_typer(plan, name="plan")


def save(
    file: SavedArgument,
    stack: StackOption = "prod",
    report: Annotated[
        Path | None, typer.Option("--terraform-report", metavar="FILE", help="Write GitLab's counts there.")
    ] = None,
    cwd: CwdOption = None,
) -> None:
    """Save what an update of a stack would do: the operation on each resource, as the engine's preview gives it.

    Changes nothing at the vendors. Needs the engine, the stack's state and the vendors' tokens.
    """
    require_place(file, "FILE")
    require_place(report, "--terraform-report")
    plan = _made_now(stack, cwd)
    write(file, dumped(plan), "FILE")
    if report is not None:
        write(report, terraform_report(plan), "--terraform-report")
    listed = "\n".join(lines(plan))
    say(f"{listed}\nsaved in {file}")
    sentence = f"{many(len(plan.changes), 'operation')} would change something. Nothing was changed."
    append_summary(summary(f"What an update of {stack} would do", sentence, listed))


def compare(
    file: SavedArgument,
    now: Annotated[
        Path | None,
        typer.Argument(metavar="NOW", help="Another saved plan, in place of asking the engine.", show_default=False),
    ] = None,
    stack: StackOption = "prod",
    allow_none: Annotated[
        bool, typer.Option("--allow-none", help="Where there is no FILE, say that nothing was compared, exit code 0.")
    ] = False,
    allow_done: Annotated[
        bool, typer.Option("--allow-done", help="Pass over what an earlier update did already.")
    ] = False,
    pulumi_plan: PulumiPlanOption = None,
    cwd: CwdOption = None,
) -> None:
    """Compare what an update would do now with a saved plan, all of it before anything happens.

    Exit code 0 where every operation is the reviewed one, 1 where one differs, 2 where there is nothing to compare.
    """
    if now and pulumi_plan:
        raise UsageError("Pulumi writes its plan while it is asked; leave NOW or --pulumi-plan out")
    require_place(pulumi_plan, "--pulumi-plan")
    _without_plan(pulumi_plan)
    content = read(file, "FILE")
    if content is None:
        _nothing_compared(file, stack, allowed=allow_none)
    reviewed = _of_stack(saved(text(file, "FILE"), str(file)), stack, file)
    current = _of_stack(saved(text(now, "NOW"), str(now)), stack, now) if now else _made_now(stack, cwd, pulumi_plan)
    differing = differences(reviewed, current, allow_done=allow_done)
    if differing:
        _without_plan(pulumi_plan)
    _judge(differing, current, stack)


def _without_plan(pulumi_plan: Path | None) -> None:
    """Leaves no plan behind that an update could be held to, though nobody compared it."""
    if pulumi_plan:
        remove(pulumi_plan, "--pulumi-plan")


def _made_now(stack: str, cwd: Path | None, pulumi_plan: Path | None = None) -> SavedPlan:
    """What an update would do now; Pulumi's own plan of that is written too. UsageError where the engine cannot say."""
    written = ("--save-plan", str(pulumi_plan.absolute())) if pulumi_plan else ()
    run = ask(*PREVIEW, *written, "--stack", stack, cwd=cwd)
    plan = planned(run.stdout if run.stdout.strip() else run.stderr, stack)
    if run.returncode:
        raise UsageError(f"the preview ended with {run.returncode}, so nobody knows what an update would do; try again")
    return plan


def _of_stack(plan: SavedPlan, stack: str, file: Path) -> SavedPlan:
    if plan.stack != stack:
        raise UsageError(f'"{file}" is a plan of the stack "{plan.stack}"; name it with --stack {plan.stack}')
    return plan


def _nothing_compared(file: Path, stack: str, *, allowed: bool) -> NoReturn:
    if not allowed:
        remedy = f"make one with monitoring plan save {file} --stack {stack}"
        raise UsageError(f'there is no saved plan "{file}", so nothing was compared; {remedy}')
    sentence = NOTHING_COMPARED.format(f" of {stack}")
    say(sentence)
    append_summary(summary(f"Is the plan of {stack} the reviewed one?", sentence))
    raise typer.Exit(0)


def _judge(differing: list[str], current: SavedPlan, stack: str) -> NoReturn:
    same = f"Every operation is the reviewed one: {many(len(current.operations), 'operation')} compared."
    sentence, listed = (STOPPED, "\n".join(differing)) if differing else (same, "\n".join(lines(current)))
    say(f"{listed}\n{sentence}")
    append_summary(summary(f"Is the plan of {stack} the reviewed one?", sentence, listed))
    raise typer.Exit(1 if differing else 0)
