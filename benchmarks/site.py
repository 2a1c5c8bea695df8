"""The site of 300 rules and 40 people, against reading and proving their catalog; both as whole processes.

    python -m benchmarks.site

Exit code 1 where the promise is broken.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.ratio import Case, children, verdict
from tests.site.large import written


def cases(folder: Path) -> Iterable[Case]:
    """The one promise."""
    catalog = written(folder / "catalog")

    def proved() -> object:
        return run("reach", "--catalog", str(catalog), "--today", "2026-11-23")

    def built() -> object:
        return run("site", "--catalog", str(catalog), "--today", "2026-11-23", "--out", str(folder / "site"))

    promise = "a site of 300 rules and 40 people, checks and calendar files included, for `monitoring reach`"
    yield Case(promise, built, proved, at_most=5, rounds=3, clock=children)


def run(*arguments: str) -> object:
    """A command as a process of its own."""
    command = [sys.executable, "-m", "monitoring", *arguments]
    return subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def main() -> int:
    """Measures, prints, and answers 1 where the promise is broken."""
    with TemporaryDirectory() as folder:
        return verdict(cases(Path(folder)))


if __name__ == "__main__":
    sys.exit(main())
