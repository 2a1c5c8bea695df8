"""A shift that changes hands, as the JSON of a review and of a schedule's change has it."""

from __future__ import annotations

from typing import Any

from monitoring.oncall.clock import iso
from monitoring.oncall.moved import MovedShift


def moved_shift_json(schedule: str, shift: MovedShift) -> dict[str, Any]:
    """One shift of a schedule as plain data."""
    return {
        "schedule": schedule,
        "from": iso(shift.start),
        "to": iso(shift.end),
        "was": shift.was,
        "becomes": shift.becomes,
    }
