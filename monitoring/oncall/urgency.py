"""Urgency by support hours: in which stretches an incident that begins is of high urgency, and in which of low."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from monitoring.model.week import Window
from monitoring.oncall.clock import WEEK
from monitoring.oncall.rotation import Rotation, rotations_timeline

HIGH = "high"


@dataclass(frozen=True, slots=True)
class UrgencyHours:
    """Hours of a week, on the wall of a zone, in which incidents are of high urgency; outside they are of low urgency.

    What begins outside goes to high urgency when the hours begin, and nothing goes back to low (PagerDuty's API
    description, Service.scheduled_actions: `urgency_change` knows `to_urgency: high` alone).
    """

    zone: str
    window: Window

    def low(self, start: int, end: int) -> Sequence[tuple[int, int]]:
        """The stretches of a span in which an incident begins at low urgency, in order."""
        return _low(self, start, end)

    def urgency_at(self, moment: int) -> str:
        """The urgency with which an incident begins at an instant."""
        return "low" if self.low(moment, moment + 1) else HIGH


@lru_cache(maxsize=256)
def _low(hours: UrgencyHours, start: int, end: int) -> Sequence[tuple[int, int]]:
    always = Rotation(anchor=0, turn=WEEK, people=(HIGH,), windows=(hours.window,))
    drawn = rotations_timeline([always], hours.zone, start, end)
    ends = (*drawn.starts[1:], drawn.end)
    return tuple(
        (begin, finish)
        for begin, finish, urgency in zip(drawn.starts, ends, drawn.people, strict=True)
        if urgency is None
    )
