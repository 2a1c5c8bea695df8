"""`monitoring test-alerting URL`: the ten scenarios against a deployed platform."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from monitoring.cli.accounts import account_access
from monitoring.cli.console import (
    CatalogOption,
    EnvironmentOption,
    FormatOption,
    OutputFormat,
    TodayOption,
    day,
    known_environment,
    open_platform,
    say,
    say_json,
)
from monitoring.cli.endpoint_address import known_address, shown
from monitoring.cli.literal_console import LiteralConsole, styled
from monitoring.errors import UsageError
from monitoring.health.threads import run as run_loop
from monitoring.loader import nearest_project
from monitoring.model.effective import effective_rules
from monitoring.model.references import nearest
from monitoring.model.scalars import many
from monitoring.smoke import endpoint, integration
from monitoring.smoke.asking import EndpointClient, endpoint_client
from monitoring.smoke.from_catalog import expected
from monitoring.smoke.scenario import Scenario, ScenarioOutcome, Session, Verdict, outcomes, planned
from monitoring.vendors.reading import NoAnswerError

SCENARIOS = (*endpoint.SCENARIOS, integration.SCENARIO)
MARKS = {
    Verdict.PASSED: ("passed", "green"),
    Verdict.FAILED: ("FAILED", "red"),
    Verdict.PLANNED: ("would run", ""),
}
MAX_WAIT = 10.0
"""Seconds that each answer of the endpoint may take."""
MAX_RUN = 300.0
"""Seconds that all scenarios may take together; the vendors' patience alone is longer."""


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("test-alerting")(run_scenarios)


def run_scenarios(
    url: Annotated[str, typer.Argument(metavar="URL", help="The platform, for example https://app.youragency.com")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print what would be tested, and test nothing.")] = False,
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
            help="The stack whose configuration names the accounts.",
            show_default="the environment's name",
        ),
    ] = None,
    today: TodayOption = None,
    format: FormatOption = OutputFormat.TEXT,  # noqa: A002  the option's name
) -> None:
    """Test in ten scenarios whether a deployed platform's alerting works: exit code 1 where one fails."""
    known_address(url, example="https://app.youragency.com")
    platform = open_platform(catalog, format)
    loaded = platform.catalog
    name = known_environment(loaded, environment)
    rules = effective_rules(loaded, name, day(today))
    project = nearest_project(platform.files.catalog) or nearest_project(Path.cwd())
    access = account_access(loaded, project, stack or name)
    chosen = _chosen(only or [])
    if format is not OutputFormat.JSON:
        say(f"{platform.heading}, {name}: {shown(url)}\n")
    if dry_run:
        results = planned(chosen)
        _print_outcomes(results, format)
    else:
        new_session = partial(Session, expected=expected(loaded, name, rules), access=access, send=send)
        results = run_loop(_run(url, chosen, new_session, written=format))
    _sum_up({**platform.fields, "environment": name, "url": shown(url)}, results, format)
    raise typer.Exit(1 if any(each.verdict is Verdict.FAILED for each in results) else 0)


def _chosen(names: Sequence[str]) -> tuple[Scenario, ...]:
    known = {scenario.name: scenario for scenario in SCENARIOS}
    for name in names:
        if name not in known:
            raise UsageError(f'no scenario is called "{name}"; {nearest(name, known)}')
    return tuple(scenario for scenario in SCENARIOS if not names or scenario.name in names)


async def _run(
    url: str, chosen: Sequence[Scenario], new_session: Callable[[EndpointClient], Session], *, written: OutputFormat
) -> tuple[ScenarioOutcome, ...]:
    """Run the scenarios before the run's end, printing each as soon as it is known."""
    finished: list[ScenarioOutcome] = []
    end = asyncio.get_running_loop().time() + MAX_RUN
    client = endpoint_client(url, deadline=MAX_WAIT)
    async with client.http:
        session = new_session(client)
        missing = any(scenario.of_endpoint for scenario in chosen) and await _is_missing(session, end)
        async for outcome in outcomes(session, chosen, missing=missing, end=end):
            _print_outcomes((outcome,), written, printed={text for earlier in finished for text in earlier.findings})
            finished.append(outcome)
    return tuple(finished)


async def _is_missing(session: Session, end: float) -> bool:
    """Whether the endpoint is nowhere; where it does not say so in time, each scenario asks for itself."""
    try:
        async with asyncio.timeout_at(end):
            return await endpoint.is_missing(session)
    except (NoAnswerError, TimeoutError):
        return False


def _print_outcomes(
    scenarios: Sequence[ScenarioOutcome], written: OutputFormat, *, printed: Collection[str] = frozenset()
) -> None:
    """Each outcome in a line, then what it found, once; on standard error where the answer itself is JSON."""
    console = LiteralConsole(stderr=written is OutputFormat.JSON)
    for outcome in scenarios:
        mark, colour = MARKS[outcome.verdict]
        console.print(styled(f"{mark:<9}", colour) + f" {outcome.took:6.2f} s  {outcome.name:<14} {outcome.title}")
        for finding in outcome.findings:
            text = "as above" if finding in printed else finding
            console.print(styled(f"  {text}", "red"), soft_wrap=True)
        for note in outcome.notes:
            console.print(styled(f"  {note}", "dim"), soft_wrap=True)


def _sum_up(fields: Mapping[str, Any], results: Sequence[ScenarioOutcome], written: OutputFormat) -> None:
    if written is OutputFormat.JSON:
        say_json({**fields, "scenarios": [asdict(result) for result in results]})
    else:
        say(_counts(results))


def _counts(results: Sequence[ScenarioOutcome]) -> str:
    failed = sum(result.verdict is Verdict.FAILED for result in results)
    run = sum(result.verdict is not Verdict.PLANNED for result in results)
    return f"\n{run} of {many(len(results), 'scenario')} run, {failed} failed."
