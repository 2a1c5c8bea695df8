"""Where two states of one resource differ, path by path, also inside of a JSON text."""

from __future__ import annotations

import json
import operator
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from monitoring.drift.answer import Refreshed

Value = Any  # JSON
SECRET = "[secret]"
SIGNATURE = "4dabf18193072939515e22adb298388d"
"""The key by which an engine's answer marks a secret; its value is blinded there. Source: pulumi sdk, sig.Key."""
ABSENT = object()
NOT_NAMED = "a property that its provider does not name"
_STEP = re.compile(r'\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]|([^.\[\]]+)')


@dataclass(frozen=True, slots=True)
class Difference:
    """One place in a resource, what is declared there, and what the vendor holds; None for nothing."""

    path: str
    declared: Value
    held: Value


def differences(outcome: Refreshed) -> Iterator[Difference]:
    """Every difference of a resource: at the paths that its provider names, else in each property that it names.

    At least one for each of them: what is secret, or the same to our eyes, differs all the same. A place with nothing
    on either side counts only where it is alone: Datadog's provider names one at every change of a synthetic test.
    """
    places = [place for path in _places(outcome) for place in _at_place(outcome, path)]
    yield from [place for place in places if (place.declared, place.held) != (None, None)] or places


def _at_place(outcome: Refreshed, path: str) -> list[Difference]:
    before, now = _pair(outcome, path)
    return [*_within(path, before, now)] or [_difference(path, before, now)]


def _difference(path: str, before: Value, now: Value) -> Difference:
    return Difference(path, none_for_absent(before), none_for_absent(now))


def _places(outcome: Refreshed) -> list[str]:
    """The places to look at, a list of plain values as a whole: its elements have no order to rely on."""
    paths = [_whole_list(outcome, path) for path in outcome.paths if path]
    named = {str(steps[0]) for path in paths if (steps := _steps(path))}
    places = {*paths, *(name for name in outcome.names if name not in named)}
    return sorted(places or _unnamed(outcome) or {NOT_NAMED})


def _unnamed(outcome: Refreshed) -> set[str]:
    """The properties that differ where a provider names none."""
    names = {*outcome.declared["outputs"], *outcome.held["outputs"]}
    return {name for name in names if operator.ne(*_pair(outcome, name))}


def _whole_list(outcome: Refreshed, path: str) -> str:
    parent = re.sub(r"\[\d+\]$", "", path)
    lists = [value for value in _pair(outcome, parent) if isinstance(value, list)]
    return parent if parent != path and lists and all(map(_is_plain, lists)) else path


def _is_plain(values: Sequence[Value]) -> bool:
    return not any(isinstance(value, list | dict) for value in values)


def _pair(outcome: Refreshed, path: str) -> tuple[Value, Value]:
    """What was declared and what is held at a path; the inputs where the vendor still answers what it did before."""
    before, now = (at(clean(state["outputs"]), path) for state in (outcome.declared, outcome.held))
    return (at(clean(outcome.declared["inputs"]), path), now) if before == now else (before, now)


def clean(value: Value) -> Value:
    """A value without what the bridge notes beside it (keys that begin with two underscores), its secrets hidden."""
    if isinstance(value, Mapping):
        if SIGNATURE in value:
            return SECRET
        return {name: clean(part) for name, part in value.items() if not name.startswith("__")}
    return [clean(part) for part in value] if isinstance(value, list) else value


def at(value: Value, path: str) -> Value:
    """What stands at a path such as `layers[0].users`; ABSENT where nothing does."""
    for step in _steps(path):
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return ABSENT
    return value


def is_within(path: str, outer: str) -> bool:
    """Whether a path is another one or leads on from it."""
    return path == outer or path.startswith((f"{outer}.", f"{outer}["))


def none_for_absent(value: Value) -> Value:
    """A value as it is shown, None where there is nothing."""
    return None if value is ABSENT else value


def _steps(path: str) -> list[str | int]:
    return [int(index) if index else key or name for key, index, name in _STEP.findall(path)]


def _within(path: str, before: Value, now: Value) -> Iterator[Difference]:
    """The innermost differences between two values."""
    before, now = _both_parsed(before, now)
    if isinstance(before, dict) and isinstance(now, dict):
        for name in sorted({*before, *now}):
            yield from _within(f"{path}.{name}", before.get(name, ABSENT), now.get(name, ABSENT))
    elif isinstance(before, list) and isinstance(now, list) and not (_is_plain(before) and _is_plain(now)):
        yield from _within_lists(path, before, now)
    elif before != now and not _same_elements(before, now):
        yield _difference(path, before, now)


def _within_lists(path: str, before: Sequence[Value], now: Sequence[Value]) -> Iterator[Difference]:
    """Element by element, those that stand on both sides laid beside each other; else what stands on one side only.

    What is gone has the place where it was declared, what was added the place where it is held.
    """
    declared, held = ([json.dumps(value, sort_keys=True) for value in side] for side in (before, now))
    for word, start, end, from_, to in SequenceMatcher(None, declared, held).get_opcodes():
        if word == "equal":
            continue
        common = min(end - start, to - from_)
        for index in range(common):
            yield from _within(f"{path}[{start + index}]", before[start + index], now[from_ + index])
        yield from (Difference(f"{path}[{index}]", before[index], None) for index in range(start + common, end))
        yield from (Difference(f"{path}[{index}]", None, now[index]) for index in range(from_ + common, to))


def _same_elements(before: Value, now: Value) -> bool:
    """Whether two lists of plain values differ in their order alone."""
    both = isinstance(before, list) and isinstance(now, list)
    return both and sorted(map(json.dumps, before)) == sorted(map(json.dumps, now))


def _both_parsed(before: Value, now: Value) -> tuple[Value, Value]:
    """Two values, read where both are written as JSON texts; else both as they stand, so that they can be compared."""
    parsed = _parsed(before), _parsed(now)
    return parsed if all(isinstance(side, dict | list) for side in parsed) else (before, now)


def _parsed(value: Value) -> Value:
    """An object or a list that is written as a JSON text, such as a dashboard; any other value as it is."""
    if not (isinstance(value, str) and value[:1] in ("{", "[")):
        return value
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return value
