"""Why an object of a vendor's is not, or not wholly, an entry of the catalog: a closed list of reasons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from tests.corpus import VendorObject


class Loss(Enum):
    """A reason; its value is the sentence that the table shows."""

    FORMULA = "a formula over costs, or over logs, that stand beside it"
    FULL_WINDOW = "waits for a full window of a count"
    WAKES_NOBODY = "a priority that wakes people, with receivers that do not"
    LEVEL_BELOW_THE_LOWEST = "a warn level below the lowest severity"
    NO_BOUND = "an anomaly that wakes people, though no time is known within which it fires"
    ANOMALY_RECOVERS = "an anomaly that recovers at its threshold, and here only when no point is outside"
    URGENT_ALONE = "a Slack channel that hears of incidents of high urgency alone"
    BY_PRIORITY = "a Slack channel that hears of incidents of one priority alone"
    SEVERITY_OF_EVENT = "an urgency that the sender of each event decides"
    GROUPING = "puts alerts together into one incident"
    ORCHESTRATED = "rules of PagerDuty's that give a priority or leave events out"
    EVENTS_API_1 = "the first version of the Events API, so that its sender has to change"
    SAME_SUBJECT = "a mail of the same subject opens no second incident"
    CLOSES_EARLY = "closes by itself while people are still asked"
    PRIORITY_TRIGGER = "looks at an issue when its priority becomes high"
    COMPARED_COUNT = "compares the events of one issue with those of an earlier time"
    BELOW_AT_SENTRY = "a value at Sentry that is too low"
    RECOVERS_LOWER = "a count at Sentry that recovers below its threshold"
    OTHER_OWNER = "belongs to one team, and tells another"
    RECOVERY_RUNS = "several good runs until a job recovers"
    INTERVAL = "a job that comes at an interval, and not at a time of the clock"


@dataclass(frozen=True)
class Translation:
    """The rules that one object of a kind becomes, none where it cannot be said, and what is lost."""

    kind: str
    name: str
    rules: tuple[dict[str, Any], ...]
    losses: frozenset[Loss] = frozenset()
    recordings: Mapping[str, VendorObject] = field(default_factory=dict)

    @property
    def is_expressible(self) -> bool:
        """Whether there is any rule."""
        return bool(self.rules)

    @property
    def is_whole(self) -> bool:
        """Whether nothing is lost."""
        return self.is_expressible and not self.losses
