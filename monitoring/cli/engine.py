"""The Pulumi engine, as far as a command asks it something."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Annotated

import typer

from monitoring.errors import UsageError
from monitoring.loader import PROJECT_FILE, nearest_project
from monitoring.pipelines.children import captured

BUILT = Path(".pulumi") / "bin"
"""Where `make engine` of a checkout puts the engine, in the project's folder."""

CwdOption = Annotated[
    Path | None,
    typer.Option("--cwd", metavar="DIR", help="The Pulumi project's folder.", show_default="the nearest project"),
]


def ask(*arguments: str, cwd: Path | None, **variables: str) -> subprocess.CompletedProcess[str]:
    """Runs the engine in a project's folder, by default the nearest one, with further environment variables, and waits.

    Raises UsageError where there is no project or no engine.
    """
    folder, environment = project_folder(cwd), {**os.environ, **variables}
    words = command(*arguments, folder=folder)
    return captured(words, cwd=folder, environ=environment)


def project_folder(chosen: Path | None) -> Path:
    """The folder of the project that is meant: the chosen one, or the nearest. UsageError where that is none."""
    folder = chosen or nearest_project(Path.cwd())
    if folder is None:
        raise UsageError("there is no Pulumi.yaml in this folder or above it; name the project's folder with --cwd DIR")
    if not (folder / PROJECT_FILE).is_file():
        raise UsageError(f'there is no Pulumi program in "{folder}"; name its folder with --cwd')
    return folder


def command(*arguments: str, folder: Path) -> list[str]:
    """The engine's command line for a project's folder; UsageError where there is none."""
    engine = shutil.which("pulumi", path=f"{os.environ.get('PATH', '')}{os.pathsep}{(folder / BUILT).absolute()}")
    if engine is None:
        raise UsageError(
            "Pulumi is not installed; "
            "install it (https://www.pulumi.com/docs/install/) or run make engine in a checkout"
        )
    return [engine, *arguments]
