"""Dated local times: how they are spelled, and that each is one instant of its zone or is refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from monitoring.model.local_time import LocalDateTime, instants, parse_local
from monitoring.oncall.clock import DAY, instant, wall, wall_clock

MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("text", "spelled"),
    [
        pytest.param("2026-01-05 09:00", "2026-01-05 09:00", id="a day and a time"),
        pytest.param("2026-03-29T02:30", "2026-03-29 02:30", id="as iso 8601 writes it"),
        pytest.param(" 2026-10-25 02:30 +01:00", "2026-10-25 02:30 +01:00", id="with the distance from utc"),
        pytest.param("2026-10-25 02:30-03:30", "2026-10-25 02:30 -03:30", id="west of greenwich, without a space"),
        pytest.param("2000-01-01 00:00", "2000-01-01 00:00", id="the first minute"),
        pytest.param("2100-12-31 23:59", "2100-12-31 23:59", id="the last minute"),
    ],
)
def test_a_local_time_is_read_and_printed_again(text: str, spelled: str) -> None:
    local = parse_local(text)
    assert str(local) == spelled
    assert parse_local(str(local)) == local == parse_local(local)


@pytest.mark.parametrize(
    "value",
    [
        *("2026-01-05", "2026-01-05 24:00", "2026-01-05 9:00", "2026-01-05 09:00:00", "09:00", "2026-02-30 09:00"),
        *("1999-12-31 23:59", "2101-01-01 00:00", "0001-01-01 00:00", "9999-12-31 23:59", "٢٠٢٦-01-05 09:00"),
        *("2026-01-05 09:00 +25:00", "2026-01-05 09:00 Z", "2026-01-05 09:00 Europe/Berlin", "", 1, None, (), {}),
    ],
)
def test_what_is_no_local_time_is_refused(value: Any) -> None:
    with pytest.raises(PydanticCustomError):
        parse_local(value)


# Zone, local time, and what is said of it; None where it is one instant.
EDGES = [
    pytest.param("Europe/Berlin", "2027-03-28 01:59", None, id="the minute before the jump"),
    pytest.param("Europe/Berlin", "2027-03-28 02:00", ("03:00", "01:59"), id="the minute of the jump"),
    pytest.param("Europe/Berlin", "2027-03-28 02:59", ("03:00", "01:59"), id="the last minute that is skipped"),
    pytest.param("Europe/Berlin", "2027-03-28 03:00", None, id="the first minute after the jump"),
    pytest.param("Europe/Berlin", "2026-10-25 02:00", ("+02:00", "+01:00"), id="the first minute that comes twice"),
    pytest.param("Europe/Berlin", "2026-10-25 02:59", ("+02:00", "+01:00"), id="the last minute that comes twice"),
    pytest.param("Europe/Berlin", "2026-10-25 03:00", None, id="the minute after it"),
    pytest.param("Europe/Berlin", "2100-03-28 02:30", ("03:00", "01:59"), id="by the rules of today, in 2100"),
    pytest.param("Australia/Lord_Howe", "2026-10-04 02:15", ("02:30", "01:59"), id="half an hour is skipped"),
    pytest.param("Australia/Lord_Howe", "2026-10-04 02:30", None, id="after that half hour"),
    pytest.param("Australia/Lord_Howe", "2026-04-05 01:45", ("+11:00", "+10:30"), id="half an hour comes twice"),
    pytest.param("Australia/Lord_Howe", "2026-04-05 01:15", None, id="before that half hour"),
    pytest.param("Africa/Casablanca", "2026-02-15 02:30", ("+01:00", "+00:00"), id="ramadan begins: an hour twice"),
    pytest.param("Africa/Casablanca", "2026-03-22 02:30", ("03:00", "01:59"), id="ramadan ends: an hour skipped"),
    pytest.param("Antarctica/Troll", "2026-03-29 02:00", ("03:00", "00:59"), id="two hours are skipped"),
    pytest.param("Antarctica/Troll", "2026-10-25 01:30", ("+02:00", "+00:00"), id="two hours come twice"),
    pytest.param("Pacific/Apia", "2011-12-30 12:00", ("2011-12-31 00:00", "2011-12-29 23:59"), id="a day is skipped"),
    pytest.param("Asia/Beirut", "2026-03-29 00:30", ("01:00", "2026-03-28 23:59"), id="midnight is skipped, in beirut"),
    pytest.param("America/Havana", "2026-03-08 00:00", ("01:00", "2026-03-07 23:59"), id="midnight, in havana"),
    pytest.param("America/Asuncion", "2023-10-01 00:00", ("01:00", "2023-09-30 23:59"), id="midnight, in asuncion"),
    pytest.param("America/Asuncion", "2023-03-25 23:30", ("-03:00", "-04:00"), id="before midnight, twice"),
    pytest.param("Asia/Kolkata", "2026-03-29 02:30", None, id="a zone without changes"),
    pytest.param("Europe/Berlin", "2026-10-25 02:30 +02:00", None, id="the first of two, by its offset"),
    pytest.param("Europe/Berlin", "2026-10-25 02:30 +01:00", None, id="the second of two, by its offset"),
    pytest.param("Europe/Berlin", "2026-10-25 02:30 +03:00", ("+02:00",), id="an offset of neither"),
    pytest.param("Europe/Berlin", "2026-01-05 09:00 +01:00", None, id="an offset that says nothing new"),
    pytest.param("Europe/Berlin", "2026-01-05 09:00 +02:00", ("+01:00",), id="summer time in winter"),
    pytest.param("Europe/Berlin", "2027-03-28 02:30 +01:00", ("03:00", "01:59"), id="skipped, whatever the offset"),
]


@pytest.mark.parametrize(("zone", "text", "named"), EDGES)
def test_a_time_is_one_instant_or_is_refused_with_what_to_write(zone: str, text: str, named: tuple[str, ...]) -> None:
    local = parse_local(text)
    refused = local.problem(zone)
    if named is None:
        assert refused is None
        assert local.instant(zone).strftime("%Y-%m-%d %H:%M") == text[:16]
        return
    assert refused is not None
    _, remedy = refused
    offered = remedy.split('"')[1::2]
    assert [end for end, whole in zip(named, offered, strict=True) if whole.endswith(end)] == list(named), remedy
    assert all(parse_local(whole).problem(zone) is None for whole in offered)
    with pytest.raises(ValueError, match="not one instant"):
        local.instant(zone)


ODD = ("Europe/Berlin", "Australia/Lord_Howe", "Africa/Casablanca", "Antarctica/Troll", "Asia/Beirut", "America/Havana")


@settings(max_examples=60)
@given(
    zone=st.sampled_from((*ODD, "Africa/Cairo", "America/Santiago", "Etc/UTC")),
    at=st.datetimes(datetime(2000, 1, 3), datetime(2037, 12, 29)).map(lambda at: at.replace(second=0, microsecond=0)),  # noqa: DTZ001
)
def test_the_clock_shows_a_time_exactly_at_its_instants(zone: str, at: datetime) -> None:
    """Against every minute of the day around it, by the standard library alone."""
    begin = at.replace(tzinfo=UTC) - timedelta(hours=16)
    shown_at = [
        moment
        for moment in (begin + number * MINUTE for number in range(32 * 60))
        if moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0) == at
    ]
    assert instants(at, zone) == tuple(shown_at)


def on_each_change(zone: str, year: int) -> list[datetime]:
    """Every quarter of an hour around each change of a zone's clock in a year."""
    clock = wall_clock(zone, *(instant(datetime(number, 1, 1, tzinfo=UTC)) for number in (year, year + 1)))
    seconds = {begin + offset for begin in clock.starts[1:] for offset in clock.offsets}
    first = datetime(1970, 1, 1)  # noqa: DTZ001  a time on the wall
    return [first + timedelta(seconds=at + 900 * number) for at in sorted(seconds) for number in range(-9, 10)]


@pytest.mark.parametrize("zone", ODD)
def test_the_timelines_clock_agrees_wherever_a_time_is_one_instant(zone: str) -> None:
    locals_ = on_each_change(zone, 2026)
    assert len(locals_) > 30
    for local in locals_:
        clock = wall_clock(zone, wall(local) - DAY, wall(local) + DAY)
        if LocalDateTime(local).problem(zone) is None:
            assert clock.instant(wall(local)) == instant(LocalDateTime(local).instant(zone))
        elif shown_at := instants(local, zone):
            assert clock.instant(wall(local)) == instant(shown_at[0])
