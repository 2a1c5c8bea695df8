"""`monitoring oncall`: who is on call now and next, and what being on call asks of each person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated, Any

import typer
from rich.table import Table

from monitoring.cli.console import (
    CatalogOption,
    OpenPlatform,
    OutputFormat,
    open_platform,
    refused,
    say,
    say_json,
    say_lines,
    table_console,
)
from monitoring.cli.drill import moment
from monitoring.errors import UsageError
from monitoring.model.catalog import Catalog
from monitoring.model.oncall import Schedule
from monitoring.model.scalars import parse_date
from monitoring.oncall.calendar import CalendarWeek, CurrentShift, OpenShift, current_shift, weeks
from monitoring.oncall.calendar_file import calendar_file
from monitoring.oncall.clock import DAY, WEEK, day_begins, days_later, in_zone, iso
from monitoring.oncall.fairness import MEASURES, ScheduleShares, Spread, schedule_shares
from monitoring.oncall.load import COUNTED, Load, homes, loads
from monitoring.oncall.rotation import timeline
from monitoring.oncall.timeline import Shift
from monitoring.reach.formatting import exact_length, local_and_utc, wall_clock
from monitoring.reach.zones import first_zone

USUAL_DAYS = 28
MAX_SPAN = 3_660 * DAY
A_DAY = len("2026-12-24")


class OncallFormat(StrEnum):
    """How an answer is written: as text, as JSON, or as a calendar file (iCalendar)."""

    TEXT = "text"
    JSON = "json"
    ICS = "ics"


AtOption = Annotated[
    str | None,
    typer.Option(
        "--at",
        metavar="TIME",
        help='Who is on call then: "2026-12-24 03:00", in the first schedule\'s time zone, or with a zone behind it.',
        show_default="now",
    ),
]
FromOption = Annotated[
    str | None,
    typer.Option("--from", metavar="TIME", help="Show a calendar from then on: 2026-12-01.", show_default="today"),
]
ToOption = Annotated[
    str | None,
    typer.Option("--to", metavar="TIME", help="Show a calendar until then.", show_default="four weeks later"),
]


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("oncall")(oncall)


def oncall(
    at: AtOption = None,
    from_: FromOption = None,
    to: ToOption = None,
    person: Annotated[
        str | None, typer.Option("--person", metavar="NAME", help="Only the shifts of this person: ana.")
    ] = None,
    catalog: CatalogOption = None,
    output: Annotated[OncallFormat, typer.Option("--format", help="How to write the answer.")] = OncallFormat.TEXT,
) -> None:
    """Show who is on call now and next; with --from or --to a calendar, and the hours of each person."""
    as_json = output is OncallFormat.JSON
    platform = open_platform(catalog, OutputFormat.JSON if as_json else OutputFormat.TEXT)
    require_known(platform.catalog, person)
    if at is not None and (from_ is not None or to is not None):
        raise UsageError("--at shows one moment, --from and --to a calendar; take one of them")
    if at is not None and output is OncallFormat.ICS:
        raise UsageError("a calendar file holds a span of time; write --from 2026-12-01 instead of --at")
    if from_ is None and to is None and output is not OncallFormat.ICS:
        _show_moment(platform, moment(at, first_zone(platform.catalog)), person, as_json=as_json)
        return
    answer = oncall_calendar(platform.catalog, span(platform.catalog, from_, to), person)
    match output:
        case OncallFormat.JSON:
            say_json({**platform.fields, **calendar_json(answer)})
        case OncallFormat.ICS:
            within = answer.start, answer.end
            file = calendar_file(platform.catalog, answer.schedules, within, person)
            typer.echo(file, nl=False)
        case OncallFormat.TEXT:
            _print_calendar(platform, answer)


def require_known(catalog: Catalog, person: str | None) -> None:
    """Raises UsageError for a person whom the catalog does not have."""
    people = catalog.oncall.people
    if person is not None and person not in people:
        raise UsageError(f'no person is called "{person}"; name one of {", ".join(sorted(people))}')


def span(catalog: Catalog, from_: str | None, to: str | None) -> tuple[int, int]:
    """The instants between which a calendar is asked for; UsageError where they do not follow each other."""
    zone_name = first_zone(catalog)
    first = _day(moment(None, zone_name), zone_name) if from_ is None else from_
    start = time_or_day(first, zone_name, "--from")
    end = _usual_end(first, start, zone_name) if to is None else time_or_day(to, zone_name, "--to")
    if end <= start:
        raise UsageError(f'--to "{to}" is not after --from; write a later day, such as {_day(start + WEEK, zone_name)}')
    if end - start > MAX_SPAN:
        raise UsageError(f"a calendar holds at most {MAX_SPAN // DAY} days; write an earlier --to")
    return start, end


def _usual_end(first: str, start: int, zone_name: str) -> int:
    """Four weeks later: the same time of the day, or the beginning of the day."""
    day = named_day(first, "--from")
    if day is None:
        return days_later(start, USUAL_DAYS, zone_name)
    return day_begins(day + timedelta(days=USUAL_DAYS), zone_name)


def time_or_day(text: str, zone_name: str, option: str) -> int:
    """The instant that an option names; of a day alone that at which it begins, also where no clock shows midnight."""
    named = named_day(text, option)
    return moment(text, zone_name, option) if named is None else day_begins(named, zone_name)


def named_day(text: str, option: str) -> date | None:
    """The day that an option names without a time, or None where it has one; UsageError for none that exists."""
    if len(text.strip()) != A_DAY:
        return None
    try:
        return parse_date(text.strip())
    except ValueError as error:
        raise refused(option, error, "2026-12-24") from None


def _day(instant: int, zone_name: str) -> str:
    return f"{in_zone(instant, zone_name):%Y-%m-%d}"


# --- one moment --------------------------------------------------------------------------------------------------


def current_shifts(catalog: Catalog, at: int, person: str | None) -> tuple[CurrentShift, ...]:
    """Who holds each schedule at an instant, and next; of one person only the schedules that have this person."""
    schedules = catalog.oncall.schedules.items()
    shifts = (current_shift(name, schedule, at, person) for name, schedule in schedules)
    return tuple(shift for shift in shifts if person is None or shift.now or shift.next)


def _show_moment(platform: OpenPlatform, at: int, person: str | None, *, as_json: bool) -> None:
    catalog = platform.catalog
    shifts = current_shifts(catalog, at, person)
    if as_json:
        say_json({**platform.fields, "at": iso(at), "schedules": [_current_json(catalog, shift) for shift in shifts]})
        return
    say(f"{platform.heading}, on {local_and_utc(at, first_zone(catalog))}\n")
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("schedule", "on call now", "until", "next" if person is None else "next shift"):
        table.add_column(heading)
    for shift in shifts:
        zone_name = catalog.oncall.schedules[shift.schedule].time_zone
        table.add_row(shift.schedule, *_now_cells(shift.now, zone_name), _next_cell(shift.next, person, zone_name))
    table_console().print(table if shifts else _nothing(catalog, person))


def _nothing(catalog: Catalog, person: str | None) -> str:
    if person is None or not catalog.oncall.schedules:
        return "The catalog has no schedules."
    return f"{person} is on no schedule within the next year."


def _now_cells(now: OpenShift | None, zone_name: str) -> tuple[str, str]:
    return ("-", "") if now is None else (now.person or "nobody", _end(now, zone_name))


def _next_cell(after: OpenShift | None, person: str | None, zone_name: str) -> str:
    """Who is next; of one person, from when."""
    if after is None or after.start is None:
        return "-"
    return (after.person or "nobody") if person is None else wall_clock(after.start, zone_name)


def _end(shift: OpenShift, zone_name: str) -> str:
    return "no change within a year" if shift.end is None else wall_clock(shift.end, zone_name)


def _current_json(catalog: Catalog, shift: CurrentShift) -> dict[str, Any]:
    schedule = catalog.oncall.schedules[shift.schedule]
    return {
        "schedule": shift.schedule,
        "title": schedule.title or shift.schedule,
        "time-zone": schedule.time_zone,
        "now": shift.now and _open_json(shift.now),
        "next": shift.next and _open_json(shift.next),
    }


def _open_json(shift: OpenShift) -> dict[str, Any]:
    return {
        "person": shift.person,
        "from": None if shift.start is None else iso(shift.start),
        "to": None if shift.end is None else iso(shift.end),
    }


# --- a calendar --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OncallCalendar:
    """Who is on call between two instants: the shifts and the weeks of each schedule, and the load of each person."""

    start: int
    end: int
    zone_name: str
    schedules: Mapping[str, Schedule]
    shifts: Mapping[str, tuple[Shift, ...]]
    loads: Sequence[Load]
    shares: Mapping[str, ScheduleShares]
    person: str | None = None

    def weeks(self, name: str) -> Iterator[CalendarWeek]:
        """The weeks of a schedule; of one person only those with a shift of this person."""
        for week in weeks(self.schedules[name], self.start, self.end):
            if self.person is None or any(shift.person == self.person for shift in week.shifts):
                yield week


def oncall_calendar(catalog: Catalog, within: tuple[int, int], person: str | None) -> OncallCalendar:
    """The calendar of everybody, or of one person."""
    start, end = within
    schedules = catalog.oncall.schedules
    timelines = {name: timeline(schedule, start, end) for name, schedule in schedules.items()}
    people = homes(catalog.oncall.people)
    shown = {name: home for name, home in people.items() if person in (None, name)}
    concerned = [name for name, schedule in schedules.items() if person is None or person in schedule.people]
    return OncallCalendar(
        start=start,
        end=end,
        zone_name=first_zone(catalog),
        schedules=schedules,
        shifts={
            name: tuple(shift for shift in shifts if person in (None, shift.person))
            for name, shifts in timelines.items()
        },
        loads=tuple(loads(timelines.values(), shown).values()),
        shares={name: schedule_shares(schedules[name], timelines[name], people) for name in concerned},
        person=person,
    )


def _print_calendar(platform: OpenPlatform, answer: OncallCalendar) -> None:
    first, last = (wall_clock(instant, answer.zone_name) for instant in (answer.start, answer.end))
    say(f"{platform.heading}, from {first} to {last}\n")
    console = table_console()
    console.print(_week_table(answer))
    console.print()
    console.print(_load_table(answer.loads))
    if any(shares.spreads for shares in answer.shares.values()):
        console.print()
        console.print(_balance_table(answer))
    say_lines(["", COUNTED])


def _week_table(answer: OncallCalendar) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("schedule", no_wrap=True)
    table.add_column("week of", no_wrap=True)
    table.add_column("on call")
    for name, schedule in answer.schedules.items():
        for week in answer.weeks(name):
            table.add_row(name, _day(week.monday, schedule.time_zone), week_in_words(week, schedule.time_zone))
    return table


def week_in_words(week: CalendarWeek, zone_name: str) -> str:
    """Who is on call during a week: ana until Mon 09:00, then ben."""
    *earlier, last = week.shifts
    until = (f"{shift.person or 'nobody'} until {_weekday(shift.end, zone_name)}" for shift in earlier)
    return ", then ".join([*until, last.person or "nobody"])


def _weekday(instant: int, zone_name: str) -> str:
    return f"{in_zone(instant, zone_name):%a %H:%M}"


def _load_table(people: Sequence[Load]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("person")
    for heading in (*MEASURES, "shortest rest"):
        table.add_column(heading, justify="right")
    for load in people:
        numbers = (getattr(load, measure) for measure in MEASURES)
        cells = ("-" if number is None else f"{number:g}" for number in numbers)
        table.add_row(load.person, *cells, exact_length(load.rest.seconds) if load.rest else "-")
    return table


def _balance_table(answer: OncallCalendar) -> Table:
    """How far people are apart in each schedule: the difference, and who has most and who least."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("most less least", no_wrap=True)
    for measure in MEASURES:
        table.add_column(measure)
    for name, shares in answer.shares.items():
        if shares.spreads:
            table.add_row(name, *(_spread_in_words(shares.spreads.get(measure)) for measure in MEASURES))
    return table


def _spread_in_words(spread: Spread | None) -> str:
    """A difference, with both persons where there is any: 7 (ana 28, ben 21)."""
    if spread is None:
        return "-"
    if not spread.difference:
        return "0"
    return f"{spread.difference:g} ({spread.most} {spread.highest:g}, {spread.least} {spread.lowest:g})"


def calendar_json(answer: OncallCalendar) -> dict[str, Any]:
    """The calendar as plain data."""
    return {
        "from": iso(answer.start),
        "to": iso(answer.end),
        "shifts": [
            {"schedule": name, "person": shift.person, "from": iso(shift.start), "to": iso(shift.end)}
            for name, shifts in answer.shifts.items()
            for shift in shifts
        ],
        "people": [_load_json(load) for load in answer.loads],
        "balance": [
            {"schedule": name, "measure": measure, **spread._asdict(), "difference": spread.difference}
            for name, shares in answer.shares.items()
            for measure, spread in shares.spreads.items()
        ],
    }


def _load_json(load: Load) -> dict[str, Any]:
    return {
        "person": load.person,
        "seconds": load.seconds,
        "nights": load.nights,
        "weekends": load.weekends,
        "holidays": load.holidays,
        "shortest-rest": load.rest and load.rest.seconds,
    }
