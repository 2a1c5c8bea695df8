"""The events of a calendar file that was published before, as they were written then."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime

from monitoring.model.scalars import zone
from monitoring.oncall.calendar_event import EventLines
from monitoring.oncall.calendar_file import PRODUCT
from monitoring.oncall.clock import instant

_NOT_OURS = "holds an event that this command did not write"


class NoCalendarError(ValueError):
    """A file that this module has not written."""


def published_events(text: str) -> Mapping[str, EventLines]:
    """The events of a file that was published before, by their names; NoCalendarError where it is not one of ours."""
    lines = text.replace("\r\n ", "").split("\r\n")
    if lines[0] != "BEGIN:VCALENDAR" or f"PRODID:{PRODUCT}" not in lines:
        raise NoCalendarError("is no calendar file that this command wrote")
    events: dict[str, EventLines] = {}
    inside: list[str] | None = None
    for line in lines:
        if line == "BEGIN:VEVENT":
            inside = []
        elif line == "END:VEVENT" and inside is not None:
            events[_uid(inside)] = _checked(inside)
            inside = None
        elif inside is not None:
            inside.append(line)
    return events


def _uid(lines: list[str]) -> str:
    return next((line for line in lines if line.startswith("UID:")), "")


def _checked(lines: list[str]) -> EventLines:
    """The lines of an event of ours; NoCalendarError where one of those that are read is missing or is not ours."""
    for pattern in (r"UID:.+", r"DTSTAMP:\d{8}T\d{6}Z", r"SEQUENCE:\d{1,9}"):
        if not any(re.fullmatch(pattern, line, re.ASCII) for line in lines):
            raise NoCalendarError(_NOT_OURS)
    for name in ("DTSTART", "DTEND"):
        _moment(lines, name)
    return tuple(lines)


def ends_at(lines: EventLines) -> int:
    """The instant at which an event ends."""
    return _moment(lines, "DTEND")


def _moment(lines: Sequence[str], name: str) -> int:
    """The instant of a line; NoCalendarError where there is no such line, or no time in it."""
    written = (re.fullmatch(rf"{name}(?:;TZID=([^:]+))?:(\d{{8}}T\d{{6}})Z?", line, re.ASCII) for line in lines)
    match = next((match for match in written if match), None)
    try:
        local = datetime.strptime(match[2] if match else "", "%Y%m%dT%H%M%S")  # noqa: DTZ007  its zone follows
        return instant(local.replace(tzinfo=zone((match and match[1]) or "Etc/UTC")))
    except (ValueError, KeyError, OverflowError):
        raise NoCalendarError(_NOT_OURS) from None
