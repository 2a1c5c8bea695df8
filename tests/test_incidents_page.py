"""The page on incidents: each failure of others is held by tests that are there, and each story in tests is on it."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.case_names import case_names
from tests.findings.inputs import HELD as MORE_THAN_A_CHANGE
from tests.findings.inputs import INPUTS

ROOT = Path(__file__).parents[1]
ROWS = [line for line in (ROOT / "manual" / "incidents.md").read_text().splitlines() if line.startswith("| ")][1:]
HELD = [re.findall(r"`(tests/[\w/]+\.py)`: ([^;|]+?)(?:;| \|)", row) for row in ROWS]
STORIES = ("tests/reach/test_incidents.py", "tests/checks/test_incidents.py")


def stories(file: str) -> set[str]:
    """What a file of incidents tells: its tests, or the cases of its one table."""
    tree = ast.parse((ROOT / file).read_text())
    tables = [one for one in tree.body if isinstance(one, ast.AnnAssign) and ast.unparse(one.target) == "INCIDENTS"]
    if tables:
        cases = tables[0].value
        assert isinstance(cases, ast.List)
        return {ast.literal_eval(case.elts[0]) for case in cases.elts if isinstance(case, ast.Tuple)}
    return {one.name for one in tree.body if isinstance(one, ast.FunctionDef) and one.name.startswith("test_")}


@pytest.mark.parametrize("number", range(len(ROWS)), ids=[row.split(" | ")[0].removeprefix("| ") for row in ROWS])
def test_an_incident_is_held_by_tests_that_are_there(number: int) -> None:
    assert HELD[number]
    assert [(file, name) for file, name in HELD[number] if name not in case_names(ROOT / file)] == []


@pytest.mark.parametrize("file", STORIES)
def test_every_story_that_is_tested_is_on_the_page(file: str) -> None:
    told = {name for held in HELD for there, name in held if there == file}
    assert stories(file) == told


@pytest.mark.parametrize("name", INPUTS)
def test_every_input_that_was_answered_wrongly_is_on_the_page(name: str) -> None:
    answers = {test for held in HELD for file, test in held if file.startswith("tests/findings/")}
    assert answers & {name, f"test_{name.replace('-', '_')}"}


def test_every_failure_that_is_more_than_a_change_of_a_file_is_on_the_page() -> None:
    assert set(MORE_THAN_A_CHANGE.values()) <= {test for held in HELD for test in held}


def test_the_page_is_read() -> None:
    assert len(ROWS) == len(HELD) >= 28
