"""The page of the calendar: every schedule and person, how time is shared, and where the calendar files are."""

from __future__ import annotations

from collections.abc import Sequence

from monitoring.reach.formatting import exact_length
from monitoring.site import names
from monitoring.site.addresses import CALENDAR, feed_file, person_page, schedule_page
from monitoring.site.blocks import Cell, PagePart, Phrase, SitePage, TableBlock, TextBlock
from monitoring.site.data import SiteData
from monitoring.site.schedules import hole_in_words, shared_loads
from monitoring.site.shares import balance, shortest_rest
from monitoring.site.years import year_shifts

NIGHTS = (
    "A night is 22:00 to 06:00 and a weekend Saturday and Sunday, by the clock where the person lives; "
    "each counts when any part of it was on call. Hours are counted once, however many schedules held them."
)


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
            PagePart("People", (_people(data), TextBlock(NIGHTS)), "people"),
        ),
    )


def _schedules(data: SiteData) -> TableBlock:
    columns = ("Schedule", "Time zone", "Handoffs", "Nobody on call", "Most nights less least", "Calendar file")
    rows = [_schedule_row(data, name) for name in data.catalog.oncall.schedules]
    return TableBlock("Who takes turns, and how evenly", columns, rows, "There is no schedule.", frozenset({2, 4}))


def _schedule_row(data: SiteData, name: str) -> Sequence[Cell]:
    line, apart = data.timelines[name], balance(shared_loads(data, name))
    zone = data.catalog.oncall.schedules[name].time_zone
    file = (Phrase("Subscribe", feed_file(schedule_page(name))),)
    nights = str(apart.nights) if apart else "0"
    return (names.schedule(data.catalog, name),), zone, str(len(line) - 1), hole_in_words(line), nights, file


def _people(data: SiteData) -> TableBlock:
    columns = ("Person", "Time zone", "Hours", "Nights", "Weekends", "Shortest rest", "Calendar file")
    rows = [_person_row(data, name) for name in data.catalog.oncall.people]
    return TableBlock("What the year asks of each person", columns, rows, "There is nobody.", frozenset({2, 3, 4}))


def _person_row(data: SiteData, name: str) -> Sequence[Cell]:
    load, rest = data.loads[name], shortest_rest(year_shifts(data, name))
    return (
        (names.person(data.catalog, name),),
        data.catalog.oncall.people[name].time_zone,
        f"{load.hours:g}",
        str(load.nights),
        str(load.weekends),
        exact_length(rest.seconds) if rest else "–",
        (Phrase("Subscribe", feed_file(person_page(name))),),
    )
