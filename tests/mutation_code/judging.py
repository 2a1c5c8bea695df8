"""What the tests of a room say of its mutants, one after the other, remembered on the way."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tests.mutation_code.mutants import Mutant
from tests.mutation_code.rooms import Room

SECONDS_AT_LEAST = 60
"""The least processor time that a mutant has for all tests; what needs more has no end."""
MAX_BASELINE = 3_600
"""Seconds of processor time for one run of a room's tests under measurement."""


@dataclass(frozen=True)
class Verdict:
    """What became of a mutant, and the test that failed first; `tree` is the hash of the tree that was judged."""

    tree: str
    key: str
    room: str
    name: str
    outcome: str
    by: str


@dataclass(frozen=True)
class Baseline:
    """The tests of a room that pass: processor seconds, the tests by line of each module; and those that fail."""

    seconds: dict[str, float]
    lines: dict[str, dict[str, list[str]]]
    failed: tuple[str, ...]

    def order(self, mutant: Mutant) -> list[str]:
        """The tests that run through a mutant's lines, then those through its module, then all; quick ones first."""
        by_line = self.lines.get(mutant.module, {})
        through = {test for line in mutant.lines for test in by_line.get(str(line), ())}
        near = {test for tests in by_line.values() for test in tests}
        passing = self.seconds.keys() - {*self.failed}
        return sorted(passing, key=lambda test: (test not in through, test not in near, self.seconds[test]))

    def limit(self, test: str) -> float:
        """Seconds of processor time after which a test has no end."""
        return 5 + 5 * self.seconds[test]


class Worker:
    """The process that judges a room in a copy of the tree; it is left by `with`."""

    def __init__(self, tree: Path, room: Room) -> None:
        self.room = room
        environment = os.environ | {"PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": ""}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.mutation_code.warm"],
            cwd=tree,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> Worker:
        """With the libraries imported that the room's tests need."""
        self._ask(do="collect", tests=self.room.tests, seconds=SECONDS_AT_LEAST)
        return self

    def __exit__(self, *_: object) -> None:
        """Lets it end, which it does where it has nothing more to read."""
        self._process.communicate()

    def baseline(self) -> Baseline:
        """One run of all tests on the tree as it is."""
        answer = self._ask(do="measure", tests=self.room.tests, folder=self.room.folder, seconds=MAX_BASELINE)
        return Baseline(answer["seconds"], answer["lines"], tuple(answer["failed"]))

    def judge(self, mutant: Mutant, baseline: Baseline) -> tuple[str, str]:
        """`killed` or `survived`, and by which test."""
        limits = {test: baseline.limit(test) for test in baseline.order(mutant)}
        seconds = SECONDS_AT_LEAST + 2 * sum(baseline.seconds.values())
        answer = self._ask(do="judge", module=mutant.module, text=mutant.text, limits=limits, seconds=seconds)
        return answer["outcome"], answer["by"]

    def _ask(self, **request: object) -> Any:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        if answer is None or "error" in answer:
            raise RuntimeError(f"the tests of {self.room.name} do not run: {(answer or {}).get('error', 'no end')}")
        return answer


def remembered(path: Path) -> list[Verdict]:
    """The verdicts of earlier runs; a line that was cut off by an interruption is none."""
    if not path.exists():
        return []
    lines = path.read_text(encoding="utf-8").splitlines()
    return [Verdict(**json.loads(line)) for line in lines if line.endswith("}")]


def known(verdicts: Iterable[Verdict], tree: str, *, keep: bool) -> dict[str, Verdict]:
    """The verdicts that still count, by the mutant's key: those of this tree, and with `keep` all kills of before."""
    return {
        verdict.key: verdict for verdict in verdicts if verdict.tree == tree or (keep and verdict.outcome == "killed")
    }


def verdicts(
    worker: Worker, baseline: Baseline, mutants: Iterable[Mutant], before: dict[str, Verdict], tree: str, path: Path
) -> Iterator[Verdict]:
    """The verdict on each mutant, written down as soon as it is known."""
    for mutant in mutants:
        if mutant.key not in before:
            outcome, test = worker.judge(mutant, baseline)
            verdict = Verdict(tree, mutant.key, worker.room.name, mutant.name, outcome, test)
            with path.open("a", encoding="utf-8") as file:
                file.write(json.dumps(asdict(verdict)) + "\n")
            before[mutant.key] = verdict
        yield before[mutant.key]
