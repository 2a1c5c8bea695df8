"""What a vendor demands of a resource's properties, as rules in data, and the one interpreter of them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from monitoring.plan import Value

Path = tuple[str, ...]
Place = tuple[str | int, ...]
EACH = "[]"


@dataclass(frozen=True)
class Condition:
    """What another property must be for a rule to hold; a property that is not there is None."""

    path: Path
    values: tuple[Value, ...]
    wanted: bool = True


@dataclass(frozen=True)
class PropertyRule:
    """What one property must be: words with their limits, the conditions, and the facts' own sentence.

    `words` are about its value, `presence` about whether it and others are there.
    """

    path: Path
    words: Mapping[str, Any]
    presence: Mapping[str, Any]
    conditions: tuple[Condition, ...] = ()
    says: str = ""


@dataclass(frozen=True)
class Broken:
    """Where a rule is broken, how, and what to do."""

    place: str
    what: str
    remedy: str


def read_rule(written: Mapping[str, Any], lists: Mapping[str, Sequence[Value]]) -> PropertyRule:
    """A rule as the facts write it."""
    words = {word: limit for word, limit in written.items() if word not in ("property", "if", "says", "source")}
    if isinstance(words.get("enum"), Mapping):
        words["enum"] = lists[words["enum"]["list"]]
    unknown = words.keys() - VALUES.keys() - TEXTS.keys() - RELATIONS.keys() - PRESENCE.keys() - {"alsoAllowed"}
    if unknown:
        raise ValueError(f"no meaning for {', '.join(sorted(unknown))}")
    presence = {word: words.pop(word) for word in [*words] if word in PRESENCE}
    conditions = tuple(_conditions(written.get("if")))
    return PropertyRule(steps(written["property"]), words, presence, conditions, written.get("says", ""))


def _conditions(written: Mapping[str, Any] | None) -> Iterator[Condition]:
    while written is not None:
        wanted = "in" in written
        yield Condition(steps(written["property"]), tuple(written["in" if wanted else "notIn"]), wanted)
        written = written.get("and")


@cache
def steps(path: str) -> Path:
    """`rules[].targets` as ("rules", "[]", "targets")."""
    return tuple(part for part in re.split(r"\.|(\[\])", path) if part)


def spelled(place: Place) -> str:
    """A place as it reads: rules[0].targets[1].type."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in place).removeprefix(".")


# --- values ----------------------------------------------------------------------------------------------------


def opened(value: Value) -> Value:
    """The value inside a secret, else the value itself."""
    return value["secret"] if isinstance(value, dict) and len(value) == 1 and "secret" in value else value


def is_elsewhere(value: Value) -> bool:
    """Whether a value is another resource's, a vendor's, or is made of such."""
    return isinstance(value, dict) and ("ref" in value or "lookup" in value or "format" in value)


def values_at(value: Value, path: Path, place: Place = ()) -> Iterator[tuple[Place, Value]]:
    """Every place of a path with its value; None where only the last step is missing."""
    for number, step in enumerate(path):
        value = opened(value)
        if step == EACH:
            for index, element in enumerate(value if isinstance(value, list) else ()):
                yield from values_at(element, path[number + 1 :], (*place, index))
            return
        is_last = number == len(path) - 1
        if not isinstance(value, dict) or is_elsewhere(value) or not (is_last or step in value):
            return
        value, place = value.get(step), (*place, step)
    yield place, opened(value)


def beside(inputs: Value, path: Path, place: Place) -> Value:
    """The value of a path as seen from a place: of the elements that the place is in, else of all, as a list."""
    value, inside = inputs, True
    for number, step in enumerate(path):
        value = opened(value)
        if step == EACH:
            if not inside or number >= len(place) or not isinstance(place[number], int):
                return [element for _, element in values_at(value, path[number:])]
            value = value[place[number]]
        elif isinstance(value, dict) and not is_elsewhere(value):
            inside = inside and number < len(place) and place[number] == step
            value = value.get(step)
        else:
            return None
    return opened(value)


