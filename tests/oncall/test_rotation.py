"""Rotations in tables that a person can check with a calendar."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest

from monitoring.oncall.clock import DAY, HOUR, WallClock, instant, second_of_day, utc, wall, wall_clock, weekday
from monitoring.oncall.rotation import timeline
from monitoring.oncall.timeline import Shift, joined, overlay, timeline_of
from tests.factories import a_layer, a_schedule
from tests.oncall import oracle
from tests.oncall.schedules import ZONES


def at(text: str) -> int:
    return instant(datetime.fromisoformat(text).replace(tzinfo=UTC))


def shown(schedule, start: str, end: str) -> list[str]:
    """A timeline as text: when somebody takes over, in UTC."""
    return [f"{utc(s.start):%m-%d %H:%M} {s.person or '-'}" for s in timeline(schedule, at(start), at(end))]


DAILY = {"turn": "1d", "people": ("ana", "ben")}

CASES = [
    pytest.param(
        a_schedule(),
        ("2026-03-20", "2026-04-08"),
        ["03-20 00:00 ana", "03-23 08:00 ben", "03-30 07:00 ana", "04-06 07:00 ben"],
        id="a weekly handoff keeps nine o'clock when the clock goes forward",
    ),
    pytest.param(
        a_schedule(),
        ("2026-10-20", "2026-11-03"),
        ["10-20 00:00 ben", "10-26 08:00 ana", "11-02 08:00 ben"],
        id="a weekly handoff keeps nine o'clock when the clock goes back",
    ),
    pytest.param(
        a_schedule(a_layer(anchor="2026-03-27 02:30", **DAILY)),
        ("2026-03-27 12:00", "2026-03-31"),
        ["03-27 12:00 ana", "03-28 01:30 ben", "03-29 01:00 ana", "03-30 00:30 ben"],
        id="a handoff in the hour that is skipped happens when the clock jumps",
    ),
    pytest.param(
        a_schedule(a_layer(anchor="2026-10-23 02:30", **DAILY)),
        ("2026-10-23 12:00", "2026-10-27"),
        ["10-23 12:00 ana", "10-24 00:30 ben", "10-25 00:30 ana", "10-26 01:30 ben"],
        id="a handoff in the hour that comes twice happens the first time",
    ),
    pytest.param(
        a_schedule(
            a_layer(anchor="2026-10-25 02:30 +02:00", people=("ana",)),
            cover=[{"who": "kit", "instead-of": "ana", "from": "2026-10-25 02:30 +01:00", "to": "2026-10-25 09:00"}],
        ),
        ("2026-10-25", "2026-10-26"),
        ["10-25 00:00 -", "10-25 00:30 ana", "10-25 01:30 kit", "10-25 08:00 ana"],
        id="a cover from the second 02:30 takes nothing of a layer that begins at the first",
    ),
    pytest.param(
        a_schedule(
            a_layer(people=("ana",)),
            cover=[
                {"who": "kit", "instead-of": "ana", "from": "2026-10-25 02:45 +02:00", "to": "2026-10-25 02:15 +01:00"}
            ],
        ),
        ("2026-10-25", "2026-10-26"),
        ["10-25 00:00 ana", "10-25 00:45 kit", "10-25 01:15 ana"],
        id="a cover of half an hour, from the first 02:45 to the second 02:15, runs forward",
    ),
    pytest.param(
        a_schedule(a_layer(anchor="2026-03-28 00:00", turn="12h", people=("ana", "ben"))),
        ("2026-03-28", "2026-03-30"),
        ["03-28 00:00 ana", "03-28 11:00 ben", "03-28 23:00 ana", "03-29 10:00 ben", "03-29 22:00 ana"],
        id="half-day turns are counted on the wall clock, so one of them lasts eleven hours",
    ),
    pytest.param(
        a_schedule(a_layer(anchor="2026-03-29 00:00", turn="1h", people=("ana", "ben", "chi"))),
        ("2026-03-29", "2026-03-29 04:00"),
        ["03-29 00:00 ben", "03-29 01:00 ana", "03-29 02:00 ben", "03-29 03:00 chi"],
        id="a turn of an hour that is skipped lasts no time at all",
    ),
    pytest.param(
        a_schedule(a_layer(only={"from": "22:00", "to": "06:00", "days": "fri"})),
        ("2026-01-09", "2026-01-12"),
        ["01-09 00:00 -", "01-09 21:00 ana", "01-10 05:00 -"],
        id="a window over midnight belongs to the day on which it begins",
    ),
    pytest.param(
        a_schedule(a_layer(only={"days": "mon-fri"})),
        ("2026-01-08", "2026-01-13"),
        ["01-08 00:00 ana", "01-09 23:00 -", "01-11 23:00 ana", "01-12 08:00 ben"],
        id="days alone are whole local days, and days that touch leave no seam",
    ),
    pytest.param(
        a_schedule(a_layer(), a_layer(people=("chi",), only={"days": "sat-sun", "from": "09:00", "to": "18:00"})),
        ("2026-01-10", "2026-01-12"),
        ["01-10 00:00 ana", "01-10 08:00 chi", "01-10 17:00 ana", "01-11 08:00 chi", "01-11 17:00 ana"],
        id="a later layer wins where it counts, and the earlier one shows through elsewhere",
    ),
    pytest.param(
        a_schedule(a_layer(anchor="2026-01-05 09:00", until="2026-01-09 12:00")),
        ("2026-01-04", "2026-01-10"),
        ["01-04 00:00 -", "01-05 08:00 ana", "01-09 11:00 -"],
        id="before its anchor and after its end a layer does not exist",
    ),
    pytest.param(
        a_schedule(a_layer(anchor="2030-01-07 09:00")),
        ("2026-01-01", "2026-02-01"),
        ["01-01 00:00 -"],
        id="an anchor years ahead leaves nobody on call",
    ),
    pytest.param(
        a_schedule(a_layer(anchor="2000-01-03 09:00")),
        ("2026-01-05", "2026-01-06"),
        ["01-05 00:00 ana", "01-05 08:00 ben"],
        id="an anchor long past only decides whose turn it is",
    ),
    pytest.param(
        a_schedule(a_layer(only={"days": "sun", "from": "00:00", "to": "01:00"}), zone="America/Santiago"),
        ("2026-09-06", "2026-09-07"),
        ["09-06 00:00 -"],
        id="a window that lies in the hour skipped at midnight is open for no time",
    ),
    pytest.param(
        a_schedule(a_layer(people=("ana", "ana"))),
        ("2026-01-06", "2026-02-06"),
        ["01-06 00:00 ana"],
        id="two turns of the same person are one shift",
    ),
]


@pytest.mark.parametrize(("schedule", "span", "expected"), CASES)
def test_who_takes_over_when(schedule, span, expected):
    assert shown(schedule, *span) == expected


def test_a_timeline_answers_who_and_when():
    shifts = timeline(a_schedule(a_layer(only={"days": "mon-fri"})), start := at("2026-01-08"), end := at("2026-01-20"))
    assert shifts.start == start
    assert shifts.at(at("2026-01-09 22:59")) == "ana"
    assert shifts.at(at("2026-01-09 23:00")) is None
    assert shifts.shift(at("2026-01-12 08:00")) == Shift(at("2026-01-12 08:00"), at("2026-01-16 23:00"), "ben")
    assert shifts.shift(end - 1).end == end
    assert [gap.start for gap in shifts.gaps()] == [at("2026-01-09 23:00"), at("2026-01-16 23:00")]
    for outside in (start - 1, end):
        with pytest.raises(ValueError, match="does not reach"):
            shifts.at(outside)


def test_a_timeline_must_run_forward():
    with pytest.raises(ValueError, match="ends after it begins"):
        timeline(a_schedule(), 100, 100)


@pytest.mark.parametrize(("moment", "person"), [("2026-01-12 07:59", "ana"), ("2026-01-12 08:00", "ben")])
def test_a_timeline_may_be_of_one_instant(moment, person):
    assert list(timeline(a_schedule(), at(moment), at(moment) + 1)) == [Shift(at(moment), at(moment) + 1, person)]


def test_a_timeline_may_lie_inside_the_hour_that_comes_twice():
    """Its wall clock ends at 02:10, after it began at 02:45."""
    start, end = at("2026-10-25 00:45"), at("2026-10-25 01:10")
    ((_, _, person),) = timeline(a_schedule(), start, end)
    assert person is not None


@pytest.mark.parametrize(
    ("spans", "fewest"),
    [
        pytest.param([], [], id="none"),
        pytest.param([(1, 2), (3, 4)], [(1, 2), (3, 4)], id="apart"),
        pytest.param([(1, 2), (2, 4)], [(1, 4)], id="they touch"),
        pytest.param([(1, 3), (2, 4)], [(1, 4)], id="they overlap"),
        pytest.param([(1, 9), (2, 4)], [(1, 9)], id="one lies in the other"),
    ],
)
def test_spans_are_joined_into_as_few_as_possible(spans, fewest):
    assert joined(spans) == fewest


@pytest.mark.parametrize(
    ("shift", "shown"),
    [
        pytest.param(Shift(20, 30, "ana"), [Shift(10, 20, None)], id="it begins where the span ends"),
        pytest.param(Shift(0, 10, "ana"), [Shift(10, 20, None)], id="it ends where the span begins"),
        pytest.param(Shift(15, 15, "ana"), [Shift(10, 20, None)], id="it lasts no time"),
        pytest.param(Shift(19, 30, "ana"), [Shift(10, 19, None), Shift(19, 20, "ana")], id="its begin is inside"),
        pytest.param(Shift(0, 11, "ana"), [Shift(10, 11, "ana"), Shift(11, 20, None)], id="its end is inside"),
        pytest.param(Shift(0, 30, "ana"), [Shift(10, 20, "ana")], id="it is longer than the span"),
    ],
)
def test_a_timeline_holds_of_a_shift_what_lies_in_its_span(shift, shown):
    assert list(timeline_of([shift], 10, 20)) == shown


@pytest.mark.parametrize(
    ("clock", "seconds"),
    [("00:00", 0), ("00:01", 60), ("09:30", 34_200), ("23:59:59", 86_399)],
)
def test_a_time_of_day_in_seconds(clock, seconds):
    assert second_of_day(time.fromisoformat(clock)) == seconds


def test_overlay_keeps_what_is_not_covered():
    below = [Shift(0, 10, "ana"), Shift(10, 20, "ben"), Shift(30, 40, "ana")]
    above = [Shift(5, 8, "kit"), Shift(15, 35, "kit")]
    assert overlay(below, above) == [
        Shift(0, 5, "ana"),
        Shift(5, 8, "kit"),
        Shift(8, 10, "ana"),
        Shift(10, 15, "ben"),
        Shift(15, 35, "kit"),
        Shift(35, 40, "ana"),
    ]
    assert list(timeline_of([], 0, 10)) == [Shift(0, 10, None)]


@pytest.mark.parametrize(
    ("zone", "local", "expected"),
    [
        pytest.param("Europe/Berlin", "2026-03-29 02:30", "2026-03-29 01:00", id="skipped: the instant of the jump"),
        pytest.param("Europe/Berlin", "2026-10-25 02:30", "2026-10-25 00:30", id="repeated: the first"),
        pytest.param("Australia/Lord_Howe", "2026-10-04 02:15", "2026-10-03 15:30", id="half an hour skipped"),
        pytest.param("Australia/Lord_Howe", "2026-04-05 01:45", "2026-04-04 14:45", id="half an hour repeated"),
        pytest.param("Pacific/Apia", "2011-12-30 12:00", "2011-12-30 10:00", id="a whole day skipped"),
        pytest.param("Asia/Kolkata", "2026-03-29 02:30", "2026-03-28 21:00", id="no change at all"),
    ],
)
def test_local_times_that_are_skipped_or_come_twice(zone, local, expected):
    wanted = at(expected)
    clock = wall_clock(zone, wanted, wanted + DAY)
    assert utc(clock.instant(wall(datetime.fromisoformat(local)))) == utc(wanted)


def changes(zone: str) -> Iterator[tuple[WallClock, int]]:
    """A zone's clock over some years, with local times on and around each of its changes."""
    clock = wall_clock(zone, at("2024-01-01"), at("2030-01-01"))
    for number in range(1, len(clock.starts)):
        for shown in {clock.starts[number] + clock.offsets[number - 1], clock.starts[number] + clock.offsets[number]}:
            yield from ((clock, shown + away) for away in (-3_600, -60, 0, 60, 900, 1_800, 3_600))


