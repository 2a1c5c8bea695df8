"""What all signals answer that search in what Datadog keeps: logs, events."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import ClassVar

from monitoring.model.alphabets import LogFacet
from monitoring.model.entry import EntryProblem
from monitoring.model.references import Names
from monitoring.model.scalars import SECONDS_IN, Duration, Quantity, Query
from monitoring.model.signals.base import DataRead, MeasuredValue, Metrics
from monitoring.model.signals.number_threshold import NumberThreshold
from monitoring.model.signals.query_monitor import QueryMonitor, spelled
from monitoring.model.signals.tags import ENVIRONMENT_TAG
from monitoring.queries import QueryForm, TagTerm, forms, tag_terms
from monitoring.queries.searches import fault_of_search, search_in
from monitoring.queries.writing import event_window

MAX_FACETS = 4
"""Facets that may split such a monitor (DataDog/documentation, monitors/types/log and monitors/types/event)."""
MAX_WINDOW = 48 * SECONDS_IN["h"]
"""Seconds that such a monitor looks back at most (docs.datadoghq.com/api/latest/monitors)."""


class SearchMonitor(NumberThreshold, QueryMonitor):
    """What matches a search, counted, or measured by one of its attributes."""

    compares_one_value: ClassVar[bool] = True
    things: ClassVar[str]
    """What is searched, which is the name of the query's form too: logs, events."""
    rollups: ClassVar[Mapping[str, str]] = {"unique": "cardinality"}
    """Datadog's word for each of ours that names an attribute."""
    search: Query
    """What one must match to count, in the words of Datadog's own search; the environment is added."""
    unique: LogFacet | None = None
    """The attribute whose different values are counted."""
    by: tuple[LogFacet, ...] = ()
    """The tags and attributes by which they are split; each group fires by itself."""
    over: Duration
    """The time in which they count, in whole minutes."""

    @property
    def measure(self) -> tuple[str, str]:
        """The word for what is computed, and its attribute; both empty where they are counted."""
        return next(((word, given) for word in self.rollups if (given := getattr(self, word))), ("", ""))

    @property
    def form(self) -> QueryForm:
        """A search's."""
        return forms()[self.things]

    @abstractmethod
    def source(self, search: str) -> str:
        """The beginning of the query, with the search as a query holds it."""

    def query_text(self, environment: str, metrics: Metrics) -> str:
        """`events("SEARCH").rollup("cardinality","@host").by("service").last("5m")`."""
        word, attribute = self.measure
        rollup = f'"{self.rollups[word]}","{attribute}"' if word else '"count"'
        split = f'.by("{",".join(self.by)}")' if self.by else ""
        searched = self.source(search_in(environment, self.search))
        return f'{searched}.rollup({rollup}){split}.last("{event_window(self.over.seconds)}")'

    @property
    def seconds(self) -> int:
        """Its window."""
        return self.over.seconds

    @property
    def groups(self) -> tuple[str, ...]:
        """The tags and attributes by which it is split."""
        return self.by

    def group_values(self, key: str, metrics: Metrics) -> Collection[str] | None:
        """The values that its search leaves of one; Datadog lists no others."""
        terms = (term for term in tag_terms(self.search) if term.key == key)
        return next((term.values for term in terms if term.is_exact and not term.is_excluded), None)

    @property
    def recovery(self) -> None:
        """None: Datadog takes a recovery on metrics alone (DataDog/terraform-provider-datadog, issue 210)."""

    @property
    def watches(self) -> object:
        """The search, what is computed, and its window."""
        return self.search, self.measure, frozenset(self.by), str(self.over)

    @property
    def window_aggregation(self) -> str:
        """A sum where they are counted; what their attribute is computed by."""
        word, _ = self.measure
        return word or "sum"

    @property
    def in_words(self) -> str:
        """What is measured: the number of logs, or p95 of @duration."""
        word, attribute = self.measure
        measured = f"{word} of {attribute}" if word else "the number"
        return f'{measured} of {self.things} that match "{self.search}"'

    def condition(self, limit: str | None) -> str:
        """What is measured, beyond its limit."""
        each = f" for one {' and '.join(self.by)}" if self.by else ""
        return f"{self.in_words}{each} {self._side(limit or spelled(self.threshold))}"

    def sent_condition(self, limit: str | None) -> str:
        """The same without the search and its facets, whose @ Datadog would take for somebody to notify."""
        word, _ = self.measure
        return (
            f"{word or 'the number'} of the {self.things} of its search {self._side(limit or spelled(self.threshold))}"
        )

    def _side(self, limit: str) -> str:
        return f"{self.threshold_word.in_words} {limit} over {self.over}{self.waiting}"

    @property
    def reads(self) -> Iterable[DataRead]:
        """Nothing that is declared: any of them may have any attribute."""
        return ()

    def measured(self, metrics: Metrics) -> MeasuredValue | None:
        """A number, or one of different values, at 0 or above; nothing is known of an attribute."""
        word, _ = self.measure
        if word not in ("", "unique"):
            return None
        limit, field = Quantity(self.threshold), self.threshold_word
        return MeasuredValue(field, limit, field, self.over, lowest=0, is_count=True)

    @property
    def symptom(self) -> str:
        """Nothing that is known: a search is no filter by tags."""
        return ""

    def entry_problems(self, names: Names, /) -> Iterator[EntryProblem]:
        """A search that is not whole, several measures, too many facets, a window that Datadog does not take."""
        yield from super().entry_problems(names)
        yield from self.unlike_form()
        if fault := fault_of_search(self.search):
            yield EntryProblem(f"the search {fault}", "write it as in Datadog's search", ("search",))
        if any(map(_is_of_environment, tag_terms(self.search))):
            what = f'the search names "{ENVIRONMENT_TAG}", which the environment decides'
            yield EntryProblem(what, "take it out, and write environments", ("search",))
        measures = [word for word in self.rollups if getattr(self, word)]
        if len(measures) > 1:
            yield EntryProblem(f"computes {' and '.join(measures)}", "write one rule for each", (measures[1],))
        yield from self._beyond_limits()

    def _beyond_limits(self) -> Iterator[EntryProblem]:
        if len(self.by) > MAX_FACETS:
            what = f"is split by {len(self.by)} facets"
            yield EntryProblem(what, f"name at most {MAX_FACETS}, as Datadog takes them", ("by",))
        if self.over.seconds % SECONDS_IN["m"] or not 0 < self.over.seconds <= MAX_WINDOW:
            what = f'"{self.over}" is not a window that Datadog takes of {self.things}'
            yield EntryProblem(what, "write whole minutes, 1m to 2d", ("over",))


def _is_of_environment(term: TagTerm) -> bool:
    """Whether a condition is about the environment; Datadog keeps keys of tags in small letters, and knows `tags:`."""
    own = f"{ENVIRONMENT_TAG}:"
    of_tags = term.key.casefold() == "tags" and any(value.casefold().startswith(own) for value in term.values)
    return of_tags or term.key.casefold() == ENVIRONMENT_TAG
