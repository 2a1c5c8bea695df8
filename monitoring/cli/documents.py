"""The documents that belong to a catalog: where they lie, and what is written by hand in them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from monitoring.cli.files import text
from monitoring.errors import UsageError
from monitoring.loader import PlatformFiles


def documents_folder(files: PlatformFiles, otherwise: str = "name a folder with --out") -> Path:
    """The folder of the documents that belong to a catalog; UsageError, saying what then, where there is none yet."""
    if not files.runbooks.is_dir():
        raise UsageError(f'no documents belong to the catalog "{files.catalog}" yet; {otherwise}')
    return files.documents


def written_by_hand(folder: Path, generated: Collection[str], option: str) -> Mapping[str, str]:
    """The text of every page below a folder by its path in it, without those that are generated as a whole.

    Raises UsageError, naming the option, for a page that cannot be read.
    """
    paths = (path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*.md")))
    return {name: text(folder / name, option, folder) for name in paths if name not in generated}
