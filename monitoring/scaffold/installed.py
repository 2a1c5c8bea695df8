"""The tool as a project installs it: the wheel's file and hash, and the lock of everything that it runs on."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from monitoring import __version__
from monitoring.file_reading import content_of

HERE = Path(__file__).parent
LOCKS = (HERE / "requirements.txt", HERE.parents[1] / "requirements.txt")
"""In an installed wheel, and in a checkout."""


@dataclass(frozen=True, slots=True)
class Installed:
    """The tool's distribution."""

    lock: str
    sha256: str | None
    """None where the tool was not installed from a wheel's file, as in a checkout."""

    @property
    def wheel(self) -> str:
        """The name of the wheel's file."""
        return f"wakeproof-{__version__}-py3-none-any.whl"

    @property
    def lock_name(self) -> str:
        """What the lock is called beside the wheel."""
        return f"wakeproof-{__version__}.txt"


def installed() -> Installed:
    """The tool that runs now."""
    lock = next(path for path in LOCKS if path.is_file())
    return Installed(content_of(lock, within=lock.parent).decode(), _wheel_hash())


def _wheel_hash() -> str | None:
    """What pip noted of the file that it installed.

    Source: https://packaging.python.org/en/latest/specifications/direct-url/
    """
    try:
        noted = json.loads(distribution("wakeproof").read_text("direct_url.json") or "{}")
    except (PackageNotFoundError, ValueError):
        return None
    sha256 = noted.get("archive_info", {}).get("hashes", {}).get("sha256")
    return None if sha256 is None else str(sha256)
