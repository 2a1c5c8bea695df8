"""The calendar files of the site that was written before, which the next ones follow."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from monitoring.cli.files import read
from monitoring.errors import UsageError
from monitoring.oncall.published_calendar import NoCalendarError, published_events

if TYPE_CHECKING:
    from monitoring.site.feeds import PublishedFeeds


def published_feeds(folder: Path, names: Iterable[str]) -> PublishedFeeds:
    """The events of the calendar files among the names in a folder; UsageError for a file that is no such file."""
    files = sorted(name for name in names if name.endswith(".ics"))
    texts = ((name, read(folder / name, "--previous", folder)) for name in files)
    return {name: published_events_of(folder / name, content) for name, content in texts if content is not None}


def published_events_of(path: Path, content: bytes) -> dict[str, tuple[str, ...]]:
    """The events of one file."""
    try:
        return dict(published_events(content.decode()))
    except (NoCalendarError, UnicodeDecodeError) as error:
        why = str(error) if isinstance(error, NoCalendarError) else f"is not UTF-8 at byte {error.start}"
        raise UsageError(f'"{path}" {why}; remove it, or name another folder with --previous') from None
