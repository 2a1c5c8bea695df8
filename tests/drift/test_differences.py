"""Where two states differ: at the paths that are named, else wherever a property that is named differs."""

from __future__ import annotations

import json
from typing import Any

import pytest

from monitoring.drift.answer import Refreshed
from monitoring.drift.differences import differences


def a_resource(before: Any, now: Any, *paths: str, inputs: Any = None) -> Refreshed:
    """A resource with one property that differs."""
    declared = {"inputs": {"value": before if inputs is None else inputs}, "outputs": {"value": before}}
    return Refreshed("", "update", ("value",), paths, declared, {"inputs": {}, "outputs": {"value": now}})


WIDGETS = [{"title": title, "type": "note"} for title in "ABC"]
NEW = {"title": "N", "type": "iframe"}
ACTIONS = [{"pagerduty": {"serviceId": "1"}}, {"slack": {"channel": "a"}}, {"email": {"to": "b"}}]


@pytest.mark.parametrize(
    ("resource", "places"),
    [
        pytest.param(a_resource(1, 2), [("value", 1, 2)], id="a number"),
        pytest.param(a_resource({"a": 1, "b": 2}, {"a": 1, "b": 3}), [("value.b", 2, 3)], id="a part of an object"),
        pytest.param(
            a_resource({"a": 1}, {"b": 1}), [("value.a", 1, None), ("value.b", None, 1)], id="parts of one side"
        ),
        pytest.param(a_resource(["a", "b"], ["b"]), [("value", ["a", "b"], ["b"])], id="a list of texts as a whole"),
        pytest.param(
            a_resource(["a", "b"], ["b", "c"], "value[0]", "value[1]"),
            [("value", ["a", "b"], ["b", "c"])],
            id="a list of texts as a whole, though its provider names the elements",
        ),
        pytest.param(a_resource(["a", "b"], ["b", "a"]), [("value", ["a", "b"], ["b", "a"])], id="an order alone"),
        pytest.param(
            a_resource({"x": ["a", "b"], "y": 1}, {"x": ["b", "a"], "y": 2}),
            [("value.y", 1, 2)],
            id="an order beside a difference says nothing",
        ),
        pytest.param(
            a_resource(ACTIONS, ACTIONS[1:]), [("value[0]", ACTIONS[0], None)], id="an action that was taken away"
        ),
        pytest.param(a_resource(ACTIONS[1:], ACTIONS), [("value[0]", None, ACTIONS[0])], id="an action more"),
        pytest.param(
            a_resource(WIDGETS, [{**WIDGETS[0], "title": "X"}, NEW, *WIDGETS[1:]]),
            [("value[0].title", "A", "X"), ("value[1]", None, NEW)],
            id="an element that was changed beside one that was added",
        ),
        pytest.param(
            a_resource(WIDGETS, [NEW, *WIDGETS[:2]]),
            [("value[0]", None, NEW), ("value[2]", WIDGETS[2], None)],
            id="as many elements, one added in front and one taken away behind",
        ),
        pytest.param(
            a_resource(
                json.dumps({"w": [{"w": WIDGETS}]}), json.dumps({"w": [{"w": [WIDGETS[0], NEW, *WIDGETS[1:]]}]})
            ),
            [("value.w[0].w[1]", None, NEW)],
            id="an element that was added to a list within a list of a JSON text",
        ),
        pytest.param(
            a_resource([{"a": 1}, {"a": 2}], [{"a": 1}, {"a": 3}]), [("value[1].a", 2, 3)], id="an element of as many"
        ),
        pytest.param(
            a_resource({"a": 1, "b": 1}, {"a": 2, "b": 2}, "value.b"),
            [("value.b", 1, 2)],
            id="only the path that is named",
        ),
        pytest.param(
            a_resource({"x.y": 1}, {"x.y": 2}, 'value["x.y"]'),
            [('value["x.y"]', 1, 2)],
            id="a path with a dot in a name",
        ),
        pytest.param(
            a_resource(json.dumps({"a": [{"b": 1}]}), json.dumps({"a": [{"b": 2}]})),
            [("value.a[0].b", 1, 2)],
            id="within a JSON text",
        ),
        pytest.param(a_resource("{a", "{b"), [("value", "{a", "{b")], id="a text that only begins as JSON"),
        pytest.param(a_resource("{}", "{}x"), [("value", "{}", "{}x")], id="a JSON text that is none any more"),
        pytest.param(
            a_resource("0", "0", inputs="1.5"),
            [("value", "1.5", "0")],
            id="what was declared, where no answer ever agreed",
        ),
        pytest.param(
            a_resource({"a": 1, "__defaults": ["a"]}, {"a": 1, "__defaults": []}),
            [("value", {"a": 1}, {"a": 1})],
            id="the bridge's notes are nothing that differs",
        ),
        pytest.param(a_resource(1, 1), [("value", 1, 1)], id="the same to our eyes is still named"),
        pytest.param(
            a_resource({"a": 1}, {"a": 2}, "value.a", "value.form"),
            [("value.a", 1, 2)],
            id="a place with nothing on either side, beside another",
        ),
        pytest.param(
            a_resource({"a": 1}, {"a": 1}, "value.form"),
            [("value.form", None, None)],
            id="a place with nothing on either side, alone",
        ),
        pytest.param(a_resource(1, 1, ""), [("value", 1, 1)], id="an empty path counts for nothing"),
    ],
)
def test_the_innermost_places_are_named(resource, places):
    assert [(place.path, place.declared, place.held) for place in differences(resource)] == places
