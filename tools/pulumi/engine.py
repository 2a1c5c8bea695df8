"""Says which Pulumi engine to use: an installed one that fits, else one built once from its Go module.

`python tools/pulumi/engine.py` prints the path of the executable, and builds it first where that is needed;
`--no-build` only looks. Progress and refusals go to standard error; the exit code is 1 when there is no engine.
The version is the one that go.mod names.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOM = Path(__file__).resolve().parent
BUILT = ROOM.parents[1] / ".pulumi" / "bin"
HOST = "pulumi-language-python"
MODULE = "github.com/pulumi/pulumi/pkg/v3"
COMMAND = f"{MODULE}/cmd/pulumi"
STAMP = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version"
QUIET = {"PULUMI_SKIP_UPDATE_CHECK": "true", "PULUMI_AUTOMATION_API_SKIP_VERSION_CHECK": "true"}
SAY_EVERY_SECONDS = 5.0

Version = tuple[int, int, int]


class EngineMissingError(Exception):
    """There is no engine that fits and none can be built; the text says what to install."""


@dataclass(frozen=True)
class Go:
    """A Go tool chain: where it is and which version it says it has."""

    path: str
    version: Version


def version_in(text: str) -> Version | None:
    """The first version number in a text; a missing last part counts as 0."""
    found = re.search(r"(\d+)\.(\d+)(?:\.(\d+))?", text)
    return (int(found[1]), int(found[2]), int(found[3] or 0)) if found else None


def wanted_version(go_mod: str) -> str:
    """The engine's version as go.mod names it, such as `v3.259.0`."""
    found = re.search(rf"^\s*{re.escape(MODULE)} (v\S+)", go_mod, re.MULTILINE)
    if not found:
        raise EngineMissingError(f"tools/pulumi/go.mod: {MODULE} is missing; restore the file from version control")
    return found[1]


def wanted_go(go_mod: str) -> Version:
    """The Go version that go.mod asks for."""
    found = re.search(r"^go (\S+)", go_mod, re.MULTILINE)
    return (found and version_in(found[1])) or (0, 0, 0)


def fits(version: Version | None, *, wanted: Version) -> bool:
    """Whether an engine understands this project: the same major version, not older than the one in go.mod."""
    return version is not None and version[0] == wanted[0] and version >= wanted


def said_version(command: Sequence[str]) -> Version | None:
    """The version that a program prints about itself, None when it cannot be run."""
    try:
        run = subprocess.run(command, capture_output=True, text=True, timeout=60, env={**os.environ, **QUIET})
    except (OSError, subprocess.TimeoutExpired):
        return None
    return version_in(run.stdout) if run.returncode == 0 else None


def has_host(engine: Path) -> bool:
    """Whether the engine would find a language host for Python."""
    return (engine.resolve().parent / HOST).exists() or shutil.which(HOST) is not None


def installed_engine(wanted: Version, *, path: str | None = None) -> Path | None:
    """The engine on PATH, when it fits and can run Python."""
    found = shutil.which("pulumi", path=path)
    if found and has_host(Path(found)) and fits(said_version([found, "version"]), wanted=wanted):
        return Path(found)
    return None


def built_engine(wanted: Version, *, folder: Path = BUILT) -> Path | None:
    """The engine that an earlier run built, when it is of the version that go.mod names now."""
    engine = folder / "pulumi"
    return engine if engine.exists() and said_version([str(engine), "version"]) == wanted else None


def go_tool() -> Go | None:
    """Go on PATH."""
    path = shutil.which("go")
    version = said_version([path, "version"]) if path else None
    return Go(path, version) if path and version else None


def need_go(go: Go | None, *, wanted: Version, engine: str) -> Go:
    """The tool chain to build with. Raises `EngineMissingError`, with what to install."""
    if go is not None and go.version >= wanted:
        return go
    has = "Go is not installed" if go is None else f"Go here is {'.'.join(map(str, go.version))}"
    least = ".".join(map(str, wanted[:2]))
    raise EngineMissingError(
        f"no Pulumi {engine} or later of the same major version on PATH, and {has}; install Pulumi "
        f"(https://www.pulumi.com/docs/install/) or Go {least} or later, then run `make engine` again"
    )


