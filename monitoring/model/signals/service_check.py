"""A service check at Datadog: a question that an Agent asks, such as whether a port answers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import final

from monitoring.model.alphabets import CheckName, DatadogTagKey
from monitoring.model.detection import Detection, of_monitor
from monitoring.model.entry import EntryProblem
from monitoring.model.references import Names
from monitoring.model.scalars import Duration
from monitoring.model.signals.base import LATER, DataRead, Metrics, RankedLimit
from monitoring.model.signals.query_monitor import QueryMonitor
from monitoring.model.signals.tags import ENVIRONMENT_TAG, DatadogWhere, exactly, in_words, too_long
from monitoring.model.threshold_word import ThresholdWord
from monitoring.queries import QueryForm, forms, max_runs


@final
class ServiceCheck(QueryMonitor):
    """A service check of Datadog that fails several times in a row."""

    check: CheckName
    """The check's name, such as http.can_connect."""
    where: DatadogWhere = {}
    """The tags, one value each, that a run must have to count; the environment is added."""
    by: tuple[DatadogTagKey, ...]
    """The tags that tell one thing that is checked from another, such as host; each fires by itself."""
    failures: int
    """How many runs in a row must be critical for it to fire."""
    recovers_after: int = 1
    """How many runs in a row must be fine again for it to recover."""
    every: Duration | None = None
    """How often the check runs, as its author says; left out, nobody knows how late it fires."""

    @property
    def form(self) -> QueryForm:
        """A service check's."""
        return forms()["service-check"]

    def query_text(self, environment: str, metrics: Metrics) -> str:
        """`"http.can_connect".over("env:prod","role:db").by("host").last(3).count_by_status()`."""
        tags = sorted(f"{key}:{values[0]}" for key, values in {**self.where, ENVIRONMENT_TAG: (environment,)}.items())
        over, by = (",".join(f'"{text}"' for text in texts) for texts in (tags, self.by))
        return f'"{self.check}".over({over}).by({by}).last({self._runs}).count_by_status()'

    @property
    def _runs(self) -> int:
        """The runs that are looked at: no fewer than each threshold (checkRuns in facts.json)."""
        return max(self.failures, self.recovers_after)

    @property
    def seconds(self) -> int | None:
        """The time in which it fails as often as it has to; None where nobody says how often it runs."""
        return None if self.every is None else self.failures * self.every.seconds

    @property
    def groups(self) -> tuple[str, ...]:
        """The tags that tell one thing that is checked from another."""
        return self.by

    def group_values(self, key: str, metrics: Metrics) -> Collection[str] | None:
        """The value that its filter leaves of a tag; nobody lists others."""
        return self.where.get(key)

    @property
    def threshold_word(self) -> ThresholdWord:
        """So many failed runs are enough."""
        return ThresholdWord.AT_LEAST

    @property
    def threshold(self) -> float:
        """The failed runs."""
        return float(self.failures)

    @property
    def ok_runs(self) -> int:
        """The runs that are fine again."""
        return self.recovers_after

    @property
    def recovery(self) -> None:
        """None: it recovers by runs that are fine, not at a value."""

    @property
    def watches(self) -> object:
        """The check, its filter and its groups."""
        return self.check, exactly(self.where), self.by

    @property
    def ranked_limit(self) -> RankedLimit:
        """How often it has to fail."""
        spelled = f"{self.failures} failed runs"
        return RankedLimit((type(self), self.watches), self.failures, spelled, "failures", is_exceeded=False)

    @property
    def window_aggregation(self) -> str:
        """Nothing: it has no window."""
        return ""

    @property
    def in_words(self) -> str:
        """The check: check NAME where TAG is VALUE."""
        return f"check {self.check}{in_words(self.where)}"

    def condition(self, limit: str | None) -> str:
        """The check fails so often in a row."""
        back = "" if self.recovers_after == 1 else f", fine again after {self.recovers_after} runs"
        fails = (
            "failed once" if limit is None and self.failures == 1 else f"failed {limit or self.failures} times in a row"
        )
        return f"{self.in_words} for one {' and '.join(self.by)} {fails}{back}{self.waiting}"

    @property
    def reads(self) -> Iterable[DataRead]:
        """Nothing that is declared: checks have no list here."""
        return ()

    def detection(self, *, wakes: bool, parts: Sequence[Detection]) -> Detection:
        """Its runs in a row, as often as its author says that they come, and what makes it wait."""
        if self.seconds is None:
            return Detection(None, f"nobody says how often the check {self.check} runs")
        known, runs = of_monitor(self.seconds, self), "run" if self.failures == 1 else "runs"
        how = f"{self.failures} {runs} every {self.every}, as its author says: {known.how}"
        return known._replace(how=how, promised=True)

    def faster(self, limit: int) -> str:
        """Fewer runs in a row, or more of them."""
        if self.every is None:
            return "write how often the check runs, like every: 15s"
        for failures in range(self.failures - 1, 0, -1):
            if self.model_copy(update={"failures": failures}).detection(wakes=True, parts=()).is_within(limit):
                return f"write failures: {failures}"
        wait = self.shorter_wait(limit)
        return f"let the check run more often, and write every: 15s, or {LATER}" if wait == LATER else wait

    def measured(self, metrics: Metrics) -> None:
        """Nothing that has an end: any run can fail."""

    @property
    def symptom(self) -> str:
        """Nothing that is known of it beside its own runs."""
        return ""

    def entry_problems(self, names: Names, /) -> Iterator[EntryProblem]:
        """No groups, runs that Datadog does not count, tags with several values or of the environment."""
        yield from super().entry_problems(names)
        yield from self.unlike_form()
        yield from too_long(self.where)
        yield from self._unsplit()
        for word, runs in (("failures", self.failures), ("recovers-after", self.recovers_after)):
            if not 1 <= runs <= max_runs():
                what = f'"{runs}" is not a number of runs that Datadog looks at'
                yield EntryProblem(what, f"write 1 to {max_runs()}, like 3", (word,))
        for key, values in self.where.items():
            if len(values) > 1:
                what = f"a check is filtered by one value of a tag, and {key} has {len(values)}"
                yield EntryProblem(what, "write one rule for each", ("where", key))
        if ENVIRONMENT_TAG in self.where:
            what = f'filters on "{ENVIRONMENT_TAG}", which the environment decides'
            yield EntryProblem(what, "take it out, and write environments", ("where", ENVIRONMENT_TAG))
        if self.every is not None and self.every.seconds == 0:
            yield EntryProblem(f'"{self.every}" is no time between two runs', "write 1s or more, like 15s", ("every",))

    def _unsplit(self) -> Iterator[EntryProblem]:
        """No tags that tell one checked thing from another, or one that does not."""
        if not self.by:
            yield EntryProblem("has no tags that tell what is checked", "name some, like by: [host]", ("by",))
        if ENVIRONMENT_TAG in self.by:
            what = f'is split by "{ENVIRONMENT_TAG}", of which each environment has one value'
            yield EntryProblem(what, "name what tells one checked thing from another, like by: [host]", ("by",))
