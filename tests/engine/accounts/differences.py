"""What differs between an account's object and what a program wants, as the providers see it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from tests.engine.accounts.facts import Kind
from tests.engine.accounts.values import UNKNOWN, Place, Properties, generic, is_empty, spelled

Same = Callable[[str, Any, Any], bool]
"""Whether two values at a generic path are the same to the vendor, though written differently."""


@dataclass(frozen=True)
class Difference:
    """One property that an update would change: `add`, `delete` or `update`."""

    place: str
    change: str

    @property
    def top(self) -> str:
        """The outermost property that it belongs to."""
        return self.place.replace("[", ".").split(".")[0]


def differences(kind: Kind, old: Properties, new: Properties, *, same: Same) -> list[Difference]:
    """What an update from a state to new inputs would change, in the order of the names."""
    ignored = {*kind.never_compared, *(name for name, other in kind.compared_while.items() if not new.get(other))}
    names = sorted(name for name in kind.shape if name not in ignored)
    return [difference for name in names for difference in compared(kind, (name,), old.get(name), new.get(name), same)]


def compared(kind: Kind, place: Place, old: Any, new: Any, same: Same) -> Iterator[Difference]:
    """The differences at one place and below it."""
    path = generic(place)
    if equal(kind, path, old, new, same):
        return
    if new is None or old is None or new == UNKNOWN:
        yield Difference(spelled(place), "delete" if new is None else "add" if old is None else "update")
    elif isinstance(old, dict) and isinstance(new, dict):
        for name in sorted({*old, *new} - {"__defaults"}):
            yield from compared(kind, (*place, name), old.get(name), new.get(name), same)
    elif isinstance(old, list) and isinstance(new, list) and path not in kind.sets:
        for index in range(max(len(old), len(new))):
            yield from compared(kind, (*place, index), element(old, index), element(new, index), same)
    else:
        yield Difference(spelled(place), "update")


def element(values: list[Any], index: int) -> Any:
    """What stands at an index, None beyond the end."""
    return values[index] if index < len(values) else None


def equal(kind: Kind, path: str, old: Any, new: Any, same: Same) -> bool:
    """Whether nothing would be sent for one property."""
    if new is None and (old is None or path in kind.kept or path in kind.computed or path in kind.outputs):
        return True
    if kind.implementation == "sdkv2" and is_empty(old) and is_empty(new):
        return True
    if path in kind.sets and isinstance(old, list) and isinstance(new, list):
        return sorted(map(canonical, old)) == sorted(map(canonical, new))
    return bool(old == new) or (old is not None and new not in (None, UNKNOWN) and same(path, old, new))


def canonical(value: Any) -> str:
    """A text that is the same for equal values."""
    return json.dumps(value, sort_keys=True)
