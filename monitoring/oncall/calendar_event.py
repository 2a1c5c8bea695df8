"""A shift as an event of iCalendar (RFC 5545), and what changes in it from one published file to the next.

An event keeps its name (UID). Its SEQUENCE is one higher when its times, its title or its status are others, and what
is gone and still lies ahead stays as CANCELLED, so that a calendar that only adds what it reads takes it out (3.8.1.11,
3.8.7.4). A file of ours has no METHOD, so DTSTAMP is when the event was last revised (3.8.7.2); it is taken from the
day of the answer and never from a clock.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from monitoring.literal import literal
from monitoring.oncall.clock import in_zone, utc

UTC_ZONES = frozenset({"UTC", "Etc/UTC"})


@dataclass(frozen=True, slots=True)
class FeedEvent:
    """A turn or a part of one, as a calendar shows it: its name, its instants and its texts."""

    uid: str
    start: int
    end: int
    summary: str
    description: str = ""
    url: str = ""


_REVISION = ("SEQUENCE:", "DTSTAMP:")
_SIGNIFICANT = ("DTSTART", "DTEND", "SUMMARY", "STATUS")
EventLines = tuple[str, ...]
"""The content lines of an event, unfolded, from its UID to the last one before END:VEVENT."""


def event_lines(event: FeedEvent, zone_name: str, day: date, sequence: int = 0) -> EventLines:
    """An event as content lines; it makes nobody busy, since being on call does not."""
    start, end = event_times(event, zone_name)
    lines = (
        f"UID:{escaped(event.uid)}",
        f"DTSTAMP:{day:%Y%m%d}T000000Z",
        f"SEQUENCE:{sequence}",
        "STATUS:CONFIRMED",
        f"SUMMARY:{escaped(event.summary)}",
        f"DTSTART{start}",
        f"DTEND{end}",
        f"DESCRIPTION:{escaped(event.description)}" if event.description else "",
        f"URL:{event.url}" if event.url else "",
        "TRANSP:TRANSPARENT",
    )
    return tuple(line for line in lines if line)


def event_times(event: FeedEvent, zone_name: str) -> tuple[str, str]:
    """Start and end in local time, or in UTC where a local time would be read as the first of two (3.3.5)."""
    moments = [in_zone(moment, zone_name) for moment in (event.start, event.end)]
    if zone_name in UTC_ZONES or any(moment.fold for moment in moments):
        start, end = (f":{utc(moment):%Y%m%dT%H%M%SZ}" for moment in (event.start, event.end))
    else:
        start, end = (f";TZID={zone_name}:{moment:%Y%m%dT%H%M%S}" for moment in moments)
    return start, end


_ESCAPES = {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"}


def escaped(text: str) -> str:
    """A text as a value (3.3.11), without what a calendar would obey or hide."""
    return re.sub(r"[\\;,\n]", lambda sign: _ESCAPES[sign[0]], literal(text).replace("\t", " "))


def revised(before: EventLines | None, now: EventLines, day: date) -> EventLines:
    """An event after the one that was published before: that one where nothing changed, else a higher number."""
    if before is None or content(before) == content(now):
        return before or now
    is_significant = _picked(before, _SIGNIFICANT) != _picked(now, _SIGNIFICANT)
    return with_revision(now, sequence_of(before) + is_significant, day)


def cancelled(before: EventLines, day: date) -> EventLines:
    """An event that is gone; one that was cancelled before stays as it is."""
    if "STATUS:CANCELLED" in before:
        return before
    marked = [_marked(line) for line in before]
    return with_revision(tuple(marked), sequence_of(before) + 1, day)


def _marked(line: str) -> str:
    """A line of an event that is gone; its title says so for calendars that show it all the same."""
    if line.startswith("STATUS:"):
        return "STATUS:CANCELLED"
    return line.replace("SUMMARY:", "SUMMARY:Cancelled: ", 1) if line.startswith("SUMMARY:") else line


def content(lines: EventLines) -> EventLines:
    """What an event says, without its number and when it was revised."""
    return tuple(line for line in lines if not line.startswith(_REVISION))


def _picked(lines: EventLines, names: tuple[str, ...]) -> EventLines:
    return tuple(line for line in lines if line.startswith(names))


def sequence_of(lines: EventLines) -> int:
    """How often an event was revised."""
    return next((int(line.partition(":")[2]) for line in lines if line.startswith("SEQUENCE:")), 0)


def with_revision(lines: EventLines, sequence: int, day: date) -> EventLines:
    """The event with another number and another day of its revision."""
    others = {"SEQUENCE": f"SEQUENCE:{sequence}", "DTSTAMP": f"DTSTAMP:{day:%Y%m%d}T000000Z"}
    return tuple(others.get(line.partition(":")[0], line) for line in lines)
