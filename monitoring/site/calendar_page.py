"""The page of the calendar: every schedule and person, how time is shared, and where the calendar files are."""

from __future__ import annotations

from collections.abc import Sequence

from monitoring.oncall.load import COUNTED
from monitoring.reach.formatting import exact_length
from monitoring.site import names
from monitoring.site.addresses import CALENDAR, feed_file, person_page, schedule_page
from monitoring.site.blocks import Cell, PagePart, Phrase, SitePage, TableBlock, TextBlock
from monitoring.site.data import SiteData
from monitoring.site.schedules import hole_in_words


def calendar_page(data: SiteData) -> SitePage:
    """The list of everybody's year."""
    span = f"A year from {data.today.isoformat()} on."
    return SitePage(
        file=CALENDAR,
        title="Calendar",
        entry="Calendar",
        lead=f"{span} A calendar file is subscribed to where this site is served, and opened once where it is not.",
        parts=(
            PagePart("Schedules", (_schedules(data),), "schedules"),
            PagePart("People", (_people(data), TextBlock(COUNTED)), "people"),
        ),
    )


def _schedules(data: SiteData) -> TableBlock:
    columns = ("Schedule", "Time zone", "Handoffs", "Nobody on call", "Most nights less least", "Calendar file")
    rows = [_schedule_row(data, name) for name in data.catalog.oncall.schedules]
    return TableBlock("Who takes turns, and how evenly", columns, rows, "There is no schedule.", frozenset({2, 4}))


def _schedule_row(data: SiteData, name: str) -> Sequence[Cell]:
    line, apart = data.timelines[name], data.shares[name].spreads
    zone = data.catalog.oncall.schedules[name].time_zone
    file = (Phrase("Subscribe", feed_file(schedule_page(name))),)
    nights = f"{apart['nights'].difference:g}" if apart else "–"
    return (names.schedule(data.catalog, name),), zone, str(len(line) - 1), hole_in_words(line), nights, file


def _people(data: SiteData) -> TableBlock:
    columns = ("Person", "Time zone", "Hours", "Nights", "Weekends", "Holidays", "Shortest rest", "Calendar file")
    rows = [_person_row(data, name) for name in data.catalog.oncall.people]
    return TableBlock("What the year asks of each person", columns, rows, "There is nobody.", frozenset({2, 3, 4, 5}))


def _person_row(data: SiteData, name: str) -> Sequence[Cell]:
    load, person = data.loads[name], data.catalog.oncall.people[name]
    return (
        (names.person(data.catalog, name),),
        person.time_zone,
        f"{load.hours:g}",
        str(load.nights),
        str(load.weekends),
        "–" if load.holidays is None else str(load.holidays),
        exact_length(load.rest.seconds) if load.rest else "–",
        (Phrase("Subscribe", feed_file(person_page(name))),),
    )
