"""Events as an iCalendar file (RFC 5545), in the time of one zone, which the file defines.

The lines are written here and not by the package icalendar, which takes twenty times as long; a test reads them with it
and compares what it would have written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from monitoring.model.catalog import Catalog
from monitoring.oncall.calendar_event import UTC_ZONES, EventLines, FeedEvent, escaped, event_lines
from monitoring.oncall.calendar_zone import zone_definition
from monitoring.oncall.clock import utc
from monitoring.oncall.turns import HeldTurn, held_turns

PRODUCT = "-//wakeproof//monitoring oncall//EN"
_MAX_OCTETS = 75
"""How long a line may be without its end (RFC 5545, 3.1)."""


def calendar_file(catalog: Catalog, schedules: Iterable[str], within: tuple[int, int], person: str | None) -> str:
    """The shifts that somebody, or one person, holds in some schedules between two instants."""
    names = list(schedules)
    zone_name = catalog.oncall.people[person].time_zone if person else _zone_of(catalog, names)
    held = ((name, turn) for name in names for turn in held_turns(catalog.oncall.schedules[name], *within))
    events = [turn_event(catalog, name, turn) for name, turn in held if person in (None, turn.person)]
    revised = [event_lines(event, zone_name, utc(within[0]).date()) for event in events]
    return calendar_text(f"On call, {catalog.platform.title}", zone_name, within, revised)


def _zone_of(catalog: Catalog, schedules: Iterable[str]) -> str:
    return next((catalog.oncall.schedules[name].time_zone for name in schedules), "Etc/UTC")


def turn_event(
    catalog: Catalog, schedule: str, turn: HeldTurn, *, is_own: bool = False, description: str = "", url: str = ""
) -> FeedEvent:
    """A turn as an event, whose name is the same in each file and on each day; its title names whoever holds it.

    In the person's own file (`is_own`) the schedule is enough.
    """
    person, title = catalog.oncall.people[turn.person].name, catalog.oncall.schedules[schedule].title or schedule
    summary = f"On call: {title}" if is_own else f"On call: {person} ({title})"
    uid = f"{schedule}-{turn.name}@{catalog.platform.pagerduty.subdomain}"
    return FeedEvent(uid, turn.start, turn.end, summary, description, url)


def calendar_text(name: str, zone_name: str, within: tuple[int, int], events: Iterable[EventLines]) -> str:
    """A file of events: its name, how its zones set their clocks, and the events, each line folded."""
    listed = list(events)
    zones = sorted({named for lines in listed for named in _zones_in(lines)} | {zone_name} - UTC_ZONES)
    parts = (part for lines in listed for part in ("BEGIN:VEVENT", *lines, "END:VEVENT"))
    definitions = (line for each in zones for line in zone_definition(each, *within))
    return "".join(map(_folded, (*_head(name, zone_name), *definitions, *parts, "END:VCALENDAR")))


def _head(name: str, zone_name: str) -> Iterator[str]:
    """The lines before the first part; NAME and REFRESH-INTERVAL are of RFC 7986, what begins with X- is older."""
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN")
    yield from (f"NAME:{escaped(name)}", f"X-WR-CALNAME:{escaped(name)}", f"X-WR-TIMEZONE:{zone_name}")
    yield from ("REFRESH-INTERVAL;VALUE=DURATION:PT6H", "X-PUBLISHED-TTL:PT6H")


def _zones_in(lines: EventLines) -> Iterator[str]:
    return (line[line.index("=") + 1 : line.index(":")] for line in lines if line.startswith(("DTSTART;", "DTEND;")))


def with_lines_changed(text: str, change: Callable[[str], str]) -> str:
    """A calendar file in which each content line is changed as it was before it was folded."""
    lines = text.replace("\r\n ", "").removesuffix("\r\n").split("\r\n")
    return "".join(_folded(change(line)) for line in lines)


def _folded(line: str) -> str:
    """A content line, cut where it is longer than 75 octets and never inside a character (3.1)."""
    if len(line) <= _MAX_OCTETS and (line.isascii() or len(line.encode()) <= _MAX_OCTETS):
        return f"{line}\r\n"
    pieces, size = [""], 0
    for char in line:
        octets = len(char.encode())
        if size + octets > _MAX_OCTETS:
            pieces.append(" ")
            size = 1
        pieces[-1] += char
        size += octets
    return "\r\n".join(pieces) + "\r\n"
