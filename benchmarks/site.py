"""The site of 300 rules and 40 people, against reading and proving their catalog: as whole processes, and in one.

    python -m benchmarks.site

Exit code 1 where the promise is broken.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.ratio import Case, children, verdict
from monitoring.collector import gc_paused
from monitoring.reach.proof import prove_catalog
from monitoring.site import SiteData, site_data, site_files
from tests.site.large import large_catalog, written

TODAY = date(2026, 11, 23)


def cases(folder: Path) -> Iterable[Case]:
    """Both promises: the command, and the work alone."""
    catalog = written(folder / "catalog")

    def proved() -> object:
        return run("reach", "--catalog", str(catalog), "--today", "2026-11-23")

    def built() -> object:
        return run("site", "--catalog", str(catalog), "--today", "2026-11-23", "--out", str(folder / "site"))

    promise = "a site of 300 rules and 40 people, checks and calendar files included, for `monitoring reach`"
    yield Case(promise, built, proved, at_most=5, rounds=3, clock=children)
    promise = "the same in one process, for reading and proving the catalog, without any interpreter or import"
    yield Case(promise, pages_alone, proof_alone, at_most=20, rounds=5, clock=time.process_time)


def pages_alone() -> object:
    """Every file of the site, of a catalog that is read, checked and proved already, with nothing kept from before."""
    with gc_paused():
        return site_files(replace(_checked()))


def proof_alone() -> object:
    """The catalog, read and proved."""
    with gc_paused():
        return prove_catalog(large_catalog(), environment="prod", today=TODAY)


@cache
def _checked() -> SiteData:
    return site_data(large_catalog(), "prod", TODAY, {})


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
