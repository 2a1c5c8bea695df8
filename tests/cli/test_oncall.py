"""`monitoring oncall`: the same shifts as text, as JSON and as a calendar file that other programs read."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import recurring_ical_events  # type: ignore[import-untyped]
from icalendar import Calendar
from typer.testing import CliRunner

from monitoring.cli import application
from monitoring.cli.oncall import span
from monitoring.errors import UsageError
from monitoring.loader import load
from monitoring.model.catalog import Catalog
from monitoring.oncall.calendar_file import calendar_file
from monitoring.oncall.clock import in_zone
from tests.factories import Change, a_catalog
from tests.platforms import AGENCY

BERLIN = ZoneInfo("Europe/Berlin")
SPRING = ("--from", "2026-03-23", "--to", "2026-04-06")


def printed(*words: str) -> str:
    command = ["oncall", *words, "--catalog", str(AGENCY.catalog)]
    result = CliRunner().invoke(application(command), command)
    if isinstance(result.exception, UsageError):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.stdout


def in_json(*words: str) -> dict[str, list[dict[str, Any]]]:
    answer: dict[str, list[dict[str, Any]]] = json.loads(printed(*words, "--format", "json"))
    return answer


@pytest.mark.parametrize(
    ("moment", "row"),
    [
        pytest.param("2026-03-29 01:59", ["dee", "2026-03-30T07:00:00Z", "ana"], id="before the clock goes forward"),
        pytest.param("2026-03-30 08:59", ["dee", "2026-03-30T07:00:00Z", "ana"], id="the minute before a handoff"),
        pytest.param("2026-03-30 09:00", ["ana", "2026-04-06T07:00:00Z", "ben"], id="the minute of a handoff"),
        pytest.param("2026-03-30 06:59 UTC", ["dee", "2026-03-30T07:00:00Z", "ana"], id="a time with its zone"),
    ],
)
def test_a_moment_is_in_the_time_zone_of_the_first_schedule(moment: str, row: list[str]) -> None:
    primary = in_json("--at", moment)["schedules"][0]
    assert [primary["now"]["person"], primary["now"]["to"], primary["next"]["person"]] == row


CAIRO = [("oncall.yaml", "time-zone: Europe/Berlin\n    layers", "time-zone: Africa/Cairo\n    layers")]
HAVANA = [("oncall.yaml", "time-zone: Europe/Berlin\n    layers", "time-zone: America/Havana\n    layers")]


@pytest.mark.parametrize(
    ("zone_of", "from_", "to", "expected"),
    [
        pytest.param(
            CAIRO, "2027-04-30", None, ("2027-04-30 01:00", "2027-05-28 00:00"), id="a day without a midnight"
        ),
        pytest.param(
            CAIRO, "2027-04-01", "2027-04-30", ("2027-04-01 00:00", "2027-04-30 01:00"), id="until such a day"
        ),
        pytest.param(
            HAVANA, "2026-11-01", "2026-11-02", ("2026-11-01 00:00", "2026-11-02 00:00"), id="a day of two midnights"
        ),
        pytest.param(
            [], "2026-10-20", None, ("2026-10-20 00:00", "2026-11-17 00:00"), id="four weeks end where they begin"
        ),
        pytest.param(
            [], "2026-10-20 09:30", None, ("2026-10-20 09:30", "2026-11-17 09:30"), id="and at the same time of day"
        ),
    ],
)
def test_a_day_begins_when_its_zone_begins_it(
    zone_of: list[Change], from_: str, to: str | None, expected: tuple[str, str]
) -> None:
    catalog = a_catalog(*zone_of)
    zone_name = catalog.oncall.schedules["primary"].time_zone
    bounds = span(catalog, from_, to)
    assert tuple(f"{in_zone(bound, zone_name):%Y-%m-%d %H:%M}" for bound in bounds) == expected
    assert all(in_zone(bound, zone_name).fold == 0 for bound in bounds)


def test_the_handoff_keeps_its_time_on_the_wall_over_both_changes() -> None:
    assert "Mon 2026-03-30 09:00 CEST" in printed("--at", "2026-03-28 12:00")
    assert "Mon 2026-10-26 09:00 CET" in printed("--at", "2026-10-24 12:00")


def test_hours_are_those_that_pass_and_not_those_on_the_wall() -> None:
    seconds = {each["person"]: each["seconds"] for each in in_json(*SPRING)["people"]}
    assert seconds["dee"] == 167 * 3600


def test_the_calendar_file_holds_the_shifts_of_the_json() -> None:
    shifts = [shift for shift in in_json(*SPRING)["shifts"] if shift["person"]]
    events = recurring_ical_events.of(Calendar.from_ical(printed(*SPRING, "--format", "ics"))).all()
    first, last = (datetime.fromisoformat(f"{SPRING[n]} 00:00").replace(tzinfo=BERLIN) for n in (1, 3))
    assert sorted((max(each.start, first), min(each.end, last)) for each in events) == sorted(
        (datetime.fromisoformat(shift["from"]), datetime.fromisoformat(shift["to"])) for shift in shifts
    )


def events_of(*words: str) -> dict[str, tuple[date, date]]:
    """Each event of a calendar file by its name: when it begins and ends."""
    file = Calendar.from_ical(printed(*words, "--format", "ics"))
    assert isinstance(file, Calendar)
    return {str(event["UID"]): (event.start, event.end) for event in file.events}


def test_an_event_keeps_its_name_and_its_times_whenever_the_file_is_made() -> None:
    thursday, friday = (events_of("--from", day, "--to", "2026-12-24") for day in ("2026-11-26", "2026-11-27"))
    assert thursday == friday
    assert len(thursday) > 8


def file_of(catalog: Catalog, within: tuple[int, int], person: str | None = None) -> str:
    return calendar_file(catalog, catalog.oncall.schedules, within, person)


def test_one_person_alone_has_an_event_each_turn() -> None:
    catalog = a_catalog(("oncall.yaml", "people: [ana, ben]", "people: [ana]"))
    spans = (span(catalog, day, "2029-12-24") for day in ("2029-11-27", "2029-11-28"))
    files = [file_of(catalog, within) for within in spans]
    names = [[str(event["UID"]) for event in Calendar.from_ical(file).walk("VEVENT")] for file in files]
    assert names[0] == names[1]
    assert [name.partition("@")[0] for name in names[0]] == [f"primary-0-{turn}" for turn in range(3125, 3129)]


def test_a_calendar_file_makes_nobody_busy_and_keeps_its_names_from_day_to_day() -> None:
    catalog = load(AGENCY.catalog)
    first, second = (file_of(catalog, span(catalog, "2026-12-07", None), "ana") for _ in range(2))
    events = Calendar.from_ical(first).walk("VEVENT")
    assert first == second
    assert {str(event["TRANSP"]) for event in events} == {"TRANSPARENT"}
    assert {str(event["SUMMARY"]) for event in events} == {
        "On call: Ana Example (Primary)",
        "On call: Ana Example (Secondary)",
    }


def test_a_title_is_read_back_from_a_calendar_file_as_it_was() -> None:
    catalog = a_catalog(("oncall.yaml", "  primary:\n", '  primary:\n    title: "a; b, c"\n'))
    file = file_of(catalog, span(catalog, "2026-12-07", "2026-12-14"))
    (event, *_) = Calendar.from_ical(file).walk("VEVENT")
    assert str(event["SUMMARY"]).endswith(" (a; b, c)")


def test_a_schedule_without_anybody_is_shown_as_nobody() -> None:
    assert "nobody" in printed("--at", "2020-01-01 00:00")


def test_one_persons_calendar_has_no_other_load() -> None:
    assert [each["person"] for each in in_json(*SPRING, "--person", "chi")["people"]] == ["chi"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        pytest.param(("--person", "zed"), 'no person is called "zed"; name one of ana', id="a stranger"),
        pytest.param(("--at", "soon"), '--at "soon" is not a time', id="no moment"),
        pytest.param(("--from", "2026-02-30"), "--from", id="a day that does not exist"),
        pytest.param(("--from", "2026-12-02", "--to", "2026-12-01"), "is not after --from", id="a span backwards"),
        pytest.param(("--from", "2026-12-02", "--to", "2090-12-01"), "at most 3660 days", id="a span without end"),
        pytest.param(("--at", "2026-12-02", "--from", "2026-12-01"), "take one of them", id="a moment and a span"),
        pytest.param(("--at", "2026-12-02 03:00", "--format", "ics"), "a calendar file", id="a moment as a file"),
    ],
)  # fmt: skip
def test_wrong_usage_says_what_to_write(words: tuple[str, ...], message: str) -> None:
    with pytest.raises(UsageError, match=message.replace('"', ".")):
        printed(*words)
