"""`monitoring golden`: what the program declares for each environment, written down or compared with what was."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from monitoring.cli.console import CatalogOption, Platform, TodayOption, as_typed, day, many, open_platform
from monitoring.cli.files import read, text, write
from monitoring.errors import CatalogError, Problem, Source, UsageError
from monitoring.plan import Plan
from monitoring.preview.golden import GoldenPlan, read_golden, stale, vanished
from monitoring.preview.run import preview


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("golden")(golden)


def golden(
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit 1 where a Plan is not as written.")
    ] = False,
    catalog: CatalogOption = None,
    today: TodayOption = None,
) -> None:
    """Write the golden Plan of each environment, or find out whether the program still declares just that.

    A golden Plan keeps the day for which it was made and is compared for that day. Nothing is written while something
    that was declared has vanished and neither `formerly:` nor `retired:` says why.
    """
    platform = open_platform(catalog)
    typer.echo(platform.heading)
    if check:
        require_golden(platform)
        typer.echo(f"{many(len(paths(platform)), 'golden Plan')}: the program declares just that")
    else:
        rewrite(platform, day(today))


def paths(platform: Platform) -> Mapping[str, Path]:
    """Where the golden Plan of each environment lies."""
    return {name: platform.files.golden(name) for name in platform.catalog.platform.environments}


def require_golden(platform: Platform) -> None:
    """Raises CatalogError where the program declares something else than a golden Plan, or where there is none."""
    declared = partial(_declared, platform)
    problems = [problem for name in paths(platform) for problem in stale_plan(platform, name, declared)]
    if problems:
        raise CatalogError(problems)


def stale_plan(platform: Platform, environment: str, declared: Callable[[str, date], Plan]) -> Iterator[Problem]:
    """What is wrong with the golden Plan of an environment, by what the program declares for one on a day."""
    path = paths(platform)[environment]
    if not path.is_file():
        yield Problem(Source(as_typed(path)), "", "is missing", "run monitoring golden, and read it", "golden")
        return
    written = _golden_in(path)
    now = GoldenPlan(written.today, declared(environment, written.today))
    yield from stale(as_typed(path), written, now, platform.catalog)


def rewrite(platform: Platform, today: date) -> None:
    """Writes the golden Plan of each environment; CatalogError, and nothing is written, where something vanished."""
    plans = {name: GoldenPlan(today, _declared(platform, name, today)) for name in paths(platform)}
    gone = [problem for name, plan in plans.items() for problem in _vanished(platform, name, plan)]
    if gone:
        raise CatalogError(gone)
    for environment, path in paths(platform).items():
        changed = write(path, str(plans[environment]), "--catalog")
        typer.echo(f"{as_typed(path)}: {'written' if changed else 'was up to date'}")


def _vanished(platform: Platform, environment: str, now: GoldenPlan) -> list[Problem]:
    path = paths(platform)[environment]
    return vanished(_golden_in(path).plan, now.plan, platform.catalog) if read(path, "--catalog") else []


def _golden_in(path: Path) -> GoldenPlan:
    try:
        return read_golden(text(path, "--catalog"))
    except ValueError as error:
        raise UsageError(f'"{path}" is no golden Plan: {error}; take it away and run monitoring golden') from None


def _declared(platform: Platform, environment: str, today: date) -> Plan:
    return preview(environment=environment, today=today, files=platform.files)
