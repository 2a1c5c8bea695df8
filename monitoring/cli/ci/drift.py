"""The nightly step: what the vendors hold otherwise, and one issue that says so."""

from __future__ import annotations

import asyncio
import os
import sys
from typing import Annotated

import typer

from monitoring.cli.ci.stack import StackOption
from monitoring.cli.console import CatalogOption, catalog_folder
from monitoring.cli.engine import CwdOption, project_folder
from monitoring.cli.job import append_summary, say
from monitoring.errors import UsageError
from monitoring.literal import literal
from monitoring.pipelines.children import GRACE, captured
from monitoring.pipelines.drift_issue import DriftReport, report, settle
from monitoring.pipelines.forge import github, github_address
from monitoring.pipelines.github import IssueTracker
from monitoring.vendors.client import opened

RepositoryOption = Annotated[
    str,
    typer.Option(
        "--repository",
        metavar="OWNER/NAME",
        envvar="GITHUB_REPOSITORY",
        help="Keep one issue there.",
        show_default="none",
    ),
]
AuthorOption = Annotated[
    str, typer.Option("--author", metavar="LOGIN", help="Whose issue it is: the account of GITHUB_TOKEN.")
]


def drift(
    stack: StackOption = "prod",
    repository: RepositoryOption = "",
    author: AuthorOption = "github-actions[bot]",
    catalog: CatalogOption = None,
    cwd: CwdOption = None,
) -> None:
    """Run `monitoring drift`, and keep one issue at GitHub that says what differs.

    The exit code is that of `monitoring drift`: 1 something differs, 2 nobody knows. Both open the issue.
    """
    words = [
        "--stack",
        stack,
        "--format",
        "json",
        "--catalog",
        str(catalog_folder(catalog, stack)),
        "--cwd",
        str(project_folder(cwd)),
    ]
    run = captured([sys.executable, "-m", "monitoring", "drift", *words], grace=2 * GRACE)
    answer = report(stack, code=run.returncode, answer=run.stdout, complaint=run.stderr)
    say(answer.text)
    append_summary(f"## {answer.title}\n\n{answer.text}")
    if repository:
        typer.echo(literal(asyncio.run(_settled(answer, stack, repository, author))))
    raise typer.Exit(run.returncode or (1 if answer.alarming else 0))


async def _settled(answer: DriftReport, stack: str, repository: str, author: str) -> str:
    token = os.environ.get("GITHUB_TOKEN")
    if not token:
        raise UsageError(f"no GITHUB_TOKEN in the environment, so no issue of {repository} can be kept; set it")
    async with opened() as client:
        tracker = IssueTracker(github(client, github_address(), token, "issues: write"), repository)
        return await settle(tracker, answer, stack=stack, author=author, run=_run_address(repository))


def _run_address(repository: str) -> str:
    """Where this run can be read."""
    server, number = os.environ.get("GITHUB_SERVER_URL"), os.environ.get("GITHUB_RUN_ID")
    return f"{server}/{repository}/actions/runs/{number}" if server and number else "a run by hand"
