"""`python -m tests.mutation_code`: so many changes of each room; exit code 1 where fewer than 95 % are noticed."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import track
from rich.table import Table

from tests.mutation_code.copy import CACHE, copied
from tests.mutation_code.equal import entries, reason_of
from tests.mutation_code.judging import Baseline, Worker, known, remembered, verdicts
from tests.mutation_code.mutants import Mutant, chosen, sources
from tests.mutation_code.rooms import ROOMS, Room

GOAL = 0.95
RESULTS = CACHE / "verdicts.jsonl"


@dataclass(frozen=True)
class Outcome:
    """A mutant of a room: `killed`, `survived` or `equal`, then with the reason."""

    room: str
    mutant: Mutant
    word: str
    reason: str


def main(arguments: Sequence[str] | None = None) -> int:
    """Judges the chosen rooms, prints a table and each survivor."""
    options, console = _parsed(arguments), Console()
    tree = CACHE / "tree"
    with console.status("copying the tree"):
        version = copied(tree)
    runs = [Run(ROOMS[name], tree, version, options.keep, console) for name in options.rooms]
    outcomes = [outcome for run in runs for outcome in run.outcomes(options.count, options.seed)]
    console.print(_table(outcomes))
    survivors = [outcome for outcome in outcomes if outcome.word == "survived"]
    for outcome in survivors:
        console.print(f"survived: {outcome.mutant.name}", markup=False, soft_wrap=True)
    noticed = len(outcomes) - len(survivors)
    console.print(f"{noticed} of {len(outcomes)} changes are killed or mean the same; seed {options.seed}")
    return 0 if noticed >= GOAL * len(outcomes) else 1


@dataclass(frozen=True)
class Run:
    """A room to be judged in a copy of the tree of one version."""

    room: Room
    tree: Path
    version: str
    keep: bool
    console: Console

    def outcomes(self, count: int, seed: int) -> list[Outcome]:
        """What became of each mutant of the room."""
        listed = entries()
        mutants = {mutant: reason_of(mutant, listed) for mutant in self._mutants(count, seed)}
        judged = self._judged([mutant for mutant, reason in mutants.items() if not reason])
        return [
            Outcome(self.room.name, mutant, "equal" if reason else judged[mutant.key], reason)
            for mutant, reason in mutants.items()
        ]

    def _mutants(self, count: int, seed: int) -> list[Mutant]:
        with self.console.status(f"looking for what can be changed in {self.room.name}"):
            return list(chosen(sources(self.tree, self.room.folder), count, seed))

    def _judged(self, mutants: Sequence[Mutant]) -> dict[str, str]:
        """`killed` or `survived` by the mutant's key; a worker is started only where one is not known yet."""
        before = known(remembered(RESULTS), self.version, keep=self.keep)
        if all(mutant.key in before for mutant in mutants):
            return {mutant.key: before[mutant.key].outcome for mutant in mutants}
        with Worker(self.tree, self.room) as worker:
            baseline = _baseline(worker, self.version, self.console)
            judged = verdicts(worker, baseline, mutants, before, self.version, RESULTS)
            shown = track(judged, f"changing {self.room.name}", total=len(mutants), console=self.console)
            return {verdict.key: verdict.outcome for verdict in shown}


def _baseline(worker: Worker, version: str, console: Console) -> Baseline:
    path = CACHE / f"baseline-{worker.room.name}-{version}.json"
    if not path.exists():
        with console.status(f"running the tests of {worker.room.name} once, unchanged"):
            path.write_text(json.dumps(vars(worker.baseline())), encoding="utf-8")
    baseline = Baseline(**json.loads(path.read_text(encoding="utf-8")))
    for test in baseline.failed:
        console.print(f"fails without any change, and judges nothing: {test}", markup=False, soft_wrap=True)
    return baseline


def _table(outcomes: Sequence[Outcome]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("room", "changes", "killed", "survived", "equal in meaning"):
        table.add_column(name, justify="left" if name == "room" else "right")
    for room in dict.fromkeys(outcome.room for outcome in outcomes):
        own = [outcome.word for outcome in outcomes if outcome.room == room]
        table.add_row(room, str(len(own)), *(str(own.count(word)) for word in ("killed", "survived", "equal")))
    return table


def _parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutation_code", description=__doc__)
    parser.add_argument("--rooms", type=_rooms, default=list(ROOMS), help="some rooms alone, as in oncall,checks")
    parser.add_argument("--count", type=int, default=60, help="how many changes a room")
    parser.add_argument("--seed", type=int, default=1, help="another seed makes other changes")
    parser.add_argument("--keep", action="store_true", help="trust what was killed before other files were edited")
    return parser.parse_args(arguments)


def _rooms(text: str) -> list[str]:
    unknown = [name for name in text.split(",") if name not in ROOMS]
    if unknown:
        raise argparse.ArgumentTypeError(f'no room is called "{unknown[0]}"; the rooms are {", ".join(ROOMS)}')
    return text.split(",")


if __name__ == "__main__":
    sys.exit(main())
