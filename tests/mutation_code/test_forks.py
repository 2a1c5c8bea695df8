"""A change is put into functions that are imported already, in a fork that ends whatever the change does."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.mutation_code.forking import forked
from tests.mutation_code.swapping import swapped

MODULE = """
from functools import lru_cache
LIMIT = 3
LIMITS = [LIMIT + more for more in (1, 2)]

def bounded(number, least=0):
    return max(least, min(number, LIMIT))

class Box:
    kinds = ("flat",)

    def sizes(self):
        return [number + 1 for number in (1, 2)]

@lru_cache
def remembered():
    return 1
"""


@pytest.fixture
def imported(tmp_path: Path) -> ModuleType:
    path = tmp_path / "box.py"
    path.write_text(MODULE)
    spec = spec_from_file_location("monitoring_box", path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def swap(module: ModuleType, old: str, new: str) -> bool:
    assert MODULE.count(old) == 1
    return swapped(str(module.__file__), MODULE, MODULE.replace(old, new))


@pytest.mark.parametrize(
    ("old", "new", "call", "answer"),
    [
        pytest.param("max(least", "min(least", lambda box: box.bounded(9), 0, id="in a function"),
        pytest.param("number + 1", "number + 2", lambda box: box.Box().sizes(), [3, 4], id="in a method's loop"),
        pytest.param("return 1", "return 2", lambda box: box.remembered(), 2, id="in what remembers its answer"),
    ],
)
def test_a_function_does_the_new_thing(
    imported, old: str, new: str, call: Callable[[Any], Any], answer: object
) -> None:
    bounded, before = imported.bounded, call(imported)
    assert swap(imported, old, new)
    assert before != (after := call(imported))
    assert after == answer
    assert imported.bounded is bounded


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("LIMIT = 3", "LIMIT = 4", id="a constant"),
        pytest.param("LIMIT + more", "LIMIT - more", id="what is worked out at import"),
        pytest.param("least=0", "least=1", id="a default"),
        pytest.param('("flat",)', "()", id="a value of a class"),
        pytest.param("@lru_cache\n", "", id="a decorator"),
    ],
)
def test_what_acts_at_import_is_left_to_another_process(imported: ModuleType, old: str, new: str) -> None:
    assert not swap(imported, old, new)
    assert (imported.bounded(9), imported.remembered(), imported.Box().sizes()) == (3, 1, [2, 3])


def test_a_function_that_nobody_has_is_left_to_another_process(imported: ModuleType) -> None:
    del imported.remembered
    assert not swap(imported, "return 1", "return 2")


def without_end() -> None:
    while True:
        pass


@pytest.mark.parametrize(
    ("work", "answer"),
    [
        pytest.param(lambda: {"outcome": "killed"}, {"outcome": "killed"}, id="an answer"),
        pytest.param(without_end, None, id="no end"),
        pytest.param(lambda: sys.stdout.write("noise") and [1], [1], id="what is printed on the way is no part of it"),
    ],
)
def test_a_fork_answers_or_ends(work: Callable[[], Any], answer: object) -> None:
    assert forked(work, 1) == answer


def test_a_fork_that_breaks_off_says_why() -> None:
    assert "ZeroDivisionError" in forked(lambda: 1 // 0, 10)["error"]
