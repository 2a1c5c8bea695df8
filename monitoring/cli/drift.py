"""`monitoring drift`: do the vendor accounts differ from what the program declared?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from monitoring.cli.console import (
    CatalogOption,
    FormatOption,
    OutputFormat,
    open_platform,
    say,
    say_json,
    say_lines,
)
from monitoring.cli.engine import CwdOption, ask
from monitoring.cli.files import text
from monitoring.drift.answer import SAVE, UnreadableError, UnreadableRefreshError
from monitoring.drift.blind_spots import BlindSpot, blind_spots
from monitoring.drift.report import Drift, DriftComparison, comparison
from monitoring.errors import UsageError
from monitoring.model.catalog import Catalog
from monitoring.model.scalars import many

REFRESH = ("refresh", "--preview-only", "--json", "--non-interactive", "--color", "never")
MAX_LINES = 12
"""Differences of one resource that are printed as text; the JSON answer has them all."""


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("drift")(drift)


def drift(
    stack: Annotated[str | None, typer.Option("--stack", metavar="NAME", help="The stack to compare.")] = None,
    catalog: CatalogOption = None,
    report: Annotated[
        Path | None,
        typer.Option("--from", metavar="FILE", help="Read a saved output of the engine instead; see manual/drift.md."),
    ] = None,
    cwd: CwdOption = None,
    format: FormatOption = OutputFormat.TEXT,  # noqa: A002  the option's name
) -> None:
    """Find where the vendor accounts differ from what was declared: exit code 0 for nowhere, 1 for somewhere.

    Changes nothing. Runs the Pulumi engine, so it needs the stack's state and the vendors' tokens.
    """
    platform = open_platform(catalog, format, stack)
    compared = _saved(report, platform.catalog) if report else _compared(_ask(stack, cwd), platform.catalog)
    unseen = blind_spots(platform.catalog.platform.vendors)
    if format is OutputFormat.JSON:
        say_json({**platform.fields, **_content(compared, unseen)})
    else:
        say(platform.heading)
        _say(compared, unseen)
    raise typer.Exit(1 if compared.drifts else 0)


def _compared(answer: str, catalog: Catalog) -> DriftComparison:
    try:
        return comparison(answer, catalog)
    except UnreadableError as error:
        raise UsageError(str(error)) from None


def _saved(file: Path, catalog: Catalog) -> DriftComparison:
    """The comparison that a file holds; UsageError, without a word of the file, where that is another one."""
    answer = text(file, "--from")
    try:
        return comparison(answer, catalog)
    except UnreadableRefreshError:
        remedy = f"save one with {SAVE} > refresh.json"
        raise UsageError(f'--from "{file}" is no answer of the engine\'s refresh; {remedy}') from None
    except UnreadableError as error:
        raise UsageError(f'--from "{file}": {error}') from None


def _content(compared: DriftComparison, unseen: Iterable[BlindSpot]) -> dict[str, object]:
    return {
        "compared": compared.compared,
        "compared-at": dict(compared.at_vendors),
        "differs": compared.differs,
        "unreadable": compared.unreadable,
        "undeclared": compared.undeclared,
        "engine-summary": dict(compared.summary),
        "drifts": [{**asdict(drift), "source": str(drift.source)} for drift in compared.drifts],
        "blind-spots": [asdict(spot) for spot in unseen],
    }


def _say(compared: DriftComparison, unseen: Iterable[BlindSpot]) -> None:
    for _, drifts in groupby(compared.drifts, attrgetter("urn")):
        for line in _lines([*drifts]):
            say(line)
    space = [""] if compared.drifts else []
    spots = (f"  - {spot.where}: {spot.why}" for spot in unseen)
    places = ", ".join(f"{number} at {vendor}" for vendor, number in compared.at_vendors.items())
    say_lines([*space, f"{_counts(compared)}.", f"Compared: {places}.", "What no provider can see:", *spots])


def _lines(drifts: list[Drift]) -> Iterator[str]:
    """The differences of one resource, as many as can be read."""
    yield from map(str, drifts[:MAX_LINES])
    more = len(drifts) - MAX_LINES
    if more > 0:
        place, thing = drifts[0].source, drifts[0].resource
        yield f"{place}: … and {many(more, 'more difference')} of its {thing}; --format json shows all (drift)"


def _counts(compared: DriftComparison) -> str:
    """How many were compared and differ, beside what the engine itself counted."""
    differ = many(compared.differs, "differs", "differ") if compared.differs else "nothing differs"
    words = ", ".join(f"{number} {word}" for word, number in sorted(compared.summary.items()))
    unread = f"; {compared.unreadable} cannot be read" if compared.unreadable else ""
    left = many(compared.undeclared, "differs", "differ")
    undeclared = f"; {left} only in what nobody declares, which it calls the same" if compared.undeclared else ""
    number = many(compared.compared, "resource")
    return f"{number} compared, {differ} (the engine counts {words}, the stack as one more{unread}{undeclared})"


def _ask(stack: str | None, cwd: Path | None) -> str:
    with Console(stderr=True).status("reading the vendor accounts …"):
        chosen = ("--stack", stack) if stack else ()
        run = ask(*REFRESH, *chosen, cwd=cwd, PULUMI_ENABLE_STREAMING_JSON_PREVIEW="true")
    return f"{run.stdout}\n{run.stderr}"
