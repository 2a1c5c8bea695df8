"""The wheel as somebody installs it: built, and put into environments that hold what it asks for and nothing else.

An environment takes the wheel from the file, as pip does, and its dependencies from the suite's own environment, as
links: no network, and a second instead of a minute. What this leaves untested is that an index serves those files;
`make` itself installs them by their hashes.
"""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import Distribution, distribution
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]
TIMEOUT_SECONDS = 600.0
EXTRAS = frozenset({"pulumi", "health"})
Required = tuple[str, frozenset[str]]


def build(target: str, folder: Path, *, source: Path = ROOT) -> Path:
    """The wheel or the sdist of a source tree, built into a folder; always with the same date."""
    environ = {"PATH": os.environ["PATH"], "SOURCE_DATE_EPOCH": "1767225600"}
    command = [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(folder)]
    subprocess.run(command, cwd=source, env=environ, capture_output=True, check=True, timeout=TIMEOUT_SECONDS)
    (built,) = folder.glob("*.whl" if target == "wheel" else "*.tar.gz")
    return built


def needed(requirements: Iterable[str], extras: Collection[str]) -> Iterator[Required]:
    """The distributions that requirements name on this machine, with the extras that are asked of each."""
    for requirement in map(Requirement, requirements):
        marker = requirement.marker
        if marker is None or any(marker.evaluate({"extra": extra}) for extra in extras or {""}):
            yield requirement.name, frozenset(requirement.extras)


def closure(requirements: Iterable[str], extras: Collection[str]) -> dict[str, Distribution]:
    """Every distribution that requirements lead to, by name."""
    waiting, seen = [*needed(requirements, extras)], set[Required]()
    while waiting:
        required = waiting.pop()
        if required not in seen:
            seen.add(required)
            waiting += needed(distribution(required[0]).requires or (), required[1])
    return {name: distribution(name) for name, _ in seen}


@dataclass(frozen=True)
class Environment:
    """A virtual environment."""

    folder: Path

    @property
    def bin(self) -> Path:
        """The folder of its commands."""
        return self.folder / "bin"

    @property
    def site(self) -> Path:
        """The folder of its packages."""
        return next(self.folder.glob("lib/python*/site-packages"))

    def run(self, *command: str, cwd: Path, **environ: str) -> subprocess.CompletedProcess[str]:
        """What a command of it answers in a folder, on a wide terminal and with nothing else on the path."""
        return subprocess.run(
            [str(self.bin / command[0]), *command[1:]],
            cwd=cwd,
            env={"COLUMNS": "200", "PATH": "", **environ},
            capture_output=True,
            text=True,
            timeout=TIMEOUT_SECONDS,
        )


def pip(environment: Environment, *words: str) -> str:
    """What the suite's pip answers about an environment."""
    command = [sys.executable, "-m", "pip", "--python", str(environment.bin / "python"), "--disable-pip-version-check"]
    return subprocess.run([*command, *words], capture_output=True, text=True, check=True).stdout


def environment_with(wheel: Path, folder: Path, *, extras: Collection[str] = EXTRAS) -> Environment:
    """A fresh environment with a wheel and all that its own metadata asks for, given some of its extras."""
    venv.create(folder, symlinks=True)
    environment = Environment(folder)
    pip(environment, "install", "--quiet", "--no-index", "--no-deps", str(wheel))
    (metadata,) = environment.site.glob("wakeproof-*.dist-info")
    for known in closure(Distribution.at(metadata).requires or (), extras).values():
        link(known, environment.site)
    return environment


def link(known: Distribution, site: Path) -> None:
    """Links to everything that a distribution has in its own site-packages, put into another."""
    names = {file.parts[0] for file in known.files or ()} - {"..", "__pycache__"}
    for name in names:
        if not (site / name).exists():
            (site / name).symlink_to(Path(str(known.locate_file(name))))


def checkout(*command: str, cwd: Path, environ: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """What the checkout's own environment answers, under the same conditions."""
    return Environment(Path(sys.prefix)).run(*command, cwd=cwd, **environ)
