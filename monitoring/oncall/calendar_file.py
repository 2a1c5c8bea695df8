"""Shifts as an iCalendar file (RFC 5545), with times in UTC."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from monitoring.literal import literal
from monitoring.model.catalog import Catalog
from monitoring.oncall.calendar import OpenShift, whole_shifts
from monitoring.oncall.clock import utc

if TYPE_CHECKING:
    from icalendar import Event

_END = b"END:VCALENDAR"


class HeldEvent(NamedTuple):
    """A shift as an event of a calendar, and whose it is; the event as it stands in a file."""

    person: str
    event: bytes


def calendar_file(
    catalog: Catalog, schedules: Iterable[str], within: tuple[int, int], person: str | None, written: datetime
) -> str:
    """The shifts that somebody, or one person, holds in some schedules between two instants."""
    held = (each for name in schedules for each in held_events(catalog, name, within, written))
    return calendar_text(catalog, (each.event for each in held if person in (None, each.person)))


def calendar_text(catalog: Catalog, events: Iterable[bytes]) -> str:
    """Events as the text of a file; each was written once, since a shift stands in several files."""
    from icalendar import Calendar  # no other answer waits for it

    account = catalog.platform.pagerduty.subdomain
    name = literal(f"On call, {catalog.platform.title}")
    file = Calendar.new(prodid="-//wakeproof//monitoring oncall//EN", name=name, uid=f"oncall@{account}")
    before, end, after = file.to_ical().rpartition(_END)
    return b"".join([before, *events, end, after]).decode()


def held_events(catalog: Catalog, schedule: str, within: tuple[int, int], written: datetime) -> tuple[HeldEvent, ...]:
    """The shifts of a schedule that somebody holds, as events.

    They are transparent: being on call does not make anybody busy. Each is whole, also where the span of the calendar
    cuts it, so that the file of the next day has the same event under the same name.
    """
    shifts = whole_shifts(catalog.oncall.schedules[schedule], *within)
    return tuple(
        HeldEvent(shift.person, _event(catalog, schedule, shift, within, written).to_ical())
        for shift in shifts
        if shift.person is not None
    )


def _event(catalog: Catalog, schedule: str, shift: OpenShift, within: tuple[int, int], written: datetime) -> Event:
    """A shift; of one without a known start or end, the part in the calendar's span."""
    from icalendar import TRANSP, Event

    start, end = within
    begins = "always" if shift.start is None else f"{utc(shift.start):%Y%m%dT%H%M%SZ}"
    return Event.new(
        uid=f"{schedule}-{begins}@{catalog.platform.pagerduty.subdomain}",
        stamp=written,
        start=utc(start if shift.start is None else shift.start),
        end=utc(end if shift.end is None else shift.end),
        summary=literal(_summary(catalog, schedule, shift.person or "")),
        transparency=TRANSP.TRANSPARENT,
    )


def _summary(catalog: Catalog, schedule: str, person: str) -> str:
    return f"On call: {catalog.oncall.people[person].name} ({catalog.oncall.schedules[schedule].title or schedule})"
