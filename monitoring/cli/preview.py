"""`monitoring preview`: what the program declares and who is woken, without engine, account or network."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated

import typer
from rich.console import Console, Group
from rich.table import Table

from monitoring.cli.console import (
    CatalogOption,
    EnvironmentOption,
    FormatOption,
    OpenPlatform,
    OutputFormat,
    TodayOption,
    day,
    known_environment,
    layout_width,
    open_platform,
    problems_as,
    say,
    say_lines,
    table_console,
)
from monitoring.cli.drill import moment_of_day
from monitoring.cli.list import rules_view
from monitoring.cli.literal_console import styled
from monitoring.collector import gc_paused
from monitoring.errors import CatalogError, UsageError
from monitoring.literal import literal_json
from monitoring.model.catalog import Catalog
from monitoring.model.effective import effective_rules
from monitoring.naming import names
from monitoring.oncall.taken import TakenShift, taken_shifts
from monitoring.plan import Plan, dumps
from monitoring.reach.formatting import wall_clock
from monitoring.reach.problems import proof_problems
from monitoring.reach.proof import Proof
from monitoring.reach.verdicts import conclusion
from monitoring.review.sides import named_side


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("preview")(preview)


def preview(
    catalog: CatalogOption = None,
    environment: EnvironmentOption = None,
    today: TodayOption = None,
    against: Annotated[
        str | None,
        typer.Option(
            metavar="BASE",
            help="What is deployed now, a revision or a folder: names each schedule that changes hands at once.",
        ),
    ] = None,
    format: FormatOption = OutputFormat.TEXT,  # noqa: A002  the option's name
) -> None:
    """Show what the program declares for an environment, and who is woken by which rule.

    Runs the program in process: no engine, no account, no network. JSON is the Plan.
    Ends with the walk over it, as `monitoring reach --plan`; exit code 1 where a promise fails.
    """
    if against is not None and format is OutputFormat.JSON:
        raise UsageError("JSON is the Plan alone; leave --against out, or ask for text")
    platform = open_platform(catalog, format)
    loaded = platform.catalog
    base = None if against is None else named_side(against, platform.files.catalog).catalog
    name = known_environment(loaded, environment)
    at = day(today)
    with problems_as(format, platform.fields), gc_paused(), Console(stderr=True).status("running the program …"):
        from monitoring.preview.run import preview as run

        plan = run(environment=name, today=at, files=platform.files)
    proof = _walked(plan, loaded, name, at)
    if format is OutputFormat.JSON:
        say(literal_json(dumps(plan, **platform.fields)), nl=False)
    else:
        _print(platform, plan, name, at)
        say_lines([f"The walk over this Plan: {conclusion(proof)}"])
        say_lines([] if base is None else deployment_lines(base, loaded, name, moment_of_day(today)))
    if not proof.holds:
        raise CatalogError(proof_problems(proof))


def _print(platform: OpenPlatform, plan: Plan, environment: str, today: date) -> None:
    console = table_console()
    console.print(styled(platform.heading, "bold") + f", {environment}", soft_wrap=True)
    console.print(_page(platform.catalog, plan, environment, today, width=layout_width(console)))


def deployment_lines(before: Catalog, after: Catalog, environment: str, moment: int) -> Iterator[str]:
    """A line for each schedule that changes hands at the moment of deployment; one where none does."""
    if environment != after.shared_environment:
        yield f"Schedules are deployed with {after.shared_environment}: nobody's shift changes hands here."
        return
    shifts = list(taken_shifts(before.oncall, after.oncall, moment))
    yield from map(_taken_line, shifts)
    if not shifts:
        yield "Nobody who is on call now loses the shift."


def _taken_line(shift: TakenShift) -> str:
    until = "for more than a year" if shift.end is None else f"until {wall_clock(shift.end, shift.time_zone)}"
    was, becomes = shift.was or "nobody", shift.becomes or "nobody"
    return f"{shift.schedule}: {becomes} takes over from {was} as soon as this is deployed, {until}."


def _walked(plan: Plan, catalog: Catalog, environment: str, today: date) -> Proof:
    from monitoring.reach.plan.walk import prove_plan

    return prove_plan(plan, catalog, environment=environment, today=today)


def _page(catalog: Catalog, plan: Plan, environment: str, today: date, *, width: int) -> Group:
    rules = effective_rules(catalog, environment, today)
    woken = sum(rule.wakes for rule in rules)
    return Group(
        f"{len(plan.resources)} resources declared on {today}\n",
        _counts(plan),
        "",
        rules_view(catalog, rules, width=width),
        "",
        f"{len(rules)} rules, {woken} of them wake somebody. "
        f"The platform's dashboard will be called “{names.dashboard_title(catalog, environment)}”.",
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
