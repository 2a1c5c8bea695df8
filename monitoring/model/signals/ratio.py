"""One part of Datadog's metrics for each of another: a share of failures, bytes for each request."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Annotated, final

from monitoring.model.alphabets import DatadogTagKey
from monitoring.model.entry import EntryList, EntryProblem, kebab
from monitoring.model.references import MetricSender, Names
from monitoring.model.scalars import SECONDS_IN, UNITS, Amount, Duration, Quantity
from monitoring.model.signals.base import DataRead, MeasuredValue, Metrics
from monitoring.model.signals.dimensions import DIMENSION_EXAMPLES, DIMENSION_WORDS
from monitoring.model.signals.metric_monitor import LIMIT_FIELDS
from monitoring.model.signals.query_monitor import QueryMonitor, base_of
from monitoring.model.signals.selector import PERCENTILES, MetricSelector
from monitoring.model.signals.tags import exactly, metric_sender, undeclared
from monitoring.queries import QueryForm, forms
from monitoring.queries.writing import datadog_window

Terms = Annotated[tuple[MetricSelector, ...], EntryList()]
SIDES = ("of", "minus", "to")


@final
class MetricRatio(QueryMonitor):
    """Metrics divided by metrics; several of one side are added up."""

    of: Terms
    """The metric that is divided, such as failed requests; the sum of several."""
    minus: Terms = ()
    """What is taken away from it before it is divided."""
    to: Terms
    """The metric by which it is divided, such as all requests; the sum of several."""
    by: tuple[DatadogTagKey, ...] = ()
    """The tags by which both sides are split; each group fires by itself."""
    over: Duration
    """The time over which both sides are computed, in whole minutes."""
    above: Amount | None = None
    """The ratio above which it fires, such as 5%."""
    below: Amount | None = None
    """The ratio below which it fires, such as 95%."""
    at_least: Amount | None = None
    """The ratio at or above which it fires."""
    at_most: Amount | None = None
    """The ratio at or below which it fires."""
    recovers_at: Amount | None = None
    """The ratio at which it recovers; left out, the threshold itself."""
    min_traffic: int | None = None
    """How many of `to` its window must hold at the quietest; a check compares, Datadog has no such setting."""
    empty_is_zero: bool = True
    """Whether no data of a count that is divided are a count of 0."""

    @property
    def form(self) -> QueryForm:
        """A metric's: arithmetic is part of it."""
        return forms()["metric"]

    def query_text(self, environment: str, metrics: Metrics) -> str:
        """`sum(last_10m):default_zero(sum:A{…}.as_count()) / sum:B{…}.as_count()`."""
        divided = " - ".join(
            [
                self._side(self.of, environment, metrics, may_be_empty=True),
                *(self._term(term, environment, metrics, may_be_empty=True) for term in self.minus),
            ]
        )
        divisor = self._side(self.to, environment, metrics, may_be_empty=False)
        divided = f"({divided})" if len(self.of) + len(self.minus) > 1 else divided
        divisor = f"({divisor})" if len(self.to) > 1 else divisor
        joined = "sum" if self._counts(metrics) else "avg"
        return f"{joined}(last_{datadog_window(self.over.seconds)}):{divided} / {divisor}"

    def _side(self, terms: Sequence[MetricSelector], environment: str, metrics: Metrics, *, may_be_empty: bool) -> str:
        return " + ".join(self._term(term, environment, metrics, may_be_empty=may_be_empty) for term in terms)

    def _term(self, term: MetricSelector, environment: str, metrics: Metrics, *, may_be_empty: bool) -> str:
        series = term.series(environment, metrics, by=self.by)
        is_filled = may_be_empty and self.empty_is_zero and metrics[term.name].kind == "count"
        return f"default_zero({series})" if is_filled else series

    @property
    def terms(self) -> tuple[MetricSelector, ...]:
        """All metrics of both sides."""
        return (*self.of, *self.minus, *self.to)

    def is_rate(self, metrics: Metrics) -> bool:
        """Whether it is a share of counts, which one of few can make large."""
        return self.threshold.dimension == "share" and self._counts(metrics)

    def _counts(self, metrics: Metrics) -> bool:
        """Whether it divides counts; Datadog then adds up each side over the window, and divides once."""
        return all(metrics[term.name].kind == "count" for term in self.terms if term.name in metrics)

    @property
    def seconds(self) -> int:
        """Its window."""
        return self.over.seconds

    @property
    def groups(self) -> tuple[str, ...]:
        """The tags by which both sides are split."""
        return self.by

    def group_values(self, key: str, metrics: Metrics) -> Collection[str] | None:
        """The values that a side's filter leaves of a tag, else those that its metric declares."""
        listed = (term.where.get(key) or metrics[term.name].tags[key].values for term in self.terms)
        return next(filter(None, listed), None)

    @property
    def threshold(self) -> Quantity:
        """The ratio at which it fires."""
        limit: Quantity | None = getattr(self, self.threshold_word.field)
        return limit or Quantity(0)

    @property
    def recovery(self) -> Quantity | None:
        """What its author wrote."""
        return self.recovers_at

    @property
    def watches(self) -> object:
        """Both sides, the groups and the window."""
        sides = [
            tuple((term.aggregation, term.name, exactly(term.where)) for term in getattr(self, side)) for side in SIDES
        ]
        return *sides, self.by, str(self.over)

    @property
    def window_aggregation(self) -> str:
        """Nothing that says what a longer window does."""
        return ""

    def unit(self, metrics: Metrics) -> str:
        """The unit of what is divided; a fraction where both sides are of one dimension and unit."""
        divided, divisor = (metrics[side[0].name].unit for side in (self.of, self.to))
        if UNITS[divided][0] != UNITS[divisor][0]:
            return divided
        return "fraction" if self.threshold.dimension == "share" and UNITS[divided] == UNITS[divisor] else ""

    def critical(self, metrics: Metrics) -> float:
        """The threshold as the query compares it: both sides as they are sent."""
        return self._as_sent(self.threshold, metrics)

    def critical_recovery(self, metrics: Metrics) -> float | None:
        """The recovery as the query compares it; None for the threshold itself."""
        return None if self.recovers_at is None else self._as_sent(self.recovers_at, metrics)

    def _as_sent(self, limit: Quantity, metrics: Metrics) -> float:
        divided, divisor = (UNITS[metrics[side[0].name].unit][1] for side in (self.of, self.to))
        return float(f"{base_of(limit) * divisor / divided:.12g}")

    @property
    def in_words(self) -> str:
        """Both sides: sum of A minus sum of B for each sum of C."""
        of, to = (" plus ".join(term.selected for term in side) for side in (self.of, self.to))
        less = "".join(f" minus {term.selected}" for term in self.minus)
        return f"{of}{less}, divided by {to},"

    def condition(self, limit: str | None) -> str:
        """The ratio, in words, beyond its limit."""
        side = f"{self.threshold_word.in_words} {limit or self.threshold}"
        each = f" for one {' and '.join(self.by)}" if self.by else ""
        return f"{self.in_words}{each} {side} over {self.over}{self.waiting}"

    @property
    def reads(self) -> Iterable[DataRead]:
        """The metrics of both sides."""
        return [term.read_at(side)._replace(by=self.by) for side in SIDES for term in getattr(self, side)]

    @property
    def is_part(self) -> bool:
        """Whether what is divided is a part of what divides it, so that the ratio is 100% at most."""
        if self.minus or len(self.of) != 1:
            return False
        (part,) = self.of
        return any(_holds(whole, part) for whole in self.to)

    def measured(self, metrics: Metrics) -> MeasuredValue:
        """A ratio at 0 or above where counts are divided and nothing is taken away; 100% at most where it is a part."""
        counts = self._counts(metrics)
        return MeasuredValue(
            word=self.threshold_word,
            limit=self.threshold,
            field=self.threshold_word,
            window=self.over,
            recovers_at=self.recovers_at,
            is_bounded=counts and not self.minus,
            exceeds_whole=not self.is_part,
            is_count=counts and not self.empty_is_zero,
            has_gaps=counts,
        )

    @property
    def symptom(self) -> str:
        """A ratio that is too high, or too low."""
        of, to = (" ".join(term.name for term in side) for side in (self.of, self.to))
        return f"{of} to {to} {'above' if self.threshold_word.is_upward else 'below'}"

    def entry_problems(self, names: Names, /) -> Iterator[EntryProblem]:
        """Sides that cannot be divided, groups that nobody sends, a window that Datadog does not take."""
        yield from super().entry_problems(names)
        yield from self.unlike_form()
        if self.over.seconds % SECONDS_IN["m"] or not 0 < self.over.seconds <= SECONDS_IN["w"]:
            what = f'"{self.over}" is not a window that Datadog takes'
            yield EntryProblem(what, "write whole minutes, 1m to 1w", ("over",))
        if self.min_traffic is not None and self.min_traffic < 1:
            yield EntryProblem(f'"{self.min_traffic}" is no traffic', "write 1 or more, like 100", ("min-traffic",))
        known = {name: metric for name in self.metric_names if (metric := names.metrics.get(name))}
        if len(known) == len({*self.metric_names}):
            yield from self._undividable(known)

    def _undividable(self, metrics: Metrics) -> Iterator[EntryProblem]:
        yield from self._wrong_terms(metrics)
        if not self.minus and self.of == self.to:
            yield EntryProblem("divides a metric by itself, which is always 100%", "let to be the whole", ("to",))
        for side in SIDES:
            units = dict.fromkeys(metrics[term.name].unit for term in self._of_one_unit(side))
            if len(units) > 1:
                what = f"adds up metrics sent in {' and '.join(unit or 'no unit' for unit in units)}"
                yield EntryProblem(what, "name metrics of one unit", (side,))
        yield from self._wrong_dimension(metrics)
        yield from self._unfilled(metrics)

    def _of_one_unit(self, side: str) -> tuple[MetricSelector, ...]:
        """What has to be of one unit for a side to be computed."""
        return (*self.of[:1], *self.minus) if side == "minus" else getattr(self, side)

    def _wrong_terms(self, metrics: Metrics) -> Iterator[EntryProblem]:
        counts = {term.name: metrics[term.name].kind == "count" for term in self.terms}
        if len(set(counts.values())) > 1:
            some = next(name for name, is_count in counts.items() if is_count)
            other = next(name for name, is_count in counts.items() if not is_count)
            what = f'divides with "{some}", which is a count, and "{other}", which is a {metrics[other].kind}'
            yield EntryProblem(what, "name counts alone, or none: Datadog adds up counts over the window")
        for side in SIDES:
            for number, term in enumerate(getattr(self, side)):
                yield from self._wrong_term(term, metrics[term.name], (side, number))

    def _wrong_term(
        self, term: MetricSelector, metric: MetricSender, at: tuple[str | int, ...]
    ) -> Iterator[EntryProblem]:
        word = term.aggregation
        if word in PERCENTILES:
            what = f"{word} of a window cannot be divided: Datadog would average the percentiles of its points"
            yield EntryProblem(what, "write avg, min, max or sum", (*at, word))
        elif metric.kind == "count" and word != "sum":
            what = f'{word} of "{term.name}", which is a count, is no part of a ratio'
            yield EntryProblem(what, "write sum", (*at, word))
        for number, key in enumerate(self.by):
            if key not in metric.tags:
                yield undeclared(key, metric.tags, metric_sender(term.name), "by", number)

    def _wrong_dimension(self, metrics: Metrics) -> Iterator[EntryProblem]:
        """A threshold that is not what the division makes: a share of one dimension, or the first for each count."""
        divided, divisor = (UNITS[metrics[side[0].name].unit][0] for side in (self.of, self.to))
        if divided != divisor and divisor != "count":
            what = f"divides {DIMENSION_WORDS[divided]} by {DIMENSION_WORDS[divisor]}"
            yield EntryProblem(what, "divide by metrics of the same dimension, or by a count", ("to",))
            return
        wanted = ("share", "count") if divided == divisor else (divided,)
        for field in LIMIT_FIELDS:
            limit: Quantity | None = getattr(self, field)
            if limit is not None and limit.dimension not in wanted:
                what = f'"{limit}" is {DIMENSION_WORDS[limit.dimension]}, and the ratio is {DIMENSION_WORDS[wanted[0]]}'
                yield EntryProblem(what, f"write {DIMENSION_EXAMPLES[wanted[0]]}", (kebab(field),))

    def _unfilled(self, metrics: Metrics) -> Iterator[EntryProblem]:
        """Silence that resolves where none can be: refused by Datadog (its provider, issue 2815)."""
        if self.when_silent == "resolve" and self.empty_is_zero and self._counts(metrics):
            what = "counts no data as 0, and Datadog refuses when-silent: resolve beside that"
            yield EntryProblem(what, "write when-silent: show, or empty-is-zero: false", ("when-silent",))


def _holds(whole: MetricSelector, part: MetricSelector) -> bool:
    """Whether a sum counts all that another one counts: the same metric, by a filter that lets more through."""
    same = whole.aggregation == part.aggregation == "sum" and whole.name == part.name
    return same and all(
        key in part.where and set(part.where[key]) <= set(values) for key, values in whole.where.items()
    )
