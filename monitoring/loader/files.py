"""The catalog's files: which there are, and their bytes."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from monitoring.errors import Problem, Source
from monitoring.model.scalars import printable

MAX_BYTES = 1_000_000


def file_problem(name: str, what: str, remedy: str, *, line: int = 0) -> Problem:
    """A mistake in a file as such, before anything in it has a meaning."""
    return Problem(Source(name, line), "", what, remedy, "file")


def read_files(directory: Path) -> tuple[dict[str, bytes], list[Problem]]:
    """The bytes of every YAML file, by its path below the directory; what cannot be read is a problem."""
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    for path in _yaml_files(directory, problems):
        name = printable(path.relative_to(directory).as_posix())
        try:
            refused = _refused(path)
            if refused:
                problems.append(file_problem(name, *refused))
            else:
                files[name] = path.read_bytes()
        except OSError as wrong:
            problems.append(file_problem(name, *_unreadable(path, wrong)))
    return files, problems


def _yaml_files(directory: Path, problems: list[Problem]) -> Iterator[Path]:
    """Every YAML file below a directory; it follows no link to a directory, so it meets no loop."""

    def unlisted(wrong: OSError) -> None:
        name = printable(Path(wrong.filename).relative_to(directory).as_posix())
        problems.append(file_problem(name, *_unreadable(Path(wrong.filename), wrong)))

    for folder, folders, names in os.walk(directory, onerror=unlisted):
        folders.sort()
        for name in sorted(names + [one for one in folders if _is_yaml(one)]):
            if _is_yaml(name) and not name.startswith("."):
                yield Path(folder) / name


def _is_yaml(name: str) -> bool:
    return name.endswith((".yaml", ".yml"))


def _refused(path: Path) -> tuple[str, str] | None:
    """Why a path is not read at all: what is no file could block or hold the reader for ever."""
    facts = path.stat()
    if stat.S_ISDIR(facts.st_mode):
        return "is a directory", "give a directory a name without .yaml"
    if not stat.S_ISREG(facts.st_mode):
        return "is not a file", "put a readable file there"
    if facts.st_size > MAX_BYTES:
        return f"is larger than {MAX_BYTES} bytes", "split it"
    return None


def _unreadable(path: Path, wrong: OSError) -> tuple[str, str]:
    if path.is_symlink():
        return "is a link that leads nowhere or to itself", "put a readable file there"
    return f"cannot be read: {(wrong.strerror or 'unknown reason').lower()}", "put a readable file there"
