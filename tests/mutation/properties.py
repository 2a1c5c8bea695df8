"""Damages of a Plan, one property at a time: taken out, given another's value, given an invented one, turned round.

A kind is what is done to a property of a type, such as "remove Monitor.tags[]"; it is done at a few places only,
because the same property of two resources is found in the same way.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from monitoring.plan import Plan, dumps, loads
from monitoring.preview.facts import declared as type_of
from monitoring.preview.facts import demands
from monitoring.preview.shapes import Kind, Shape

PLACES = 2
"""How many places of each kind are damaged: the first and the last."""
MAX_WORDS = 12
"""A list of a vendor's words that is longer than this is not tried as a whole."""
ELSEWHERE = frozenset({"ref", "lookup", "secret", "format"})
PLAIN = frozenset({Kind.TEXT, Kind.NUMBER, Kind.BOOLEAN})
NUMBER = re.compile(r"\d+")

Content = dict[str, Any]
Steps = tuple[str | int, ...]


@dataclass(frozen=True)
class Property:
    """A place in a Plan: which resource, and the way from it to a value."""

    resource: int
    steps: Steps
    name: str

    def of(self, content: Content) -> Any:
        """The value at the place."""
        return value_at(content["resources"][self.resource], self.steps)

    def put(self, value: Any, content: Content) -> None:
        """Writes a value at the place, or takes away what stands there."""
        put(content["resources"][self.resource], self.steps, value)


@dataclass(frozen=True)
class PlanDamage:
    """One thing that is done to a Plan, given as its text."""

    verb: str
    about: str
    site: str
    text: str
    change: Callable[[Content], None]

    @property
    def plan(self) -> Plan:
        """The Plan with it done."""
        content = json.loads(self.text)
        self.change(content)
        return loads(json.dumps(content))

    @property
    def kind(self) -> str:
        """What is done, and to what."""
        return f"{self.verb} {self.about}"

    @property
    def name(self) -> str:
        """The kind and the place."""
        return f"{self.kind} @ {self.site}"


def property_damages(plan: Plan) -> Iterator[PlanDamage]:
    """Every kind of damage to every property, option and resource of a Plan, at a few places each."""
    text = dumps(plan)
    content = json.loads(text)
    places: dict[str, list[Property]] = {}
    for place in _properties(content):
        places.setdefault(place.name, []).append(place)
    for same in places.values():
        for verb, change in CHANGES.items():
            yield from _few(verb, same, text, change)
    yield from _lawful(text, places)
    yield from _added(text)
    yield from _without_resources(text)


def _lawful(text: str, places: Mapping[str, Sequence[Property]]) -> Iterator[PlanDamage]:
    """Each other word that a vendor takes in the place of one that is declared."""
    content = json.loads(text)
    for same in places.values():
        token = content["resources"][same[0].resource]["type"]
        words = [step if isinstance(step, str) else "[]" for step in same[0].steps[1:]]
        for rule in demands(token).rules if same[0].steps[0] == "inputs" else ():
            if list(rule.path) == words and "enum" in rule.words:
                for word in _spread(rule.words["enum"]):
                    yield from _few(f"{word} as", same, text, partial(_becomes, word))


