#!/usr/bin/env python3
"""Runs the released tool in somebody else's repository: installed once from its wheel, every file held to its hash.

    tools/released.py [--requirements FILE] COMMAND [WORD …]

FILE is by default `requirements.txt` of the folder in which it is run: the two lines of manual/releasing.md, which name
the wheel with its hash and the lock of all that it runs on. Nothing is installed by a name alone. The environment lies
in the user's cache, known by what those files say; one that was left half made is made anew.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import subprocess
import sys
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

OPTION = "--requirements"
COMPLETE = "complete"
"""The file that is written last; an environment without it is not used."""
HAS_PIP = find_spec("pip") is not None
"""Whether the Python that runs this has a pip, so that the environment needs none of its own."""


class NotInstallableError(Exception):
    """The tool cannot be installed; the message is for whoever called this."""


def chosen(words: list[str]) -> tuple[Path, list[str]]:
    """The file that names the wheel, and the command for the tool."""
    if words[:1] == [OPTION] and len(words) > 1:
        return Path(words[1]), words[2:]
    return Path("requirements.txt"), words


def key(requirements: Path) -> str:
    """A name for all that is installed: this Python, the file, and the files that it names with -r, hashes and all."""
    content = hashlib.sha256(f"{sys.executable} {sys.version_info[:2]}".encode())
    for path in files(requirements):
        content.update(path.read_bytes())
    return content.hexdigest()[:32]


def files(requirements: Path) -> Iterator[Path]:
    """The file, and those that it names; NotInstallableError where one is not there."""
    if not requirements.is_file():
        raise NotInstallableError(
            f'there is no file "{requirements}"; write the two lines of manual/releasing.md into it, with the hash '
            f"of the wheel, or name another with {OPTION} FILE"
        )
    yield requirements
    for line in requirements.read_text(encoding="utf-8").splitlines():
        if line.startswith("-r "):
            yield from files(requirements.parent / line.removeprefix("-r ").strip())


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Lets one process at a time make the environment."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def environment(requirements: Path) -> Path:
    """The Python of an environment with the tool; NotInstallableError where pip refuses a file."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = cache / "wakeproof" / key(requirements)
    python = folder / "bin" / "python"
    with alone(folder):
        if not (folder / COMPLETE).exists():
            venv.create(folder, clear=True, with_pip=not HAS_PIP)
            install(python, requirements)
            (folder / COMPLETE).touch()
    return python


def install(python: Path, requirements: Path) -> None:
    """Installs what the file names, each held to its hash; paths in it are those of its own folder."""
    pip = [sys.executable, "-m", "pip", "--python", str(python)] if HAS_PIP else [str(python), "-m", "pip"]
    command = [*pip, "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "-r", requirements.name]
    run = subprocess.run(command, cwd=requirements.resolve().parent, capture_output=True, text=True)
    if run.returncode:
        raise NotInstallableError(f'"{requirements}" cannot be installed: {run.stderr.strip()}')


def main() -> None:
    """Becomes the tool, with the words of the command line; exit code 2 where it cannot be installed."""
    requirements, words = chosen(sys.argv[1:])
    try:
        python = environment(requirements)
    except NotInstallableError as error:
        print(f"error: {error}", file=sys.stderr)
        sys.exit(2)
    os.execv(python, [str(python), "-P", "-m", "monitoring", *words])


if __name__ == "__main__":
    main()
