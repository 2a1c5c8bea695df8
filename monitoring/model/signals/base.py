"""What each kind of signal answers for itself, so that whoever asks need not tell the kinds apart."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import ClassVar, Literal, NamedTuple

from monitoring.model.detection import Detection
from monitoring.model.entry import Entry
from monitoring.model.references import MetricSender
from monitoring.model.scalars import Length, Quantity, parse_duration
from monitoring.model.signals.tags import ENVIRONMENT_TAG, Where
from monitoring.model.signals.uptime_requests import Health
from monitoring.model.threshold_word import ThresholdWord

Watcher = Literal["sentry", "datadog", "pagerduty"]
Metrics = Mapping[str, MetricSender]
"""The metrics that exist at Datadog, by their names."""


class DataRead(NamedTuple):
    """A part of the data that a signal reads: whose it is, which of it counts, and what splits it."""

    sender: Literal["project", "metric"]
    name: str
    where: Where
    by: Collection[str] = ()
    aggregation: str = ""
    """How a metric is aggregated; empty for a project."""
    at: tuple[str, ...] = ()
    """Where it stands inside the signal."""


class MeasuredValue(NamedTuple):
    """What a signal compares with its threshold, as far as the ends of what is possible are known."""

    word: ThresholdWord
    limit: Quantity
    field: str
    """The word of the catalog at which the threshold stands."""
    window: Length
    recovers_at: Quantity | None = None
    lowest: float | None = None
    """The end below which the value never lies, in the base unit of its dimension; None where none is known."""
    highest: float | None = None
    """The end above which it never lies, such as 1 of a share."""
    is_count: bool = False
    """Whether it counts, so that nothing at all sends no data."""
    has_gaps: bool = False
    """Whether a window has a gap wherever nothing is counted."""


class RankedLimit(NamedTuple):
    """A threshold beside those of other rules that watch the same."""

    watches: object
    """What is equal for two signals that watch the same, whatever their thresholds."""
    badness: float
    spelled: str
    field: str
    """The word of the catalog at which the threshold stands."""
    is_exceeded: bool = True
    """Whether the value itself does not fire yet."""


class BaseSignal(Entry):
    """A kind of signal; what is abstract has to be answered by each, also where the answer is nothing."""

    watcher: ClassVar[Watcher]
    """The vendor at which it is declared; what another system watches is seen by PagerDuty first."""

    @abstractmethod
    def condition(self, limit: str | None) -> str:
        """When it fires, as a sentence; `limit` stands in the threshold's place where it is given."""

    def sent_condition(self, limit: str | None) -> str:
        """The same in a text that is sent to a vendor."""
        return self.condition(limit)

    @property
    @abstractmethod
    def reads(self) -> Iterable[DataRead]:
        """The data of projects and metrics that it reads by the catalog's words."""

    @property
    def metric_names(self) -> Iterable[str]:
        """The metrics that it reads, however they are written."""
        return [read.name for read in self.reads if read.sender == "metric"]

    @property
    def parts(self) -> tuple[str, ...]:
        """The ids of the rules that it is made of."""
        return ()

    @property
    def unused_fields(self) -> frozenset[str]:
        """The fields whose defaults play no part in what it watches."""
        return frozenset()

    @property
    def sends_events(self) -> bool:
        """Whether its vendor sends the very event that fired it, with the user and all tags of that event."""
        return False

    @property
    def health_question(self) -> Health | None:
        """The question that it puts to the platform's health endpoint."""
        return None

    @abstractmethod
    def detection(self, *, wakes: bool, parts: Sequence[Detection]) -> Detection:
        """How late it fires at worst, given that of its parts; `wakes` says whether its severity does."""

    @abstractmethod
    def faster(self, limit: int) -> str:
        """The change of one word that makes it fire within a limit, in seconds: the mildest one that is known to."""

    @abstractmethod
    def measured(self, metrics: Metrics) -> MeasuredValue | None:
        """The value that it compares; None where nothing is compared, or no end of it is known."""

    @property
    @abstractmethod
    def symptom(self) -> str:
        """What is equal for two signals whose filters alone tell their data apart; empty where nobody knows."""

    @property
    @abstractmethod
    def ranked_limit(self) -> RankedLimit | None:
        """Its threshold beside those of others; None where it has none that can be compared."""

    def mixing(self, metrics: Metrics) -> str:
        """Why it cannot tell one environment's data from another's; empty where it can."""
        for name in self.metric_names:
            if ENVIRONMENT_TAG not in metrics[name].tags:
                return f'metric "{name}" has no tag "{ENVIRONMENT_TAG}", so all environments look the same'
        return ""


class UncomparedSignal(BaseSignal):
    """A signal that compares no value of its own with a threshold, so that no two of its kind can be in order."""

    def measured(self, metrics: Metrics) -> None:
        """Nothing."""

    @property
    def symptom(self) -> str:
        """Nothing that another could share."""
        return ""

    @property
    def ranked_limit(self) -> None:
        """None."""


LATER = "give it a severity that detects later"


def fitting(signal: BaseSignal, word: str, lengths: Iterable[str], limit: int, otherwise: str = LATER) -> str:
    """The longest length that one word of a signal can have for it to fire within a limit, in seconds."""
    for length in sorted(map(parse_duration, lengths), reverse=True):
        shorter = signal.model_copy(update={word: length})
        if shorter.detection(wakes=True, parts=()).is_within(limit):
            return f"write {word.replace('_', '-')}: {length}"
    return f"no {word.replace('_', '-')} is short enough; {otherwise}"
