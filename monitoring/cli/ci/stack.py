"""The steps that need a stack and its tokens: the real preview, a bounded update, and recovery after a cut."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from monitoring.cli.console import refused
from monitoring.cli.engine import CwdOption, ask, command, project_folder
from monitoring.cli.job import append_summary, no_commands, say
from monitoring.errors import UsageError
from monitoring.model.scalars import parse_duration
from monitoring.pipelines.findings import summary
from monitoring.pipelines.update import mark_of, read_mark, recover, update

GRACE_SECONDS = 120.0
"""How long an interrupted engine may finish what is under way; as long as manual/interrupted.md gives it."""

PLAN_NAMED = (
    "Where an error above names the plan, something changed after the comparison: what was done before it stays done; "
    "start the deployment again from its beginning"
)

StackOption = Annotated[str, typer.Option("--stack", metavar="NAME", help="The stack.")]


def pulumi_preview(
    stack: StackOption = "prod",
    settled: Annotated[bool, typer.Option("--settled", help="Exit with 1 where anything would change.")] = False,
    cwd: CwdOption = None,
) -> None:
    """Run the real pulumi preview of a stack, and put what it says into the job's summary.

    Changes nothing. Needs the engine, the stack's state and the vendors' tokens.
    """
    run = ask(*_preview_words(settled), "--stack", stack, cwd=project_folder(cwd))
    say(f"{run.stdout}{run.stderr}")
    sentence = _preview_sentence(run.returncode, settled=settled)
    append_summary(summary(f"pulumi preview of {stack}", sentence, f"{run.stdout}{run.stderr}"))
    raise typer.Exit(1 if run.returncode else 0)


def _preview_words(settled: bool) -> tuple[str, ...]:
    return ("preview", "--non-interactive", "--color", "never", *(("--expect-no-changes",) if settled else ()))


def _preview_sentence(code: int, *, settled: bool) -> str:
    if code:
        return "Something would change, or the preview failed." if settled else "The preview failed."
    return "Nothing would change." if settled else "Nothing was changed; this is what an update would do."


# --- an update, and what is left of one that was cut short -------------------------------------------------------


def up(
    stack: StackOption = "prod",
    limit: Annotated[
        str, typer.Option("--limit", metavar="LENGTH", help="How long it may take before it is interrupted: 20m.")
    ] = "20m",
    pulumi_plan: Annotated[
        Path | None,
        typer.Option(
            "--pulumi-plan", metavar="FILE", help="Let Pulumi stop at the first resource that differs from this plan."
        ),
    ] = None,
    cwd: CwdOption = None,
) -> None:
    """Run pulumi up, bounded in time: interrupted at the limit, killed two minutes later.

    Exit code 1 where it failed or was cut short; `monitoring ci recover` then tidies up.
    Pulumi holds each resource to its plan when its turn comes: what it did before one that differs stays done.
    """
    seconds, held = _length(limit), _held_to(pulumi_plan)
    folder = project_folder(cwd)
    words = command("up", "--yes", "--skip-preview", "--non-interactive", *held, "--stack", stack, folder=folder)
    with no_commands():
        ended = update(words, program=folder, stack=stack, limit=seconds, grace=GRACE_SECONDS)
    sentence = _update_sentence(ended.code, pending_operations=ended.pending_operations, stack=stack)
    if ended.code and held:
        sentence = f"{sentence}. {PLAN_NAMED}"
    typer.echo(sentence)
    append_summary(summary(f"pulumi up of {stack}", sentence))
    raise typer.Exit(1 if ended.code or ended.pending_operations else 0)


def _held_to(plan: Path | None) -> tuple[str, ...]:
    """The words that hold an update to Pulumi's own plan; UsageError where there is none to hold it to."""
    if plan is None:
        return ()
    if not plan.is_file():
        remedy = f"make one with monitoring plan compare FILE --pulumi-plan {plan}"
        raise UsageError(f'there is no plan of Pulumi "{plan}"; {remedy}')
    return ("--plan", str(plan.absolute()))


def _length(text: str) -> float:
    try:
        seconds = parse_duration(text).seconds
    except ValueError as error:
        raise refused("--limit", error, "20m") from None
    if not seconds:
        raise UsageError(f'--limit "{text}" is no time at all; write for example 20m')
    return float(seconds)


def _update_sentence(code: int, *, pending_operations: bool, stack: str) -> str:
    if pending_operations:
        return f"The update was interrupted; next: monitoring ci recover --stack {stack}"
    if code:
        return f"The update failed with exit code {code}; next: monitoring adopt --stack {stack}, then up again"
    return "The update is done."


def recover_cut(stack: StackOption = "prod", cwd: CwdOption = None) -> None:
    """Clean up after `monitoring ci up` was interrupted: release its own lock, read the state again.

    Never takes another run's lock away. Exit code 0 where the state can be used again, 1 where a person has to look.
    """
    folder = project_folder(cwd)
    mark = mark_of(folder, stack)
    result = recover(partial(ask, cwd=folder), read_mark(mark), stack=stack)
    say(f"{stack}: {result.sentence}\n{_next(stack, done=result.done)}")
    append_summary(summary(f"Recovery of {stack}", _next(stack, done=result.done), result.sentence))
    if result.done:
        mark.unlink(missing_ok=True)
    raise typer.Exit(0 if result.done else 1)


def _next(stack: str, *, done: bool) -> str:
    if done:
        return f"next: monitoring adopt --stack {stack} --write adopt.json; where it finds nothing, up again"
    return "somebody has to look at it; follow the steps in manual/interrupted.md"
