"""`monitoring test-alerting URL`: the ten scenarios against a deployed platform."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from monitoring.cli.accounts import account_access
from monitoring.cli.console import (
    CatalogOption,
    EnvironmentOption,
    FormatOption,
    OpenPlatform,
    OutputFormat,
    TodayOption,
    day,
    known_environment,
    open_platform,
    say_json,
)
from monitoring.cli.endpoint_address import known_address, shown
from monitoring.errors import UsageError
from monitoring.health.threads import run
from monitoring.loader import nearest_project
from monitoring.model.effective import effective_rules
from monitoring.model.references import nearest
from monitoring.smoke import endpoint, integration
from monitoring.smoke.asking import EndpointClient, endpoint_client
from monitoring.smoke.from_catalog import expected
from monitoring.smoke.scenario import Scenario, ScenarioOutcome, Session, Verdict, outcomes, planned
from monitoring.vendors.reading import NoAnswerError

SCENARIOS = (*endpoint.SCENARIOS, integration.SCENARIO)
MARKS = {Verdict.PASSED: "[green]passed[/]", Verdict.FAILED: "[red]FAILED[/]", Verdict.PLANNED: "would ask"}
MAX_WAIT = 10.0


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("test-alerting")(run_scenarios)


def run_scenarios(
    url: Annotated[str, typer.Argument(metavar="URL", help="The platform, for example https://app.youragency.com")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be asked, and ask nothing.")] = False,
    send: Annotated[bool, typer.Option("--send", help="Send one marked, low-urgency test event per path.")] = False,
    only: Annotated[
        list[str] | None, typer.Option("--only", metavar="NAME", help="Run this scenario alone. Repeatable.")
    ] = None,
    catalog: CatalogOption = None,
    environment: EnvironmentOption = None,
    stack: Annotated[
        str | None,
        typer.Option(
            "--stack",
            metavar="NAME",
            help="The stack whose configuration says where the accounts are.",
            show_default="the environment's name",
        ),
    ] = None,
    today: TodayOption = None,
    format: FormatOption = OutputFormat.TEXT,  # noqa: A002  the option's name
) -> None:
    """Ask a deployed platform the ten questions that its alerting depends on: exit code 1 where one fails."""
    known_address(url, example="https://app.youragency.com")
    platform = open_platform(catalog, format)
    loaded = platform.catalog
    name = known_environment(loaded, environment)
    rules = effective_rules(loaded, name, day(today))
    project = nearest_project(platform.files.catalog) or nearest_project(Path.cwd())
    access = account_access(loaded, project, stack or name)
    chosen = _chosen(only or [])
    if format is not OutputFormat.JSON:
        typer.echo(f"{platform.heading}, {name}: {shown(url)}\n")
    if dry_run:
        scenarios = planned(chosen)
        _report(scenarios, format)
    else:
        new_session = partial(Session, expected=expected(loaded, name, rules), access=access, send=send)
        scenarios = run(_run(url, chosen, new_session, written=format))
    _sum_up(platform, url, scenarios, format)
    raise typer.Exit(1 if any(each.verdict is Verdict.FAILED for each in scenarios) else 0)


def _chosen(names: Sequence[str]) -> tuple[Scenario, ...]:
    known = {scenario.name: scenario for scenario in SCENARIOS}
    for name in names:
        if name not in known:
            raise UsageError(f'no scenario is called "{name}"; {nearest(name, known)}')
    return tuple(scenario for scenario in SCENARIOS if not names or scenario.name in names)


async def _run(
    url: str, chosen: Sequence[Scenario], new_session: Callable[[EndpointClient], Session], *, written: OutputFormat
) -> tuple[ScenarioOutcome, ...]:
    """Run the scenarios, printing each as soon as it is known."""
    finished: list[ScenarioOutcome] = []
    client = endpoint_client(url, deadline=MAX_WAIT)
    async with client.http:
        session = new_session(client)
        missing = any(scenario.of_endpoint for scenario in chosen) and await _is_missing(session)
        async for outcome in outcomes(session, chosen, missing=missing):
            _report((outcome,), written, printed={text for earlier in finished for text in earlier.findings})
            finished.append(outcome)
    return tuple(finished)


async def _is_missing(session: Session) -> bool:
    try:
        return await endpoint.is_missing(session)
    except NoAnswerError:
        return False


def _report(
    scenarios: Sequence[ScenarioOutcome], written: OutputFormat, *, printed: Collection[str] = frozenset()
) -> None:
    """Each outcome in a line, then what it found, once; on standard error where the answer itself is JSON."""
    console = Console(stderr=written is OutputFormat.JSON, highlight=False)
    for outcome in scenarios:
        console.print(f"{MARKS[outcome.verdict]:<9} {outcome.took:6.2f} s  {outcome.name:<14} {outcome.title}")
        for finding in outcome.findings:
            text = "as above" if finding in printed else escape(finding)
            console.print(f"[red]  {text}[/]", soft_wrap=True)
        for note in outcome.notes:
            console.print(f"[dim]  {escape(note)}[/]", soft_wrap=True)


def _sum_up(platform: OpenPlatform, url: str, scenarios: Sequence[ScenarioOutcome], written: OutputFormat) -> None:
    if written is OutputFormat.JSON:
        say_json({**platform.fields, "url": shown(url), "scenarios": [asdict(each) for each in scenarios]})
        return
    failed = sum(each.verdict is Verdict.FAILED for each in scenarios)
    ran = sum(each.verdict is not Verdict.PLANNED for each in scenarios)
    typer.echo(f"\n{ran} of {len(scenarios)} scenarios run, {failed} failed.")
