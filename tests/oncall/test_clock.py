"""What a zone's clock shows, days away."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from monitoring.oncall.clock import days_later

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize("days", [1, 28, 180, 600, 1_000])
@pytest.mark.parametrize("begun", [datetime(2026, 1, 5, 9, tzinfo=BERLIN), datetime(2027, 3, 20, 9, tzinfo=BERLIN)])
def test_the_clock_shows_the_same_time_days_later(begun: datetime, days: int) -> None:
    later = datetime.fromtimestamp(days_later(int(begun.timestamp()), days, "Europe/Berlin"), UTC)
    assert later.astimezone(BERLIN).replace(tzinfo=None) == begun.replace(tzinfo=None) + timedelta(days=days)
