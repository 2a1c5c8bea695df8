"""`monitoring ci`: the steps of a pipeline, each a command that a person can type as well."""

from __future__ import annotations

import typer

from monitoring.cli.ci import judge, stack
from monitoring.cli.ci.drift import drift
from monitoring.cli.ci.review import review
from monitoring.cli.ci.reviewed_plan import reviewed_plan

HELP = (
    "The steps of a pipeline: annotations, summaries, a bounded update, one issue for drift, one comment for a review."
)


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
    ci.command("review")(review)
    ci.command("reviewed-plan")(reviewed_plan)
    app.add_typer(ci, name="ci")
