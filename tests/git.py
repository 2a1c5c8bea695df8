"""Repositories of git for the tests: their commits are Ana's, and no setting of this machine reaches them."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

NAMES = (("NAME", "Ana Example"), ("EMAIL", "ana@youragency.com"))
PERSON = {f"GIT_{role}_{word}": value for role in ("AUTHOR", "COMMITTER") for word, value in NAMES}
APART = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}


def git(root: Path, *words: str) -> str:
    """What a git command answers; it has to end well."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    ran = subprocess.run(
        ["git", "-C", str(root), *words], env=ours | PERSON | APART, capture_output=True, text=True, check=True
    )
    return ran.stdout.strip()


def commit(root: Path, subject: str = "A change", *options: str) -> str:
    """Commits all that stands there and returns the revision; that nothing has changed is an error."""
    git(root, "add", "--all")
    git(root, "commit", "--quiet", *options, "--message", subject)
    return git(root, "rev-parse", "HEAD")
