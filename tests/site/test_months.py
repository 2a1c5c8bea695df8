"""Shifts as days: cut at local midnights, also where the clock is set, with a text in each cell."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime
from itertools import pairwise

import pytest

from monitoring.oncall.clock import HOUR
from monitoring.oncall.timeline import Shift
from monitoring.site import SiteData
from monitoring.site.blocks import DayCell, MonthBlock
from monitoring.site.months import by_day, change_in_words, clock_changes, few, local_days, month_block
from monitoring.site.schedules import schedule_months
from monitoring.site.years import person_months, year_shifts
from tests.factories import a_catalog
from tests.site.building import agency, data_of


def at(text: str) -> int:
    return int(datetime.fromisoformat(f"{text}+00:00").astimezone(UTC).timestamp())


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        pytest.param("Europe/Berlin", date(2027, 3, 27), 24, id="an ordinary day"),
        pytest.param("Europe/Berlin", date(2027, 3, 28), 23, id="the clock goes forward"),
        pytest.param("Europe/Berlin", date(2027, 10, 31), 25, id="the clock goes back"),
        pytest.param("Australia/Lord_Howe", date(2027, 4, 4), 24.5, id="half an hour back"),
        pytest.param("Asia/Kolkata", date(2027, 3, 28), 24, id="a zone that sets no clock"),
    ],
)
def test_a_day_lasts_from_midnight_to_midnight(zone: str, day: date, hours: float) -> None:
    (only,) = local_days(zone, day, 1)
    assert (only.date, only.end - only.start) == (day, hours * HOUR)


def test_days_touch_and_are_as_many_as_asked_for() -> None:
    days = local_days("America/New_York", date(2026, 11, 23), 366)
    assert [day.date.toordinal() - days[0].date.toordinal() for day in days] == list(range(366))
    assert all(before.end == after.start for before, after in pairwise(days))


@pytest.mark.parametrize(
    ("zone", "changes"),
    [
        pytest.param("Europe/Berlin", ["+1h", "-1h"], id="an hour"),
        pytest.param("Australia/Lord_Howe", ["-30m", "+30m"], id="half an hour, on the other side of the world"),
        pytest.param("Asia/Kolkata", [], id="never"),
    ],
)
def test_changes_of_the_clock(zone: str, changes: list[str]) -> None:
    year = clock_changes(zone, at("2026-11-23 00:00"), at("2027-11-23 00:00"))
    assert [change_in_words(each) for each in year] == changes


def test_shifts_are_cut_at_midnight() -> None:
    days = local_days("Etc/UTC", date(2026, 11, 23), 3)
    noon, later = at("2026-11-23 12:00"), at("2026-11-25 06:00")
    parts = list(by_day([Shift(noon, later, "ana")], days))
    assert [[(each.end - each.start) // HOUR for each in day] for day in parts] == [[12], [24], [6]]


@pytest.mark.parametrize(
    ("lines", "shown"),
    [
        pytest.param(["a", "b"], ("a", "b"), id="few"),
        pytest.param(list("abcdef"), tuple("abcdef"), id="as many as there is place for"),
        pytest.param(list("abcdefgh"), (*"abcde", "3 more"), id="too many"),
    ],
)
def test_a_day_has_place_for_some_lines(lines: list[str], shown: tuple[str, ...]) -> None:
    assert few(lines) == shown


def test_months_have_whole_weeks_and_blanks_where_no_day_is() -> None:
    days = [date(2026, 12, number) for number in range(30, 32)] + [date(2027, 1, 1)]
    block = month_block({day: DayCell(day.day, ()) for day in days})
    assert [month.title for month in block.months] == ["December 2026", "January 2027"]
    ((week, cells),) = block.months[0].weeks
    assert (week, [cell.number if cell else None for cell in cells]) == ("53", [None, None, 30, 31, None, None, None])


def cell(block: MonthBlock, day: date) -> DayCell:
    month = next(each for each in block.months if each.title == f"{day:%B %Y}")
    return next(each for _, week in month.weeks for each in week if each and each.number == day.day)


def months_of(person: str) -> MonthBlock:
    return person_months(agency(), person, year_shifts(agency(), person))


COVER = """primary:
    time-zone: Europe/Berlin
    cover: [{who: kit, instead-of: ana, from: "2026-12-11 18:00", to: "2026-12-13 09:00"}]
