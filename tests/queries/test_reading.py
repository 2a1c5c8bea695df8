"""Datadog's queries are read: 200 shapes as people write them, what no form has, and hostile input."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from monitoring.queries import (
    MonitorQuery,
    Unreadable,
    forms,
    read_query,
    split_comparison,
    tag_terms,
)
from monitoring.queries.reading import unlawful_windows
from monitoring.queries.tokens import MAX_QUERY


class Shape(NamedTuple):
    """A query as somebody wrote it, with invented names, and what it is: its form and the keys of its groups."""

    form: str
    groups: str
    query: str


def shapes() -> list[Shape]:
    lines = Path(__file__).with_name("shapes.txt").read_text("utf-8").splitlines()
    return [Shape(*(part.strip(" ") for part in line.split(" | ", 2))) for line in lines]


def known(text: str) -> MonitorQuery:
    query = read_query(text)
    assert isinstance(query, MonitorQuery), query
    return query


@pytest.mark.parametrize("shape", [pytest.param(shape, id=shape.query[:90]) for shape in shapes()])
def test_a_shape_is_read_with_its_groups(shape: Shape):
    query = known(shape.query)
    assert (query.form.name, ",".join(query.groups)) == (shape.form, shape.groups)


@pytest.mark.parametrize("shape", [pytest.param(shape, id=shape.query[:90]) for shape in shapes()])
def test_a_shape_with_a_comparison_is_the_same_query(shape: Shape):
    query = known(f"{shape.query} >= -1.5e3")
    assert query.comparison == (">=", -1500.0)
    assert (query.form, query.groups) == (known(shape.query).form, known(shape.query).groups)


def test_the_shapes_are_many_and_each_form_has_some():
    assert len(shapes()) >= 200
    assert {shape.form for shape in shapes()} == forms().keys()


CLOSED = [shape for shape in shapes() if shape.query.endswith((")", "}"))]


@pytest.mark.parametrize("shape", [pytest.param(shape, id=shape.query[:90]) for shape in CLOSED])
def test_no_shape_is_read_when_its_last_bracket_is_missing(shape: Shape):
    assert isinstance(read_query(shape.query[:-1]), Unreadable)


UNREAD = [
    pytest.param("", 0, id="nothing"),
    pytest.param("mean(5m):avg:shop.wait{*}", 0, id="no aggregation of datadog"),
    pytest.param("avg(last_5m):avg:shop.wait", 26, id="a metric without a filter"),
    pytest.param("avg(last_5m):mean:shop.wait{*}", 13, id="an aggregation that is none"),
    pytest.param("avg(last_5m):avg:shop.wait{*} > 0 || avg(last_5m):avg:shop.wait{*}", 30, id="two comparisons"),
    pytest.param("avg(last_5m):avg:a{*} avg:b{*}", 22, id="two series without a sign"),
    pytest.param("avg(last_5m):avg:a{*} by host", 25, id="groups without braces"),
    pytest.param("avg(last_5m):5", 13, id="a number alone"),
    pytest.param('logs("x").last("5m")', 20, id="logs without a rollup"),
    pytest.param('logs("x").rollup("count").last("soon")', 38, id="a window that is none"),
    pytest.param('logs("x).rollup(count)', 5, id="a text that stays open"),
    pytest.param('burn_rate("x").over("14d").long_window("1h").short_window("5m")', 63, id="a period that is none"),
    pytest.param('parrots("x").rollup("count").last("5m")', 0, id="a source that nobody knows"),
    pytest.param("avg(last_5m):avg:a{*};drop", 21, id="a sign of another language"),
]


@pytest.mark.parametrize(("text", "position"), UNREAD)
def test_what_is_not_read_says_where_reading_stopped(text: str, position: int):
    assert read_query(text) == Unreadable(text, position)


TERMS = [
    pytest.param("env:prod,!service:cart", [("env", ("prod",), False), ("service", ("cart",), True)], id="a list"),
    pytest.param("env:prod AND NOT a:b", [("env", ("prod",), False), ("a", ("b",), True)], id="words"),
    pytest.param("env IN (prod, staging)", [("env", ("prod", "staging"), False)], id="among"),
    pytest.param("env NOT IN (dev)", [("env", ("dev",), True)], id="not among"),
    pytest.param("-env:(a OR b) @x:>=500", [("env", ("a", "b"), True), ("@x", (">=500",), False)], id="a search"),
    pytest.param('env:"prod" free text', [("env", ("prod",), False)], id="in quotes"),
    pytest.param("host-name:a", [("host-name", ("a",), False)], id="a key with a dash"),
    pytest.param("*", [], id="everything"),
]


@pytest.mark.parametrize(("text", "terms"), TERMS)
def test_a_filter_is_read_term_by_term(text: str, terms: list[tuple[str, tuple[str, ...], bool]]):
    assert [(term.key, term.values, term.is_excluded) for term in tag_terms(text)] == terms


EXACT = [("a:b", True), ("a:b*", False), ("a:[1 TO 2]", False), ("a:>=5", False), ("a:$env", False)]


@pytest.mark.parametrize(("text", "is_exact"), EXACT)
def test_a_value_is_exact_unless_it_stands_for_several(text: str, is_exact: bool):
    assert tag_terms(text)[0].is_exact is is_exact


WINDOWS = [
    ("avg(last_20000m):avg:a{*}", ("20000m",)),
    ("avg(last_10080m):avg:a{*}", ()),
    ("avg(last_2d):avg:a{*}", ("2d",)),
    ("change(avg(last_3d),last_5m):avg:a{*}", ("3d",)),
    ('logs("x").rollup("count").last("49h")', ("49h",)),
    ("max(next_9w):forecast(avg:a{*}, 'linear', 1)", ()),
]


@pytest.mark.parametrize(("text", "windows"), WINDOWS)
def test_windows_beyond_the_table_are_named(text: str, windows: tuple[str, ...]):
    assert unlawful_windows(known(text)) == windows


PLAIN = [
    pytest.param("avg(last_5m):avg:a.b{*}", "a.b", id="one metric"),
    pytest.param("sum(last_5m):sum:a.b{*}.as_count()", "a.b", id="one count"),
    pytest.param("avg(last_5m):avg:a.b{*} * 100", None, id="arithmetic"),
    pytest.param("avg(last_5m):abs(avg:a.b{*})", None, id="a function"),
    pytest.param("change(avg(last_5m),last_5m):avg:a.b{*}", None, id="a change"),
]


@pytest.mark.parametrize(("text", "metric"), PLAIN)
def test_a_value_is_a_metrics_own_or_computed(text: str, metric: str | None):
    series = known(text).plain_series
    assert (series.metric if series else None) == metric


def test_a_threshold_may_be_a_word():
    assert split_comparison("avg(last_5m):avg:a{*} > threshold") == ("avg(last_5m):avg:a{*}", (">", None))


HOSTILE = [
    pytest.param("avg(last_5m):" + "(" * 4_000, id="brackets"),
    pytest.param("avg(last_5m):" + "-" * 4_000, id="signs"),
    pytest.param("avg(last_5m):" + "abs(" * 2_000, id="functions"),
    pytest.param("avg(last_5m):f(" + "a=" * 2_000, id="keywords"),
    pytest.param("a" * (MAX_QUERY + 1), id="a long word"),
    pytest.param("avg(last_5m):avg:a{" + "x" * MAX_QUERY + "}", id="a long filter"),
    pytest.param('logs("' + "\\" * 5_001, id="backslashes"),
    pytest.param("avg(last_5m):avg:a{*}" + ".b(" * 3_000, id="calls"),
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_input_is_not_read_and_harms_nobody(text: str):
    assert isinstance(read_query(text), Unreadable)
