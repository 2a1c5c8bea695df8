"""`monitoring site`: the pages to look at, written into a folder."""

from __future__ import annotations

import os
import webbrowser
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from monitoring.cli.console import (
    CatalogOption,
    EnvironmentOption,
    TodayOption,
    catalog_folder,
    refused,
    say,
    say_lines,
)
from monitoring.cli.files import require_place
from monitoring.cli.published_feeds import published_feeds
from monitoring.cli.site_building import STATE, SiteRequest, make, put, result_in_words, written_before
from monitoring.errors import UsageError
from monitoring.file_reading import as_typed
from monitoring.loader import PlatformFiles
from monitoring.model.addresses import parse_base_url
from monitoring.model.scalars import many

if TYPE_CHECKING:
    from monitoring.site.feeds import PublishedFeeds

FOLDER = "site"
KEY_VARIABLE = "SITE_NAMES_KEY"
MIN_KEY = 32
"""How many characters the secret has at least: as many as 128 random bits in hexadecimal."""


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
    previous: Annotated[
        Path | None,
        typer.Option(
            "--previous",
            metavar="DIR",
            help="The site that was published before, whose calendar files the new ones follow.",
            show_default="what lies in --out",
        ),
    ] = None,
    address: Annotated[
        str | None,
        typer.Option(
            "--address",
            metavar="URL",
            help="Where the site is served, for links in calendar files: https://oncall.youragency.com.",
        ),
    ] = None,
    opaque: Annotated[
        bool,
        typer.Option("--opaque", help=f"Show no person's name; the environment variable {KEY_VARIABLE} makes others."),
    ] = False,
    who: Annotated[
        bool, typer.Option("--who", help="With --opaque: print whose each name is. Not in a log that others read.")
    ] = False,
    catalog: CatalogOption = None,
    environment: EnvironmentOption = None,
    today: TodayOption = None,
) -> None:
    """Write pages to look at: state, map, calendar, drill, rules; static files that need no server and ask nobody."""
    files = PlatformFiles(catalog_folder(catalog))
    folder = out or files.root / FOLDER
    require_place(folder, "--out")
    earlier = written_before(folder)
    request = SiteRequest(
        platform=files,
        environment=environment,
        today=today,
        folder=folder,
        before=published_feeds(folder, earlier) if previous is None else published_before(previous),
        address="" if address is None else base_address(address),
        key=names_key(os.environ) if opaque else None,
    )
    if watch:
        from monitoring.cli.site_watching import watch_site  # no other command waits for the library that watches

        watch_site(request, shows=show if open_it else None)
        return
    _write(request, earlier, who=who)
    if open_it:
        show(folder / STATE)


def _write(request: SiteRequest, earlier: frozenset[str], *, who: bool) -> None:
    """Writes the pages once, and says what they are."""
    made = make(request)
    put(request.folder, made.files, earlier)
    say(made.heading)
    say(result_in_words(made.data))
    say(f"{many(len(made.files), 'file')} written; open {as_typed(request.folder / STATE)}")
    say_lines([f"{person} is {shown}" for person, shown in made.names.items()] if who else [])


def show(page: Path) -> None:
    """Opens a page in the browser; says where it lies where there is no browser."""
    if not webbrowser.open(page.resolve().as_uri()):
        say(f"there is no browser here; open {as_typed(page)} in one")


def base_address(text: str) -> str:
    """Where the site is served; UsageError for what is no address to which a page's name can be added."""
    try:
        return parse_base_url(text)
    except ValueError as error:
        raise refused("--address", error, "https://oncall.youragency.com") from None


def names_key(variables: Mapping[str, str]) -> str:
    """The secret that makes names of people; UsageError where there is none, or one that can be guessed."""
    key = variables.get(KEY_VARIABLE, "")
    if len(key) < MIN_KEY:
        fault = f"has {many(len(key), 'character')}, and needs {MIN_KEY}" if key else "is not set"
        raise UsageError(
            f"--opaque makes names with a secret, and {KEY_VARIABLE} {fault}; "
            "set it to what openssl rand -hex 32 prints, and keep it: another secret makes other names"
        )
    return key


def published_before(folder: Path) -> PublishedFeeds:
    """The calendar files of the site in a folder; UsageError where there is no folder, or no site of ours in it."""
    if not folder.is_dir():
        raise UsageError(f'there is no folder "{folder}"; leave --previous out for the first site')
    return published_feeds(folder, written_before(folder, "--previous"))
