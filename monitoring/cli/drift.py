"""`monitoring drift`: does any vendor hold something else than the program declared?"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from monitoring.cli.console import CatalogOption, Format, FormatOption, Platform, many, open_platform, say_json
from monitoring.cli.engine import CwdOption, ask
from monitoring.cli.files import text
from monitoring.drift import BLIND_SPOTS, Drift, UnreadableError, drifts
from monitoring.errors import UsageError

REFRESH = ("refresh", "--preview-only", "--json", "--non-interactive")


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("drift")(drift)


def drift(
    stack: Annotated[str | None, typer.Option("--stack", metavar="NAME", help="The stack to compare.")] = None,
    catalog: CatalogOption = None,
    report: Annotated[
        Path | None,
        typer.Option("--from", metavar="FILE", help="Read what pulumi refresh --preview-only --json printed before."),
    ] = None,
    cwd: CwdOption = None,
    format: FormatOption = Format.TEXT,  # noqa: A002  the option's name
) -> None:
    """Ask the vendors whether anything differs from what was declared: exit code 0 for no, 1 for yes.

    Changes nothing. Asks through the Pulumi engine, so it needs the stack's state and the vendors' tokens.
    """
    platform = open_platform(catalog, format, stack)
    try:
        found = list(drifts(text(report, "--from") if report else _ask(stack, cwd), platform.catalog))
    except UnreadableError as wrong:
        raise UsageError(f"the engine could not compare:\n{wrong}") from None
    if format is Format.JSON:
        _say_json(platform, found)
    else:
        _say(platform, found)
    raise typer.Exit(1 if found else 0)


def _say_json(platform: Platform, found: list[Drift]) -> None:
    content = {
        **platform.fields,
        "drifts": [{**asdict(one), "source": str(one.source)} for one in found],
        "blind-spots": [{"where": where, "why": why} for where, why in BLIND_SPOTS],
    }
    say_json(content)


def _say(platform: Platform, found: list[Drift]) -> None:
    typer.echo(platform.heading)
    for one in found:
        typer.echo(str(one))
    differs = f"\n{many(len(found), 'difference')}" if found else "nothing differs"
    typer.echo(f"{differs}. What no provider can see:")
    for where, why in BLIND_SPOTS:
        typer.echo(f"  - {where}: {why}")


def _ask(stack: str | None, cwd: Path | None) -> str:
    with Console(stderr=True).status("asking the vendors …"):
        run = ask(*REFRESH, *(("--stack", stack) if stack else ()), cwd=cwd)
    return run.stdout if run.returncode == 0 and run.stdout.strip() else f"{run.stdout}\n{run.stderr}"
