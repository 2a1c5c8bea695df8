"""Every input that was once answered wrongly has a test of its own name."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.case_names import case_names
from tests.findings.inputs import HELD, INPUTS

NAMES = frozenset[str]().union(*(case_names(file) for file in Path(__file__).parent.glob("test_*.py")))


@pytest.mark.parametrize("name", INPUTS)
def test_an_input_has_a_test_of_its_own_name(name: str) -> None:
    assert NAMES & {name, f"test_{name.replace('-', '_')}"}


def test_no_input_is_listed_twice() -> None:
    assert len(set(INPUTS) | set(HELD)) == len(INPUTS) + len(HELD)
