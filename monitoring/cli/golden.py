"""`monitoring golden`: what the program declares for each environment, written down or compared with what was."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from monitoring.cli.console import CatalogOption, OpenPlatform, TodayOption, day, open_platform, say
from monitoring.cli.files import first_difference, read, text, write
from monitoring.errors import CatalogError, Problem, Source, UsageError
from monitoring.file_reading import as_typed
from monitoring.model.catalog import Catalog
from monitoring.model.scalars import many
from monitoring.plan import Plan
from monitoring.preview.golden import CHECK, GoldenPlan, differences, read_golden, vanished
from monitoring.preview.run import preview

Declared = Callable[[str, date], Plan]
"""What the program declares for an environment on a day."""


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("golden")(golden)


def golden(
    check: Annotated[bool, typer.Option("--check", help="Write nothing; exit 1 where a Plan differs.")] = False,
    catalog: CatalogOption = None,
    today: TodayOption = None,
) -> None:
    """Write the golden Plan of each environment, or check that the program still declares exactly that.

    A golden Plan keeps the day for which it was made and is compared for that day. Nothing is written while something
    that was declared has vanished and neither `formerly:` nor `retired:` says why.
    """
    platform = open_platform(catalog)
    say(platform.heading)
    if check:
        require_golden(platform)
        say(f"{many(len(paths(platform)), 'golden Plan')}: the program declares exactly that")
    else:
        rewrite(platform, day(today))


def paths(platform: OpenPlatform) -> Mapping[str, Path]:
    """Where the golden Plan of each environment lies."""
    return {name: platform.files.golden(name) for name in platform.catalog.platform.environments}


@dataclass(frozen=True, slots=True)
class ComparedPlan:
    """An environment's golden Plan, if there is one, beside what the program declares; one of them is there."""

    environment: str
    path: Path
    written: GoldenPlan | None
    now: GoldenPlan | None

    def vanished(self, catalog: Catalog) -> list[Problem]:
        """What was declared and is not any more, and nobody says why."""
        return vanished(self.written.plan, self.now.plan, catalog) if self.written and self.now else []

    def different(self, file: str) -> Iterator[Problem]:
        """The problem that the golden Plan is missing or says something else, at its first other line."""
        if self.written is None:
            yield Problem(Source(file), "", "is missing", "run monitoring golden, and read it", CHECK)
        elif self.written != self.now:
            line = first_difference(str(self.written).encode(), str(self.now).encode())
            remedy = "run monitoring golden, read the difference, and commit it"
            yield Problem(Source(file, line), "", "the program declares something else", remedy, CHECK)

    def differences(self) -> Iterator[str]:
        """A line for each resource that is new, gone or changed."""
        lines = differences(self.written.plan, self.now.plan) if self.written and self.now else ()
        yield from (f"{self.environment}: {line}" for line in lines)


def compared_plans(platform: OpenPlatform, declared: Declared | None = None) -> tuple[ComparedPlan, ...]:
    """Every environment's golden Plan beside what the program declares on the day of that Plan, if there is one.

    Raises UsageError where a golden Plan cannot be read.
    """
    return tuple(_compared(platform, name, declared or partial(_declared, platform)) for name in paths(platform))


def require_golden(platform: OpenPlatform) -> None:
    """Raises CatalogError where the program declares something else than a golden Plan, or where there is none."""
    compared = compared_plans(platform)
    for line in (line for each in compared for line in each.differences()):
        say(line)
    problems = [problem for each in compared for problem in stale(each, platform.catalog)]
    if problems:
        raise CatalogError(problems)


def stale(compared: ComparedPlan, catalog: Catalog) -> Iterator[Problem]:
    """What is wrong with one golden Plan."""
    yield from compared.vanished(catalog)
    yield from compared.different(as_typed(compared.path))


def rewrite(platform: OpenPlatform, today: date) -> None:
    """Writes the golden Plan of each environment; CatalogError, and nothing is written, where something vanished."""
    plans = {name: GoldenPlan(today, _declared(platform, name, today)) for name in paths(platform)}
    compared = [ComparedPlan(name, path, _written(path), plans[name]) for name, path in paths(platform).items()]
    gone = [problem for each in compared for problem in each.vanished(platform.catalog)]
    if gone:
        raise CatalogError(gone)
    for name, path in paths(platform).items():
        changed = write(path, str(plans[name]), "--catalog", folder=path.parent)
        say(f"{as_typed(path)}: {'written' if changed else 'was up to date'}")


def _compared(platform: OpenPlatform, environment: str, declared: Declared) -> ComparedPlan:
    path = paths(platform)[environment]
    written = _written(path)
    now = GoldenPlan(written.today, declared(environment, written.today)) if written else None
    return ComparedPlan(environment, path, written, now)


def _written(path: Path) -> GoldenPlan | None:
    root = path.parent.parent
    if read(path, "--catalog", root) is None:
        return None
    try:
        return read_golden(text(path, "--catalog", root))
    except ValueError as error:
        raise UsageError(f'"{path}" is not a golden Plan: {error}; delete it and run monitoring golden') from None


def _declared(platform: OpenPlatform, environment: str, today: date) -> Plan:
    return preview(environment=environment, today=today, files=platform.files)
