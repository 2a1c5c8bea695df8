"""A change of schedules in the text of `oncall.yaml`: what is inserted and replaced, every other byte as it was.

The parser's own marks say where each value stands, so that comments, order, quotes and line ends survive. An item goes
below the line on which the one before it ends.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import yaml

from monitoring.loader.examples import flow, value_of
from monitoring.model.cover import Cover
from monitoring.model.local_time import LocalDateTime
from monitoring.oncall.edits.changes import LayerChange, ScheduleChange
from monitoring.oncall.edits.orders import Order


class _Splice(NamedTuple):
    """A text in the place of what stands between two positions; an insertion where they are the same."""

    start: int
    end: int
    text: str


class _Pair(NamedTuple):
    """A key and its value in a mapping."""

    key: yaml.Node
    value: yaml.Node


def spliced(text: str, changes: Mapping[str, ScheduleChange]) -> str:
    """The text with the changes of the schedules that it holds, by their names."""
    schedules = pairs(yaml.compose(text, yaml.CSafeLoader))["schedules"].value
    inside = pairs(schedules)
    return _applied(text, [made for name in changes for made in _splices(text, inside[name].value, changes[name])])


def pairs(mapping: Any) -> dict[str, _Pair]:
    """The pairs of a mapping by their keys."""
    return {key.value: _Pair(key, value) for key, value in mapping.value}


def _applied(text: str, splices: Sequence[_Splice]) -> str:
    parts, position = list[str](), 0
    for start, end, new in sorted(splices, key=lambda splice: splice.start):
        parts += [text[position:start], new]
        position = end
    return "".join([*parts, text[position:]])


def _splices(text: str, schedule: yaml.Node, change: ScheduleChange) -> Iterator[_Splice]:
    if change.layer is not None:
        yield from _layer(text, pairs(schedule)["layers"].value, change.layer)
    if change.covers:
        yield from _covers(text, schedule, [cover_text(cover) for cover in change.covers])


# --- layers ----------------------------------------------------------------------------------------------------


def _layer(text: str, layers: Any, change: LayerChange) -> Iterator[_Splice]:
    item = layers.value[change.number]
    if change.at is None:
        key, value = pairs(item)["people"]
        yield _Splice(_index(key.end_mark), _end(value), f": {flow(change.people)}")
        return
    yield _ended(text, item, change.at)
    yield _item_after(text, layers, change.number, _layer_text(text, item, change.people, change.at))


def _ended(text: str, item: Any, at: LocalDateTime) -> _Splice:
    """Writes when a layer ends: in the place of another end, behind the last word, or below its anchor."""
    words = pairs(item)
    if "until" in words:
        until = words["until"].value
        return _Splice(_index(until.start_mark), _end(until), f'"{at}"')
    if item.flow_style:
        end = _end(item.value[-1][1])
        return _Splice(end, end, f', until: "{at}"')
    below = _line_end(text, _end(words["anchor"].value))
    return _Splice(below, below, f'{_new_line(text)}{" " * words["anchor"].key.start_mark.column}until: "{at}"')


def _layer_text(text: str, item: Any, people: Order, at: LocalDateTime) -> list[str]:
    """The words of a layer, with its turns, hours and end, for other people from another anchor; one a line."""
    replaced = {"anchor": f'"{at}"', "people": flow(people)}
    return [f"{name}: {replaced.get(name) or _copied(text, pair.value)}" for name, pair in pairs(item).items()]


def _copied(text: str, value: yaml.Node) -> str:
    """A value as it is written; on one line, and without the comments inside of it."""
    written = text[_index(value.start_mark) : _end(value)]
    is_inline = isinstance(value, yaml.ScalarNode) or bool(getattr(value, "flow_style", False))
    if is_inline and "\n" not in written:
        return written
    return flow(value_of(" " * value.start_mark.column + written))


# --- covers ----------------------------------------------------------------------------------------------------


def cover_text(cover: Cover) -> str:
    """A cover as the catalog writes it on one line."""
    times = f'from: "{cover.from_}", to: "{cover.to}"'
    return f"{{who: {flow(cover.who)}, instead-of: {flow(cover.instead_of)}, {times}}}"


def _covers(text: str, schedule: Any, covers: Sequence[str]) -> Iterator[_Splice]:
    words = pairs(schedule)
    if "cover" not in words:
        yield _first_covers(text, schedule, covers)
        return
    listed: Any = words["cover"].value
    if not listed.value:
        yield _Splice(_index(listed.start_mark), _end(listed), f"[{', '.join(covers)}]")
    elif listed.flow_style:
        end = _end(listed.value[-1])
        yield _Splice(end, end, "".join(f", {cover}" for cover in covers))
    else:
        end = _line_end(text, _end(listed.value[-1]))
        yield _Splice(end, end, "".join(_dashed(text, listed.start_mark.column, cover) for cover in covers))


def _first_covers(text: str, schedule: Any, covers: Sequence[str]) -> _Splice:
    if schedule.flow_style:
        end = _end(schedule.value[-1][1])
        return _Splice(end, end, f", cover: [{', '.join(covers)}]")
    key, layers = pairs(schedule)["layers"]
    end, column = _line_end(text, _end(layers)), key.start_mark.column
    items = (_dashed(text, column + 2, cover) for cover in covers)
    return _Splice(end, end, f"{_new_line(text)}{' ' * column}cover:{''.join(items)}")


# --- text ------------------------------------------------------------------------------------------------------


def _item_after(text: str, listed: Any, number: int, words: Sequence[str]) -> _Splice:
    """A mapping as a further item of a list, written in the form of the item before it."""
    item = listed.value[number]
    inline = f"{{{', '.join(words)}}}"
    if listed.flow_style:
        return _Splice(_end(item), _end(item), f", {inline}")
    end = _line_end(text, _end(item))
    if item.flow_style:
        return _Splice(end, end, _dashed(text, listed.start_mark.column, inline))
    column = item.start_mark.column
    gap = column - listed.start_mark.column - 1
    lines = f"{_new_line(text)}{' ' * column}".join(words)
    return _Splice(end, end, _dashed(text, listed.start_mark.column, lines, " " * max(gap, 1)))


def _dashed(text: str, column: int, item: str, gap: str = " ") -> str:
    return f"{_new_line(text)}{' ' * column}-{gap}{item}"


def _end(node: Any) -> int:
    """Where the last character of a value stands; the parser ends a block only at the next one."""
    if isinstance(node, yaml.ScalarNode) or node.flow_style:
        return _index(node.end_mark)
    last = node.value[-1]
    return _end(last[1] if isinstance(last, tuple) else last)


def _index(mark: Any) -> int:
    return int(mark.index)


def _line_end(text: str, position: int) -> int:
    end = text.find("\n", position)
    end = len(text) if end < 0 else end
    return end - 1 if text[end - 1 : end] == "\r" else end


def _new_line(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"
