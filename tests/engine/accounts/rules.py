"""Judges inputs by the facts: names and types, what is required, closed words, limits, what excludes what."""

from __future__ import annotations

import re
import zoneinfo
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tests.engine.accounts.facts import Facts, Kind, Rule
from tests.engine.accounts.values import (
    UNKNOWN,
    Place,
    Properties,
    beside,
    found,
    holds_unknown,
    spelled,
    steps,
)

PYTHON_TYPES: Mapping[str, tuple[type, ...]] = {"string": (str,), "number": (float, int), "boolean": (bool,)}


@dataclass(frozen=True)
class Refusal:
    """Why one property is not taken."""

    place: str
    reason: str

    def __str__(self) -> str:
        return f"{self.place}: {self.reason}"


def shape_refusals(value: Any, shape: Any, *, place: Place = ()) -> Iterator[Refusal]:
    """Unknown properties and wrong types, through all the parts of a value."""
    if value in (None, UNKNOWN) or shape == "any":
        return
    if isinstance(shape, dict) and isinstance(value, dict):
        for name, part in value.items():
            yield from property_refusals(part, shape, place=place, name=name)
    elif isinstance(shape, list) and isinstance(value, list):
        for index, element in enumerate(value):
            yield from shape_refusals(element, shape[0], place=(*place, index))
    elif not of_type(value, shape):
        wanted = shape if isinstance(shape, str) else "list" if isinstance(shape, list) else "object"
        yield Refusal(spelled(place), f"expected a {wanted}, got {value!r}")


def property_refusals(part: Any, shape: Mapping[str, Any], *, place: Place, name: str) -> Iterator[Refusal]:
    """What is wrong with one property of an object; its name may be unknown."""
    if name == "__defaults":
        return
    inner = shape.get(name, shape.get("*"))
    if inner is None:
        yield Refusal(spelled((*place, name)), "no such property")
    else:
        yield from shape_refusals(part, inner, place=(*place, name))


def of_type(value: Any, shape: Any) -> bool:
    """Whether a plain value is of a plain type; true is no number."""
    if not isinstance(shape, str):
        return False
    return isinstance(value, PYTHON_TYPES[shape]) and (shape == "boolean") == isinstance(value, bool)


def missing(kind: Kind, inputs: Properties) -> Iterator[Refusal]:
    """Required properties that are not there, wherever the object that asks for them is."""
    for path in kind.required:
        *parents, name = steps(path)
        for place, owner in found(inputs, tuple(parents)):
            if isinstance(owner, dict) and owner.get(name) is None:
                yield Refusal(spelled((*place, name)), "missing required property")


Judge = Callable[[Any, Any], str | None]


def _either(wrong: bool, reason: str) -> str | None:
    return reason if wrong else None


def _bound(compare: Callable[[float, float], bool], words: str) -> Judge:
    def judge(value: Any, limit: Any) -> str | None:
        numbers = value if isinstance(value, list) else [value]
        if isinstance(limit, str) or not all(isinstance(number, (int, float)) for number in numbers):
            return None
        return _either(not all(compare(number, limit) for number in numbers), f"{value!r} is not {words} {limit}")

    return judge


def _size(compare: Callable[[int, int], bool], words: str) -> Judge:
    return lambda value, limit: _either(not compare(len(value), limit), f"{len(value)} given, {words} {limit} allowed")


def _items(compare: Callable[[int, int], bool], words: str) -> Judge:
    """Counts elements; the bridge turns a list of at most one into its element, which then counts as one."""
    judge = _size(compare, words)
    return lambda value, limit: judge(value if isinstance(value, (list, dict)) else [value], limit)


def _is_format(text: str, form: str) -> bool:
    """Whether a text is an RFC 3339 instant (on a full minute where the form says so) or a known time zone."""
    if form == "time zone":
        return text in zoneinfo.available_timezones()
    try:
        instant = datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        return False
    return instant.tzinfo is not None and ("seconds" not in form or instant.second == 0)


def _twice(value: list[Any], _: Any) -> str | None:
    return _either(any(value.count(element) > 1 for element in value), "holds the same value twice")


JUDGES: Mapping[str, Judge] = {
    "enum": lambda value, words: _either(value not in words, f"{value!r} is not one of {', '.join(map(repr, words))}"),
    "pattern": lambda value, pattern: _either(not re.search(pattern, value), f"{value!r} does not match {pattern}"),
    "format": lambda value, form: _either(not _is_format(value, form), f"{value!r} is not a {form}"),
    "integer": lambda value, _: _either(value != int(value), f"{value!r} is not a whole number"),
    "min": _bound(lambda number, limit: number >= limit, "at least"),
    "max": _bound(lambda number, limit: number <= limit, "at most"),
    "exclusiveMin": _bound(lambda number, limit: number > limit, "above"),
    "exclusiveMax": _bound(lambda number, limit: number < limit, "below"),
    "minItems": _items(lambda size, limit: size >= limit, "at least"),
    "maxItems": _items(lambda size, limit: size <= limit, "at most"),
    "minLength": _size(lambda size, limit: size >= limit, "at least"),
    "maxLength": _size(lambda size, limit: size <= limit, "at most"),
    "maxMembers": _size(lambda size, limit: size <= limit, "at most"),
    "uniqueItems": _twice,
}
"""What a word of a rule demands of a single value."""


