"""`monitoring preview`: what the program declares and who is woken, without engine, account or network."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console, Group
from rich.table import Table

from monitoring import conventions
from monitoring.cli.console import (
    DEFAULT_CATALOG,
    CatalogOption,
    EnvironmentOption,
    Format,
    FormatOption,
    TodayOption,
    day,
    known_environment,
)
from monitoring.cli.list import rules_view
from monitoring.collector import gc_paused
from monitoring.errors import CatalogError
from monitoring.loader import load
from monitoring.model.catalog import Catalog
from monitoring.model.effective import effective_rules
from monitoring.plan import Plan, dumps, read_plan

GoldenOption = Annotated[
    Path | None,
    typer.Option("--golden", metavar="FILE", help="An earlier Plan: what it had and this one lacks must be explained."),
]


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("preview")(preview)


def preview(
    catalog: CatalogOption = DEFAULT_CATALOG,
    environment: EnvironmentOption = "prod",
    today: TodayOption = None,
    golden: GoldenOption = None,
    format: FormatOption = Format.TEXT,  # noqa: A002  the option's name
) -> None:
    """Show what the program declares for an environment, and who is woken by which rule.

    Runs the program in process: no engine, no account, no network. JSON is the Plan.
    """
    loaded = load(catalog)
    known_environment(loaded, environment)
    at = day(today)
    with gc_paused(), Console(stderr=True).status("running the program …"):
        from monitoring.preview.run import preview as run

        plan = run(environment=environment, today=at, catalog=catalog.resolve())
    if golden is not None:
        _explain(golden, plan, loaded)
    if format is Format.JSON:
        typer.echo(dumps(plan), nl=False)
    else:
        console = Console()
        console.print(_page(loaded, plan, environment, at, width=console.width))


def _explain(golden: Path, plan: Plan, catalog: Catalog) -> None:
    from monitoring.preview.golden import vanished

    problems = vanished(read_plan(golden, "--golden"), plan, catalog)
    if problems:
        raise CatalogError(problems)


def _page(catalog: Catalog, plan: Plan, environment: str, today: date, *, width: int) -> Group:
    rules = effective_rules(catalog, environment, today)
    woken = sum(rule.wakes for rule in rules)
    return Group(
        f"[bold]{catalog.platform.title}[/], {environment}, {today}: {len(plan.resources)} resources declared\n",
        _counts(plan),
        "",
        rules_view(catalog, rules, width=width),
        "",
        f"{len(rules)} rules, {woken} of them wake somebody. "
        f"The dashboard will be called “{conventions.dashboard_title(catalog, environment)}”.",
        "No account was asked: what the vendors hold today, `pulumi preview` shows.",
    )


def _counts(plan: Plan) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("vendor")
    table.add_column("resources", justify="right")
    table.add_column("of which")
    counts = plan.counts()
    for vendor in sorted({vendor for vendor, _ in counts}):
        own = {kind: number for (name, kind), number in sorted(counts.items()) if name == vendor}
        table.add_row(vendor, str(sum(own.values())), ", ".join(f"{number} {kind}" for kind, number in own.items()))
    return table
