"""When windows are open, against a clock that goes forward minute by minute and knows nothing of recurrences."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitoring.model.window_times import EVERY_DAY, OneTime, Recurring

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "America/Santiago", "Etc/UTC")

FIRST, LAST = datetime.fromisoformat("2026-01-01 00:00"), datetime.fromisoformat("2027-12-01 00:00")

starts = st.datetimes(FIRST, LAST).map(lambda at: at.replace(second=0, microsecond=0, fold=0))


@st.composite
def recurrences(draw) -> Recurring:
    """A window in some zone; by every day's weekdays, or after some days again, with and without an end."""
    first, every = draw(starts), draw(st.sampled_from([1, 2, 3, 7, 14]))
    chosen = draw(st.frozensets(st.integers(1, 7))) | {first.isoweekday()}
    until = draw(st.none() | st.integers(0, 60).map(lambda days: first.date() + timedelta(days=days)))
    return Recurring(
        zone_name=draw(st.sampled_from(ZONES)),
        first=first,
        length=draw(st.integers(1, 23 * 60)) * MINUTE,
        every=every,
        weekdays=chosen if every == 1 else EVERY_DAY,
        until=until,
    )


def minutes_open(times: Recurring, start: datetime, minutes: int) -> Iterator[tuple[bool, bool]]:
    """Whether the window is open in each minute: by time that passes, and by the time that a clock on the wall shows.

    The clock is read once a minute; where it shows the hour and minute of the window on one of its days, that opens.
    """
    zone, passes = ZoneInfo(times.zone_name), timedelta(0)
    shows: datetime | None = None
    for number in range(-2 * 24 * 60, minutes):
        moment = start + number * MINUTE
        local = moment.astimezone(zone)
        wall = local.replace(tzinfo=None, fold=0)
        if wall.time() == times.first.time() and not local.fold and is_a_day_of(times, wall.date()):
            passes, shows = times.length, wall + times.length
        if shows is not None and wall >= shows:
            shows = None
        if number >= 0:
            yield passes > timedelta(0), shows is not None
        passes -= MINUTE


def is_a_day_of(times: Recurring, day: date) -> bool:
    """Whether it opens on a day, by counting from its first one."""
    counted = times.first.date()
    while counted < day:
        counted += timedelta(days=times.every)
    return counted == day and day.isoweekday() in times.weekdays and (times.until is None or day <= times.until)


def is_open(openings: list[tuple[datetime, datetime]], moment: datetime) -> bool:
    return any(start <= moment < end for start, end in openings)


@settings(max_examples=60, deadline=None)
@given(times=recurrences(), days=st.integers(-3, 400), span=st.integers(1, 3))
def test_a_window_is_open_when_a_clock_that_is_read_each_minute_says_so(times: Recurring, days: int, span: int) -> None:
    if times.unclear_local() is not None:
        return  # what the vendor does at such a time nobody knows, and the catalog refuses it
    start = datetime.combine(times.first.date() + timedelta(days=days), time(), UTC)
    found = list(times.openings(start, start + span * DAY))
    surely = [(opening.start, opening.end) for opening in found]
    perhaps = [(opening.start, opening.latest) for opening in found]
    for number, by_clock in enumerate(minutes_open(times, start, span * 24 * 60)):
        moment = start + number * MINUTE
        assert (is_open(surely, moment), is_open(perhaps, moment)) == (all(by_clock), any(by_clock)), moment


@settings(max_examples=60, deadline=None)
@given(times=recurrences(), days=st.integers(-3, 90))
def test_the_next_and_the_last_opening_are_those_of_the_list(times: Recurring, days: int) -> None:
    after = datetime.combine(times.first.date() + timedelta(days=days), time(), UTC)
    later = [opening.start for opening in times.openings(after, after + 400 * DAY) if opening.start > after]
    following = times.next_local(after)
    shown = following and following.replace(tzinfo=ZoneInfo(times.zone_name)).astimezone(UTC)
    assert shown == (later[0] if later else None)
    if times.until is not None:
        every = list(times.openings(datetime(2025, 1, 1, tzinfo=UTC), datetime(2099, 1, 1, tzinfo=UTC)))
        assert times.over_at == every[-1].latest


def test_a_window_that_opens_once_is_open_where_it_touches_the_span() -> None:
    start, end = datetime(2026, 12, 6, 3, tzinfo=UTC), datetime(2026, 12, 6, 4, tzinfo=UTC)
    times = OneTime(start, end)
    assert [opening.start for opening in times.openings(start + MINUTE, end)] == [start]
    assert list(times.openings(end, end + DAY)) == list(times.openings(start - DAY, start)) == []


@pytest.mark.parametrize(
    ("first", "length", "every", "unclear"),
    [
        pytest.param("2026-11-29 02:30", 1, 7, "2027-03-28 02:30", id="it begins in the hour that Berlin skips"),
        pytest.param("2026-11-29 01:30", 1, 7, "2027-03-28 02:30", id="it ends in the hour that Berlin skips"),
        pytest.param("2027-04-04 02:00", 1, 7, "2027-10-31 02:00", id="it begins in the hour that Berlin has twice"),
        pytest.param("2026-11-29 01:00", 4, 7, None, id="the clock changes in the middle of it"),
        pytest.param("2026-11-30 02:30", 1, 7, None, id="it opens on Mondays"),
        pytest.param("2026-11-28 23:00", 4, 7, None, id="it ends when the hour is over that Berlin skips"),
        pytest.param("2026-11-28 23:30", 3, 7, "2027-03-28 02:30", id="it ends on the day after it begins"),
    ],
)
def test_a_local_time_that_is_no_single_instant_is_named(first, length, every, unclear) -> None:
    times = Recurring("Europe/Berlin", datetime.fromisoformat(first), timedelta(hours=length), every)
    assert times.unclear_local() == (unclear and datetime.fromisoformat(unclear))
