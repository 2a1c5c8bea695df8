"""What the tests of a room say of its mutants, one after the other, remembered on the way."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tests.mutation_code.mutants import Mutant
from tests.mutation_code.rooms import FROZEN, Room

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

    def through(self, mutant: Mutant) -> set[str]:
        """The tests that run through a mutant's lines."""
        by_line = self.lines.get(mutant.module, {})
        return {test for line in mutant.lines for test in by_line.get(str(line), ())}

    def near(self, mutant: Mutant) -> set[str]:
        """The tests that run through a mutant's module, or look at how all modules are written."""
        through = {test for tests in self.lines.get(mutant.module, {}).values() for test in tests}
        return through | {test for test in self.seconds if test.startswith(FROZEN)}

    def order(self, mutant: Mutant) -> list[str]:
        """All that pass: those through a mutant's lines, those through its module, the others; quick ones first."""
        through, near = self.through(mutant), self.near(mutant)
        passing = self.seconds.keys() - {*self.failed}
        return sorted(passing, key=lambda test: (test not in through, test not in near, self.seconds[test]))

    def limit(self, test: str) -> float:
        """Seconds of processor time after which a test has no end."""
        return 5 + 5 * self.seconds[test]


class Worker:
    """The process that judges a room in a copy of the tree; it is left by `with`."""

    def __init__(self, tree: Path, room: Room) -> None:
        self.tree, self.room = tree, room
        self._process = self._started(room.folder, *room.tests)

    def __enter__(self) -> Worker:
        """Itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Lets it end, which it does where it has nothing more to read."""
        self._process.communicate()

    def baseline(self) -> Baseline:
        """One run of all tests on the tree as it is."""
        answer = self._ask(self._process, do="measure", seconds=MAX_BASELINE)
        if answer is None or "error" in answer:
            raise RuntimeError(f"the tests of {self.room.name} do not run: {(answer or {}).get('error', 'no end')}")
        return Baseline(answer["seconds"], answer["lines"], tuple(answer["failed"]))

    def judge(self, mutant: Mutant, baseline: Baseline) -> tuple[str, str]:
        """`killed` or `survived`, and by which test.

        What no test notices that runs through it is put into the file: it acts while the tool is imported, or in a
        process that a test starts.
        """
        tests = baseline.order(mutant)
        if baseline.through(mutant):
            near = baseline.near(mutant)
            words = {"module": mutant.module, "text": mutant.text}
            close = [test for test in tests if test in near]
            answer = self._ask(self._process, do="judge", **words, **_bounds(close, baseline))
            if answer["outcome"] == "killed":
                return answer["outcome"], answer["by"]
        with _changed(self.tree / mutant.module, mutant.text), self._started("fresh") as process:
            answer = self._ask(process, **_bounds(tests, baseline))
        return answer["outcome"], answer["by"]

    def _started(self, *arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "tests.mutation_code.session", *arguments],
            cwd=self.tree,
            env=os.environ | {"PYTHONPATH": str(self.tree), "PYTHONDONTWRITEBYTECODE": "1" * ("fresh" in arguments)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def _ask(self, process: subprocess.Popen[str], **request: object) -> Any:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps(request) + "\n")
        process.stdin.flush()
        return json.loads(process.stdout.readline())


def _bounds(tests: Sequence[str], baseline: Baseline) -> dict[str, object]:
    """The processor seconds that each test has, and all of them."""
    return {
        "limits": {test: baseline.limit(test) for test in tests},
        "seconds": SECONDS_AT_LEAST + 2 * sum(baseline.seconds[test] for test in tests),
    }


@contextmanager
def _changed(path: Path, text: str) -> Iterator[None]:
    """The file holds another text meanwhile; its bytecode is checked by its hash, and written by nobody."""
    before = path.read_text(encoding="utf-8")
    path.write_text(text, encoding="utf-8")
    try:
        yield
    finally:
        path.write_text(before, encoding="utf-8")


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
