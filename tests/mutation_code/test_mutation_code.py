"""What is changed, and how it is chosen and remembered; no change is judged here, which `make mutation-code` does."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.mutation_code.equal import Equal, EqualEverywhere, entries, reason_of
from tests.mutation_code.judging import Baseline, Verdict, known, remembered
from tests.mutation_code.mutants import Mutant, mutant_of
from tests.mutation_code.rooms import ROOMS

ROOT = Path(__file__).parents[2]
MODULE = """@wraps
class Box:
    def size(self, of: int | None = None) -> int | None:
        return of + 1


LIMIT = 3
"""


def a_mutant(old: str, new: str) -> Mutant | None:
    return mutant_of("box.py", MODULE, MODULE.replace(old, new))


@pytest.mark.parametrize(
    ("old", "new", "function", "before", "after", "lines"),
    [
        pytest.param("of + 1", "of  -  1", "Box.size", "return of + 1", "return of - 1", (4,), id="in a method"),
        pytest.param("= 3", "= 4", "", "LIMIT = 3", "LIMIT = 4", (7,), id="at the top of the module"),
        pytest.param("@wraps\n", "", "Box", "@wraps", "", (1,), id="a decorator is gone"),
    ],
)
def test_a_mutant_says_what_it_changes(old, new, function, before, after, lines) -> None:
    mutant = a_mutant(old, new)
    assert mutant is not None
    assert (mutant.function, mutant.before, mutant.after, mutant.lines) == (function, before, after, lines)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("of + 1", "of + 1  # one more", id="a comment"),
        pytest.param("of: int | None", "of: int & None", id="the annotation of a parameter"),
        pytest.param("-> int | None", "-> int ** None", id="the annotation of an answer"),
        pytest.param("of + 1", "of +* 1", id="what is no Python"),
    ],
)
def test_what_can_mean_nothing_else_is_no_mutant(old: str, new: str) -> None:
    assert a_mutant(old, new) is None


BASELINE = Baseline(
    seconds={"slow": 9.0, "quick": 0.1, "near": 5.0, "far": 0.2, "red": 0.0},
    lines={"box.py": {"4": ["slow", "quick", "red"], "3": ["near"]}, "lid.py": {"4": ["far"]}},
    failed=("red",),
)


def test_the_tests_of_the_changed_line_come_first_then_those_of_its_module() -> None:
    mutant = a_mutant("of + 1", "of - 1")
    assert mutant is not None
    assert BASELINE.order(mutant) == ["quick", "slow", "near", "far"]
    assert BASELINE.near(mutant) == {"quick", "slow", "near", "red"}


def a_verdict(tree: str, key: str, outcome: str) -> Verdict:
    return Verdict(tree, key, "room", "name", outcome, "")


@pytest.mark.parametrize(
    ("keep", "still"),
    [
        pytest.param(False, {"killed now", "alive now"}, id="what another tree's tests said does not count"),
        pytest.param(True, {"killed now", "alive now", "killed before"}, id="unless kills are kept"),
    ],
)
def test_what_is_known(keep: bool, still: set[str]) -> None:
    words = ("killed now", "alive now", "killed before", "alive before")
    verdicts = [
        a_verdict("new" if "now" in word else "old", word, "killed" if "killed" in word else "survived")
        for word in words
    ]
    assert known(verdicts, "new", keep=keep).keys() == still


def test_a_line_that_an_interruption_cut_off_is_forgotten(tmp_path: Path) -> None:
    verdict = a_verdict("tree", "key", "killed")
    line = json.dumps(vars(verdict))
    path = tmp_path / "verdicts.jsonl"
    path.write_text(f"{line}\n{line[:20]}")
    assert remembered(path) == [verdict]
    assert remembered(tmp_path / "none") == []


@pytest.mark.parametrize("room", ROOMS.values(), ids=ROOMS)
def test_a_room_has_code_and_tests(room) -> None:
    paths = [room.folder, *(test.removeprefix("--ignore=") for test in room.own_tests)]
    assert [path for path in paths if not (ROOT / path).exists()] == []


LISTED = entries()


@pytest.mark.parametrize("entry", [pytest.param(entry, id=entry.reason) for entry in LISTED])
def test_what_is_listed_as_equal_has_its_reason(entry: Equal | EqualEverywhere) -> None:
    assert entry.reason.endswith(".")


@pytest.mark.parametrize("equal", [pytest.param(entry, id=entry.after) for entry in LISTED if isinstance(entry, Equal)])
def test_what_is_listed_as_equal_changes_lines_that_exist(equal: Equal) -> None:
    assert equal.before in " ".join((ROOT / equal.module).read_text(encoding="utf-8").split())


def test_only_the_change_that_an_entry_names_is_equal() -> None:
    changed, other = a_mutant("= 3", "= 4"), a_mutant("= 3", "= 5")
    assert changed is not None
    assert other is not None
    listed = [Equal("box.py", "", "LIMIT = 3", "LIMIT = 4", "Nobody reads it.")]
    assert (reason_of(changed, listed), reason_of(other, listed)) == ("Nobody reads it.", "")
    assert reason_of(changed, [EqualEverywhere("3$", "4", "It is never read.")]) == "It is never read."