def _spread(words: Sequence[Any]) -> Sequence[Any]:
    """All words of a short list; of a long one the first, the one in the middle, and the last."""
    return words if len(words) < MAX_WORDS else (words[0], words[len(words) // 2], words[-1])


def _becomes(word: Any, value: Any, _: Sequence[Any]) -> Any:
    return word if value != word else UNFIT


def _added(text: str) -> Iterator[PlanDamage]:
    """Each property that a vendor's package takes and that is not declared, with some value; also inside objects."""
    content = json.loads(text)
    last = {kind_of(resource): number for number, resource in enumerate(content["resources"])}
    first = {kind_of(resource): number for number, resource in reversed([*enumerate(content["resources"])])}
    for kind, number in (*first.items(), *((kind, at) for kind, at in last.items() if at != first[kind])):
        resource = content["resources"][number]
        type_ = type_of(resource["type"])
        for steps, shape in _absent(resource["inputs"], type_.inputs) if type_ else ():
            about = f"{kind}{_spelled(('inputs', *steps))}"
            place = Property(number, ("inputs", *steps), about)
            yield PlanDamage("add", about, resource["name"], text, partial(place.put, _sample(shape)))


def _absent(value: Any, shape: Shape) -> Iterator[tuple[Steps, Shape]]:
    """The ways to what is not declared, with its shape; in a list, of its first element alone."""
    if isinstance(value, dict) and not value.keys() & ELSEWHERE:
        for name, inner in shape.properties.items():
            if name not in value:
                yield (name,), inner
            else:
                yield from (((name, *steps), absent) for steps, absent in _absent(value[name], inner))
    elif isinstance(value, list) and value and shape.inside:
        yield from (((0, *steps), absent) for steps, absent in _absent(value[0], shape.inside))


def _sample(shape: Shape) -> Any:
    """Some value of a shape."""
    match shape.kind:
        case Kind.BOOLEAN:
            return True
        case Kind.NUMBER:
            return 7
        case Kind.LIST:
            return [_sample(shape.inside)] if shape.inside else []
        case Kind.MAP:
            return {"x": _sample(shape.inside)} if shape.inside else {}
        case Kind.OBJECT:
            names = shape.required or [name for name, inner in shape.properties.items() if inner.kind in PLAIN][:1]
            return {name: _sample(shape.properties[name]) for name in sorted(names)}
        case Kind.TEXT | Kind.ANY:
            return "x"


def _few(verb: str, same: Sequence[Property], text: str, change: Change) -> Iterator[PlanDamage]:
    content = json.loads(text)
    values = [place.of(content) for place in same]
    changed = [(place, change(value, values)) for place, value in zip(same, values, strict=True)]
    possible = [(place, value) for place, value in changed if value is not UNFIT]
    for place, value in possible[:1] + possible[1:][-(PLACES - 1) :]:
        yield PlanDamage(verb, place.name, _site(content, place), text, partial(place.put, value))


def _without_resources(text: str) -> Iterator[PlanDamage]:
    of_type: dict[str, list[int]] = {}
    resources = json.loads(text)["resources"]
    for number, resource in enumerate(resources):
        of_type.setdefault(kind_of(resource), []).append(number)
    for kind, numbers in of_type.items():
        for number in dict.fromkeys((numbers[0], numbers[-1])):
            yield PlanDamage("remove", kind, resources[number]["name"], text, partial(_take_away, number))


def _take_away(number: int, content: Content) -> None:
    del content["resources"][number]


def kind_of(resource: Content) -> str:
    """A resource's vendor and kind, as the table shows them."""
    vendor, _, kind = resource["type"].partition(":")
    return f"{vendor} {kind.rpartition(':')[2]}"


def _site(content: Content, place: Property) -> str:
    numbers = [str(step) for step in place.steps if isinstance(step, int)]
    return " ".join([content["resources"][place.resource]["name"], *numbers])


# --- places ----------------------------------------------------------------------------------------------------


def _properties(content: Content) -> Iterator[Property]:
    for number, resource in enumerate(content["resources"]):
        for part in ("inputs", "options"):
            for steps in _steps(resource[part], (part,)):
                yield Property(number, steps, f"{kind_of(resource)}{_spelled(steps)}")


def _steps(value: Any, before: Steps) -> Iterator[Steps]:
    if isinstance(value, dict) and not value.keys() & ELSEWHERE:
        for key, inner in value.items():
            yield (*before, key)
            yield from _steps(inner, (*before, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield (*before, number)
            yield from _steps(inner, (*before, number))


def _spelled(steps: Steps) -> str:
    words = ["[]" if isinstance(step, int) else f".{step}" for step in steps[1:]]
    return ("" if steps[0] == "inputs" else " option") + "".join(words)


def value_at(content: Any, steps: Steps) -> Any:
    """What stands at the end of a way."""
    for step in steps:
        content = content[step]
    return content


def put(content: Any, steps: Steps, value: Any) -> None:
    """Writes a value at the end of a way, or takes away what stands there."""
    holder = value_at(content, steps[:-1])
    if value is REMOVED:
        del holder[steps[-1]]
    else:
        holder[steps[-1]] = value


# --- what is done ----------------------------------------------------------------------------------------------

Change = Callable[[Any, Sequence[Any]], Any]
REMOVED, UNFIT = object(), object()


def _removed(_: Any, __: Sequence[Any]) -> Any:
    return REMOVED


def _anothers(value: Any, values: Sequence[Any]) -> Any:
    """The value of another place that has another one."""
    return next((copy.deepcopy(other) for other in values if other != value), UNFIT)


def _invented(value: Any, _: Sequence[Any]) -> Any:
    """Another value of the same sort, that stands nowhere."""
    match value:
        case bool():
            return not value
        case int() | float():
            return value * 7 + 3
        case str():
            return _other_text(value)
        case {"ref": str()}:
            return {**value, "ref": f"{value['ref']}-gone"}
        case {"secret": inner}:
            return inner
        case _:
            return UNFIT


def _other_text(text: str) -> str:
    if NUMBER.fullmatch(text):
        return str(int(text) * 7 + 3)
    return f"{text}x" if text else "x"


def _turned_round(value: Any, _: Sequence[Any]) -> Any:
    """A list from its end; the way back changes nothing where all of it is the same."""
    return value[::-1] if isinstance(value, list) and value != value[::-1] else UNFIT


CHANGES: dict[str, Change] = {
    "remove": _removed,
    "another's": _anothers,
    "invented": _invented,
    "turned round": _turned_round,
}
