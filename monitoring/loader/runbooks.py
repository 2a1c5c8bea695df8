"""The texts of a platform's runbooks."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from monitoring.errors import UsageError


def load_runbooks(directory: Path) -> Mapping[str, str]:
    """The text of every runbook by its file's name without `.md`; nothing where there is no such directory.

    Raises UsageError for a runbook that cannot be read.
    """
    texts: dict[str, str] = {}
    for path in sorted(directory.glob("*.md")):
        try:
            texts[path.stem] = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            raise UsageError(f'the runbook "{path}" cannot be read; save it as a file in UTF-8') from None
    return texts
