"""What signals answer that calculate with several of Datadog's metrics: terms that are added up, less others."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Annotated, ClassVar

from monitoring.model.alphabets import DatadogTagKey
from monitoring.model.entry import EntryList, EntryProblem
from monitoring.model.references import MetricSender, Names
from monitoring.model.scalars import Amount, Duration, Quantity
from monitoring.model.signals.base import DataRead, Metrics
from monitoring.model.signals.query_monitor import QueryMonitor, unlike_window
from monitoring.model.signals.selector import PERCENTILES, MetricSelector
from monitoring.model.signals.tags import exactly, metric_sender, undeclared
from monitoring.queries import QueryForm, forms
from monitoring.queries.writing import datadog_window

Terms = Annotated[tuple[MetricSelector, ...], EntryList()]


MAX_TERMS = 20
"""Terms of a calculation at most: our own judgement, so that its query stays one that Datadog takes."""


class TermsMonitor(QueryMonitor):
    """A signal over several metrics of the catalog, each a term of one calculation."""

    compares_one_value: ClassVar[bool] = True
    sides: ClassVar[tuple[str, ...]] = ("of", "minus")
    """The words at which terms stand."""
    calculation: ClassVar[str]
    """What is computed, with an article."""
    of: Terms
    """The metric that is looked at; several are added up."""
    minus: Terms = ()
    """What is taken away from it."""
    by: tuple[DatadogTagKey, ...] = ()
    """The tags by which each of the metrics is split; each group fires by itself."""
    over: Duration
    """The time over which they are computed, in whole minutes."""
    above: Amount | None = None
    """The value above which it fires, such as 5% of a ratio."""
    below: Amount | None = None
    """The value below which it fires, such as 95% of a ratio."""
    at_least: Amount | None = None
    """The value at or above which it fires."""
    at_most: Amount | None = None
    """The value at or below which it fires."""
    recovers_at: Amount | None = None
    """The value at which it recovers; left out, the threshold itself."""
    empty_is_zero: bool = True
    """Whether no data of a count among `of` and `minus` are a count of 0."""

    @property
    def form(self) -> QueryForm:
        """A metric's: arithmetic is part of it."""
        return forms()["metric"]

    def windowed(self, calculated: str, metrics: Metrics) -> str:
        """A calculation over the window: of counts Datadog adds up each one over it, and calculates once."""
        joined = "sum" if self.counts(metrics) else "avg"
        return f"{joined}(last_{datadog_window(self.over.seconds)}):{calculated}"

    def balance(self, environment: str, metrics: Metrics) -> str:
        """What is added up, less what is taken away: `default_zero(sum:A{…}.as_count()) - sum:B{…}.as_count()`."""
        fills = self.empty_is_zero
        taken = (self.term(term, environment, metrics, fills=fills) for term in self.minus)
        return " - ".join([self.side(self.of, environment, metrics, fills=fills), *taken])

    def side(self, terms: Sequence[MetricSelector], environment: str, metrics: Metrics, *, fills: bool) -> str:
        """Several terms, added up; with `fills`, one that counts and is not sent is 0."""
        return " + ".join(self.term(term, environment, metrics, fills=fills) for term in terms)

    def term(self, term: MetricSelector, environment: str, metrics: Metrics, *, fills: bool) -> str:
        """The series of one term."""
        series = term.series(environment, metrics, by=self.by)
        return f"default_zero({series})" if fills and metrics[term.name].kind == "count" else series

    @property
    def terms(self) -> tuple[MetricSelector, ...]:
        """All metrics, as they are written."""
        return tuple(term for side in self.sides for term in getattr(self, side))

    def counts(self, metrics: Metrics) -> bool:
        """Whether it calculates with counts."""
        return all(metrics[term.name].kind == "count" for term in self.terms if term.name in metrics)

    def fills_silence(self, metrics: Metrics) -> bool:
        """Where it calculates with counts, and an empty one is 0."""
        return self.empty_is_zero and self.counts(metrics)

    @property
    def seconds(self) -> int:
        """Its window."""
        return self.over.seconds

    @property
    def groups(self) -> tuple[str, ...]:
        """The tags by which its metrics are split."""
        return self.by

    def group_values(self, key: str, metrics: Metrics) -> Collection[str] | None:
        """The values that a term's filter leaves of a tag, else those that its metric declares."""
        listed = (term.where.get(key) or metrics[term.name].tags[key].values for term in self.terms)
        return next(filter(None, listed), None)

    @property
    def threshold(self) -> Quantity:
        """The value at which it fires."""
        limit: Quantity | None = getattr(self, self.threshold_word.field)
        return limit or Quantity(0)

    @property
    def recovery(self) -> Quantity | None:
        """What its author wrote."""
        return self.recovers_at

    @property
    def watches(self) -> object:
        """Each side, the groups and the window."""
        sides = [
            tuple((term.aggregation, term.name, exactly(term.where)) for term in getattr(self, side))
            for side in self.sides
        ]
        return *sides, frozenset(self.by), str(self.over)

    @property
    def window_aggregation(self) -> str:
        """Nothing that says what a longer window does."""
        return ""

    @property
    def balance_in_words(self) -> str:
        """What is added up, less what is taken away: sum of A plus sum of B minus sum of C."""
        of = " plus ".join(term.selected for term in self.of)
        return of + "".join(f" minus {term.selected}" for term in self.minus)

    def condition(self, limit: str | None) -> str:
        """What is computed, in words, beyond its limit."""
        side = f"{self.threshold_word.in_words} {limit or self.threshold}"
        each = f" for one {' and '.join(self.by)}" if self.by else ""
        return f"{self.in_words}{each} {side} over {self.over}{self.waiting}"

    @property
    def reads(self) -> Iterable[DataRead]:
        """The metrics of each side."""
        return [term.read_at(side)._replace(by=self.by) for side in self.sides for term in getattr(self, side)]

    def entry_problems(self, names: Names, /) -> Iterator[EntryProblem]:
        """Terms that cannot be calculated with, groups that nobody sends, a window that Datadog does not take."""
        yield from super().entry_problems(names)
        yield from self.unlike_form()
        yield from unlike_window(self.over)
        if len(self.terms) > MAX_TERMS:
            what = f"calculates with {len(self.terms)} terms"
            yield EntryProblem(what, f"write at most {MAX_TERMS}, or send one metric that holds their sum")
        known = {name: metric for name in self.metric_names if (metric := names.metrics.get(name))}
        if len(known) == len({*self.metric_names}):
            yield from self._incomputable(known)

    def _incomputable(self, metrics: Metrics) -> Iterator[EntryProblem]:
        yield from self._wrong_terms(metrics)
        for side in self.sides:
            units = dict.fromkeys(metrics[term.name].unit for term in self._of_one_unit(side))
            if len(units) > 1:
                what = f"adds up metrics sent in {' and '.join(unit or 'no unit' for unit in units)}"
                yield EntryProblem(what, "name metrics of one unit", (side,))
        if self.fills_silence(metrics):
            yield from self.decided_silence("write when-silent: show, or empty-is-zero: false")
        yield from self._cancelled()

    def _cancelled(self) -> Iterator[EntryProblem]:
        """What is added up and taken away again, which leaves nothing of it."""
        added = {term.selected for term in self.of}
        for number, term in enumerate(self.minus):
            if term.selected in added:
                what = f"takes away {term.selected}, which is added up by of"
                yield EntryProblem(what, "take it out of both, or let where tell them apart", ("minus", number))

    def _of_one_unit(self, side: str) -> tuple[MetricSelector, ...]:
        """What has to be of one unit for a side to be computed."""
        return (*self.of[:1], *self.minus) if side == "minus" else getattr(self, side)

    def _wrong_terms(self, metrics: Metrics) -> Iterator[EntryProblem]:
        counts = {term.name: metrics[term.name].kind == "count" for term in self.terms}
        if len(set(counts.values())) > 1:
            some = next(name for name, is_count in counts.items() if is_count)
            other = next(name for name, is_count in counts.items() if not is_count)
            what = f'calculates with "{some}", which is a count, and "{other}", which is a {metrics[other].kind}'
            yield EntryProblem(what, "name counts alone, or none: Datadog adds up counts over the window")
        for side in self.sides:
            for number, term in enumerate(getattr(self, side)):
                yield from self._wrong_term(term, metrics[term.name], (side, number))

    def _wrong_term(
        self, term: MetricSelector, metric: MetricSender, at: tuple[str | int, ...]
    ) -> Iterator[EntryProblem]:
        word = term.aggregation
        if word in PERCENTILES:
            what = f"{word} of a window is no part of {self.calculation}: Datadog would average percentiles of points"
            yield EntryProblem(what, "write avg, min, max or sum", (*at, word))
        elif metric.kind == "count" and word != "sum":
            what = f'{word} of "{term.name}", which is a count, is no part of {self.calculation}'
            yield EntryProblem(what, "write sum", (*at, word))
        for number, key in enumerate(self.by):
            if key not in metric.tags:
                yield undeclared(key, metric.tags, metric_sender(term.name), "by", number)
