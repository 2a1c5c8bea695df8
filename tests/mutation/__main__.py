"""`python -m tests.mutation`: every damage of every kind; exit code 1 where the list of survivors would grow."""

from __future__ import annotations

import sys

from rich.console import Console
from rich.progress import track
from rich.table import Table

from tests.mutation.run import SURVIVORS, Outcome, known_survivors, outcomes, written


def main() -> int:
    """Damages the catalog in every known way, says what each guard found, and compares with the list in git."""
    console = Console()
    found = list(track(outcomes(), description="damaging the catalog", console=console, transient=True))
    console.print(_table(found))
    survived = sorted(one.damage.name for one in found if one.survived)
    new, gone = set(survived) - known_survivors(), known_survivors() - set(survived)
    for name in sorted(new):
        console.print(f"survived: {name}", markup=False)
    misfiled = sorted(one.damage.name for one in found if one.misfiled)
    for name in misfiled:
        console.print(f"said to be for review, and found by a guard: {name}", markup=False)
    if gone and not new:
        SURVIVORS.write_text(written(survived))
        console.print(f"{len(gone)} no longer survive; the list is shorter now", markup=False)
    console.print(
        f"{len(found)} damages of {len({one.damage.kind.name for one in found})} kinds, {len(survived)} survive"
    )
    return 1 if new or misfiled else 0


def _table(found: list[Outcome]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("damage", "places", "found by"):
        table.add_column(name)
    for kind in dict.fromkeys(one.damage.kind for one in found):
        own = [one for one in found if one.damage.kind == kind]
        seen = sorted({guard for one in own for guard in one.red & kind.guards}) or ["for review"]
        table.add_row(kind.name, str(len(own)), ", ".join(seen))
    return table


if __name__ == "__main__":
    sys.exit(main())