def quoted(value: Value) -> str:
    """A value as it was written, shortened."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return f'"{text}"' if len(text) <= 60 else f'"{text[:57]}…"'


# --- the words -------------------------------------------------------------------------------------------------

Judge = Callable[[Any, Any], str | None]


def _number(holds: Callable[[float, float], bool], words: str) -> Judge:
    def judge(value: Any, limit: float) -> str | None:
        is_broken = isinstance(value, int | float) and not holds(value, limit)
        return f"{quoted(value)} is not {words} {limit}" if is_broken else None

    return judge


def _size(holds: Callable[[int, int], bool], words: str, unit: str) -> Judge:
    def judge(value: Any, limit: int) -> str | None:
        is_broken = isinstance(value, str | list | dict) and not holds(len(value), limit)
        return f"has {len(value)} {unit}, and {words} {limit} are taken" if is_broken else None

    return judge


def _listed(value: Value, words: Sequence[Value]) -> str | None:
    return None if value in words else f"{quoted(value)} is not one of {_shown(words)}"


def _shown(words: Sequence[Value]) -> str:
    listed = ", ".join(str(word) for word in words[:12])
    return listed if len(words) <= 12 else f"{listed} and {len(words) - 12} more"


def _matched(value: Value, pattern: str) -> str | None:
    return None if re.search(pattern, str(value)) else f"{quoted(value)} does not match {pattern}"


def _instant(value: Value, precision: str) -> str | None:
    try:
        instant = datetime.fromisoformat(str(value))
    except ValueError:
        return f"{quoted(value)} is not an instant"
    if instant.tzinfo is None:
        return f"{quoted(value)} has no offset from UTC"
    return f"{quoted(value)} is not on a full minute" if precision == "minute" and instant.second else None


def _whole(value: Value, _: bool) -> str | None:
    return f"{quoted(value)} is not a whole number" if isinstance(value, float) and not value.is_integer() else None


def _repeated(values: Sequence[Value]) -> list[Value]:
    """The values that stand earlier in the list already; a value may be a mapping, so none is hashed."""
    return [value for number, value in enumerate(values) if value in values[:number]]


def _once(value: Value, _: bool) -> str | None:
    twice = _repeated(value) if isinstance(value, list) else []
    return f"holds {quoted(twice[0])} twice" if twice else None


def _distinct(value: Value, name: str) -> str | None:
    elements = value if isinstance(value, list) else []
    twice = _repeated([element.get(name) for element in elements if isinstance(element, dict)])
    return f"holds two with the {name} {quoted(twice[0])}" if twice else None


def _object_as_json(value: Value, keys: Sequence[str]) -> str | None:
    try:
        content = json.loads(str(value))
    except ValueError:
        return "is not JSON"
    if not isinstance(content, Mapping):
        return "is not an object as JSON"
    missing = [key for key in keys if key not in content]
    return f"has no {', '.join(missing)}" if missing else None


VALUES: Mapping[str, Judge] = {
    "enum": _listed,
    "integer": _whole,
    "min": _number(lambda value, limit: value >= limit, "at least"),
    "max": _number(lambda value, limit: value <= limit, "at most"),
    "exclusiveMin": _number(lambda value, limit: value > limit, "above"),
    "exclusiveMax": _number(lambda value, limit: value < limit, "below"),
    "minItems": _size(lambda size, limit: size >= limit, "at least", "elements"),
    "maxItems": _size(lambda size, limit: size <= limit, "at most", "elements"),
    "members": _size(lambda size, limit: size == limit, "exactly", "members"),
    "uniqueItems": _once,
    "distinctBy": _distinct,
}
"""Words about a value that is known."""

TEXTS: Mapping[str, Judge] = {
    "pattern": _matched,
    "instant": _instant,
    "minLength": _size(lambda size, limit: size >= limit, "at least", "characters"),
    "maxLength": _size(lambda size, limit: size <= limit, "at most", "characters"),
    "jsonObjectWith": _object_as_json,
}
"""Words about a text, also one that is made with others' ids, each of which then counts as one digit."""


