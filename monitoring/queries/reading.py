"""Reads a monitor's query: which form it has, and what it measures, filters on and groups by."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from monitoring.queries.chain import Chain, read_chain, read_check_chain
from monitoring.queries.conditions import lets_through, mixes_signs
from monitoring.queries.facts import QueryForm, form_of, functions_of_charts, lawful_windows, windows_of
from monitoring.queries.filters import TagTerm, tag_terms
from monitoring.queries.look_back import WINDOW_ALONE, LookBack
from monitoring.queries.metric import Expression, MetricSeries, read_expression
from monitoring.queries.searches import fault_of_search
from monitoring.queries.tokens import Cursor, StoppedAtError, tokens_of

_COMPARISON = re.compile(r"(?P<sign>[<>]=?|==|!=)\s*(?P<limit>-?[0-9.]+(?:[eE][-+]?[0-9]+)?|threshold)$")
_SPAN = r"(?P<window>(?:last|next|current)_\d+(?:mo|[mhdw]))"
_HEADS = (
    re.compile(rf"(?P<over>avg|sum|min|max|percentile)\(\s*(?:[^(),]*,\s*)?{_SPAN}\s*(?:,[^()]*)?\)\s*:"),
    re.compile(
        rf"(?P<change>change|pct_change)\(\s*(?P<over>avg|sum|min|max)\(\s*{_SPAN}\s*\)\s*,"
        r"\s*(?P<shift>last_\d+[mhdw]|\d+[mhdw]_ago)\s*\)\s*:"
    ),
)
_SOURCE = re.compile(r"(?P<source>[a-z][a-z_-]*)(?=\()")
_WINDOW = re.compile(r"(?:(?P<word>last|next|current)_)?(?P<count>\d+)(?P<unit>mo|[mhdw])(?:_ago)?")
_COMPOSITE = re.compile(r"[0-9()!&| ]+")
_SECONDS = {"m": 60, "h": 3_600, "d": 86_400, "w": 604_800, "mo": 30 * 86_400}
_FORM_OF_WORD = {"last": "metric", "next": "forecast", "current": "cumulative"}
_FORM_OF_FUNCTION = {"anomalies": "anomaly", "outliers": "outlier"}
# Calls whose first argument is a window.
_WINDOW_CALLS = ("last", "long_window", "current")


class Unreadable(NamedTuple):
    """A query that has no known form, or one that is read only up to a position."""

    text: str
    position: int

    @property
    def near(self) -> str:
        """The characters at which reading stopped, at most 30 of them."""
        return self.text[self.position : self.position + 30].strip()


class MonitorQuery(NamedTuple):
    """What a query says. `windows` are counts with their units, `filters` texts with conditions on tags."""

    form: QueryForm
    groups: tuple[str, ...] = ()
    series: tuple[MetricSeries, ...] = ()
    filters: tuple[str, ...] = ()
    windows: tuple[tuple[int, str], ...] = ()
    functions: tuple[str, ...] = ()
    aggregation: str = ""
    is_calculated: bool = False
    comparison: tuple[str, float | None] | None = None
    runs: int | None = None
    """How many of its last runs a service check looks at."""
    look_back: LookBack = WINDOW_ALONE

    @property
    def terms(self) -> tuple[TagTerm, ...]:
        """Every condition on a tag, in all filters."""
        return tuple(term for text in self.filters for term in tag_terms(text))

    def filters_on(self, key: str) -> tuple[str, ...]:
        """The filters that name a tag."""
        return tuple(text for text in self.filters if any(term.key.casefold() == key for term in tag_terms(text)))

    def may_pass(self, text: str, key: str, value: str) -> bool:
        """Whether some data whose tag has that value pass one of its filters; a search is read by its own grammar."""
        return lets_through(text, key, value, is_search=not self.series) is not False

    def unnamed_passing(self, key: str, values: Iterable[str]) -> tuple[str, ...]:
        """Those of a tag's values that pass a filter on that tag without being named in it."""
        filters = [(text, _wanted_in(text, key)) for text in self.filters_on(key)]
        return tuple(
            value
            for value in values
            if any(value not in named and self.may_pass(text, key, value) for text, named in filters)
        )

    def shutting_out(self, key: str, value: str) -> str:
        """What one of its filters does that no data with a tag's value pass, in words; empty where some pass each."""
        shut = next((text for text in self.filters_on(key) if not self.may_pass(text, key, value)), None)
        if shut is None:
            return ""
        wanted = " and ".join(f'"{each}"' for each in _wanted_in(shut, key))
        return f"filters {key} on {wanted}" if wanted else f'leaves "{value}" out'

    @property
    def seconds(self) -> int | None:
        """The time that it looks back, None where it says none."""
        return max((count * _SECONDS[unit] for count, unit in self.windows), default=None)

    @property
    def untimed(self) -> str:
        """Why nobody knows how late it sees what its window says it does; empty where its window tells."""
        if self.look_back.seconds is None:
            return f"{self.look_back.functions[-1]} counts values of a time that nobody knows"
        compared, windows = self.look_back.compared, [count * _SECONDS[unit] for count, unit in self.windows]
        if compared is not None and windows and compared < windows[0]:
            return "its window is longer than the time to what it is compared with"
        return ""

    @property
    def plain_series(self) -> MetricSeries | None:
        """The one series whose own value is compared; None where it is computed from several, or by functions."""
        is_plain = len(self.series) == 1 and not self.functions and not self.is_calculated
        return self.series[0] if is_plain and self.form.name == "metric" else None

    @property
    def is_summed(self) -> bool:
        """Whether its value is a sum of its series, so that one of shares may lie above 100%."""
        return self.aggregation == "sum" or any(
            series.aggregation == "sum" or "rollup" in series.modifiers for series in self.series
        )

    @property
    def filled_by(self) -> str:
        """The function that counts no data as 0, so that they are never missing; empty where there is none.

        Source: docs.datadoghq.com/dashboards/functions/interpolation, 2026-11-26.
        """
        return next((name for name in self.functions if name == "default_zero"), "")

    @property
    def counts_events(self) -> bool:
        """Whether it counts what a search finds."""
        return self.form.windows == "event" and self.aggregation in ("count", "cardinality")


