"""The one way in which files are read: never more than a limit, and of those that lie in a folder only regular ones."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import BinaryIO

from monitoring.errors import MonitoringError

MAX_BYTES = 1_000_000
"""The size of a file that people write: a part of the catalog, a page, a template."""
MAX_MADE_BYTES = 50_000_000
"""The size of a file that a command writes: a Plan, a log."""


class UnreadableFileError(MonitoringError):
    """A file exists and is not read: `what` is wrong with it, and the remedy."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(f"{what}; {remedy}")
        self.what, self.remedy = what, remedy


def content_of(path: Path, *, within: Path, limit: int = MAX_BYTES) -> bytes:
    """The bytes of a file in the folder `within`, or of one there to which it links.

    Raises FileNotFoundError where nothing has that name, and UnreadableFileError for everything that is not read: a
    link out of the folder, a directory, a pipe, a device, more than `limit` bytes. None of these is opened.
    """
    try:
        real = os.path.realpath(path, strict=True)
        _require_regular(os.lstat(real), is_inside=Path(real).is_relative_to(os.path.realpath(within)))
        with open(os.open(real, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as file:
            _require_regular(os.fstat(file.fileno()))
            return _bounded(file, limit)
    except FileNotFoundError:
        if not os.path.lexists(path):
            raise
    except OSError as error:
        if not path.is_symlink():
            what = f"cannot be read: {reason_of(error)}"
            raise UnreadableFileError(what, "put a readable file there") from None
    raise UnreadableFileError("is a link that leads nowhere or to itself", "put a readable file there")


def content_of_chosen(path: Path, limit: int = MAX_MADE_BYTES) -> bytes:
    """The bytes of what somebody named on the command line, which may be a pipe or lie anywhere.

    Raises OSError where it cannot be read, and UnreadableFileError where it is larger than `limit` bytes.
    """
    with path.open("rb") as file:
        return _bounded(file, limit)


def reason_of(error: OSError) -> str:
    """Why the system refuses, in small letters."""
    return (error.strerror or "unknown reason").lower()


def _bounded(file: BinaryIO, limit: int) -> bytes:
    content = file.read(limit + 1)
    if len(content) > limit:
        raise UnreadableFileError(f"is larger than {limit} bytes", "split it")
    return content


def _require_regular(facts: os.stat_result, *, is_inside: bool = True) -> None:
    if not is_inside:
        raise UnreadableFileError("leads out of its folder", "put the file itself there, not a link")
    if stat.S_ISDIR(facts.st_mode):
        raise UnreadableFileError("is a directory", "put a file there, or give the directory another name")
    if not stat.S_ISREG(facts.st_mode):
        raise UnreadableFileError("is not a regular file", "put a readable file there")


def as_typed(path: Path) -> str:
    """The path as somebody in this folder would type it."""
    absolute = path.resolve()
    return str(absolute.relative_to(Path.cwd())) if absolute.is_relative_to(Path.cwd()) else str(path)