def _count(value: Value, others: Value) -> str | None:
    is_broken = isinstance(value, int) and isinstance(others, list) and value > len(others)
    return f"{value} is more than the {len(others)} that there are" if is_broken else None


def _later(value: Value, other: Value) -> str | None:
    try:
        is_broken = datetime.fromisoformat(value) <= datetime.fromisoformat(other)
    except (TypeError, ValueError):
        return None
    return f"{quoted(value)} is not after {quoted(other)}" if is_broken else None


def _amongst(value: Value, others: Value) -> str | None:
    return _listed(value, others) if isinstance(others, list) else None


RELATIONS: Mapping[str, Judge] = {"atMostCountOf": _count, "after": _later, "amongst": _amongst}
"""Words about a value and another property's."""

Tally = Callable[[bool, Sequence[bool]], bool]
PRESENCE: Mapping[str, tuple[Tally, str]] = {
    "required": (lambda given, _: given, "is missing"),
    "forbidden": (lambda given, _: not given, "is not taken here"),
    "conflictsWith": (lambda given, others: not (given and any(others)), "does not go together with {}"),
    "requires": (lambda given, others: not given or all(others), "needs {} beside it"),
    "exactlyOneOf": (lambda _, others: sum(others) == 1, "needs exactly one of {}"),
    "atLeastOneOf": (lambda _, others: any(others), "needs one of {}"),
    "requiredTogether": (lambda _, others: all(others) or not any(others), "needs all or none of {}"),
}
"""Words about which properties are there: when they hold, and what to say when they do not."""


# --- the interpreter -------------------------------------------------------------------------------------------


def broken(rule: PropertyRule, inputs: Mapping[str, Value]) -> Iterator[Broken]:
    """Each place where a resource's inputs break a rule."""
    if rule.path[0] not in inputs and not rule.presence:
        return
    for place, value in values_at(inputs, rule.path):
        if value is None and not rule.presence:
            continue
        if all(_holds(condition, inputs, place) for condition in rule.conditions):
            for what in (*_absent_or_present(rule, inputs, place, value), *_unfit(rule, inputs, place, value)):
                yield Broken(spelled(place), what, rule.says)


def _holds(condition: Condition, inputs: Mapping[str, Value], place: Place) -> bool:
    value = beside(inputs, condition.path, place)
    return not is_elsewhere(value) and (value in condition.values) is condition.wanted


def _absent_or_present(rule: PropertyRule, inputs: Mapping[str, Value], place: Place, value: Value) -> Iterator[str]:
    for word, limit in rule.presence.items():
        fine, sentence = PRESENCE[word]
        others = [steps(other) for other in limit] if isinstance(limit, list) else []
        if value is None and others and all(other[: len(rule.path)] == rule.path for other in others):
            continue
        others_given = [beside(inputs, other, place) is not None for other in others]
        if not fine(value is not None, others_given):
            yield sentence.format(", ".join(other[-1] for other in others))


def _unfit(rule: PropertyRule, inputs: Mapping[str, Value], place: Place, value: Value) -> Iterator[str]:
    if value is None or value in rule.words.get("alsoAllowed", ()):
        return
    text = rendered(value)
    for word, limit in rule.words.items():
        reason = None
        if word in TEXTS and text is not None:
            reason = TEXTS[word](text, limit)
        elif not is_elsewhere(value) and word in VALUES:
            reason = VALUES[word](value, limit)
        elif not is_elsewhere(value) and word in RELATIONS:
            reason = RELATIONS[word](value, beside(inputs, steps(limit), place))
        if reason:
            yield reason


def rendered(value: Value, shown: str = "1") -> str | None:
    """A text in which every part that comes from elsewhere stands as `shown`; None where nothing of it is known."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict) and "format" in value:
        return "".join(part if isinstance(part, str) else shown for part in value["format"])
    return None