def _wanted_in(text: str, key: str) -> tuple[str, ...]:
    """The values of a tag that a filter asks for by name."""
    wanted = (term for term in tag_terms(text) if term.key.casefold() == key and not term.is_excluded)
    return tuple(value for term in wanted for value in term.values)


def split_comparison(text: str) -> tuple[str, tuple[str, float | None] | None]:
    """A query without the comparison at its end, and that comparison; its number is None where it is a word."""
    text = text.strip()
    match = _COMPARISON.search(text[-60:])
    if not match:
        return text, None
    try:
        limit = None if match["limit"] == "threshold" else float(match["limit"])
    except ValueError:
        return text, None
    return text[: len(text) - len(match[0])].rstrip(), (match["sign"], limit)


@lru_cache(maxsize=4_096)
def read_query(text: str) -> MonitorQuery | Unreadable:
    """What a query says, with or without a comparison at its end."""
    bare, comparison = split_comparison(text)
    try:
        query = _read(bare)
    except StoppedAtError as stopped:
        return Unreadable(bare, stopped.position)
    return query._replace(comparison=comparison)


def unlawful_windows(query: MonitorQuery) -> tuple[str, ...]:
    """The windows of a query that Datadog does not take, as they are written: 20000m."""
    lawful = windows_of(query.form)
    bounds = ((count, unit, *lawful.get(unit, (1, 0))) for count, unit in query.windows if lawful)
    return tuple(f"{count}{unit}" for count, unit, low, high in bounds if not low <= count <= high)


class QueryProblem(NamedTuple):
    """What Datadog refuses of a query that can be read: a short name of it, why, and what to write."""

    name: str
    why: str
    remedy: str


def problems_of_query(query: MonitorQuery) -> Iterator[QueryProblem]:
    """Windows that it does not take, functions of charts alone, searches that break off, filters that mix signs."""
    for window in unlawful_windows(query):
        why = f'Datadog does not take the window "{window}" here'
        yield QueryProblem(f"window {window}", why, f"it takes {lawful_windows(query.form)}")
    for function in functions_of_charts():
        if function in query.functions:
            yield QueryProblem(f"function {function}", f"Datadog takes {function} in no monitor", "take it out")
    yield from _searches(query)
    for series in query.series:
        if mixes_signs(series.filter):
            why = f'the filter "{series.filter}" mixes , or ! with AND, OR, NOT or IN, and Datadog refuses that'
            yield QueryProblem("mixed filter", why, "write words alone, like env:prod AND NOT service:cart")
            return


