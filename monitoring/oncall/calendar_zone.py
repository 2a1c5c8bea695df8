"""How a zone sets its clock, as iCalendar defines it for whoever reads a file without knowing the zone's name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import lru_cache

from monitoring.oncall.clock import DAY, in_zone, utc, wall_clock


@lru_cache(maxsize=256)
def zone_definition(zone_name: str, start: int, end: int) -> tuple[str, ...]:
    """The lines of a VTIMEZONE (RFC 5545, 3.6.5) that is right around two instants: each change with its own onset.

    An onset is written as the clock shows it before the change; the package icalendar (7.3) writes it as it shows it
    afterwards, so that its summer time would begin an hour late.
    """
    clock = wall_clock(zone_name, start - DAY, end + DAY)
    changes = zip(clock.starts, (clock.offsets[0], *clock.offsets), clock.offsets, strict=False)
    parts = [line for change in changes for line in _observance(zone_name, *change)]
    return ("BEGIN:VTIMEZONE", f"TZID:{zone_name}", *parts, "END:VTIMEZONE")


def _observance(zone_name: str, at: int, before: int, after: int) -> Iterator[str]:
    kind = "DAYLIGHT" if (in_zone(at, zone_name).dst() or timedelta()) > timedelta() else "STANDARD"
    yield f"BEGIN:{kind}"
    yield f"DTSTART:{utc(at + before):%Y%m%dT%H%M%S}"
    yield f"TZOFFSETFROM:{_offset(before)}"
    yield f"TZOFFSETTO:{_offset(after)}"
    yield f"TZNAME:{in_zone(at, zone_name):%Z}"
    yield f"END:{kind}"


def _offset(seconds: int) -> str:
    """A distance from UTC: +0530, -0330."""
    minutes = abs(seconds) // 60
    return f"{'-' if seconds < 0 else '+'}{minutes // 60:02}{minutes % 60:02}"
