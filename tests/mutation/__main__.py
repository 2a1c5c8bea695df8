"""`python -m tests.mutation`: every damage, and who finds it first; exit code 1 where somebody new survives."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.progress import track
from rich.table import Table

from tests.mutation.attempts import Result, attempts, tried
from tests.mutation.chain import GUARDS
from tests.mutation.reasons import REASONS, subject_of
from tests.mutation.run import SURVIVORS, known_survivors, written


def main() -> int:
    """Does every damage, says who found it first, and compares what nobody found with the list in git."""
    console = Console()
    every = list(attempts())
    results = [tried(attempt) for attempt in track(every, "damaging", console=console, transient=True)]
    console.print(_table(results))
    for line in (*_file_only(results), *_conclusion(results)):
        console.print(line, markup=False, highlight=False)
    return 1 if _new_survivors(results) or _unexplained(results) or _unused(results) else 0


# --- what is wrong ---------------------------------------------------------------------------------------------


def _survivors(results: Sequence[Result]) -> set[str]:
    return {result.attempt.name for result in results if result.survived}


def _new_survivors(results: Sequence[Result]) -> list[str]:
    return sorted(_survivors(results) - known_survivors())


def _unexplained(results: Sequence[Result]) -> list[str]:
    """What only a written file shows, without a reason why that is enough."""
    return sorted(result.attempt.name for result in results if result.is_file_only and not result.reason)


def _unused(results: Sequence[Result]) -> list[str]:
    """Subjects with a reason that a guard finds in every place."""
    used = {subject_of(result.attempt.kind) for result in results if result.is_file_only}
    return sorted({subject for subjects in REASONS.values() for subject in subjects} - used)


# --- what is printed -------------------------------------------------------------------------------------------


def _table(results: Sequence[Result]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("what is damaged", min_width=20)
    for name in ("kinds", "damages", *GUARDS, "nobody"):
        table.add_column(name, justify="right")
    for area in dict.fromkeys(result.attempt.area for result in results):
        table.add_row(area, *_figures([result for result in results if result.attempt.area == area]))
    table.add_row("all", *_figures(results), style="bold")
    return table


def _figures(results: Sequence[Result]) -> list[str]:
    first = Counter(result.guard for result in results)
    counts = [len({result.attempt.kind for result in results}), len(results), *(first[guard] for guard in GUARDS)]
    return [str(count or "") for count in (*counts, sum(result.survived for result in results))]


def _file_only(results: Sequence[Result]) -> Iterator[str]:
    """What only a golden Plan or a page shows, by its reason."""
    reasons = Counter(result.reason for result in results if result.is_file_only)
    yield ""
    yield "Only a golden Plan or a generated page shows"
    for reason, count in reasons.most_common():
        yield f"{count:>6}  {reason or 'without a reason'}"


def _conclusion(results: Sequence[Result]) -> Iterator[str]:
    yield ""
    yield from (f"survived: {name}" for name in _new_survivors(results))
    yield from (
        f"only a written file shows it, and nobody says why that is enough: {name}" for name in _unexplained(results)
    )
    yield from (f"a reason for what a guard finds: {subject}" for subject in _unused(results))
    if (gone := known_survivors() - _survivors(results)) and not _new_survivors(results):
        SURVIVORS.write_text(written(sorted(_survivors(results))))
        yield f"{len(gone)} no longer survive; the list is shorter now"
    kinds = len({result.attempt.kind for result in results})
    yield f"{len(results)} damages of {kinds} kinds, {len(_survivors(results))} survive"


if __name__ == "__main__":
    sys.exit(main())
