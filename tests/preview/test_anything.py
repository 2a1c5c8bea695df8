"""Whatever a program declares, the look at it ends in sentences and never in a traceback."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import replace
from random import Random
from typing import Any

import pytest

from monitoring.plan import VENDORS, Plan, Resource
from monitoring.preview.verify import verify

REF = {"ref": "datadog:index/monitor:Monitor::nowhere", "output": "nothing"}
VALUES: list[Any] = [
    None, True, 0, -1, 1.5, 1e300, "", "x", "1", "null", "x" * 5000, "\u0000",
    [], [None], [[]], ["x"], [REF], {}, {"x": 1}, {"secret": None}, {"secret": "hidden"},
    REF, {"format": ["a", REF]}, {"lookup": "t", "arguments": {}, "output": "id"},
]  # fmt: skip
ELSEWHERE = {"ref", "output", "format", "lookup", "arguments"}
PLACES = 120


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in a resource's inputs, less the inside of references."""
    if isinstance(value, dict) and not ELSEWHERE & value.keys():
        for name in value:
            yield (*path, name)
            yield from places(value[name], (*path, name))
    elif isinstance(value, list):
        for index in range(len(value)):
            yield (*path, index)
            yield from places(value[index], (*path, index))


def with_value(resource: Resource, path: tuple[Any, ...], value: Any) -> Resource:
    inputs: Any = copy.deepcopy(dict(resource.inputs))
    owner = inputs
    for step in path[:-1]:
        owner = owner[step]
    owner[path[-1]] = value
    return replace(resource, inputs=inputs)


@pytest.mark.parametrize("value", VALUES, ids=[repr(value)[:40] for value in VALUES])
def test_any_value_anywhere_is_judged(every: Plan, value: Any):
    everywhere = [(one, path) for one in every.resources for path in places(dict(one.inputs))]
    for resource, path in Random(PLACES).sample(everywhere, PLACES):
        verify(replace(every, resources=(with_value(resource, path, value),)))


TYPES = ["", "datadog", "datadog:", "datadog:index", "datadog:index/monitor:", "datadog::", "a:b:c:d", "::"]


@pytest.mark.parametrize("type_", TYPES)
def test_any_type_is_judged(every: Plan, type_: str):
    (problem,) = verify(replace(every, resources=(replace(every.resources[0], type=type_),)))
    vendor = type_.partition(":")[0]
    assert problem.what.endswith(f"is not a type that {VENDORS.get(vendor, vendor)} has")
