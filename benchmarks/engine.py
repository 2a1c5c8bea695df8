"""The program on the real engine and emulated accounts, against a plain program that declares the same.

    python -m benchmarks.engine

Exit code 1 where a promise is broken, 0 and one line where there is no engine. What an `up`, an `up` without changes or
a `refresh` take beside the program is the engine's floor: the same run with a program that has nothing to say.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median

from benchmarks.catalogs import written
from benchmarks.preview import plain_of
from benchmarks.ratio import told
from monitoring.loader import load
from tests.engine.accounts.account import Account
from tests.engine.ours import make_what_humans_make, our_program
from tests.engine.workspace import REPOSITORY, Workspace, write_plugins

BOUNDS = {100: 1.6, 1_000: 1.8}
ROUNDS = 3
PLAIN_YAML = (
    "name: monitoring\nruntime: python\npackages:\n  sentry: {source: terraform-provider, version: 1.2.0, "
    "parameters: [jianyuan/sentry, 0.15.4]}\n"
)
EMPTY = "import pulumi\n"


@dataclass(frozen=True)
class Sides:
    """Two workspaces of one size, ours and the plain program's, with accounts of their own."""

    ours: Workspace
    plain: Workspace


def found_engine() -> Path | None:
    """The engine, None where there is none."""
    command = [sys.executable, str(REPOSITORY / "tools" / "pulumi" / "engine.py"), "--no-build"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    return None if run.returncode else Path(run.stdout.strip())


def sides(room: Path, engine: Path, rules: int) -> Sides:
    """Both programs, each before its first `up`."""
    catalog = written(room / "catalog", rules)
    text = plain_of(catalog)
    ours = workspace(room / "ours", engine, our_program(room / "ours" / "program", catalog=catalog), catalog)
    return Sides(ours, workspace(room / "plain", engine, plain_program(room / "plain" / "program", text), catalog))


def plain_program(folder: Path, text: str) -> Path:
    """A project's folder with a plain program."""
    folder.mkdir(parents=True)
    (folder / "Pulumi.yaml").write_text(PLAIN_YAML)
    (folder / "__main__.py").write_text(text)
    return folder


def workspace(room: Path, engine: Path, program: Path, catalog: Path) -> Workspace:
    """A stack with accounts in which only humans have been."""
    write_plugins(room / "home")
    (room / "backend").mkdir()
    account = Account.at(room / "accounts.sqlite")
    make_what_humans_make(account, load(catalog))
    made = Workspace(engine=engine, room=room, account=account, program=program)
    made.init()
    return made


def seconds(one: Workspace, *words: str) -> float:
    """How long a run of the engine takes, which must end well."""
    begun = time.perf_counter()
    one.must(*words)
    return time.perf_counter() - begun


def previews(both: Sides, rounds: int) -> list[tuple[float, float]]:
    """Seconds of `preview`, ours and plain in turns; each has run once before."""
    for one in (both.ours, both.plain):
        seconds(one, "preview")
    return [(seconds(both.ours, "preview"), seconds(both.plain, "preview")) for _ in range(rounds)]


def shares(ours: Workspace) -> list[tuple[str, float, float]]:
    """Each kind of run with its seconds, and those of the same run for a program that says nothing."""
    silent = replace(ours, program=plain_program(ours.room / "silent", EMPTY), stack="silent")
    silent.init()
    up, refresh = ("up", "--yes", "--skip-preview"), ("refresh", "--yes", "--skip-preview")
    runs = (("first up", up), ("up without changes", up), ("refresh", refresh))
    return [(name, seconds(ours, *words), seconds(silent, *words)) for name, words in runs]


def main() -> int:
    """Measures, prints, and answers 1 where a promise is broken."""
    engine = found_engine()
    if engine is None:
        print("there is no engine; make engine builds one")
        return 0
    kept = True
    for rules, bound in BOUNDS.items():
        with tempfile.TemporaryDirectory() as room:
            both = sides(Path(room), engine, rules)
            pairs = previews(both, ROUNDS)
            ours, plain = (median(side) for side in zip(*pairs, strict=True))
            ratio = median(other / one for one, other in pairs)
            name = f"preview of {rules:,} rules ({ours:.1f} s), plain program ({plain:.1f} s)"
            kept &= told(name, f"{ratio:.2f}x", f"at least {bound}x", kept=ratio >= bound)
            for what, took, floor in shares(both.ours) if rules == min(BOUNDS) else ():
                told(f"{what}; an empty program {floor:.1f} s", f"{took:.1f} s")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
