"""The interpreter of rules, word by word, on inputs that no vendor has."""

from __future__ import annotations

from typing import Any

import pytest

from monitoring.preview.rules import broken, read_rule, rendered, spelled, steps, values_at

REF = {"ref": "a:b/c:C::d", "output": "id"}


def said(rule: dict[str, Any], inputs: dict[str, Any]) -> list[str]:
    return [f"{one.place}: {one.what}" for one in broken(read_rule(rule, {"words": ["a", "b"]}), inputs)]


CASES: list[Any] = [
    pytest.param({"property": "x", "enum": ["a"]}, {"x": "a"}, {"x": "b"}, 'x: "b" is not one of a', id="a word"),
    pytest.param(
        {"property": "x", "enum": {"list": "words"}}, {"x": "a"}, {"x": "c"}, 'x: "c" is not one of a, b',
        id="a word of a list that the facts keep once",
    ),
    pytest.param(
        {"property": "x[]", "enum": ["a"]}, {"x": ["a", "a"]}, {"x": ["a", "b"]}, 'x[1]: "b" is not one of a',
        id="every element",
    ),
    pytest.param(
        {"property": "x[].y[].z", "max": 1}, {"x": [{"y": [{"z": 1}]}]},
        {"x": [{"y": []}, {"y": [{"z": 1}, {"z": 2}]}]},
        'x[1].y[1].z: "2" is not at most 1', id="elements of elements",
    ),
    pytest.param({"property": "x", "min": 1}, {"x": 1}, {"x": 0.5}, 'x: "0.5" is not at least 1', id="at least"),
    pytest.param(
        {"property": "x", "exclusiveMin": 0}, {"x": 0.1}, {"x": 0}, 'x: "0" is not above 0', id="above"
    ),
    pytest.param(
        {"property": "x", "exclusiveMax": 100}, {"x": 99.9}, {"x": 100}, 'x: "100" is not below 100', id="below"
    ),
    pytest.param(
        {"property": "x", "min": 300, "max": 3600, "alsoAllowed": [86400]}, {"x": 86400}, {"x": 86401},
        'x: "86401" is not at most 3600', id="one value beyond the limits",
    ),
    pytest.param(
        {"property": "x", "integer": True}, {"x": 2.0}, {"x": 2.5}, 'x: "2.5" is not a whole number', id="whole numbers"
    ),
    pytest.param(
        {"property": "x", "minLength": 2}, {"x": "ab"}, {"x": "a"}, "x: has 1 characters, and at least 2 are taken",
        id="a text's length",
    ),
    pytest.param(
        {"property": "x", "uniqueItems": True}, {"x": ["a", "b"]}, {"x": ["a", "a"]}, 'x: holds "a" twice',
        id="each element once",
    ),
    pytest.param(
        {"property": "x", "distinctBy": "n"}, {"x": [{"n": 1}, {"n": 2}]}, {"x": [{"n": 1}, {"n": 1}]},
        'x: holds two with the n "1"', id="each name once",
    ),
    pytest.param(
        {"property": "x[]", "members": 1}, {"x": [{"a": {}}]}, {"x": [{"a": {}, "b": {}}]},
        "x[0]: has 2 members, and exactly 1 are taken", id="one kind an element",
    ),
    pytest.param(
        {"property": "x", "instant": "second"}, {"x": "2026-01-05T09:00:00Z"}, {"x": "2026-01-05T09:00:00"},
        'x: "2026-01-05T09:00:00" has no offset from UTC', id="an instant has an offset",
    ),
    pytest.param(
        {"property": "x", "instant": "second"}, {}, {"x": "monday"}, 'x: "monday" is not an instant', id="an instant"
    ),
    pytest.param(
        {"property": "x", "pattern": "^[a-z]+$"}, {"x": "ab"}, {"x": "aB"}, 'x: "aB" does not match ^[a-z]+$',
        id="a pattern",
    ),
    pytest.param(
        {"property": "x", "required": True, "if": {"property": "y", "in": ["a"]}}, {"y": "b"}, {"y": "a"},
        "x: is missing", id="required where another says so",
    ),
    pytest.param(
        {"property": "x", "forbidden": True, "if": {"property": "y", "notIn": ["a"]}}, {"x": 1, "y": "a"}, {"x": 1},
        "x: is not taken here", id="refused unless another says otherwise",
    ),
    pytest.param(
        {"property": "x", "required": True, "if": {"property": "y", "in": [1], "and": {"property": "z", "in": [2]}}},
        {"y": 1, "z": 3}, {"y": 1, "z": 2}, "x: is missing", id="both of two conditions",
    ),
    pytest.param(
        {"property": "l[].x", "required": True, "if": {"property": "l[].y", "in": ["a"]}},
        {"l": [{"y": "b"}, {"x": 1, "y": "a"}]}, {"l": [{"x": 1, "y": "a"}, {"y": "a"}]}, "l[1].x: is missing",
        id="a condition beside it, in the same element",
    ),
    pytest.param(
        {"property": "x", "conflictsWith": ["y"]}, {"x": 1}, {"x": 1, "y": False}, "x: does not go together with y",
        id="one without the other, even where it says no",
    ),
    pytest.param({"property": "x", "requires": ["y"]}, {"y": 1}, {"x": 1}, "x: needs y beside it", id="with the other"),
    pytest.param(
        {"property": "x", "exactlyOneOf": ["x", "y"]}, {"y": 1}, {}, "x: needs exactly one of x, y", id="one of two"
    ),
    pytest.param(
        {"property": "x", "exactlyOneOf": ["x.a", "x.b"]}, {}, {"x": {}}, "x: needs exactly one of a, b",
        id="one of two inside, where it is there at all",
    ),
    pytest.param(
        {"property": "x", "atLeastOneOf": ["x", "y"]}, {"x": 1, "y": 1}, {}, "x: needs one of x, y", id="at least one"
    ),
    pytest.param(
        {"property": "x", "requiredTogether": ["x.a", "x.b"]}, {"x": {"a": 1, "b": 1}}, {"x": {"a": 1}},
        "x: needs all or none of a, b", id="all or none",
    ),
    pytest.param(
        {"property": "x", "atMostCountOf": "y"}, {"x": 2, "y": [1, 1]}, {"x": 2, "y": [1]},
        "x: 2 is more than the 1 that there are", id="not more than there are",
    ),
    pytest.param(
        {"property": "x", "amongst": "y[].n"}, {"x": 1, "y": [{"n": 2}, {"n": 1}]}, {"x": 1, "y": [{"n": 2}]},
        'x: "1" is not one of 2', id="one of what another lists",
    ),
    pytest.param(
        {"property": "l[].b", "after": "l[].a"},
        {"l": [{"a": "2026-01-01T00:00:00Z", "b": "2026-01-01T01:00:01+01:00"}]},
        {"l": [{"a": "2026-01-01T00:00:00Z", "b": "2026-01-01T01:00:00+01:00"}]},
        'l[0].b: "2026-01-01T01:00:00+01:00" is not after "2026-01-01T00:00:00Z"', id="later, whatever the offset",
    ),
    pytest.param(
        {"property": "x", "jsonObjectWith": ["a"]}, {"x": '{"a": 1}'}, {"x": "[1]"}, "x: is not an object as JSON",
        id="an object as JSON",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "fine", "wrong", "message"), CASES)
