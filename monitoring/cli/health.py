"""`monitoring health`: serve the endpoint, request one, or print its description."""

from __future__ import annotations

import os
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from monitoring.cli.console import FormatOption, OutputFormat, say, say_json, table_console
from monitoring.cli.endpoint_address import known_address, known_token, shown
from monitoring.cli.literal_console import styled
from monitoring.errors import UsageError
from monitoring.health.check import HealthCheck, HealthSettingError
from monitoring.health.contract import Question, Status
from monitoring.health.threads import run as run_loop
from monitoring.smoke.asking import endpoint_client
from monitoring.smoke.health_report import HealthReport, NoHealthAnswerError, fetch_report
from monitoring.vendors.reading import NoAnswerError

COLOURS = {Status.PASS: "green", Status.WARN: "yellow", Status.FAIL: "red"}

TokenOption = Annotated[str | None, typer.Option(envvar="HEALTH_TOKEN", metavar="TOKEN", help="Shows the details.")]

health = typer.Typer(help="The health endpoint that the uptime tests request.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Mount `monitoring health` on the command line."""
    app.add_typer(health, name="health")


@health.command("check")
def check(
    url: Annotated[str, typer.Argument(metavar="URL", help="The service, for example https://youragency.com")],
    question: Annotated[Question, typer.Option("--type", help="Which check to request.")] = Question.FULL,
    token: TokenOption = None,
    timeout: Annotated[float, typer.Option(help="Seconds for the whole answer.", min=0.1, max=60.0)] = 3.0,
    format: FormatOption = OutputFormat.TEXT,  # noqa: A002  the option's name
) -> None:
    """Request a health endpoint: exit code 0 for pass and warn, 1 for fail or no answer, 2 for wrong usage."""
    known_address(url, example="https://youragency.com")
    try:
        report = run_loop(_report(url, question, known_token(token), timeout))
    except (NoAnswerError, NoHealthAnswerError) as error:
        _show_no_answer(shown(url), question, str(error), as_json=format is OutputFormat.JSON)
        raise typer.Exit(1) from None
    _show(shown(url), report, as_json=format is OutputFormat.JSON)
    raise typer.Exit(1 if report.status is Status.FAIL else 0)


async def _report(url: str, question: Question, token: str | None, timeout: float) -> HealthReport:
    client = endpoint_client(url, deadline=timeout)
    async with client.http:
        return await fetch_report(client, question, token=token)


@health.command("serve")
def serve(
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="The file that names the checks; else HEALTH_CHECKS.")
    ] = None,
    host: Annotated[str, typer.Option(help="Where the public port listens.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The public port.", min=0, max=65535)] = 8000,
    private_host: Annotated[str, typer.Option(help="Where the private port listens.")] = "127.0.0.1",
    private_port: Annotated[int | None, typer.Option(help="For details and metrics.", min=0, max=65535)] = None,
    drain_for: Annotated[float, typer.Option(help="Seconds from SIGTERM to the end.", min=0, max=300)] = 5.0,
    token: TokenOption = None,
) -> None:
    """Serve the endpoint until SIGTERM; then fail readiness first, and close the ports after it."""
    from monitoring.health import logs
    from monitoring.health.registry import HealthRegistry
    from monitoring.health.serve import Listening, PortTakenError, run

    try:
        registry = HealthRegistry(_checks(file))
        logs.to_stream()
        run(registry, Listening(host, port, private_host, private_port, drain_for, known_token(token)))
    except HealthSettingError as error:
        raise UsageError(str(error)) from None
    except PortTakenError as error:
        raise UsageError(f"{error}; choose another with --port or --private-port") from None


@health.command("openapi")
def openapi() -> None:
    """Print the OpenAPI description of the public endpoint."""
    import yaml

    from monitoring.health.openapi import openapi as description

    typer.echo(yaml.safe_dump(description(), sort_keys=False), nl=False)


def _checks(file: Path | None) -> tuple[HealthCheck, ...]:
    from monitoring.health.settings import checks_from_environment, checks_from_file

    return checks_from_environment(os.environ) if file is None else checks_from_file(file, environ=os.environ)


def _show_no_answer(url: str, question: Question, why: str, *, as_json: bool) -> None:
    if as_json:
        say_json(_fields(url, question) | {"why": why})
    else:
        say(f"{url}: {why}; check that the URL is right and that the service runs (health-check)", err=True)


def _fields(url: str, question: Question) -> dict[str, object]:
    """The fields of an answer that never came."""
    return {"url": url, "question": question.value, "status": None, "took": None, "components": [], "why": None}


def _as_json(url: str, report: HealthReport) -> dict[str, object]:
    components = [asdict(row) | {"took": row.took and row.took / 1000} for row in report.rows]
    return _fields(url, report.question) | {"status": report.status, "took": report.took, "components": components}


def _show(url: str, report: HealthReport, *, as_json: bool) -> None:
    if as_json:
        say_json(_as_json(url, report))
        return
    table = Table(title=f"{report.question}: {report.status} in {report.took * 1000:.0f} ms", title_justify="left")
    for heading in ("component", "status", "took", "why"):
        table.add_column(heading)
    for row in report.rows:
        took = "" if row.took is None else f"{row.took:.0f} ms"
        table.add_row(row.component, styled(row.status, COLOURS[row.status]), took, row.output)
    table_console().print(table)
