"""Metric expressions: series, functions over them, and arithmetic.

Grammar: `AGGREGATION:METRIC{FILTER} by {KEYS}.modifier(…)`, from Datadog's API page of monitors and its pages of
functions, anomaly, forecast and outlier monitors (docs.datadoghq.com/api/latest/monitors,
docs.datadoghq.com/dashboards/functions), 2026-11-26.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from monitoring.queries.tokens import Cursor, StoppedAtError

AGGREGATION = re.compile(r"avg|sum|min|max|count|p\d\d(?:\.\d+)?")
# They count the groups of their argument, so that one series is left (docs.datadoghq.com/dashboards/functions/count).
COUNTING_GROUPS = frozenset({"count_nonzero", "count_not_null"})
MAX_DEPTH = 50
"""Nested brackets that are read; Datadog's own functions nest a handful deep."""


@dataclass(frozen=True, slots=True)
class MetricSeries:
    """One metric in a query: how it is aggregated over its sources, which of them count, and what splits it."""

    aggregation: str
    metric: str
    filter: str
    groups: tuple[str, ...] = ()
    modifiers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Expression:
    """What an expression is made of; `groups` are those by which its value is split at the end."""

    series: tuple[MetricSeries, ...] = ()
    groups: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()
    is_calculated: bool = False


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
    )


def _term(cursor: Cursor, depth: int) -> Expression:
    if depth > MAX_DEPTH:
        raise StoppedAtError(cursor.token.start)
    if cursor.skip("-"):
        return _joined([_term(cursor, depth + 1)], is_calculated=True)
    if cursor.token.kind == "number":
        cursor.position += 1
        return Expression()
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
    if function in COUNTING_GROUPS:
        return Expression(joined.series, (), joined.functions, is_calculated=True)
    return joined


def _argument(cursor: Cursor, depth: int) -> Expression:
    """A series, or what says how the function works: a text, a number, a word, or `name='value'`."""
    cursor.skip_keyword()
    if cursor.token.kind == "text" or (cursor.token.kind == "name" and cursor.following.text in (",", ")")):
        cursor.position += 1
        return Expression()
    return read_expression(cursor, depth + 1)


def _series(cursor: Cursor, aggregation: str, metric: str) -> Expression:
    where = cursor.take("braces").content
    groups = keys_in(cursor.take("braces").content) if cursor.skip("by") else ()
    modifiers = _modifiers(cursor)
    return Expression((MetricSeries(aggregation, metric, where, groups, modifiers),), groups)


def _grouped(cursor: Cursor, inner: Expression) -> Expression:
    """An expression in brackets, with groups of its own where it is aggregated a second time."""
    groups = keys_in(cursor.take("braces").content) if cursor.skip("by") else inner.groups
    _modifiers(cursor)
    return Expression(inner.series, groups, inner.functions, inner.is_calculated)


def _modifiers(cursor: Cursor) -> tuple[str, ...]:
    """The names of what stands behind a series, such as `.as_count()` or `.rollup(sum, 60)`."""
    names: list[str] = []
    while cursor.skip("."):
        names.append(cursor.take("name").text)
        cursor.expect("(")
        while not cursor.skip(")"):
            _argument(cursor, MAX_DEPTH - 1)
            cursor.skip(",")
    return tuple(names)
