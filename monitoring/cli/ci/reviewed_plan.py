"""The step before a deployment that fetches what the merge queue saw the change do."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import Annotated

import typer

from monitoring.cli.ci.stack import StackOption
from monitoring.cli.files import require_place, write
from monitoring.cli.job import say
from monitoring.errors import UsageError
from monitoring.pipelines.forge import github, github_address
from monitoring.pipelines.operations import dumped, saved
from monitoring.pipelines.reviewed_plan import QueueRuns
from monitoring.vendors.client import opened

NEEDED = ("GITHUB_TOKEN", "GITHUB_REPOSITORY", "GITHUB_SHA")


def reviewed_plan(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where to put it: reviewed.json.")],
    stack: StackOption = "prod",
    workflow: Annotated[
        str, typer.Option("--workflow", metavar="FILE", help="The workflow whose run in the merge queue saved it.")
    ] = "preview.yml",
) -> None:
    """Fetch the plan that the merge queue saved for this commit; exit code 0 also where there is none.

    `monitoring plan compare FILE --allow-none` says then that nothing was compared.
    """
    require_place(file, "FILE")
    missing = [name for name in NEEDED if not os.environ.get(name)]
    if missing:
        raise UsageError(f"{missing[0]} is not in the environment; a job at GitHub has it, give the step its env")
    content = asyncio.run(_fetched(stack, workflow))
    if content is None:
        file.unlink(missing_ok=True)
        say(f"the merge queue saved no plan of {stack} for this commit")
        return
    plan = saved(content, str(file))
    write(file, dumped(plan), "FILE")
    say(f"the plan of {stack} that the merge queue saved is in {file}: {len(plan.changes)} operations change something")


async def _fetched(stack: str, workflow: str) -> str | None:
    token, repository, commit = (os.environ[name] for name in NEEDED)
    async with opened() as client:
        forge = github(client, github_address(), token, "actions: read")
        return await QueueRuns(forge, repository, workflow).reviewed_plan(commit, stack)