def reads_every_change(zone: str) -> None:
    for clock, shown in changes(zone):
        expected = oracle.moment_of(utc(shown).replace(tzinfo=None), ZoneInfo(zone))
        assert utc(clock.instant(shown)) == expected, zone


@pytest.mark.parametrize("zone", ZONES)
def test_every_local_time_around_a_change_is_the_right_instant(zone):
    reads_every_change(zone)


@pytest.mark.parametrize("zone", [*ZONES, "Europe/London", "Africa/Monrovia", "Asia/Pyongyang", "America/Caracas"])
def test_a_clock_changes_at_the_very_second(zone):
    clock, rules = wall_clock(zone, at("1970-01-05"), at("2037-01-01")), ZoneInfo(zone)
    for number, start in enumerate(clock.starts[1:], start=1):
        offsets = [utc(moment).astimezone(rules).utcoffset() for moment in (start - 1, start)]
        assert offsets == [timedelta(seconds=seconds) for seconds in clock.offsets[number - 1 : number + 1]]


@pytest.mark.full
def test_every_local_time_around_a_change_in_every_zone_is_the_right_instant():
    for zone in sorted(available_timezones()):
        reads_every_change(zone)


def test_a_clock_reads_back_what_it_was_set_to():
    start = at("2026-01-01")
    clock = wall_clock("Europe/Berlin", start, start + 800 * DAY)
    for moment in range(start, start + 800 * DAY, 7 * HOUR):
        assert clock.instant(clock.wall(moment)) in (moment, moment - HOUR)
    assert weekday(clock.wall(at("2026-01-05"))) == 1


def test_a_time_without_zone_is_no_instant():
    with pytest.raises(ValueError, match="has no zone"):
        instant(datetime(2026, 1, 1))  # noqa: DTZ001
