"""The catalog's files: which there are, and their bytes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from monitoring.errors import Problem, Source, printable
from monitoring.file_reading import UnreadableFileError, content_of, reason_of
from monitoring.model.recording import RECORDINGS

MAX_CATALOG_BYTES = 10_000_000
MAX_NAMES = 20_000
"""How many files and folders lie below a catalog's folder at most; where there are more, it is no catalog's."""
FOLDERS = ("services", RECORDINGS)
"""The folders of a catalog that hold files of their own."""
MAX_PROBLEMS = 500
"""After how many mistakes no further entry of a catalog is read."""


def file_problem(name: str, what: str, remedy: str, *, line: int = 0) -> Problem:
    """A mistake in a file as such, before anything in it has a meaning."""
    return Problem(Source(name, line), "", what, remedy, "file")


def read_files(directory: Path) -> tuple[dict[str, bytes], list[Problem]]:
    """The bytes of every file of a catalog, by its path below the directory; what cannot be read is a problem."""
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    left = MAX_CATALOG_BYTES
    for path in _paths(directory, problems):
        name = printable(path.relative_to(directory).as_posix())
        try:
            content = content_of(path, within=directory)
        except (UnreadableFileError, OSError) as error:
            problems.append(file_problem(name, *_reason(error)))
            continue
        left -= len(content)
        if left < 0:
            what = f"makes the catalog larger than {MAX_CATALOG_BYTES} bytes"
            problems.append(file_problem(name, what, "make two catalogs of it"))
            break
        files[name] = content
    return files, problems


def _reason(error: UnreadableFileError | OSError) -> tuple[str, str]:
    if isinstance(error, UnreadableFileError):
        return error.what, error.remedy
    return f"cannot be read: {reason_of(error)}", "put a readable file there"


def _paths(directory: Path, problems: list[Problem]) -> Iterator[Path]:
    """Every file of a catalog below a directory; it follows no link to a directory, so it meets no loop."""

    def unlisted(error: OSError) -> None:
        name = printable(Path(error.filename).relative_to(directory).as_posix())
        problems.append(file_problem(name, *_reason(error)))

    links = (folder for folder in FOLDERS if (directory / folder).is_symlink())
    problems.extend(file_problem(folder, "is a link", "put the folder itself there") for folder in links)
    left = MAX_NAMES
    for folder, folders, names in os.walk(directory, onerror=unlisted):
        left -= len(folders) + len(names)
        if left < 0:
            what = f"more than {MAX_NAMES} files and folders lie here"
            problems.append(file_problem(".", what, "name the folder of a catalog with --catalog"))
            return
        folders.sort()
        for name in sorted(names + folders):
            path = Path(folder) / name
            if is_read(path.relative_to(directory).as_posix()):
                yield path


def is_read(name: str) -> bool:
    """Whether a file of a catalog has such a name below its folder: YAML anywhere, and JSON among the recordings.

    A name that differs in case alone is read, too, so that it is refused and not left out in silence.
    """
    last = name.rpartition("/")[2].lower()
    is_recording = name.startswith(f"{RECORDINGS}/") and last.endswith(".json")
    return not last.startswith(".") and (is_recording or last.endswith((".yaml", ".yml")))
