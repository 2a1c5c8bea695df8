"""The calendar files, read back by other programs, say what the timelines say, and what changed since the last ones."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import recurring_ical_events  # type: ignore[import-untyped]
from dateutil.tz import tzical
from hypothesis import given, settings
from icalendar import Calendar

from monitoring.model.catalog import Catalog
from monitoring.model.oncall import Schedule
from monitoring.oncall.calendar_event import EventLines
from monitoring.oncall.calendar_file import calendar_file
from monitoring.oncall.calendar_zone import zone_definition
from monitoring.oncall.clock import DAY, HOUR, instant, utc
from monitoring.oncall.published_calendar import NoCalendarError, published_events
from monitoring.oncall.rotation import timeline
from monitoring.oncall.timeline import joined
from monitoring.site import SiteData, site_data
from monitoring.site.feeds import feeds
from tests.conftest import TODAY
from tests.factories import Change, a_catalog
from tests.oncall.schedules import ZONES, schedules_near_a_change
from tests.site.building import agency, data_of

COVERED = """primary:
    time-zone: Europe/Berlin
    cover: [{who: kit, instead-of: ana, from: "2026-12-24 09:00", to: "2026-12-27 09:00"}]
"""
COVER: Change = ("oncall.yaml", "primary:\n    time-zone: Europe/Berlin\n", COVERED)


def zoned(zone: str) -> SiteData:
    daily = "turn: 1d, people: [ana, ben], only: {from: '22:00', to: '06:00'}"
    return data_of(
        a_catalog(
            ("oncall.yaml", "primary:\n    time-zone: Europe/Berlin\n", f"primary:\n    time-zone: {zone}\n"),
            ("oncall.yaml", "turn: 1w, people: [ana, ben]", daily),
            ("oncall.yaml", "ben@youragency.com, time-zone: Europe/Berlin", f"ben@youragency.com, time-zone: {zone}"),
        )
    )


def spans(file: str, data: SiteData) -> list[tuple[int, int]]:
    """What a calendar program shows: from and to of each event, cut to the year."""
    events = recurring_ical_events.of(Calendar.from_ical(file)).all()
    bounds = [(int(each.start.timestamp()), int(each.end.timestamp())) for each in events]
    return sorted((max(start, data.proof.start), min(end, data.proof.end)) for start, end in bounds)


def events_of(file: str) -> list[Any]:
    """The events in a file, in its order."""
    calendar = Calendar.from_ical(file)
    assert isinstance(calendar, Calendar)
    return calendar.events


SITES = {
    "a large platform": agency(),
    "nights, where the clock is set": zoned("Europe/Berlin"),
    "nights, where it is set by half an hour": zoned("Australia/Lord_Howe"),
    "nights, where it is never set": zoned("Asia/Kolkata"),
    "nights, in UTC": zoned("Etc/UTC"),
    "a cover": data_of(a_catalog(COVER)),
}


@pytest.mark.parametrize("name", SITES)
def test_the_files_say_what_the_timelines_say(name: str) -> None:
    data, files = SITES[name], feeds(SITES[name])
    for schedule, line in data.timelines.items():
        shown = spans(files[f"schedule-{schedule}.ics"], data)
        assert all(before[1] <= after[0] for before, after in pairwise(shown))
        assert joined(shown) == joined((shift.start, shift.end) for shift in line if shift.person)
        own = {person: spans(files[f"person-{person}.ics"], data) for person in data.catalog.oncall.people}
        assert {(begin, line.at(begin)) for begin, _ in shown} <= {
            (begin, person) for person, held in own.items() for begin, _ in held
        }
    for person in data.catalog.oncall.people:
        held = sorted(
            (shift.start, shift.end) for line in data.timelines.values() for shift in line if shift.person == person
        )
        assert joined(spans(files[f"person-{person}.ics"], data)) == joined(held)


ONE_SCHEDULE = a_catalog()


def with_schedule(schedule: Schedule) -> Catalog:
    """The small catalog with another schedule, whose people all live in its zone."""
    people = ONE_SCHEDULE.oncall.people
    there = {
        name: people["ana"].model_copy(update={"name": name, "time_zone": schedule.time_zone})
        for name in schedule.people
    }
    oncall = ONE_SCHEDULE.oncall.model_copy(update={"schedules": {"primary": schedule}, "people": there})
    return Catalog(**{**vars(ONE_SCHEDULE), "oncall": oncall})


@given(schedules_near_a_change())
@settings(max_examples=60, deadline=None)
def test_any_schedule_is_read_back_to_the_minute(drawn: tuple[Schedule, datetime]) -> None:
    schedule, near = drawn
    start = instant(near.replace(tzinfo=UTC) - timedelta(days=3))
    end = start + 9 * DAY
    file = calendar_file(with_schedule(schedule), ["primary"], (start, end), None)
    events = sorted(
        (max(instant(event.start), start), min(instant(event.end), end), str(event["SUMMARY"]).split()[2])
        for event in events_of(file)
    )
    line = timeline(schedule, start, end)
    held = [(shift.start, shift.end) for shift in line if shift.person]
    assert joined((begin, finish) for begin, finish, _ in events) == joined(held)
    assert all(line.at(begin) == line.at(finish - 1) == person for begin, finish, person in events)


@pytest.mark.parametrize("zone", [zone for zone in ZONES if zone != "Etc/UTC"])
def test_a_zone_is_defined_as_it_sets_its_clock(zone: str) -> None:
    start = instant(datetime(2026, 1, 1, tzinfo=UTC))
    lines = ("BEGIN:VCALENDAR", *zone_definition(zone, start, start + 366 * DAY), "END:VCALENDAR", "")
    read = tzical(io.StringIO("\r\n".join(lines))).get(zone)
    known = ZoneInfo(zone)
    for hours in range(366 * 24):
        local = utc(start + hours * HOUR).astimezone(known)
        if local.utcoffset() == local.replace(fold=1 - local.fold).utcoffset():
            assert local.replace(tzinfo=read).utcoffset() == local.utcoffset(), local


def test_events_are_written_as_the_package_writes_them() -> None:
    data = data_of(a_catalog(COVER, ("oncall.yaml", "Ana Example", '"Añá; Ex, ample\\\\"')))
    for file in feeds(data, address="https://oncall.youragency.com").values():
        written = [part.partition("END:VEVENT")[0] for part in file.split("BEGIN:VEVENT")[1:]]
        again = [event.to_ical(sorted=False).decode() for event in events_of(file)]
        assert [unfolded(part) for part in written] == [unfolded(part.split("END:")[0][14:]) for part in again]


def unfolded(part: str) -> list[str]:
    return sorted(part.replace("\r\n ", "").strip().split("\r\n"))


def test_no_line_is_longer_than_75_octets() -> None:
    files = feeds(SITES["a cover"], address="https://a-very-long-address-of-a-site.youragency.com/" + "x" * 80)
    assert max(len(line.encode()) for file in files.values() for line in file.split("\r\n")) == 75


def test_events_are_in_order_and_make_nobody_busy() -> None:
    events = events_of(feeds(agency())["schedule-primary.ics"])
    assert all(before.start < after.start for before, after in pairwise(events))
    assert {str(event["TRANSP"]) for event in events} == {"TRANSPARENT"}


def test_an_event_says_the_role_and_leads_to_the_drill_of_its_shift() -> None:
    files = feeds(SITES["a cover"], address="https://oncall.youragency.com/")
    cover = next(event for event in events_of(files["person-kit.ics"]) if "-cover-" in event["UID"])
    assert str(cover["SUMMARY"]) == "On call: primary"
    assert str(cover["DESCRIPTION"]) == "In place of Ana Example.\ncritical: step 1, at once"
    assert str(cover["URL"]) == ("https://oncall.youragency.com/drill.html#rule=shop-failing&at=2026-12-24T09:00")
    assert "URL" not in feeds(SITES["a cover"])["person-kit.ics"]


# --- from one day to the next ----------------------------------------------------------------------------------


def published(files: Mapping[str, str]) -> dict[str, Mapping[str, EventLines]]:
    return {name: published_events(text) for name, text in files.items()}


def on(day: date, *changes: Change) -> SiteData:
    return site_data(a_catalog(*changes), "prod", day, {})


def named(file: str) -> dict[str, Any]:
    return {str(event["UID"]).partition("@")[0]: event for event in events_of(file)}


def revisions(file: str) -> dict[str, tuple[int, str]]:
    """The number and the status of each event."""
    return {name: (int(event["SEQUENCE"]), str(event["STATUS"])) for name, event in named(file).items()}


FIRST = feeds(on(TODAY))
NEXT_DAY = TODAY + timedelta(days=1)
OVER = {"primary-0-2967"}
"""The turn that ends on the first day."""
LATER: Change = ("oncall.yaml", '"2026-01-05 09:00"', '"2026-01-05 10:00"')
MORE: Change = ("oncall.yaml", "people: [ana, ben]", "people: [ana, kit, ben]")


def after(day: date, *changes: Change, before: Mapping[str, str] = FIRST) -> Mapping[str, str]:
    return feeds(on(day, *changes), published(before))


def test_the_files_of_one_day_are_the_same_bytes() -> None:
    assert feeds(on(TODAY)) == FIRST
    assert after(TODAY) == FIRST


def test_what_does_not_change_keeps_its_number_and_its_day() -> None:
    old, new = named(FIRST["schedule-primary.ics"]), named(after(NEXT_DAY)["schedule-primary.ics"])
    shared = old.keys() & new.keys()
    assert len(shared) >= len(old) - 1
    assert all(old[name].to_ical() == new[name].to_ical() for name in shared)


def test_a_moved_handoff_moves_every_event_and_makes_no_new_one() -> None:
    old, new = (named(files["schedule-primary.ics"]) for files in (FIRST, after(NEXT_DAY, LATER)))
    assert old.keys() - new.keys() == OVER
    assert new.keys() <= old.keys()
    assert {new[name].start - old[name].start for name in new} == {timedelta(hours=1)}
    assert {(int(event["SEQUENCE"]), event["DTSTAMP"].dt.date()) for event in new.values()} == {(1, NEXT_DAY)}


def test_a_person_who_comes_between_changes_who_holds_a_turn_and_not_its_name() -> None:
    files = after(NEXT_DAY, MORE)
    old, new = (named(each["schedule-primary.ics"]) for each in (FIRST, files))
    assert old.keys() - new.keys() == OVER
    assert new.keys() <= old.keys()
    assert {int(new[name]["SEQUENCE"]) for name in new if new[name]["SUMMARY"] != old[name]["SUMMARY"]} == {1}
    assert {int(new[name]["SEQUENCE"]) for name in new if new[name]["SUMMARY"] == old[name]["SUMMARY"]} == {0}
    ana = revisions(files["person-ana.ics"])
    assert {(1, "CANCELLED"), (0, "CONFIRMED")} == set(ana.values())
    assert {name for name, (_, status) in ana.items() if status == "CANCELLED"} <= set(named(FIRST["person-ana.ics"]))


def test_a_cover_is_an_event_of_its_own_and_goes_again() -> None:
    with_cover = after(NEXT_DAY, COVER)
    shown = revisions(with_cover["schedule-primary.ics"])
    cover = next(name for name in shown if "-cover-" in name)
    turn = cover.partition("-cover-")[0]
    assert (shown[cover], shown[turn], shown[f"{turn}-2"]) == ((0, "CONFIRMED"), (1, "CONFIRMED"), (0, "CONFIRMED"))
    assert {state for name, state in shown.items() if turn not in name} == {(0, "CONFIRMED")}
    without = after(NEXT_DAY + timedelta(days=1), before=with_cover)
    assert revisions(without["person-kit.ics"]) == {cover: (1, "CANCELLED")}
    assert str(named(without["person-kit.ics"])[cover]["SUMMARY"]) == "Cancelled: On call: primary"
    again = after(NEXT_DAY + timedelta(days=2), COVER, before=without)
    assert revisions(again["person-kit.ics"]) == {cover: (2, "CONFIRMED")}
    assert revisions(again["schedule-primary.ics"])[turn] == (3, "CONFIRMED")


def test_a_cancelled_event_stays_until_it_is_over() -> None:
    without = after(NEXT_DAY, before=feeds(on(TODAY, COVER)))
    days = {"2026-11-30": 1, "2026-12-26": 1, "2026-12-28": 0}
    for day, events in days.items():
        file = after(date.fromisoformat(day), before=without)["person-kit.ics"]
        assert len(events_of(file)) == events
        assert set(revisions(file).values()) <= {(1, "CANCELLED")}


def test_a_person_who_is_gone_leaves_a_file_until_nothing_lies_ahead() -> None:
    large = feeds(on(TODAY, COVER))
    gone = {"person-dee.ics": large["person-kit.ics"]}
    assert set(revisions(after(NEXT_DAY, before=gone)["person-dee.ics"]).values()) == {(1, "CANCELLED")}
    assert "person-dee.ics" not in after(date(2026, 12, 28), before=gone)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="an empty file"),
        pytest.param("BEGIN:VCALENDAR\r\nPRODID:-//other//EN\r\nEND:VCALENDAR\r\n", id="somebody else's"),
        pytest.param(FIRST["person-ana.ics"].replace("SEQUENCE:0", "SEQUENCE:x", 1), id="a number that is none"),
        pytest.param(FIRST["person-ana.ics"].replace("DTEND;TZID=Europe/Berlin:2", "DTEND:x", 1), id="a strange end"),
        pytest.param(
            FIRST["person-ana.ics"].replace("TZID=Europe/Berlin:2026", "TZID=Mars:2026", 1), id="a strange zone"
        ),
        pytest.param(FIRST["person-ana.ics"].replace("UID:", "XID:", 1), id="an event without a name"),
    ],
)
def test_what_is_no_file_of_ours_is_refused(text: str) -> None:
    with pytest.raises(NoCalendarError):
        published_events(text)
