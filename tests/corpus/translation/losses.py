"""Why an object of a vendor's is not, or not wholly, an entry of the catalog: a closed list of reasons."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any


class Loss(Enum):
    """A reason; its value is the sentence that the table shows."""

    FORMULA = "a formula over costs, or over logs, that stand beside it"
    FULL_WINDOW = "waits for a full window of a count"
    WAKES_NOBODY = "a priority that wakes people, with receivers that do not"
    LEVEL_BELOW_THE_LOWEST = "a warn level below the lowest severity"
    NO_BOUND = "an anomaly that wakes people, though no time is known within which it fires"
    ANOMALY_RECOVERS = "an anomaly that recovers at its threshold, and here only when no point is outside"
    REMINDS = "reminds, since what wakes people has to"
    LAST_REMINDER = "its last reminder, since what wakes people has none"


@dataclass(frozen=True)
class Translation:
    """The rules that one object of a kind becomes, none where it cannot be said, and what is lost."""

    kind: str
    name: str
    rules: tuple[dict[str, Any], ...]
    losses: frozenset[Loss] = frozenset()

    @property
    def is_expressible(self) -> bool:
        """Whether there is any rule."""
        return bool(self.rules)

    @property
    def is_whole(self) -> bool:
        """Whether nothing is lost."""
        return self.is_expressible and not self.losses
