"""Runs every benchmark of this package, each in a process of its own; exit code 1 where a promise is broken.

python -m benchmarks [NAME ...]
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).parent
HARNESS = {"__init__", "__main__", "catalogs", "corpus", "plain", "ratio"}


def names() -> list[str]:
    """Every benchmark, by its module's name."""
    return sorted(path.stem for path in HERE.glob("*.py") if path.stem not in HARNESS)


def main(asked: Sequence[str]) -> int:
    """Runs the benchmarks asked for, or all: 0 where each promise holds, 1 where one is broken, 2 for a wrong name."""
    unknown = [name for name in asked if name not in names()]
    if unknown:
        print(f'no benchmark is called "{unknown[0]}"; there is {", ".join(names())}', file=sys.stderr)
        return 2
    codes = [run(name) for name in asked or names()]
    return int(any(codes))


def run(name: str) -> int:
    """Runs one benchmark as a module, from the directory that holds the package."""
    print(f"== {name}", flush=True)
    return subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], cwd=HERE.parent, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
