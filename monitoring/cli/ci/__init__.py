"""`monitoring ci`: the steps of a pipeline, each a command that a person can type as well."""

from __future__ import annotations

import typer

from monitoring.cli.ci import judge, stack
from monitoring.cli.ci.drift import drift

HELP = "The steps of a pipeline: annotations, summaries, an update that is bounded in time, one issue for drift."


def register(app: typer.Typer) -> None:
    """Mount `monitoring ci` on the command line."""
    ci = typer.Typer(help=HELP, no_args_is_help=True)
    ci.command("check")(judge.check)
    ci.command("reach")(judge.reach)
    ci.command("docs")(judge.docs)
    ci.command("plan")(judge.plan)
    ci.command("pulumi-preview")(stack.pulumi_preview)
    ci.command("up")(stack.up)
    ci.command("recover")(stack.recover_cut)
    ci.command("drift")(drift)
    app.add_typer(ci, name="ci")
