"""`monitoring site --watch`: the pages made again at each change, with what is wrong on each of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from watchfiles import watch

from monitoring.cli.console import complain, say
from monitoring.cli.site_building import (
    STATE,
    MadeSite,
    SiteRequest,
    files_of,
    make,
    put,
    result_in_words,
    written_before,
)
from monitoring.errors import CatalogError, UsageError
from monitoring.file_reading import as_typed
from monitoring.model.scalars import many
from monitoring.site import Watching, messages_of, waiting_files

QUIET_MILLISECONDS = 200
"""How long nothing may change before the pages are made, since an editor writes in several steps."""


def watch_site(request: SiteRequest, shows: Callable[[Path], None] | None = None) -> None:
    """Makes the pages now and at each change, until Ctrl-C; `shows` opens the first page once it is there.

    Raises UsageError for words that name nothing, and where the pages would lie in a folder that is watched.
    """
    with suppress(KeyboardInterrupt):
        _watch(request, watched_folders(request), shows)
    say("no longer watching; the pages stay as they are")


def _watch(request: SiteRequest, folders: Sequence[Path], shows: Callable[[Path], None] | None) -> None:
    changes = _changes(folders)
    next(changes)  # from now on nothing is missed, also while the first pages are made
    last = _made_first(request)
    say(f"watching {' and '.join(as_typed(folder) for folder in folders)}; Ctrl-C ends it")
    if shows is not None:
        shows(request.folder / STATE)
    for changed in changes:
        if changed:
            last = _made_again(request, last)


def watched_folders(request: SiteRequest) -> list[Path]:
    """The catalog and the platform's documents, as far as they are there."""
    places = dict.fromkeys((request.platform.catalog.resolve(), request.platform.documents.resolve()))
    folders = [place for place in places if place.is_dir()]
    for folder in folders:
        if request.folder.resolve().is_relative_to(folder):
            remedy = f'write them beside it, such as --out "{folder.parent / "site"}"'
            raise UsageError(f'"{request.folder}" lies in "{folder}", which is watched; {remedy}')
    return folders


def _changes(folders: Sequence[Path]) -> Iterator[Collection[object]]:
    """What has changed, each time that something has, and nothing now and then; UsageError where nobody can say."""
    quiet = QUIET_MILLISECONDS
    try:
        yield from watch(*folders, debounce=4 * quiet, step=quiet, rust_timeout=quiet, yield_on_timeout=True)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UsageError(f"the catalog cannot be watched: {reason}; run monitoring site after each change") from None


def _made_first(request: SiteRequest) -> MadeSite | None:
    """The site as the catalog stands now; None where it cannot be read, so that a page waits for it."""
    try:
        return _put_in_place(request)
    except CatalogError as error:
        complain(error.problems)
        _keep(request.folder, waiting_files(_behind(request, messages_of(error.problems))))
        return None


def _made_again(request: SiteRequest, last: MadeSite | None) -> MadeSite | None:
    """The site as the catalog stands now; where it cannot be read, the last one with what is wrong."""
    try:
        return _put_in_place(request)
    except CatalogError as error:
        complain(error.problems)
        messages = messages_of(error.problems)
    except UsageError as error:
        say(f"error: {error}", err=True)
        messages = (str(error),)
    watched = _behind(request, messages)
    _keep(request.folder, waiting_files(watched) if last is None else files_of(request, last, watched))
    return last


def _behind(request: SiteRequest, messages: Sequence[str]) -> Watching:
    """What is wrong, for the pages; a site without names says only how much, since messages quote people."""
    if request.key is None:
        return Watching(messages, is_behind=True)
    hidden = f"{many(len(messages), 'message')} in the terminal; these pages show no person's name"
    return Watching((hidden,), is_behind=True)


def _put_in_place(request: SiteRequest) -> MadeSite:
    made = make(request, is_watched=True)
    put(request.folder, made.files, written_before(request.folder))
    say(f"{many(len(made.files), 'file')} written; {result_in_words(made.data)}")
    return made


def _keep(folder: Path, files: Mapping[str, str]) -> None:
    """Pages with what is wrong now, beside all that lay there."""
    put(folder, files, written_before(folder), removes=False)