def applies(rule: Rule, inputs: Properties, *, place: Place) -> bool:
    """Whether the rule's condition holds at a place; an unknown value satisfies none."""
    condition = rule.get("if")
    while condition:
        value = beside(inputs, condition["property"], place=place)
        if value == UNKNOWN or not fulfils(value, condition):
            return False
        condition = condition.get("and")
    return True


def fulfils(value: Any, condition: Mapping[str, Any]) -> bool:
    """Whether a value is as a condition says."""
    if "in" in condition:
        return value in condition["in"]
    if "notEquals" in condition:
        return bool(value != condition["notEquals"])
    return bool(value == condition["equals"])


def value_refusals(rule: Rule, inputs: Properties, *, enums: Mapping[str, list[Any]]) -> Iterator[Refusal]:
    """What a rule has against the values that it is about."""
    for place, value in found(inputs, steps(rule["property"])):
        if holds_unknown(value) or value in rule.get("alsoAllowed", ()) or value in rule.get("alsoPassesPreview", ()):
            continue
        if applies(rule, inputs, place=place):
            reasons = (judge(value, resolved(rule[word], enums)) for word, judge in JUDGES.items() if word in rule)
            yield from (Refusal(spelled(place), reason) for reason in reasons if reason)


def resolved(limit: Any, enums: Mapping[str, list[Any]]) -> Any:
    """The limit itself, or the closed list of the file that it points to."""
    return enums[limit["$ref"].rsplit("/", 1)[1]] if isinstance(limit, dict) else limit


def presence_refusals(rule: Rule, inputs: Properties) -> Iterator[Refusal]:
    """What a rule has against properties being there together, being there at all, or being absent."""
    *parents, name = steps(rule["property"])
    if name == "[]" or not {"required", "forbidden", "conflictsWith", *COUNTS} & set(rule):
        return
    for place, owner in found(inputs, tuple(parents)):
        here = (*place, name)
        if isinstance(owner, dict) and applies(rule, inputs, place=here):
            present = owner.get(name) is not None
            yield from (Refusal(spelled(here), reason) for reason in presence_reasons(rule, inputs, here, present))


COUNTS: Mapping[str, tuple[Callable[[int, int], bool], str]] = {
    "exactlyOneOf": (lambda given, _: given == 1, "exactly one of {} must be given"),
    "atLeastOneOf": (lambda given, _: given >= 1, "one of {} must be given"),
    "oneOf": (lambda given, _: given >= 1, "one of {} must be given"),
    "requiredTogether": (lambda given, of: given in (0, of), "{} must be given together"),
}


def presence_reasons(rule: Rule, inputs: Properties, place: Place, present: bool) -> Iterator[str]:
    """Sentences about one place that breaks a rule of presence."""
    if rule.get("required") and not present:
        yield f"missing: {rule.get('rule', 'required here')}"
    if rule.get("forbidden") and present:
        yield f"not allowed here: {rule.get('rule', 'leave it out')}"
    for other in rule.get("conflictsWith", ()):
        if present and beside(inputs, other, place=place) is not None:
            yield f"conflicts with {other}"
    for word, (fine, sentence) in COUNTS.items():
        if word in rule and counted(rule, word, present):
            given = sum(beside(inputs, other, place=place) is not None for other in rule[word])
            if not fine(given, len(rule[word])):
                yield sentence.format(", ".join(rule[word]))


def counted(rule: Rule, word: str, present: bool) -> bool:
    """Whether a rule counts here: one about the members of an object needs the object."""
    inside = all(other.startswith(f"{rule['property']}.") for other in rule[word])
    return present or not inside


def refusals(facts: Facts, kind: Kind, inputs: Properties, *, when: tuple[str, ...]) -> list[Refusal]:
    """Everything that the rules of some moments (`plan`, `apply`, `api`) have against the inputs."""
    rules = [rule for rule in kind.rules if rule["when"] in when]
    values = (refusal for rule in rules for refusal in value_refusals(rule, inputs, enums=facts.enums))
    presence = (refusal for rule in rules for refusal in presence_refusals(rule, inputs))
    return list(dict.fromkeys([*values, *presence]))


def first_look(facts: Facts, kind: Kind, inputs: Properties) -> list[Refusal]:
    """Everything that a preview refuses: names, types, what is missing, the provider's own rules."""
    wrong = [*shape_refusals(inputs, kind.shape), *missing(kind, inputs)]
    return wrong or refusals(facts, kind, inputs, when=("plan",))
