"""The Pulumi engine, as far as a command asks it something."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Annotated

import typer

from monitoring.errors import UsageError

ROOT = Path(__file__).parents[2]
BUILT = ROOT / ".pulumi" / "bin"

CwdOption = Annotated[
    Path,
    typer.Option("--cwd", metavar="DIR", help="Where the Pulumi program lies.", show_default="this project's checkout"),
]


def ask(*arguments: str, cwd: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Runs the engine, with further environment variables, and waits; UsageError where there is none."""
    environment, words = {**os.environ, **variables}, command(*arguments)
    return subprocess.run(words, cwd=cwd, env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL)


def command(*arguments: str) -> list[str]:
    """The engine's command line; UsageError where there is none."""
    engine = shutil.which("pulumi", path=f"{os.environ.get('PATH', '')}{os.pathsep}{BUILT}")
    if engine is None:
        raise UsageError(
            "there is no Pulumi here; install it (https://www.pulumi.com/docs/install/) or run make engine"
        )
    return [engine, *arguments]