def build_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """Variables of the build: the tool chain that is installed, no C compiler."""
    return {**environment, "GOTOOLCHAIN": "local", "CGO_ENABLED": "0"}


def package_count(go: Go) -> int:
    """How many packages the engine consists of; 0 when Go cannot say. Fetches the modules as a side effect."""
    command = [go.path, "list", "-deps", COMMAND]
    run = subprocess.run(command, cwd=ROOM, env=build_environment(os.environ), stdout=subprocess.PIPE, text=True)
    return len(run.stdout.splitlines()) if run.returncode == 0 else 0


def build_command(go: Go, *, version: str, target: Path) -> list[str]:
    """The command that builds the engine; without the stamp Pulumi's Automation API refuses the result."""
    flags = f"-s -w -X {STAMP}={version}"
    return [go.path, "build", "-v", "-trimpath", "-ldflags", flags, "-o", str(target), COMMAND]


def say(text: str) -> None:
    """Print a line of progress at once."""
    print(text, file=sys.stderr, flush=True)


def watch(build: subprocess.Popen[str], *, packages: int) -> list[str]:
    """Count the packages as they are compiled, aloud every few seconds; the lines that were no package name."""
    began, spoken, done, other = time.monotonic(), time.monotonic(), 0, []
    for line in build.stdout or ():
        done += "/" in line or " " not in line.strip()
        other += [line] if " " in line.strip() else []
        if time.monotonic() - spoken >= SAY_EVERY_SECONDS:
            spoken = time.monotonic()
            say(f"  {done} packages compiled of at most {packages}, {spoken - began:.0f} s")
    return other


def build_engine(go: Go, *, version: str, folder: Path = BUILT) -> Path:
    """Build the engine and put the language host beside it. Raises `EngineMissingError` with Go's own last words."""
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = folder / f".pulumi-{os.getpid()}"
    say(f"building Pulumi {version} once into {folder}: about four minutes on two cores, fetching modules first")
    packages = package_count(go)
    command = build_command(go, version=version, target=unfinished)
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    try:
        with subprocess.Popen(command, cwd=ROOM, env=build_environment(os.environ), text=True, **pipes) as build:  # type: ignore[call-overload]
            words = watch(build, packages=packages)
        if build.returncode:
            raise EngineMissingError(
                f"building Pulumi {version} failed: {''.join(words[-5:]).strip() or 'go gave no reason'}"
            )
        return install(unfinished, folder=folder)
    finally:
        unfinished.unlink(missing_ok=True)


def install(binary: Path, *, folder: Path) -> Path:
    """Put a finished binary in place in one step, with the language host beside it; its path."""
    place_host(folder)
    return binary.replace(folder / "pulumi")


def place_host(folder: Path) -> None:
    """Copy the language host beside the engine, where it looks first."""
    unfinished = folder / f".{HOST}-{os.getpid()}"
    shutil.copy2(ROOM / HOST, unfinished)
    unfinished.replace(folder / HOST)


def engine(*, may_build: bool) -> Path:
    """The engine to use. Raises `EngineMissingError`."""
    go_mod = (ROOM / "go.mod").read_text()
    version = wanted_version(go_mod)
    wanted = version_in(version) or (0, 0, 0)
    found = installed_engine(wanted) or built_engine(wanted)
    if found is None and may_build:
        found = build_engine(need_go(go_tool(), wanted=wanted_go(go_mod), engine=version[1:]), version=version)
    if found is None:
        raise EngineMissingError(f"no Pulumi {version[1:]} or later of the same major version here; run `make engine`")
    if found.parent == BUILT:
        place_host(BUILT)
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the engine's path; 1 and one sentence when there is none."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--no-build", action="store_true", help="only look, build nothing")
    try:
        print(engine(may_build=not parser.parse_args(arguments).no_build))
    except EngineMissingError as reason:
        say(str(reason))
        return 1
    except KeyboardInterrupt:
        say("stopped; run `make engine` again to go on where this ended")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
