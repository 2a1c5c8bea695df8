"""A filter says of one tag's value whether data with it pass: always, never, or depending on other tags."""

from __future__ import annotations

import pytest
from _pytest.mark.structures import ParameterSet

from monitoring.queries.conditions import MAX_DEPTH, lets_through, mixes_signs

ALWAYS, NEVER, SOME = True, False, None

FILTERS = [
    ("env:prod", ALWAYS, NEVER),
    ("ENV:Prod", ALWAYS, NEVER),
    ("env:prod,service:cart", SOME, NEVER),
    ("env:prod AND service:cart", SOME, NEVER),
    ("env:prod AND service:cart OR service:site", SOME, SOME),
    ("env:prod OR service:site", ALWAYS, SOME),
    ("env:prod and (service:cart or service:site)", SOME, NEVER),
    ("(env:prod OR service:cart) AND NOT service:site", SOME, SOME),
    ("!env:staging", ALWAYS, NEVER),
    ("NOT env:staging AND service:cart", SOME, NEVER),
    ("NOT (env:staging OR service:cart)", SOME, NEVER),
    ("NOT (env:prod AND service:cart)", SOME, ALWAYS),
    ("NOT NOT env:prod", ALWAYS, NEVER),
    ("env IN (prod,staging)", ALWAYS, ALWAYS),
    ("env NOT IN (staging)", ALWAYS, NEVER),
    ("env:prod,!env:prod", NEVER, NEVER),
    ("env:pro*", ALWAYS, NEVER),
    ("env:*", ALWAYS, ALWAYS),
    ("*", SOME, SOME),
    ("$env", SOME, SOME),
    ("service:cart", SOME, SOME),
]
SEARCHES = [
    ("env:prod status:error", SOME, NEVER),
    ("env:prod (status:error OR status:warn)", SOME, NEVER),
    ("env:prod status:error OR status:warn", SOME, SOME),
    ("status:error -env:staging", SOME, NEVER),
    ("-env:prod", NEVER, ALWAYS),
    ("env:(prod OR staging)", ALWAYS, ALWAYS),
    ("env:prod refused or lost", SOME, NEVER),
    ('env:prod "either OR"', SOME, NEVER),
    ("env:[a TO z]", SOME, SOME),
]


def rows(table: list[tuple[str, bool | None, bool | None]]) -> list[ParameterSet]:
    return [pytest.param(*row, id=row[0]) for row in table]


@pytest.mark.parametrize(("text", "prod", "staging"), rows(FILTERS))
def test_a_filter_of_a_metric(text: str, prod: bool | None, staging: bool | None) -> None:
    assert lets_through(text, "env", "prod", is_search=False) is prod
    assert lets_through(text, "env", "staging", is_search=False) is staging


@pytest.mark.parametrize(("text", "prod", "staging"), rows(SEARCHES))
def test_a_search(text: str, prod: bool | None, staging: bool | None) -> None:
    assert lets_through(text, "env", "prod", is_search=True) is prod
    assert lets_through(text, "env", "staging", is_search=True) is staging


HOSTILE = [
    "(" * 9_000,
    ")" * 9_000,
    "!" * 9_000,
    "env:prod OR " * 700,
    "env IN (" * 1_000,
    "NOT(" * 2_000,
    '"',
    "",
    ",,,",
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: f"{len(text)} characters like {text[:12]!r}")
def test_any_text_has_an_answer(text: str) -> None:
    for is_search in (True, False):
        assert lets_through(text, "env", "prod", is_search=is_search) in (ALWAYS, NEVER, SOME)


def test_what_lies_too_deep_is_not_known() -> None:
    deep = "(" * (MAX_DEPTH + 1) + "env:staging" + ")" * (MAX_DEPTH + 1)
    assert lets_through(deep, "env", "prod", is_search=False) is SOME


MIXED = [
    ("env:prod AND !service:cart", True),
    ("env:prod,service:cart OR service:site", True),
    ("env IN (prod,staging),service:cart", True),
    ("env IN (prod,staging) AND service:cart", False),
    ("env:prod,!service:cart", False),
    ("env:prod,service:and", False),
    ("env:prod,host:or-box-1", False),
]


@pytest.mark.parametrize(("text", "mixed"), MIXED, ids=[text for text, _ in MIXED])
def test_signs_and_words_are_not_mixed(text: str, mixed: bool) -> None:
    assert mixes_signs(text) is mixed
