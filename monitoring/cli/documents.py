"""The documents that belong to a catalog: where they lie, and what is written by hand in them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from monitoring.checks import runbooks_near
from monitoring.cli.files import text
from monitoring.errors import UsageError


def documents_near(catalog: Path, otherwise: str = "name a folder with --out") -> Path:
    """The folder of the documents that belong to a catalog; UsageError, saying what then, where there is none yet."""
    runbooks = runbooks_near(catalog)
    if not runbooks.is_dir():
        raise UsageError(f'no documents belong to the catalog "{catalog}" yet; {otherwise}')
    return runbooks.parent


def written_by_hand(folder: Path, generated: Collection[str], option: str) -> Mapping[str, str]:
    """The text of every page below a folder by its path in it, without those that are generated as a whole.

    Raises UsageError, naming the option, for a page that cannot be read.
    """
    there = (path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*.md")))
    return {name: text(folder / name, option) for name in there if name not in generated}


def shown(path: Path) -> str:
    """The path as somebody in this directory would type it."""
    absolute = path.resolve()
    return str(absolute.relative_to(Path.cwd())) if absolute.is_relative_to(Path.cwd()) else str(path)
