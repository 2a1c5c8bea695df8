"""Names of people in a text: which are found, and how much work that is, counted in steps."""

from __future__ import annotations

import sys
from types import FrameType
from typing import Any

import pytest

from monitoring.model import personal
from monitoring.model.personal import people_named, personal_in

FOUND = [
    pytest.param(["Ana Example"], "ask Ana Example now", "Ana Example", id="a name as it is written"),
    pytest.param(["Ana Example"], "ask ANA-EXAMPLE now", "ANA-EXAMPLE", id="other letters and signs between"),
    pytest.param(["Ana Weiss"], "ask Ana Weiß.", "Ana Weiß", id="a letter that is two in other case"),
    pytest.param(["İpek Example"], "ask İpek Example now", "İpek Example", id="a letter that comes apart in small"),
    pytest.param(["Ana Example"], "ßß İ: ask Ana Example now", "Ana Example", id="after letters that become two"),
    pytest.param(["Ana Example"], "ask Ana", "", id="a part of a name is none"),
    pytest.param(["Ana Example"], "ask Diana Example", "", id="the end of a word is no word"),
    pytest.param(["Ana"], "ask İana", "", id="nor is it after a letter that comes apart in small"),
    pytest.param(["Ana B Example", "B Other"], "ask Ana B Other", "B Other", id="a name that begins inside another"),
    pytest.param(["Ana B Example", "B"], "ask Ana B Example", "B", id="a name inside another, which ends first"),
    pytest.param(["A A B"], "a a a a b", "a a b", id="a name that repeats its beginning"),
    pytest.param(["B C D", "A B C E", "C"], "x a b c d", "c", id="the end of two beginnings"),
    pytest.param(["A B C D", "B C E"], "a b c e", "b c e", id="a beginning that turns out another name"),
    pytest.param(["!!", ""], "ask anybody !!", "", id="what holds no word names nobody"),
    pytest.param([], "ask Ana Example", "", id="nobody"),
]


@pytest.mark.parametrize(("names", "text", "name"), FOUND)
def test_a_name_in_a_text(names: list[str], text: str, name: str) -> None:
    names_found = [written for what, written in personal_in(text, people_named(names))]
    assert names_found == ([name] if name else [])


def lines_run(names: list[str], text: str) -> int:
    """How many lines of the module run to look for these names in a text; the garbage collector may call others."""
    people = people_named(names)
    count = 0

    def trace(frame: FrameType, event: str, _argument: object) -> Any:
        nonlocal count
        if frame.f_code.co_filename != personal.__file__:
            return None
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        list(personal_in(text, people))
    finally:
        sys.settrace(before)
    return count


def namesakes(people: int) -> list[str]:
    """Names that all begin alike, so that each of them may follow the first word."""
    return [f"ana b ana b ana b ana b {chr(ord('c') + number % 20)}{number}" for number in range(people)]


def test_a_text_costs_the_same_however_many_people_there_are() -> None:
    few, many = (lines_run(namesakes(number), "ana b c0 " * 500) for number in (2, 2_000))
    assert few == many > 1_000


def test_a_text_of_twice_the_words_costs_twice_the_steps() -> None:
    names = [*namesakes(50), " ".join(["ana"] * 40), " ".join(["b"] * 40)]
    half, whole = (lines_run(names, "ana b " * number) for number in (500, 1_000))
    assert half * 1.9 < whole < half * 2.1


def test_a_long_name_that_repeats_a_word_costs_no_more_than_the_words_of_the_text() -> None:
    assert lines_run(["ana " * 500 + "b"], "b " + "ana " * 2_000) < 2_000 * 20
