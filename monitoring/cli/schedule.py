"""`monitoring schedule`: changes the turns of a schedule from a date on, and moves nobody before it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import unified_diff
from enum import StrEnum
from typing import Annotated, Any

import typer
from rich.table import Table

from monitoring.cli.console import (
    CatalogOption,
    FormatOption,
    OpenPlatform,
    OutputFormat,
    TodayOption,
    day,
    open_platform,
    problems_as,
    refused,
    say,
    say_json,
    say_lines,
    table_console,
)
from monitoring.cli.drill import moment_of_day
from monitoring.cli.edited_schedules import (
    FILE,
    PlannedEdit,
    edited_platform,
    moved_by,
    new_problems,
    path_of,
    require_apart,
    write_edited,
)
from monitoring.cli.moved_shifts import moved_shift_json
from monitoring.cli.oncall import named_day, time_or_day
from monitoring.errors import CatalogError, UsageError
from monitoring.file_reading import as_typed
from monitoring.loader import load_runbooks
from monitoring.model.catalog import Catalog
from monitoring.model.local_time import LocalDateTime, parse_local
from monitoring.model.oncall import Schedule
from monitoring.oncall.clock import DAY, day_begins, in_zone, iso, midnight, utc
from monitoring.oncall.edits.changes import LayerChange, ScheduleChange, changes
from monitoring.oncall.edits.requests import (
    AddPerson,
    CoverPerson,
    EditRequest,
    RemovePerson,
    ReorderLayer,
    SwapTurns,
)
from monitoring.oncall.moved import MovedShift
from monitoring.reach.formatting import length, wall_clock

MAX_AHEAD = 366 * DAY
"""How far ahead a change may begin; checks and proof look as far."""

TOGETHER = "change both schedules in one command, as {}"


class ScheduleAction(StrEnum):
    """What is to become of a schedule."""

    ADD = "add"
    REMOVE = "remove"
    REORDER = "reorder"
    SWAP = "swap"
    COVER = "cover"


@dataclass(frozen=True, slots=True)
class EditSettings:
    """What the options say beside the people; each belongs to some actions only."""

    to: str | None
    after: str | None
    instead_of: str | None
    layer: int | None


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("schedule")(schedule)


def schedule(
    names: Annotated[
        str, typer.Argument(metavar="NAME", help="The schedule; several that belong together as primary,secondary.")
    ],
    action: Annotated[ScheduleAction, typer.Argument(help="What to do.")],
    people: Annotated[list[str], typer.Argument(metavar="PERSON...", help="Whom it is about; reorder names them all.")],
    from_: Annotated[
        str,
        typer.Option(
            "--from",
            metavar="DATE",
            help='The change begins at the handoff at or next after it: 2027-01-04, or "2027-01-04 09:00".',
        ),
    ],
    to: Annotated[str | None, typer.Option("--to", metavar="DATE", help="When a cover ends.")] = None,
    after: Annotated[
        str | None,
        typer.Option("--after", metavar="PERSON", help="After whom a new person comes.", show_default="last"),
    ] = None,
    instead_of: Annotated[
        str | None, typer.Option("--instead-of", metavar="PERSON", help="In whose place a cover is.")
    ] = None,
    layer: Annotated[
        int | None, typer.Option("--layer", metavar="N", help="Which layer, from 1, where several run at once.")
    ] = None,
    write: Annotated[bool, typer.Option("--write", help="Write the change into oncall.yaml.")] = False,
    catalog: CatalogOption = None,
    today: TodayOption = None,
    format: FormatOption = OutputFormat.TEXT,  # noqa: A002  the option's name
) -> None:
    """Add, remove or reorder the people of a schedule, swap two turns, or cover somebody.

    Changes nothing without --write. Shows each shift that changes hands in the twelve weeks after the first handoff.
    What would put one person on two schedules that are to hold two, or what checks or proof refuse, is not written.
    """
    platform = open_platform(catalog, format)
    now = moment_of_day(today)
    schedules = _schedules(platform.catalog, names)
    zone_name = next(iter(schedules.values())).time_zone
    request = _request(platform.catalog, action, people, from_, zone_name, EditSettings(to, after, instead_of, layer))
    since = _since(from_, zone_name, now)
    edits = changes(schedules, request, since, layer)
    _require_to_come(edits, from_, zone_name, now)
    with problems_as(format, {**platform.fields, "written": False}):
        edited = edited_platform(platform, edits)
        moved = moved_by(platform.catalog, edited.catalog, edits, now)
        days = {day(today), utc(_first(edits)).date()}
        _require_apart(platform.catalog, edited.catalog, edits, days)
        _require_nothing_new(platform, edited.catalog, days, format)
    if write:
        write_edited(platform, edited)
    if format is OutputFormat.JSON:
        say_json({**platform.fields, "written": write, **as_json(edits, moved)})
    else:
        _print(platform, edited, edits, moved, is_written=write)


# --- what is asked ---------------------------------------------------------------------------------------------


def _schedules(catalog: Catalog, names: str) -> dict[str, Schedule]:
    known, chosen = catalog.oncall.schedules, [name.strip() for name in names.split(",")]
    for name in chosen:
        if name not in known:
            raise UsageError(f'no schedule is called "{name}"; name one of {", ".join(sorted(known))}')
    return {name: known[name] for name in chosen}


def _request(
    catalog: Catalog,
    action: ScheduleAction,
    written: Sequence[str],
    from_: str,
    zone_name: str,
    options: EditSettings,
) -> EditRequest:
    people = tuple(name.strip() for word in written for name in word.split(","))
    _require_fitting(action, options)
    if action is not ScheduleAction.REMOVE:
        _require_people(catalog, [*people, *(name for name in (options.after, options.instead_of) if name)])
    match action, people:
        case ScheduleAction.ADD, (person,):
            return AddPerson(person, options.after)
        case ScheduleAction.REMOVE, (person,):
            return RemovePerson(person)
        case ScheduleAction.REORDER, (_, _, *_):
            return ReorderLayer(people)
        case ScheduleAction.SWAP, (first, second):
            return SwapTurns((first, second))
        case ScheduleAction.COVER, (person,) if options.instead_of and options.to:
            since, until = (_local(*given, zone_name) for given in ((from_, "--from"), (options.to, "--to")))
            return CoverPerson(person, options.instead_of, since, until)
        case _:
            raise UsageError(f"{action} is not complete, or names too many people; write {_example(action)}")


EXAMPLES = {
    ScheduleAction.ADD: "add max --from 2027-01-04",
    ScheduleAction.REMOVE: "remove dee --from 2027-01-04",
    ScheduleAction.REORDER: "reorder ana,chi,ben --from 2027-01-04",
    ScheduleAction.SWAP: "swap ana ben --from 2026-12-07",
    ScheduleAction.COVER: 'cover ben --instead-of chi --from "2026-12-24 09:00" --to "2026-12-28 09:00"',
}


def _example(action: ScheduleAction) -> str:
    return f"monitoring schedule primary {EXAMPLES[action]}"


def _require_fitting(action: ScheduleAction, options: EditSettings) -> None:
    """Raises UsageError for an option that says nothing to an action."""
    fitting = {
        ScheduleAction.ADD: {"--after", "--layer"},
        ScheduleAction.COVER: {"--to", "--instead-of"},
    }.get(action, {"--layer"})
    given = {
        "--to": options.to,
        "--after": options.after,
        "--instead-of": options.instead_of,
        "--layer": options.layer,
    }
    for name, value in given.items():
        if value is not None and name not in fitting:
            raise UsageError(f"{name} does not belong to {action}; leave it out: {_example(action)}")


def _require_people(catalog: Catalog, people: Sequence[str]) -> None:
    for name in people:
        if name not in catalog.oncall.people:
            raise UsageError(
                f'no person is called "{name}"; add the person to people in {FILE} first, '
                "with name, email, time-zone and contact"
            )


def _local(text: str, option: str, zone_name: str) -> LocalDateTime:
    day = named_day(text, option)
    try:
        return parse_local(text) if day is None else _beginning(day, zone_name)
    except ValueError as error:
        raise refused(option, error, '"2027-01-04 09:00"') from None


def _beginning(day: date, zone_name: str) -> LocalDateTime:
    """What the clock shows when a day begins; with its distance from UTC where that comes twice."""
    shown = in_zone(day_begins(day, zone_name), zone_name)
    local = LocalDateTime(shown.replace(tzinfo=None))
    return local if local.problem(zone_name) is None else LocalDateTime(local.wall, shown.utcoffset())


def _since(text: str, zone_name: str, now: int) -> int:
    """The instant of --from; a day that runs already begins now. UsageError for what is over."""
    begins, day = time_or_day(text, zone_name, "--from"), named_day(text, "--from")
    ends = begins if day is None else day_begins(day + timedelta(days=1), zone_name)
    if ends < now:
        raise _past(text, zone_name, now)
    if begins > now + MAX_AHEAD:
        raise UsageError(f'--from "{text}" is more than a year ahead; write a date within a year, like 2027-01-04')
    return max(begins, now)


def _require_to_come(edits: Mapping[str, ScheduleChange], text: str, zone_name: str, now: int) -> None:
    if _first(edits) < now:
        raise _past(text, zone_name, now)


def _past(text: str, zone_name: str, now: int) -> UsageError:
    later = f"{utc(now + DAY):%Y-%m-%d}"
    return UsageError(f'--from "{text}" is over ({wall_clock(now, zone_name)} is now); write a later one, like {later}')


def _require_apart(before: Catalog, after: Catalog, edits: Mapping[str, ScheduleChange], days: set[date]) -> None:
    is_cover = any(change.covers for change in edits.values())
    remedy = "choose somebody else or another date"
    for today in sorted(days):
        require_apart(before, after, midnight(today), remedy if is_cover else f"{remedy}, or {TOGETHER}")


def _require_nothing_new(platform: OpenPlatform, after: Catalog, days: set[date], output: OutputFormat) -> None:
    """Raises CatalogError where checks or proof say of a change on one of the days what they did not say before it."""
    runbooks = load_runbooks(platform.files.runbooks)
    problems = {new for today in days for new in new_problems(platform.catalog, after, today, runbooks)}
    if problems and output is OutputFormat.TEXT:
        say("Nothing is written: with this change the catalog would have these problems.\n", err=True)
    if problems:
        raise CatalogError(problems)


def _first(edits: Mapping[str, ScheduleChange]) -> int:
    return min(change.since for change in edits.values())


# --- what is shown ---------------------------------------------------------------------------------------------


def _print(
    platform: OpenPlatform,
    edited: PlannedEdit,
    edits: Mapping[str, ScheduleChange],
    moved: Mapping[str, Sequence[MovedShift]],
    *,
    is_written: bool,
) -> None:
    schedules = platform.catalog.oncall.schedules
    say(f"{platform.heading}\n")
    say_lines(line for name, change in edits.items() for line in _change_lines(name, change, schedules[name]))
    say()
    table_console().print(_table(moved, {name: schedules[name].time_zone for name in moved}))
    say()
    say(_difference(edited))
    path = as_typed(path_of(platform))
    say(f"Written to {path}." if is_written else f"Nothing is written yet; with --write this goes into {path}.")


def _change_lines(name: str, change: ScheduleChange, schedule: Schedule) -> Iterator[str]:
    begins = wall_clock(change.since, schedule.time_zone)
    yield f"{name}: no minute changes hands before {begins}."
    if change.layer is not None:
        yield f"{name}: the order from then on is {', '.join(change.layer.people)}."
        yield from _notes(name, change.layer, schedule)
    for cover in change.covers:
        yield f"{name}: {cover.who} has the turns of {cover.instead_of} from {cover.from_} to {cover.to}."


def _notes(name: str, change: LayerChange, schedule: Schedule) -> Iterator[str]:
    """What stays: the end of the layer, and the turns in other layers of somebody who leaves this one."""
    layer = schedule.layers[change.number]
    if layer.until is not None:
        yield f"{name}: this order ends at {layer.until}, as the one before it was to."
    for person in dict.fromkeys(layer.people):
        others = [str(n + 1) for n, each in enumerate(schedule.layers) if n != change.number and person in each.people]
        if person not in change.people and others:
            yield f"{name}: {person} still takes turns in layer {' and '.join(others)} as it stands now."


def _table(moved: Mapping[str, Sequence[MovedShift]], zones: Mapping[str, str]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("schedule", "from", "to", "how long", "had it", "has it"):
        table.add_column(heading, no_wrap=True)
    for name, shifts in moved.items():
        for shift in shifts:
            begins, ends = (wall_clock(instant, zones[name]) for instant in shift[:2])
            holders = (person or "nobody" for person in (shift.was, shift.becomes))
            table.add_row(name, begins, ends, length(shift.end - shift.start), *holders)
    return table


def _difference(edited: PlannedEdit) -> str:
    """The lines of the file that change."""
    before, after = (content.decode("utf-8-sig").splitlines() for content in (edited.before, edited.after))
    lines = list(unified_diff(before, after, n=0, lineterm=""))[2:]
    return "".join(f"{line}\n" for line in lines if not line.startswith("@@"))


def as_json(edits: Mapping[str, ScheduleChange], moved: Mapping[str, Sequence[MovedShift]]) -> dict[str, Any]:
    """A change as plain data."""
    return {
        "schedules": [_change_json(name, change) for name, change in edits.items()],
        "shifts": [moved_shift_json(name, shift) for name, shifts in moved.items() for shift in shifts],
    }


def _change_json(name: str, change: ScheduleChange) -> dict[str, Any]:
    return {
        "schedule": name,
        "from": iso(change.since),
        "layer": change.layer and change.layer.number + 1,
        "people": change.layer and list(change.layer.people),
        "cover": [cover.model_dump(mode="json") for cover in change.covers],
    }
