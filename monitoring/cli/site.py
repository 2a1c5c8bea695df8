"""`monitoring site`: the pages to look at, written into a folder."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Annotated

import typer

from monitoring.cli.console import (
    CatalogOption,
    EnvironmentOption,
    TodayOption,
    day,
    known_environment,
    open_platform,
    say,
)
from monitoring.cli.files import read, remove, require_place, write
from monitoring.collector import gc_paused
from monitoring.errors import UsageError
from monitoring.file_reading import as_typed
from monitoring.loader import load_runbooks
from monitoring.model.scalars import many
from monitoring.reach.verdicts import conclusion
from monitoring.review.history import last_changes

FOLDER = "site"
LIST_OF_FILES = "site-files.json"
"""What the last run wrote, so that the next one can remove what is no longer made, and nothing else."""
_FILE = re.compile(r"[a-z][a-z0-9-]*\.(html|css|js|ics)", re.ASCII)


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("site")(site)


def site(
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR", help="Where to write.", show_default="the project's folder site"),
    ] = None,
    catalog: CatalogOption = None,
    environment: EnvironmentOption = None,
    today: TodayOption = None,
) -> None:
    """Write pages to look at: state, map, calendar, drill, rules; static files that need no server and ask nobody."""
    platform = open_platform(catalog)
    name = known_environment(platform.catalog, environment)
    folder = out or platform.files.root / FOLDER
    require_place(folder, "--out")
    earlier = written_before(folder)
    from monitoring.site import site_data, site_files  # no other command waits for the template language

    with gc_paused():
        changed = last_changes(platform.catalog, platform.files.catalog)
        data = site_data(platform.catalog, name, day(today), load_runbooks(platform.files.runbooks), changed)
        files = site_files(data)
    put(folder, files, earlier)
    say(f"{platform.heading}, {name}")
    say(f"{many(len(data.report.problems), 'problem')}; {conclusion(data.proof)}")
    say(f"{many(len(files), 'file')} written; open {as_typed(folder / 'index.html')}")


def written_before(folder: Path) -> frozenset[str]:
    """The files that this command wrote into a folder before; UsageError where somebody else's files lie there."""
    if folder.exists() and not folder.is_dir():
        raise UsageError(f'"{folder}" is no folder; name another with --out')
    listed = read(folder / LIST_OF_FILES, "--out", folder) if folder.is_dir() else None
    if listed is None:
        if folder.is_dir() and any(folder.iterdir()):
            raise UsageError(
                f'"{folder}" holds files that no site is made of; name an empty or a new folder with --out'
            )
        return frozenset()
    return _names(listed)


def _names(listed: bytes) -> frozenset[str]:
    """The names in a list of files that can be ours; what else stands there is left alone."""
    try:
        names = json.loads(listed)
    except (ValueError, RecursionError):
        return frozenset()
    return (
        frozenset(name for name in names if isinstance(name, str) and _FILE.fullmatch(name))
        if isinstance(names, list)
        else frozenset()
    )


def put(folder: Path, files: Mapping[str, str], earlier: Collection[str]) -> None:
    """Writes the files, and removes those of an earlier run that are no longer made."""
    write(folder / LIST_OF_FILES, json.dumps(sorted({*files, *earlier}), indent=0) + "\n", "--out", folder=folder)
    for name, text in files.items():
        write(folder / name, text, "--out", folder=folder)
    for name in sorted(set(earlier) - files.keys()):
        remove(folder / name, "--out")
    write(folder / LIST_OF_FILES, json.dumps(sorted(files), indent=0) + "\n", "--out", folder=folder)
