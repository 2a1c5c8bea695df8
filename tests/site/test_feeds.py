"""The calendar files, read back by other programs, say what the timelines say, to the minute and over a year."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
import recurring_ical_events  # type: ignore[import-untyped]
from icalendar import Calendar, Event

from monitoring.oncall.timeline import joined
from monitoring.site import SiteData, site_data
from monitoring.site.feeds import feeds
from tests.factories import a_catalog
from tests.site.building import agency, data_of

COVERED = """primary:
    time-zone: Europe/Berlin
    cover: [{who: kit, instead-of: ana, from: "2026-12-24 09:00", to: "2026-12-27 09:00"}]
"""


def zoned(zone: str) -> SiteData:
    daily = "turn: 1d, people: [ana, ben], only: {from: '22:00', to: '06:00'}"
    return data_of(
        a_catalog(
            ("oncall.yaml", "primary:\n    time-zone: Europe/Berlin\n", f"primary:\n    time-zone: {zone}\n"),
            ("oncall.yaml", "turn: 1w, people: [ana, ben]", daily),
        )
    )


def spans(file: str, data: SiteData) -> list[tuple[int, int]]:
    """What a calendar program shows: from and to of each event, cut to the year."""
    events = recurring_ical_events.of(Calendar.from_ical(file)).all()
    bounds = [(int(each.start.timestamp()), int(each.end.timestamp())) for each in events]
    return sorted((max(start, data.proof.start), min(end, data.proof.end)) for start, end in bounds)


def events_of(file: str) -> list[Event]:
    """The events in a file, in its order."""
    calendar = Calendar.from_ical(file)
    assert isinstance(calendar, Calendar)
    return calendar.events


SITES = {
    "a large platform": agency(),
    "nights, where the clock is set": zoned("Europe/Berlin"),
    "nights, where it is set by half an hour": zoned("Australia/Lord_Howe"),
    "nights, where it is never set": zoned("Asia/Kolkata"),
    "a cover": data_of(a_catalog(("oncall.yaml", "primary:\n    time-zone: Europe/Berlin\n", COVERED))),
}


@pytest.mark.parametrize("name", SITES)
def test_the_files_say_what_the_timelines_say(name: str) -> None:
    data, files = SITES[name], feeds(SITES[name])
    for schedule, line in data.timelines.items():
        held = sorted((shift.start, shift.end) for shift in line if shift.person)
        assert spans(files[f"schedule-{schedule}.ics"], data) == held
    for person in data.catalog.oncall.people:
        held = sorted(
            (shift.start, shift.end) for line in data.timelines.values() for shift in line if shift.person == person
        )
        shown = spans(files[f"person-{person}.ics"], data)
        assert shown == held
        assert joined(shown) == joined(held)


def test_an_event_keeps_its_name_on_the_next_day() -> None:
    data = agency()
    later = site_data(data.catalog, "prod", date(2026, 11, 24), {})
    names = [
        {str(event["UID"]): event.start for event in events_of(feeds(each)["person-chi.ics"])} for each in (data, later)
    ]
    shared = names[0].keys() & names[1].keys()
    assert len(shared) >= len(names[0]) - 1
    assert all(names[0][name] == names[1][name] for name in shared)


def test_the_files_of_one_day_are_the_same_bytes() -> None:
    assert feeds(agency()) == feeds(data_again())


def data_again() -> SiteData:
    return site_data(agency().catalog, "prod", agency().today, {})


def test_events_are_in_order_and_make_nobody_busy() -> None:
    events = events_of(feeds(agency())["schedule-primary.ics"])
    assert all(before.start < after.start for before, after in pairwise(events))
    assert {str(event["TRANSP"]) for event in events} == {"TRANSPARENT"}
