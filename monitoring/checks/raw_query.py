"""A raw query is read by Datadog's grammar: its form, windows, metrics and tags are right, and it compares nothing."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from monitoring.checks._check import rule_check
from monitoring.checks._context import Context, Finding, Fires, WatchedRule
from monitoring.checks._silence import fires_in_silence
from monitoring.checks._subjects import QUERY_RULES
from monitoring.model.platform import Metric
from monitoring.model.references import nearest
from monitoring.model.signals import RawQuery
from monitoring.queries import (
    MetricSeries,
    MonitorQuery,
    TagTerm,
    Unreadable,
    max_runs,
    problems_of_query,
    read_query,
    split_comparison,
    tag_terms,
)
from monitoring.queries.facts import form_of

_QUOTED = re.compile(r""""(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'""")
_OR = re.compile(r"\bOR\b|\|\|", re.IGNORECASE)
_USUAL = 'avg(last_5m):avg:NAME{env:prod} by {host} or logs("…").rollup("count").last("5m")'


class Mistake(NamedTuple):
    """A key for waivers, what is wrong, and what to do."""

    key: str
    what: str
    remedy: str
    fires: Fires = ""


@rule_check("raw-query", about=QUERY_RULES, signal=RawQuery)
def raw_query(context: Context, watched: WatchedRule[RawQuery]) -> Iterator[Finding]:
    """Looks at each raw query; finds what is wrong in it, and queries that are not read to their end.

    The other checks see no group, filter or window of a query that is not read, so that is a finding, too.
    """
    _, rule, signal = watched
    for mistake in _mistakes(context, signal):
        yield context.finding("rule", rule.id, "query", "query", **mistake._asdict())


def _mistakes(context: Context, signal: RawQuery) -> Iterator[Mistake]:
    bare, comparison = split_comparison(signal.query)
    if comparison:
        yield Mistake("compares", "the query ends in a comparison", "write only the threshold, like above: 100")
    query = read_query(bare)
    if isinstance(query, Unreadable):
        yield from tuple(_unbalanced(_QUOTED.sub("", bare))) or (_unread(query),)
    else:
        yield from _form(query, signal)
        fires = fires_without_data(context, signal)
        for series in query.series:
            yield from (mistake._replace(fires=fires) for mistake in _series(context, series))


def fires_without_data(context: Context, signal: RawQuery) -> Fires:
    """How it fires where nobody sends what its query reads; empty where somebody may."""
    query, metrics = read_query(split_comparison(signal.query)[0]), context.catalog.platform.metrics
    if isinstance(query, Unreadable) or not any(_reads_nothing(series, metrics) for series in query.series):
        return ""
    return fires_in_silence(signal, counts_as_zero=bool(query.filled_by))


def _reads_nothing(series: MetricSeries, metrics: Mapping[str, Metric]) -> bool:
    """Whether nobody sends the metric, or none of its series meets a term that the filter needs.

    Where a filter says OR, no term of it is needed.
    """
    if series.metric not in metrics or _OR.search(series.filter):
        return series.metric not in metrics
    tags = metrics[series.metric].tags
    needed = [term for term in tag_terms(series.filter) if term.is_exact and not term.is_excluded]
    return any(
        term.key not in tags or not set(term.values) & set(tags[term.key].values or term.values) for term in needed
    )


def _unbalanced(text: str) -> Iterator[Mistake]:
    for left, right in ("()", "{}"):
        opened, closed = text.count(left), text.count(right)
        if opened != closed:
            what = f'the query has {opened} "{left}" and {closed} "{right}"'
            yield Mistake(f"unbalanced {left}", what, "close what is open")


def _unread(query: Unreadable) -> Mistake:
    if query.near.startswith((">", "<", "=", "|", "&", "!")):
        what = f'the query compares or combines by itself at "{query.near}"'
        return Mistake("combines", what, "write one rule for each comparison, and a composite over them")
    if query.position == 0:
        what = "the query begins like none that is known here, so nobody sees what it filters and groups by"
        return Mistake("not seen", what, "begin it like avg(last_5m): or logs(")
    where = f'is not read to its end, it stops at "{query.near}"' if query.near else "ends before all is said"
    form = form_of(query.text.partition("(")[0])
    example = split_comparison(form.example)[0] if form else _USUAL
    return Mistake(
        "not seen", f"the query {where}, so nobody sees what it filters and groups by", f"write it like {example}"
    )


