"""The urgency with which an incident begins, by support hours on the clock of a zone."""

from __future__ import annotations

import pytest

from monitoring.model.week import Window
from monitoring.oncall.clock import HOUR
from monitoring.oncall.urgency import UrgencyHours
from tests.oncall.test_rotation import at

HOURS = UrgencyHours("Europe/Berlin", Window(frozenset(range(1, 6)), 9 * HOUR, 8 * HOUR))

BEGINS = [
    pytest.param("2026-01-05 07:59", "low", id="a minute before the hours of a Monday in winter"),
    pytest.param("2026-01-05 08:00", "high", id="as they begin"),
    pytest.param("2026-01-05 15:59", "high", id="a minute before they end"),
    pytest.param("2026-01-05 16:00", "low", id="as they end"),
    pytest.param("2026-01-10 12:00", "low", id="on a Saturday"),
    pytest.param("2026-07-06 07:00", "high", id="an hour sooner in summer"),
]


@pytest.mark.parametrize(("moment", "urgency"), BEGINS)
def test_an_incident_begins_with_the_urgency_of_the_hours(moment: str, urgency: str):
    assert HOURS.urgency_at(at(moment)) == urgency