def _searches(query: MonitorQuery) -> Iterator[QueryProblem]:
    """Searches that are not whole; how Datadog reads a backslash before anything but a quote is not known here."""
    for search in query.filters if query.form.windows == "event" else ():
        bare = search.replace('\\"', '"')
        if "\\" not in bare and (fault := fault_of_search(bare)):
            yield QueryProblem("search", f"the search in the query {fault}", "write it as in Datadog's search")


def _read(text: str) -> MonitorQuery:
    for head in _HEADS:
        if match := head.match(text):
            return _metric(text, match)
    if text.startswith('"'):
        return _service_check(text)
    if source := _SOURCE.match(text):
        return _sourced(text, source)
    if _COMPOSITE.fullmatch(text):
        return MonitorQuery(_form("composite", 0))
    raise StoppedAtError(0)


def _form(name: str, position: int) -> QueryForm:
    form = form_of(name)
    if form is None:
        raise StoppedAtError(position)
    return form


def _metric(text: str, head: re.Match[str]) -> MonitorQuery:
    cursor = Cursor(tokens_of(text, head.end()))
    expression = read_expression(cursor)
    if not expression.series:
        raise StoppedAtError(head.end())
    cursor.take("end")
    spans = [
        span for name, span in head.groupdict().items() if name in ("window", "shift") and not span.endswith("_ago")
    ]
    return MonitorQuery(
        form=_form(_metric_form(head, expression), 0),
        groups=expression.groups,
        series=expression.series,
        filters=tuple(series.filter for series in expression.series),
        windows=tuple(_window(span) for span in spans if span and not span.endswith("_ago")),
        functions=expression.functions,
        aggregation=head["over"],
        is_calculated=expression.is_calculated,
        look_back=_compared(expression.look_back, head.groupdict().get("shift")),
    )


def _compared(look_back: LookBack, span: str | None) -> LookBack:
    """The same of a change, which compares all with what was a span before."""
    ago = seconds_of_span(span) if span else None
    if ago is None:
        return look_back
    return look_back._replace(compared=ago if look_back.compared is None else min(ago, look_back.compared))


def _metric_form(head: re.Match[str], expression: Expression) -> str:
    if "change" in head.groupdict():
        return "change"
    for function, form in _FORM_OF_FUNCTION.items():
        if function in expression.functions:
            return form
    return _FORM_OF_WORD[head["window"].partition("_")[0]]


def seconds_of_span(span: str) -> int | None:
    """The seconds of a window as Datadog spells it, such as last_30m; None where it is none."""
    match = _WINDOW.fullmatch(span)
    return int(match["count"]) * _SECONDS[match["unit"]] if match else None


def _window(span: str, position: int = 0) -> tuple[int, str]:
    match = _WINDOW.fullmatch(span)
    if match is None:
        raise StoppedAtError(position)
    return int(match["count"]), match["unit"]


def _service_check(text: str) -> MonitorQuery:
    cursor = Cursor(tokens_of(text, 0))
    chain = read_check_chain(cursor)
    form = _complete(cursor, chain, _form("service-check", 0))
    runs = next(iter(chain.arguments["last"]), "")
    if not runs.isdecimal():
        raise StoppedAtError(len(text))
    return MonitorQuery(
        form=form,
        groups=chain.groups,
        filters=chain.arguments.get("over", ()),
        aggregation=chain.calls[-1][0],
        runs=int(runs),
    )


def _sourced(text: str, source: re.Match[str]) -> MonitorQuery:
    form = _form(source["source"], 0)
    cursor = Cursor(tokens_of(text, source.end()))
    chain = read_chain(cursor)
    _complete(cursor, chain, form)
    spans = [chain.arguments[name][0] for name in _WINDOW_CALLS if chain.arguments.get(name)]
    return MonitorQuery(
        form=form,
        groups=chain.groups,
        filters=(*chain.subjects, *(chain.arguments.get("over", ()) if form.name == "processes" else ())),
        windows=tuple(_window(span, len(text)) for span in spans),
        aggregation=next(iter(chain.arguments.get("rollup", ())), "count"),
    )


def _complete(cursor: Cursor, chain: Chain, form: QueryForm) -> QueryForm:
    """The form, where all was read and no call that it needs is missing; raises StoppedAtError elsewhere."""
    end = cursor.take("end").start
    if not all(any(name in chain.arguments for name in choice) for choice in form.needs):
        raise StoppedAtError(end)
    if form.periods and not set(chain.arguments["over"]) <= set(form.periods):
        raise StoppedAtError(end)
    return form
