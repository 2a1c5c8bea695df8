"""Bytes become data in YAML 1.2's words, with the line of every key and item."""

from __future__ import annotations

from typing import Any

import pytest

from monitoring.errors import Problem
from monitoring.loader import load_texts, parse
from monitoring.loader.documents import MAX_DEPTH, MAX_LINE_LENGTH
from tests.factories import a_catalog, texts


def read(text: str | bytes) -> Any:
    problems: list[Problem] = []
    document = parse("a.yaml", text.encode() if isinstance(text, str) else text, problems)
    assert not problems
    assert document is not None
    return document.data


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("no", "no", id="no is a text"),
        pytest.param("on", "on", id="on is a text"),
        pytest.param("yes", "yes", id="yes is a text"),
        pytest.param("5:30", "5:30", id="a time is a text and no number to the base of sixty"),
        pytest.param("1_000", "1_000", id="a number with an underscore is a text"),
        pytest.param("0x1F", "0x1F", id="a hexadecimal number is a text"),
        pytest.param("2026-01-31", "2026-01-31", id="a date is a text"),
        pytest.param("True", "True", id="true with a capital is a text"),
        pytest.param("5m", "5m", id="a duration is a text"),
        pytest.param(".inf", ".inf", id="infinity is a text"),
        pytest.param("1.0e999", "1.0e999", id="a number beyond a double is a text"),
        pytest.param("1234567890123456", "1234567890123456", id="a number of sixteen digits is a text"),
        pytest.param("010", 10, id="a leading zero is no octal"),
        pytest.param("-3", -3, id="a whole number"),
        pytest.param("+.5", 0.5, id="a fraction without its zero"),
        pytest.param("1.5e3", 1500.0, id="a number with an exponent"),
        pytest.param("true", True, id="true"),
        pytest.param("'5'", "5", id="a quoted number is a text"),
        pytest.param('"~"', "~", id="a quoted tilde is a text"),
        pytest.param("|\n  a\n  b\n", "a\nb\n", id="a text of several lines"),
        pytest.param("{1: a, true: b}", {"1": "a", "true": "b"}, id="keys are texts"),
        pytest.param("[a, [b, {c: d}]]", ("a", ("b", {"c": "d"})), id="lists are tuples"),
    ],
)
def test_a_value_is_read_as(text: str, value: Any) -> None:
    read_back = read(f"key: {text}\n")["key"]
    assert read_back == value
    assert type(read_back) is type(value)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda text: text.replace(b"\n", b"\r\n"), id="lines that end as on Windows"),
        pytest.param(lambda text: b"\xef\xbb\xbf" + text, id="a byte order mark"),
        pytest.param(lambda text: b"---\n" + text + b"...\n", id="the marks of a document"),
        pytest.param(lambda text: b"# a comment\n\n" + text, id="a comment"),
    ],
)
def test_a_file_may_have(change: Any) -> None:
    same = load_texts({name: change(text) for name, text in texts().items()})
    assert same == a_catalog()


def test_each_key_and_item_has_its_line() -> None:
    problems: list[Problem] = []
    document = parse("a.yaml", b"a:\n  - b\n  - c: 1\n    d:\n      - e\n      - f\n", problems)
    assert document is not None
    lines = document.lines
    paths: list[tuple[str | int, ...]] = [("a",), ("a", 0), ("a", 1), ("a", 1, "c"), ("a", 1, "d", 1), ("a", 1, "zzz")]
    assert [lines.at(*path) for path in paths] == [1, 2, 3, 3, 6, 3]


def test_nesting_is_read_to_its_limit_and_refused_beyond() -> None:
    problems: list[Problem] = []
    assert parse("a.yaml", b"[" * MAX_DEPTH + b"]" * MAX_DEPTH, problems) is not None
    assert problems == []
    assert parse("a.yaml", b"[" * (MAX_DEPTH + 1) + b"]" * (MAX_DEPTH + 1), problems) is None
    assert [problem.what for problem in problems] == [f"is nested more than {MAX_DEPTH} deep"]


def test_a_line_is_read_to_its_limit_and_refused_beyond() -> None:
    assert read(b"a: 1 # " + b"x" * (MAX_LINE_LENGTH - 7)) == {"a": 1}
    problems: list[Problem] = []
    assert parse("a.yaml", b"a: 1 # " + b"x" * (MAX_LINE_LENGTH - 6), problems) is None
    assert [problem.source.line for problem in problems] == [1]
