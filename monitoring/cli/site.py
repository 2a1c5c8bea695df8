"""`monitoring site`: the pages to look at, written into a folder."""

from __future__ import annotations

import webbrowser
from pathlib import Path
from typing import Annotated

import typer

from monitoring.cli.console import CatalogOption, EnvironmentOption, TodayOption, catalog_folder, say
from monitoring.cli.files import require_place
from monitoring.cli.site_building import STATE, SiteRequest, make, put, result_in_words, written_before
from monitoring.file_reading import as_typed
from monitoring.loader import PlatformFiles
from monitoring.model.scalars import many

FOLDER = "site"


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("site")(site)


def site(
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR", help="Where to write.", show_default="the project's folder site"),
    ] = None,
    open_it: Annotated[bool, typer.Option("--open", help="Show the first page in the browser.")] = False,
    watch: Annotated[
        bool, typer.Option("--watch", help="Make the pages again at each change of the catalog, until Ctrl-C.")
    ] = False,
    catalog: CatalogOption = None,
    environment: EnvironmentOption = None,
    today: TodayOption = None,
) -> None:
    """Write pages to look at: state, map, calendar, drill, rules; static files that need no server and ask nobody."""
    files = PlatformFiles(catalog_folder(catalog))
    folder = out or files.root / FOLDER
    require_place(folder, "--out")
    request = SiteRequest(files, environment, today, folder)
    earlier = written_before(folder)
    if watch:
        from monitoring.cli.site_watching import watch_site  # no other command waits for the library that watches

        watch_site(request, shows=show if open_it else None)
        return
    made = make(request)
    put(folder, made.files, earlier)
    say(made.heading)
    say(result_in_words(made.data))
    say(f"{many(len(made.files), 'file')} written; open {as_typed(folder / STATE)}")
    if open_it:
        show(folder / STATE)


def show(page: Path) -> None:
    """Opens a page in the browser; says where it lies where there is no browser."""
    if not webbrowser.open(page.resolve().as_uri()):
        say(f"there is no browser here; open {as_typed(page)} in one")
