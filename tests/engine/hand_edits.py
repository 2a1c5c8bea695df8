"""Every place of what a program declares, and what somebody might write there by hand in the vendor's own pages."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from tests.engine.accounts.facts import Kind, facts
from tests.engine.accounts.store import Store, Stored
from tests.engine.accounts.values import Place, generic, is_empty, spelled
from tests.engine.workspace import SECRET

BY_HAND = "by-hand"
ABSENT = object()
State = Mapping[str, Mapping[str, Any]]
"""The resources of a stack, by URN."""
Held = Mapping[str, Stored]
"""What the accounts hold of them, by URN."""


@dataclass(frozen=True)
class Property:
    """One place in one resource."""

    urn: str
    type: str
    place: Place

    @property
    def kind(self) -> Kind:
        """What is known about the resource's type."""
        return facts(self.type.split(":", 1)[0]).kinds[self.type]

    @property
    def path(self) -> str:
        """The place as the engine and the drift command write it."""
        return spelled(self.place)

    @property
    def row(self) -> str:
        """The resource type and the property, whichever element of a list it stands in."""
        return f"{self.type.rsplit(':', 1)[1]}.{generic(self.place)}"

    def __str__(self) -> str:
        return f"{self.urn.rsplit('::', 1)[1]}: {self.row}"


@dataclass(frozen=True)
class HandEdit:
    """What stood at a place in an account, and what a person writes there; ABSENT for nothing."""

    property: Property
    was: Any
    now: Any


def held_by_vendors(store: Store, state: State) -> dict[str, Stored]:
    """What the accounts hold of the resources of a state."""
    objects = {urn: store.get(_type(urn), resource["id"]) for urn, resource in state.items()}
    return {urn: stored for urn, stored in objects.items() if stored}


# --- places ----------------------------------------------------------------------------------------------------


def declared(state: State) -> Iterator[Property]:
    """Every plain value, list of these and empty object that is declared, with the defaults of the providers."""
    for urn, resource in state.items():
        for place in _places(resource["inputs"], ()):
            yield Property(urn, _type(urn), place)


def declared_lists(state: State) -> Iterator[Property]:
    """Every declared list whose order means something."""
    for property_ in declared(state):
        value = value_at(state[property_.urn]["inputs"], property_.place)
        places = [property_.place[:index] for index, step in enumerate(property_.place) if isinstance(step, int)]
        for place in [*places, *([property_.place] if isinstance(value, list) else [])]:
            if generic(place) not in property_.kind.sets:
                yield Property(property_.urn, property_.type, place)


def undeclared(state: State) -> Iterator[Property]:
    """Every place that a resource's type has and its inputs leave open, and what its vendor adds."""
    for urn, resource in state.items():
        kind = Property(urn, _type(urn), ()).kind
        added = ((name,) for name in kind.outputs if name in resource["outputs"] and name not in kind.shape)
        for place in (*_open_places(resource["inputs"], kind.shape, ()), *added):
            if place[0] not in (*kind.not_emulated, *kind.never_compared) and generic(place) not in kind.computed:
                yield Property(urn, kind.token, place)


def _type(urn: str) -> str:
    return urn.split("::")[2]


def _places(value: Any, at: Place) -> Iterator[Place]:
    value = parsed(value)
    match value:
        case dict() if value and SECRET not in value:
            names = (name for name in value if not name.startswith("__"))
            yield from (place for name in names for place in _places(value[name], (*at, name)))
        case list() if any(isinstance(element, list | dict) for element in value):
            yield from (place for index, element in enumerate(value) for place in _places(element, (*at, index)))
        case _:
            yield at


def _open_places(value: Any, shape: Any, at: Place) -> Iterator[Place]:
    if isinstance(value, dict) and isinstance(shape, dict) and "*" not in shape:
        for name, inner in shape.items():
            if value.get(name) is None:
                yield (*at, name)
            else:
                yield from _open_places(value[name], inner, (*at, name))
    elif isinstance(value, list) and isinstance(shape, list):
        for index, element in enumerate(value):
            yield from _open_places(element, shape[0], (*at, index))


def parsed(value: Any) -> Any:
    """An object or a list that is written as a JSON text; any other value as it is."""
    if not (isinstance(value, str) and value[:1] in ("{", "[")):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


# --- rounds ----------------------------------------------------------------------------------------------------


def rounds(edits: Iterable[HandEdit]) -> list[list[HandEdit]]:
    """The edits in rounds in which no resource is changed at two places."""
    by_urn: dict[str, list[HandEdit]] = {}
    for edit in edits:
        by_urn.setdefault(edit.property.urn, []).append(edit)
    longest = max(map(len, by_urn.values()), default=0)
    return [[edits[number] for edits in by_urn.values() if number < len(edits)] for number in range(longest)]


