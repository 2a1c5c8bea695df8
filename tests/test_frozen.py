"""Data does not change once it is made: a dataclass is frozen, and what has to grow is named."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import FrozenInstanceError, fields, is_dataclass
from importlib import import_module
from pathlib import Path

import pytest

import monitoring

ROOT = Path(str(monitoring.__file__)).parent
GROWING = {
    "monitoring.health.check_state.CheckState",
    "monitoring.health.check_state.OpenCalls",
    "monitoring.health.connections.ConnectionBudget",
    "monitoring.health.fakes.Switch",
    "monitoring.loader.documents._Reader",
    "monitoring.loader.open_catalog.OpenCatalog",
    "monitoring.loader.validation_messages.Mistakes",
    "monitoring.queries.conditions._FilterReader",
    "monitoring.queries.tokens.Cursor",
    "monitoring.reach.plan.oncall._PlanReader",
    "monitoring.resources.declare._Stack",
}
"""What a component is like just now, what a reader has come to, and what a program has declared so far."""


def rooms() -> dict[str, list[str]]:
    """The modules of each room, by the room's name."""
    by_room = defaultdict[str, list[str]](list)
    for path in sorted(ROOT.rglob("*.py")):
        if not path.name.startswith("__"):
            parts = path.relative_to(ROOT.parent).with_suffix("").parts
            by_room[parts[1]].append(".".join(parts))
    return by_room


def dataclasses_of(module: str) -> Iterator[type]:
    kinds = [kind for kind in vars(import_module(module)).values() if isinstance(kind, type) and is_dataclass(kind)]
    return (kind for kind in kinds if kind.__module__ == module and fields(kind))


def is_frozen(kind: type) -> bool:
    """Whether an object of it, made without its own `__init__`, refuses another value in a field."""
    empty: object = object.__new__(kind)
    try:
        setattr(empty, fields(kind)[0].name, None)
    except FrozenInstanceError:
        return True
    return False


@pytest.mark.parametrize("room", rooms())
def test_data_is_frozen(room: str) -> None:
    kinds = [kind for module in rooms()[room] for kind in dataclasses_of(module)]
    thawed = {f"{kind.__module__}.{kind.__qualname__}" for kind in kinds if not is_frozen(kind)}
    assert thawed == {name for name in GROWING if name.split(".")[1] == room}
