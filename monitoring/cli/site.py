"""`monitoring site`: the pages to look at, written into a folder."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from monitoring.cli.console import (
    CatalogOption,
    EnvironmentOption,
    OpenPlatform,
    TodayOption,
    day,
    known_environment,
    open_platform,
    refused,
    say,
    say_lines,
)
from monitoring.cli.files import read, remove, require_place, write
from monitoring.cli.published_feeds import published_feeds
from monitoring.collector import gc_paused
from monitoring.errors import UsageError
from monitoring.file_reading import as_typed
from monitoring.loader import load_runbooks
from monitoring.model.addresses import parse_base_url
from monitoring.model.scalars import many
from monitoring.reach.verdicts import conclusion

if TYPE_CHECKING:
    from monitoring.site.feeds import PublishedFeeds

FOLDER = "site"
LIST_OF_FILES = "site-files.json"
"""What the last run wrote, so that the next one can remove what is no longer made, and nothing else."""
KEY_VARIABLE = "SITE_NAMES_KEY"
MIN_KEY = 32
"""How many characters the secret has at least: as many as 128 random bits in hexadecimal."""
_FILE = re.compile(r"[a-z][a-z0-9-]*\.(html|css|js|ics)", re.ASCII)


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("site")(site)


def site(
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR", help="Where to write.", show_default="the project's folder site"),
    ] = None,
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
    platform = open_platform(catalog)
    name = known_environment(platform.catalog, environment)
    folder = out or platform.files.root / FOLDER
    require_place(folder, "--out")
    earlier = written_before(folder)
    plan = SitePlan(
        platform=platform,
        environment=name,
        today=day(today),
        before=published_feeds(folder, earlier) if previous is None else published_before(previous),
        address="" if address is None else base_address(address),
        key=names_key(os.environ) if opaque else None,
    )
    answer, files, names = made(plan)
    put(folder, files, earlier)
    say(f"{platform.heading}, {name}")
    say(answer)
    say(f"{many(len(files), 'file')} written; open {as_typed(folder / 'index.html')}")
    say_lines([f"{person} is {shown}" for person, shown in names.items()] if who else [])


@dataclass(frozen=True, slots=True)
class SitePlan:
    """What a site is to be made from."""

    platform: OpenPlatform
    environment: str
    today: date
    before: PublishedFeeds
    address: str
    key: str | None
    """What makes other names of people; None where they are shown."""


def made(plan: SitePlan) -> tuple[str, Mapping[str, str], Mapping[str, str]]:
    """What checks and proof say, the files, and for each person the name that stands in them instead, if any does."""
    from monitoring.site import site_data, site_files  # no other command waits for the template language
    from monitoring.site.opaque import hidden, is_opaque, opaque_names

    catalog, runbooks = plan.platform.catalog, load_runbooks(plan.platform.files.runbooks)
    names = opaque_names(catalog.oncall.people, plan.key) if plan.key else {}
    before = plan.before if not names or is_opaque(plan.before) else {}
    with gc_paused():
        data = site_data(catalog, plan.environment, plan.today, runbooks, names)
        files = site_files(data, before, plan.address)
        if names:
            files = {name: hidden(text, catalog, names) for name, text in files.items()}
    return f"{many(len(data.report.problems), 'problem')}; {conclusion(data.proof)}", files, names


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


def written_before(folder: Path, option: str = "--out") -> frozenset[str]:
    """The files that this command wrote into a folder before; UsageError where somebody else's files lie there."""
    if folder.exists() and not folder.is_dir():
        raise UsageError(f'"{folder}" is no folder; name another with {option}')
    listed = read(folder / LIST_OF_FILES, option, folder) if folder.is_dir() else None
    if listed is None:
        if folder.is_dir() and any(folder.iterdir()):
            raise UsageError(
                f'"{folder}" holds files that no site is made of; name an empty or a new folder with {option}'
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