def one_of_each_row(edits: Iterable[HandEdit]) -> list[HandEdit]:
    """One edit of each row, at the resource that has the fewest so far, so that rounds are few."""
    load: Counter[str] = Counter()
    by_row: dict[str, list[HandEdit]] = {}
    for edit in edits:
        by_row.setdefault(edit.property.row, []).append(edit)
    chosen = []
    for candidates in sorted(by_row.values(), key=len):
        chosen.append(min(candidates, key=lambda candidate: load[candidate.property.urn]))
        load[chosen[-1].property.urn] += 1
    return chosen


# --- edits -----------------------------------------------------------------------------------------------------


def changed(state: State, held: Held) -> Iterator[HandEdit]:
    """Another value at every declared place; in a dashboard at the first of each row."""
    rows: set[str] = set()
    for property_ in declared(state):
        if property_.row not in rows or "dashboard" not in property_.place:
            was = _value(held, property_)
            yield HandEdit(property_, was, another(property_, was))
        rows.add(property_.row)


def taken_away(state: State, held: Held) -> Iterator[HandEdit]:
    """Nothing at every declared place where something stands that nothing does not mean as well."""
    for property_ in declared(state):
        was = _value(held, property_)
        if not is_empty(was):
            yield HandEdit(property_, was, ABSENT)


def reordered(state: State, held: Held) -> Iterator[HandEdit]:
    """Every declared list of several elements back to front, unless its order means nothing."""
    for property_ in dict.fromkeys(declared_lists(state)):
        was = _value(held, property_)
        if was != was[::-1]:
            yield HandEdit(property_, was, was[::-1])


def added(state: State, held: Held) -> Iterator[HandEdit]:
    """Something at every place that nobody declares, another value where the vendor holds one by itself."""
    for property_ in undeclared(state):
        was = _value(held, property_)
        yield HandEdit(property_, was, invented(property_) if was is ABSENT else another(property_, was))


def _value(held: Held, property_: Property) -> Any:
    return value_at(dict(held[property_.urn].body), property_.place)


# --- other values ----------------------------------------------------------------------------------------------


def another(property_: Property, value: Any) -> Any:
    """Another value of the same kind, one that the vendor knows where the facts list them; ABSENT for no object."""
    match value:
        case bool():
            return not value
        case int() | float():
            return value + 1
        case str():
            return _another_word(property_, value)
        case [str(first), *others]:
            return [_another_word(property_, first), *others]
        case []:
            return [BY_HAND]
        case dict() if value:
            name, part = next(iter(value.items()))
            return {**value, name: another(property_, part)}
        case _:
            return ABSENT


def _another_word(property_: Property, word: str) -> str:
    known = [other for other in _words_of(property_) if isinstance(other, str) and other != word]
    if known:
        return known[0]
    if re.fullmatch(r"\d{4}-\d\d-\d\dT.*", word):
        return (datetime.fromisoformat(word) - timedelta(hours=1)).isoformat()
    if re.fullmatch(r"\d+(\.\d+)?", word):
        return str(int(float(word)) + 1)
    return f"{word}-{BY_HAND}" if word else BY_HAND


def _words_of(property_: Property) -> Sequence[Any]:
    """The closed words of a property in the vendor's facts; none where any text will do."""
    path, enums = generic(property_.place), facts(property_.type.split(":", 1)[0]).enums
    rules = [rule for rule in property_.kind.rules if rule["property"].removesuffix("[]") == path]
    words = next((rule["enum"] for rule in rules if "enum" in rule and "if" not in rule), ())
    return enums[words["$ref"].rsplit("/", 1)[1]] if isinstance(words, dict) else words


def invented(property_: Property) -> Any:
    """A value for a place that nobody declares, of the shape that the facts give it."""
    shape: Any = property_.kind.shape
    for step in property_.place:
        shape = shape[0] if isinstance(step, int) else shape.get(step, "string")
    return _of_shape(property_, shape)


def _of_shape(property_: Property, shape: Any) -> Any:
    match shape:
        case "boolean":
            return True
        case "number":
            return 7.0
        case list():
            return [_of_shape(property_, shape[0])]
        case dict():
            first = [*shape.items()][:1]
            return {BY_HAND if name == "*" else name: _of_shape(property_, part) for name, part in first}
        case _:
            return _another_word(property_, "")


# --- in an object's body ---------------------------------------------------------------------------------------


def value_at(body: Any, place: Place) -> Any:
    """What stands at a place, also inside of a JSON text; ABSENT where nothing does."""
    for step in place:
        try:
            body = parsed(body)[step]
        except (KeyError, IndexError, TypeError):
            return ABSENT
    return body


def with_value(body: Any, place: Place, value: Any) -> Any:
    """The body with another value at a place; ABSENT takes away what stands there."""
    if not place:
        return value
    if isinstance(body, str):  # a JSON text
        return json.dumps(with_value(parsed(body), place, value))
    step, *below = place
    inner = with_value(value_at(body, (step,)), tuple(below), value)
    parts = dict(enumerate(body)) if isinstance(body, list) else body
    left = {name: part for name, part in {**parts, step: inner}.items() if part is not ABSENT}
    return [*left.values()] if isinstance(body, list) else left
