"""`monitoring drift`: does any vendor hold something else than the program declared?"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from monitoring.cli.console import DEFAULT_CATALOG, CatalogOption, Format, FormatOption
from monitoring.drift import BLIND_SPOTS, Drift, UnreadableError, drifts
from monitoring.errors import UsageError
from monitoring.loader import load

ROOT = Path(__file__).parents[2]
BUILT = ROOT / ".pulumi" / "bin"
REFRESH = ("refresh", "--preview-only", "--json", "--non-interactive")


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("drift")(drift)


def drift(
    stack: Annotated[str | None, typer.Option("--stack", metavar="NAME", help="The stack to compare.")] = None,
    catalog: CatalogOption = DEFAULT_CATALOG,
    report: Annotated[
        Path | None,
        typer.Option("--from", metavar="FILE", help="Read what pulumi refresh --preview-only --json printed before."),
    ] = None,
    cwd: Annotated[Path, typer.Option("--cwd", metavar="DIR", help="Where the program lies.")] = ROOT,
    format: FormatOption = Format.TEXT,  # noqa: A002  the option's name
) -> None:
    """Ask the vendors whether anything differs from what was declared: exit code 0 for no, 1 for yes.

    Changes nothing. Asks through the Pulumi engine, so it needs the stack's state and the vendors' tokens.
    """
    loaded = load(catalog)
    try:
        found = list(drifts(_read(report) if report else _ask(stack, cwd), loaded))
    except UnreadableError as wrong:
        raise UsageError(f"the engine could not compare:\n{wrong}") from None
    if format is Format.JSON:
        _say_json(found)
    else:
        _say(found)
    raise typer.Exit(1 if found else 0)


def _say_json(found: list[Drift]) -> None:
    content = {
        "drifts": [{**asdict(one), "source": str(one.source)} for one in found],
        "blind-spots": [{"where": where, "why": why} for where, why in BLIND_SPOTS],
    }
    typer.echo(json.dumps(content, indent=2, ensure_ascii=False))


def _say(found: list[Drift]) -> None:
    for one in found:
        typer.echo(str(one))
    many = f"{len(found)} difference{'' if len(found) == 1 else 's'}" if found else "nothing differs"
    typer.echo(f"\n{many}. What no provider can see:" if found else f"{many}. What no provider can see:")
    for where, why in BLIND_SPOTS:
        typer.echo(f"  - {where}: {why}")


def _read(report: Path) -> str:
    try:
        return report.read_text()
    except (OSError, UnicodeDecodeError) as wrong:
        raise UsageError(f'--from "{report}": {wrong}') from None


def _ask(stack: str | None, cwd: Path) -> str:
    engine = shutil.which("pulumi", path=f"{os.environ.get('PATH', '')}{os.pathsep}{BUILT}")
    if engine is None:
        raise UsageError(
            "there is no Pulumi here; install it (https://www.pulumi.com/docs/install/) or run make engine"
        )
    command = [engine, *REFRESH, *(("--stack", stack) if stack else ())]
    with Console(stderr=True).status("asking the vendors …"):
        run = subprocess.run(command, cwd=cwd, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    return run.stdout if run.returncode == 0 and run.stdout.strip() else f"{run.stdout}\n{run.stderr}"
