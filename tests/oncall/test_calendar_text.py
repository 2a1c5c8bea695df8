"""A calendar file as text: its lines are folded, its zone has the right offsets, and only such a file is read again."""

from __future__ import annotations

import icalendar
import pytest

from monitoring.oncall.calendar_file import calendar_text
from monitoring.oncall.calendar_zone import zone_definition
from monitoring.oncall.clock import WEEK
from monitoring.oncall.published_calendar import NoCalendarError, published_events
from tests.oncall.test_rotation import at

WITHIN = (at("2026-01-05 00:00"), at("2026-01-05 00:00") + WEEK)
NAMES = [
    pytest.param("Primary", id="a short name"),
    pytest.param("x" * 200, id="a name of several lines"),
    pytest.param("ü" * 74, id="letters of two octets"),
    pytest.param("a" + "🚒" * 60, id="signs of four octets at odd places"),
]


@pytest.mark.parametrize("name", NAMES)
def test_a_long_line_is_folded_and_read_back(name: str):
    text = calendar_text(name, "Europe/Berlin", WITHIN, [])
    lines = text.split("\r\n")
    assert lines[-1] == ""
    assert max(len(line.encode()) for line in lines) <= 75
    assert "\n" not in text.replace("\r\n", "")
    assert str(icalendar.Calendar.from_ical(text)["NAME"]) == name


OFFSETS = [
    ("Asia/Kolkata", "+0530"),
    ("America/St_Johns", "-0330"),
    ("Pacific/Marquesas", "-0930"),
    ("Australia/Eucla", "+0845"),
    ("Europe/Berlin", "+0100"),
]


@pytest.mark.parametrize(("zone", "offset"), OFFSETS)
def test_a_zone_is_defined_with_its_hours_and_minutes(zone: str, offset: str):
    assert f"TZOFFSETTO:{offset}" in zone_definition(zone, *WITHIN)


NOT_OURS = [
    pytest.param("", id="nothing"),
    pytest.param("BEGIN:VCALENDAR\r\nPRODID:-//another//EN\r\nEND:VCALENDAR\r\n", id="another program's"),
    pytest.param("X\r\nPRODID:-//wakeproof//monitoring oncall//EN\r\n", id="no calendar"),
]


@pytest.mark.parametrize("text", NOT_OURS)
def test_what_this_command_did_not_write_is_refused(text: str):
    with pytest.raises(NoCalendarError):
        published_events(text)


def test_a_file_without_events_is_one_of_ours():
    assert published_events(calendar_text("Primary", "Europe/Berlin", WITHIN, [])) == {}
