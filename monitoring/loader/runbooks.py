"""The texts of a platform's runbooks."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from monitoring.errors import UsageError
from monitoring.file_reading import UnreadableFileError, content_of


def load_runbooks(directory: Path) -> Mapping[str, str]:
    """The text of every runbook by its file's name without `.md`; nothing where there is no such directory.

    Raises UsageError for a runbook that cannot be read.
    """
    return {path.stem: _text(path, directory) for path in sorted(directory.glob("*.md"))}


def _text(path: Path, directory: Path) -> str:
    try:
        return content_of(path, within=directory).decode()
    except UnreadableFileError as error:
        raise UsageError(f'the runbook "{path}" {error}') from None
    except (OSError, UnicodeDecodeError):
        raise UsageError(f'the runbook "{path}" cannot be read; save it as a file in UTF-8') from None