def _form(query: MonitorQuery, signal: RawQuery) -> Iterator[Mistake]:
    if query.form.refusal:
        yield Mistake("form", f"the query cannot be declared: {query.form.refusal}", query.form.instead)
        return
    yield from (Mistake(*fault) for fault in problems_of_query(query))
    yield from _silence(query, signal)
    yield from _unlike_groups(query, signal)
    yield from _of_metrics_alone(query, signal)
    yield from _runs(query, signal)


def _silence(query: MonitorQuery, signal: RawQuery) -> Iterator[Mistake]:
    """A word that Datadog refuses: where data are never missing (its provider, issue 2815), or for this type."""
    if query.filled_by and signal.when_silent in ("alert", "resolve"):
        what = f"{query.filled_by} fills every silence, and Datadog refuses when-silent: {signal.when_silent} beside it"
        yield Mistake("silence is filled", what, "write when-silent: show")
    if not query.form.takes_silence and signal.when_silent == "resolve":
        what = f"Datadog resolves no {query.form.types[0]} when its data stop"
        yield Mistake("silence does not resolve", what, "write when-silent: alert or show")


def _unlike_groups(query: MonitorQuery, signal: RawQuery) -> Iterator[Mistake]:
    """Words about groups that the query has not; Datadog refuses them (its provider, issue 1221)."""
    for problem in signal.unlike_groups(query.groups):
        yield Mistake(f"groups of {problem.at[0]}", problem.what, problem.remedy)


def _of_metrics_alone(query: MonitorQuery, signal: RawQuery) -> Iterator[Mistake]:
    """Words that Datadog passes over, or refuses, unless the monitor is on a metric."""
    if "query alert" not in query.form.types:
        for word in signal.metric_words:
            what = f"Datadog takes {word} on metrics alone, and the query is of a {query.form.types[0]}"
            yield Mistake(f"{word} of a metric", what, f"take {word} out")


def _runs(query: MonitorQuery, signal: RawQuery) -> Iterator[Mistake]:
    """A service check fires at a number of failed runs among its last ones, at most 100 (Datadog's API page)."""
    if query.runs is None:
        return
    word, fires_at = signal.threshold_word, signal.runs_to_fire
    if not word.is_upward:
        yield Mistake("counts upward", "a service check counts failed runs", "write above, like above: 2")
    elif not 1 <= fires_at <= query.runs <= max_runs():
        runs = f"{signal.threshold:g}" if word.fires_at_threshold else f"more than {signal.threshold:g}"
        what = f"fires at {runs} failed runs, and looks at the last {query.runs}"
        yield Mistake("too few runs", what, f"write last({min(fires_at + 1, max_runs())}), or a smaller {word}")


def _series(context: Context, series: MetricSeries) -> Iterator[Mistake]:
    metrics = context.catalog.platform.metrics
    if series.metric not in metrics:
        what = f'nobody sends the metric "{series.metric}"'
        yield Mistake(f"metric {series.metric}", what, nearest(series.metric, metrics))
        return
    tags, terms = metrics[series.metric].tags, tag_terms(series.filter)
    for key in dict.fromkeys([*(term.key for term in terms), *series.groups]):
        if key not in tags:
            yield Mistake(f"tag {key}", f'metric "{series.metric}" sends no tag "{key}"', nearest(key, tags))
    for term in terms:
        legal = tags[term.key].values if term.key in tags else None
        if legal and term.is_exact and not term.is_excluded:
            yield from _values(series, term, legal)


def _values(series: MetricSeries, term: TagTerm, legal: Collection[str]) -> Iterator[Mistake]:
    """Values that are asked for and never sent."""
    for value in term.values:
        if value not in legal:
            what = f'the tag "{term.key}" of metric "{series.metric}" is never "{value}"'
            yield Mistake(f"tag {term.key}:{value}", what, nearest(value, legal))