def test_a_word_takes_one_and_refuses_the_other(rule: Any, fine: Any, wrong: Any, message: str):
    assert said(rule, fine) == []
    assert said(rule, wrong) == [message]


ELSEWHERE = [REF, {"lookup": "a:b/c:getC", "arguments": {}, "output": "id"}, {"secret": "hidden"}, {"secret": REF}]


@pytest.mark.parametrize("value", ELSEWHERE, ids=["a reference", "a look-up", "a secret", "a secret reference"])
def test_what_is_not_known_is_only_there(value: Any):
    assert said({"property": "x", "min": 3, "enum": ["hidden"]}, {"x": value}) == []
    assert said({"property": "x", "required": True}, {"x": value}) == []
    assert said({"property": "x", "forbidden": True}, {"x": value}) == ["x: is not taken here"]


def test_a_text_with_a_part_from_elsewhere_counts_that_part_as_one_digit():
    assert rendered({"format": ["a ", REF, " b"]}) == "a 1 b"
    assert said({"property": "x", "maxLength": 4}, {"x": {"format": ["a ", REF, " b"]}}) == [
        "x: has 5 characters, and at most 4 are taken"
    ]


def test_a_path_reads_as_it_is_written():
    assert steps("a.b[].c[]") == ("a", "b", "[]", "c", "[]")
    assert spelled(("a", "b", 0, "c", 1)) == "a.b[0].c[1]"


def test_only_the_last_step_of_a_path_may_be_missing():
    assert list(values_at({"a": {}}, ("a", "b"))) == [(("a", "b"), None)]
    assert list(values_at({}, ("a", "b"))) == []
    assert list(values_at({"a": "text"}, ("a", "[]"))) == []
