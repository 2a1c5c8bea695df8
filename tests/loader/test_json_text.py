"""A recording is read as the JSON that it is, whatever JSON allows that YAML does not."""

from __future__ import annotations

import json

import pytest

from monitoring.errors import Problem
from monitoring.loader import parse

SAME = [
    pytest.param('{"a": "\\ud83d\\ude00"}', id="a character written in two halves"),
    pytest.param('{"a": "\\\\ud83d\\\\ude00"}', id="backslashes that look like one"),
    pytest.param('{"a": "x\u2028y\u2029z\x7f\x85\ufeff"}', id="signs that end a line in YAML, or are refused there"),
    pytest.param('{"a":"b","c":[1,2.5,true,{"d":"e"}]}', id="no blank at all"),
    pytest.param('{\n\t"a":\t"b"\n}', id="tabs between words"),
    pytest.param('{"a": "\\/ \\b \\f \\n \\r \\t \\" \\u20ac"}', id="every escape"),
    pytest.param('{"a": "# no: comment, - no list", "b": "*x", "c": "&x", "d": "!x"}', id="signs of YAML in texts"),
    pytest.param('{"a"\n:\n"b", "c" : ["\\" :"]}', id="a colon on the line after its key"),
    pytest.param('{"a": 0.30000000000000004, "b": -1.5e-7, "c": 1E+3, "d": 2.0, "e": -0}', id="numbers of every form"),
    pytest.param('{"yes": "no", "1": "2", "": "~"}', id="words of YAML in texts"),
]


@pytest.mark.parametrize("text", SAME)
def test_json_is_read_as_json(text: str):
    problems: list[Problem] = []
    document = parse("recordings/order.json", text.encode(), problems)
    assert problems == []
    assert document is not None
    assert json.loads(json.dumps(document.data)) == json.loads(text)


def test_each_word_of_json_keeps_its_line():
    document = parse("recordings/order.json", b'{"a":\n "\\ud83d\\ude00",\n "b": [\n  1,\n  2]}', [])
    assert document is not None
    assert [document.lines.at(*path) for path in (("a",), ("b",), ("b", 1))] == [1, 3, 5]


def test_a_number_is_the_one_that_datadog_reads():
    document = parse("recordings/order.json", b'{"a": 12345678901234567, "b": 1e2, "c": 2.0, "d": 1e300}', [])
    assert document is not None
    assert json.dumps(document.data) == '{"a": 12345678901234568, "b": 100, "c": 2, "d": 1e+300}'


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('{"' + "k" * 1_100 + '": 1}', id="a key that ends nowhere near"),
        pytest.param("steps: []", id="YAML"),
        pytest.param("{'a': 1}", id="single quotes"),
        pytest.param('{"a": 1} # done', id="a comment"),
        pytest.param('{"a": Infinity}', id="a number that is none"),
        pytest.param("[" * 20_000, id="very deep"),
        pytest.param('{"a": ' + "9" * 5_000 + "}", id="a number of five thousand digits"),
        pytest.param('{"a": "\\udc00"}', id="the second half of a character"),
        pytest.param("", id="nothing"),
    ],
)
def test_what_is_no_json_is_one_problem(text: str):
    problems: list[Problem] = []
    assert parse("recordings/order.json", text.encode(), problems) is None
    assert len(problems) == 1
