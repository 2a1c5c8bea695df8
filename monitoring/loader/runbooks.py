"""The texts of a platform's runbooks."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from monitoring.errors import UsageError
from monitoring.file_reading import UnreadableFileError, as_typed, content_of


class RunbookTexts(dict[str, str]):
    """The text of every runbook by its file's name without `.md`, and the folder that was looked in, as it is typed."""

    def __init__(self, texts: Mapping[str, str], folder: str, *, is_there: bool) -> None:
        super().__init__(texts)
        self.folder, self.is_there = folder, is_there


def load_runbooks(directory: Path) -> RunbookTexts:
    """The runbooks in a directory, of which there may be none.

    Raises UsageError for a runbook that cannot be read.
    """
    texts = {path.stem: _text(path, directory) for path in sorted(directory.glob("*.md"))}
    return RunbookTexts(texts, as_typed(directory), is_there=directory.is_dir())


def _text(path: Path, directory: Path) -> str:
    try:
        return content_of(path, within=directory).decode()
    except UnreadableFileError as error:
        raise UsageError(f'the runbook "{path}" {error}') from None
    except (OSError, UnicodeDecodeError):
        raise UsageError(f'the runbook "{path}" cannot be read; save it as a file in UTF-8') from None
