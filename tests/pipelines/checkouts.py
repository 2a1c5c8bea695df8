"""A clean checkout: what is under version control or will be, in a folder of a test's own."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from monitoring.loader import PlatformFiles
from tests.pipelines.workflows import ROOT
from tests.platforms import AGENCY

SHARED = (".venv", ".pulumi", ".cache")
"""What was installed and built once; a link to it stands for the steps that install, which are not run again."""
COMPILED = "__pycache__"
LONG_AGO = 1_000_000_000.0
"""Every file is older than what was installed, so that make installs nothing into the shared folders; a module is as
old as it was, which is what Python knows its compiled form by."""


def checkout(folder: Path) -> Path:
    """A copy of the repository's files in a folder, without what git ignores but for what Python has compiled."""
    ignored = {line.rstrip("/") for line in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()}
    shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(".git", *(ignored - {COMPILED})))
    use_platform(folder, AGENCY)
    for path in folder.rglob("*"):
        if path.suffix != ".py":
            os.utime(path, (LONG_AGO, LONG_AGO))
    for name in SHARED:
        (folder / name).symlink_to(ROOT / name)
    return folder


def use_platform(folder: Path, platform: PlatformFiles) -> None:
    """Puts a platform of the tests in place of the one that lies in a checkout, whatever that is."""
    for name in ("catalog", "golden", "docs"):
        shutil.rmtree(folder / name)
        shutil.copytree(platform.root / name, folder / name)


def rewrite(checkout: Path, file: str, old: str, new: str) -> None:
    """Changes a file where an old text stands once. Fails unless it does."""
    path = checkout / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
    path.write_text(text.replace(old, new), encoding="utf-8")
