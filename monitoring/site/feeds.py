"""The calendar files of the site: one for each schedule and person."""

from __future__ import annotations

from collections.abc import Mapping

from monitoring.oncall.calendar_file import calendar_text, held_events
from monitoring.oncall.clock import utc
from monitoring.site.addresses import feed_file, person_page, schedule_page
from monitoring.site.data import SiteData


def feeds(data: SiteData) -> Mapping[str, str]:
    """Every calendar file by its name; the same bytes for the same catalog and day."""
    catalog, within, written = data.catalog, (data.proof.start, data.proof.end), utc(data.proof.start)
    events = {name: held_events(catalog, name, within, written) for name in catalog.oncall.schedules}
    schedules = {
        feed_file(schedule_page(name)): calendar_text(catalog, (each.event for each in held))
        for name, held in events.items()
    }
    people = {
        feed_file(person_page(person)): calendar_text(
            catalog, (each.event for held in events.values() for each in held if each.person == person)
        )
        for person in catalog.oncall.people
    }
    return {**schedules, **people}