"""
COVERED = data_of(a_catalog(("oncall.yaml", "primary:\n    time-zone: Europe/Berlin\n", COVER)))
HOLES = data_of(a_catalog(("oncall.yaml", "people: [ana, ben]}", "people: [ana, ben], only: {days: mon-fri}}")))


@pytest.mark.parametrize(
    ("data", "day", "lines", "tones"),
    [
        pytest.param(agency(), date(2026, 12, 1), ("dee",), {"h3"}, id="one person all day"),
        pytest.param(agency(), date(2026, 11, 30), ("chi", "09:00 dee"), {"h3"}, id="a handoff"),
        pytest.param(agency(), date(2026, 11, 23), ("ben", "09:00 chi"), {"today", "h2"}, id="the first day"),
        pytest.param(agency(), date(2027, 3, 28), ("dee", "clock +1h"), {"h3", "clock"}, id="the clock is set"),
        pytest.param(
            COVERED, date(2026, 12, 11), ("ana", "18:00 kit", "for ana"), {"h0", "covered"}, id="a cover begins"
        ),
        pytest.param(HOLES, date(2026, 11, 28), ("nobody",), {"hole"}, id="a day without anybody"),
    ],
)
def test_a_day_of_a_schedule(data: SiteData, day: date, lines: tuple[str, ...], tones: set[str]) -> None:
    shown = cell(schedule_months(data, "primary"), day)
    assert shown.lines == lines
    assert set(shown.tones.split()) == tones


def test_days_of_schedules_agree_with_the_timelines() -> None:
    drawn, data = random.Random(7), agency()
    months = {name: schedule_months(data, name) for name in data.timelines}
    for _ in range(60):
        name = drawn.choice(sorted(months))
        zone = data.catalog.oncall.schedules[name].time_zone
        day = drawn.choice(data.year(zone).days)
        moment = drawn.randrange(day.start, day.end)
        assert str(data.around[name].at(moment)) in " ".join(cell(months[name], day.date).lines)


@pytest.mark.parametrize(
    ("person", "day", "lines"),
    [
        pytest.param("chi", date(2026, 11, 24), ("Primary",), id="a whole day"),
        pytest.param("chi", date(2026, 11, 30), ("Primary", "to 09:00"), id="a shift ends"),
        pytest.param("ana", date(2026, 11, 30), ("Secondary", "to 08:00"), id="in the person's own zone"),
        pytest.param("eve", date(2026, 12, 5), ("09:00–21:00",), id="a shift inside a day, of the only schedule"),
        pytest.param("chi", date(2026, 12, 2), (), id="a free day"),
    ],
)
def test_a_day_of_a_person(person: str, day: date, lines: tuple[str, ...]) -> None:
    block = person_months(agency(), person, year_shifts(agency(), person))
    assert cell(block, day).lines == lines


@pytest.mark.parametrize(
    ("block", "day", "holiday"),
    [
        pytest.param(
            schedule_months(agency(), "primary"), date(2026, 12, 25), "Christmas Day", id="the holder's holiday"
        ),
        pytest.param(schedule_months(agency(), "security"), date(2027, 1, 6), "Epiphany", id="a holiday in Poland"),
        pytest.param(schedule_months(agency(), "primary"), date(2027, 1, 6), "", id="and none where the holder lives"),
        pytest.param(months_of("eve"), date(2026, 11, 11), None, id="a day before the year"),
        pytest.param(months_of("eve"), date(2027, 11, 11), "National Independence Day", id="the other end of the year"),
        pytest.param(months_of("ana"), date(2026, 12, 8), "Immaculate Conception", id="a free holiday of a person"),
        pytest.param(months_of("ana"), date(2026, 12, 26), "", id="a holiday of another country"),
    ],
)
def test_a_public_holiday_is_a_word_in_its_day(block: MonthBlock, day: date, holiday: str | None) -> None:
    shown = [
        each for month in block.months if month.title == f"{day:%B %Y}" for _, week in month.weeks for each in week
    ]
    assert next((each.holiday for each in shown if each and each.number == day.day), None) == holiday
