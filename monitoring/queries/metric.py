"""Metric expressions: series, functions over them, and arithmetic.

Grammar: `AGGREGATION:METRIC{FILTER} by {KEYS}.modifier(…)`, from Datadog's API page of monitors and its pages of
functions, anomaly, forecast and outlier monitors (docs.datadoghq.com/api/latest/monitors,
docs.datadoghq.com/dashboards/functions), 2026-11-26.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import reduce
from typing import NamedTuple

from monitoring.queries.look_back import WINDOW_ALONE, LookBack, together
from monitoring.queries.tokens import Cursor, StoppedAtError

AGGREGATION = re.compile(r"avg|sum|min|max|count|p\d\d(?:\.\d+)?")
# They count the groups of their argument, so that one series is left (docs.datadoghq.com/dashboards/functions/count).
COUNTING_GROUPS = frozenset({"count_nonzero", "count_not_null"})
MAX_DEPTH = 50
"""Nested brackets that are read; Datadog's own functions nest a handful deep."""


class MetricSeries(NamedTuple):
    """One metric in a query: how it is aggregated over its sources, which of them count, and what splits it."""

    aggregation: str
    metric: str
    filter: str
    groups: tuple[str, ...] = ()
    modifiers: tuple[str, ...] = ()


class Expression(NamedTuple):
    """What an expression is made of; `groups` are those by which its value is split at the end."""

    series: tuple[MetricSeries, ...] = ()
    groups: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()
    is_calculated: bool = False
    look_back: LookBack = WINDOW_ALONE
    literal: str = ""
    """The number or text that it is, where it is nothing else."""


def keys_in(braces: str) -> tuple[str, ...]:
    """The keys in a list with commas, each once."""
    return tuple(dict.fromkeys(key.strip() for key in braces.split(",") if key.strip()))


def read_expression(cursor: Cursor, depth: int = 0) -> Expression:
    """An expression: terms with an arithmetic sign between them; raises StoppedAtError where there is none."""
    terms = [_term(cursor, depth)]
    while cursor.next_is("+", "-", "*", "/"):
        cursor.position += 1
        terms.append(_term(cursor, depth))
    return terms[0] if len(terms) == 1 else _joined(terms, is_calculated=True)


def _joined(parts: Iterable[Expression], *, is_calculated: bool, function: str = "") -> Expression:
    parts = tuple(parts)
    return Expression(
        series=tuple(series for part in parts for series in part.series),
        groups=tuple(dict.fromkeys(key for part in parts for key in part.groups)),
        functions=(*filter(None, [function]), *(name for part in parts for name in part.functions)),
        is_calculated=is_calculated or any(part.is_calculated for part in parts),
        look_back=together(part.look_back for part in parts if part.series),
    )


def _term(cursor: Cursor, depth: int) -> Expression:
    if depth > MAX_DEPTH:
        raise StoppedAtError(cursor.token.start)
    if cursor.skip("-"):
        term = _term(cursor, depth + 1)
        return _joined([term], is_calculated=True)._replace(literal=term.literal)
    if cursor.token.kind == "number":
        return Expression(literal=cursor.take("number").text)
    if cursor.skip("("):
        inner = read_expression(cursor, depth + 1)
        cursor.expect(")")
        return _grouped(cursor, inner)
    return _named(cursor, depth)


def _named(cursor: Cursor, depth: int) -> Expression:
    name = cursor.take("name")
    if cursor.skip("("):
        return _grouped(cursor, _call(cursor, name.text, depth))
    if cursor.skip(":"):
        if not AGGREGATION.fullmatch(name.text):
            raise StoppedAtError(name.start)
        return _series(cursor, name.text, cursor.take("name").text)
    return _series(cursor, "avg", name.text)


def _call(cursor: Cursor, function: str, depth: int) -> Expression:
    arguments: list[Expression] = []
    while not cursor.skip(")"):
        arguments.append(_argument(cursor, depth))
        if not cursor.next_is(")"):
            cursor.expect(",")
    joined = _joined(arguments, is_calculated=len(arguments) == 0, function=function)
    literals = [argument.literal for argument in arguments if argument.literal]
    joined = joined._replace(look_back=joined.look_back.by(function, literals))
    return joined._replace(groups=(), is_calculated=True) if function in COUNTING_GROUPS else joined


def _argument(cursor: Cursor, depth: int) -> Expression:
    """A series, or what says how the function works: a text, a number, a word, or `name='value'`."""
    cursor.skip_keyword()
    if cursor.token.kind == "text" or (cursor.token.kind == "name" and cursor.following.text in (",", ")")):
        token = cursor.token
        cursor.position += 1
        return Expression(literal=token.content if token.kind == "text" else token.text)
    return read_expression(cursor, depth + 1)


def _series(cursor: Cursor, aggregation: str, metric: str) -> Expression:
    where = cursor.take("braces").content
    groups = keys_in(cursor.take("braces").content) if cursor.skip("by") else ()
    modifiers = _modifiers(cursor)
    series = MetricSeries(aggregation, metric, where, groups, tuple(name for name, _ in modifiers))
    return Expression((series,), groups, look_back=_modified(WINDOW_ALONE, modifiers))


def _grouped(cursor: Cursor, inner: Expression) -> Expression:
    """An expression in brackets, with groups of its own where it is aggregated a second time."""
    groups = keys_in(cursor.take("braces").content) if cursor.skip("by") else inner.groups
    return inner._replace(groups=groups, literal="", look_back=_modified(inner.look_back, _modifiers(cursor)))


Modifier = tuple[str, tuple[str, ...]]


def _modified(look_back: LookBack, modifiers: Iterable[Modifier]) -> LookBack:
    return reduce(lambda known, modifier: known.by(*modifier), modifiers, look_back)


def _modifiers(cursor: Cursor) -> tuple[Modifier, ...]:
    """What stands behind a series, with its arguments, such as `.as_count()` or `.rollup(sum, 60)`."""
    modifiers: list[Modifier] = []
    while cursor.skip("."):
        name, arguments = cursor.take("name").text, []
        cursor.expect("(")
        while not cursor.skip(")"):
            arguments.append(_argument(cursor, MAX_DEPTH - 1).literal)
            cursor.skip(",")
        modifiers.append((name, tuple(arguments)))
    return tuple(modifiers)
