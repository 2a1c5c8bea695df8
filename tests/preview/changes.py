"""A Plan that offends nobody, with one thing changed."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import Any

from monitoring.plan import Plan, Resource
from monitoring.preview.rules import steps

ABSENT = object()


def resource(plan: Plan, name: str) -> Resource:
    """The one resource that is called `KIND NAME`, as in messages without the vendor."""
    kind, _, own = name.partition(" ")
    (found,) = (one for one in plan.resources if one.kind == kind and one.name == own)
    return found


def changed(plan: Plan, name: str, path: str, value: Any) -> Plan:
    """The plan with another value at a path of one resource's inputs; `layers.0.end`, ABSENT takes it out."""
    old = resource(plan, name)
    inputs = copy.deepcopy(dict(old.inputs))
    owner: Any = inputs
    *parents, last = (int(step) if step.isdigit() else step for step in steps(path))
    for step in parents:
        owner = owner[step]
    if value is ABSENT:
        del owner[last]
    else:
        owner[last] = value
    return with_resource(plan, replace(old, inputs=inputs))


def with_resource(plan: Plan, resource: Resource) -> Plan:
    """The plan with a resource added, or in the place of the one that has its key."""
    others = (one for one in plan.resources if one.key != resource.key)
    return replace(plan, resources=(*others, resource))


def without(plan: Plan, name: str) -> Plan:
    """The plan less one resource."""
    gone = resource(plan, name)
    return replace(plan, resources=tuple(one for one in plan.resources if one.key != gone.key))
