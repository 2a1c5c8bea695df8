"""A site as files of a folder: made from a catalog as it stands, put in its place, and what was written before."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from monitoring.cli.console import day, known_environment, open_platform
from monitoring.cli.documents import written_by_hand
from monitoring.cli.files import read, remove, write
from monitoring.collector import gc_paused
from monitoring.errors import UsageError
from monitoring.loader import PlatformFiles, load_runbooks
from monitoring.model.catalog import Catalog
from monitoring.model.scalars import many
from monitoring.reach.verdicts import conclusion
from monitoring.review.history import last_changes

if TYPE_CHECKING:
    from monitoring.site import SiteData, Watching
    from monitoring.site.feeds import PublishedFeeds

STATE = "index.html"
LIST_OF_FILES = "site-files.json"
"""What the last run wrote, so that the next one can remove what is no longer made, and nothing else."""
_FILE = re.compile(r"[a-z][a-z0-9-]*\.(html|css|js|ics)", re.ASCII)


@dataclass(frozen=True, slots=True)
class SiteRequest:
    """Whose site is wanted, of which environment and day, where, and what was published before."""

    platform: PlatformFiles
    environment: str | None
    today: str | None
    folder: Path
    before: PublishedFeeds
    address: str
    key: str | None
    """What makes other names of people; None where they are shown."""


@dataclass(frozen=True, slots=True)
class MadeSite:
    """A site as it was made: whose it is, what it was made from, its files by their names, and people's other names."""

    heading: str
    data: SiteData
    files: Mapping[str, str]
    names: Mapping[str, str]
    catalog: Catalog


def make(request: SiteRequest, *, is_watched: bool = False) -> MadeSite:
    """The site of a catalog as it stands now; CatalogError or UsageError where it cannot be made."""
    from monitoring.site import Watching, messages_of, site_data  # no other command waits for the template language
    from monitoring.site.opaque import opaque_names

    platform = open_platform(request.platform.catalog)
    environment = known_environment(platform.catalog, request.environment)
    names = opaque_names(platform.catalog.oncall.people, request.key) if request.key else {}
    with gc_paused():
        data = site_data(
            platform.catalog,
            environment,
            day(request.today),
            load_runbooks(platform.files.runbooks),
            names,
            last_changes(platform.catalog, platform.files.catalog),
            written_by_hand(platform.files.documents, (), "--catalog"),
        )
        made = MadeSite(f"{platform.heading}, {environment}", data, {}, names, platform.catalog)
        watched = Watching(messages_of(data.report.problems)) if is_watched else None
        return replace(made, files=files_of(request, made, watched))


def files_of(request: SiteRequest, made: MadeSite, watched: Watching | None) -> Mapping[str, str]:
    """The files of a site, in which nobody is named where names are hidden."""
    from monitoring.site import site_files  # no other command waits for the template language
    from monitoring.site.opaque import hidden_file, is_opaque

    before = request.before if not made.names or is_opaque(request.before) else {}
    files = site_files(made.data, before, request.address, watched)
    if not made.names:
        return files
    return {name: hidden_file(name, text, made.catalog, made.names) for name, text in files.items()}


def result_in_words(data: SiteData) -> str:
    """What the checks and the proof say."""
    return f"{many(len(data.report.problems), 'problem')}; {conclusion(data.proof)}"


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


def put(folder: Path, files: Mapping[str, str], earlier: Collection[str], *, removes: bool = True) -> None:
    """Writes the files, each whole or not at all, and removes those of an earlier run that are no longer made."""
    write(folder / LIST_OF_FILES, json.dumps(sorted({*files, *earlier}), indent=0) + "\n", "--out", folder=folder)
    for name, text in files.items():
        write(folder / name, text, "--out", folder=folder)
    kept = () if removes else earlier
    for name in sorted(set(earlier) - files.keys() - set(kept)):
        remove(folder / name, "--out")
    write(folder / LIST_OF_FILES, json.dumps(sorted({*files, *kept}), indent=0) + "\n", "--out", folder=folder)
