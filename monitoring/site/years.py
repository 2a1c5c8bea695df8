"""When a person is on call: next shifts, the year in the person's own zone, hours, nights, weekends and rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from monitoring.model.scalars import many
from monitoring.oncall.clock import WallClock, in_zone
from monitoring.oncall.load import Load
from monitoring.oncall.timeline import Shift
from monitoring.reach.formatting import exact_length, length
from monitoring.reach.formatting import wall_clock as wall_time
from monitoring.reach.zones import page_zone
from monitoring.site import names
from monitoring.site.addresses import drill_of
from monitoring.site.blocks import (
    Cell,
    FactList,
    FoldBlock,
    MonthBlock,
    PageBlock,
    PagePart,
    Phrase,
    TableBlock,
    TextBlock,
)
from monitoring.site.data import SiteData
from monitoring.site.months import (
    LocalDay,
    by_day,
    change_in_words,
    clock_changes,
    hue,
    time_of_day,
)
from monitoring.site.roads import WakingRoad
from monitoring.site.shares import HeldShift, held_shifts, longest_duty

NEXT = 4
"""Shifts that are shown before anything else."""
MAX_ROWS = 400


def year_parts(data: SiteData, person: str, roads: Sequence[WakingRoad]) -> Iterator[PagePart]:
    """The parts of a person's page that say when."""
    shifts = year_shifts(data, person)
    if not shifts:
        yield PagePart("Next shifts", (TextBlock("On no schedule in the year."),), "next")
        return
    yield PagePart("Next shifts", (_shift_table(data, person, shifts[:NEXT], roads, "The next shifts"),), "next")
    yield PagePart("Year", tuple(_year(data, person, shifts, roads)), "year")


def year_shifts(data: SiteData, person: str) -> tuple[HeldShift, ...]:
    """The shifts of a person that have a part in the year, as a whole."""
    start, end = data.proof.start, data.proof.end
    return tuple(shift for shift in held_shifts(data.around, person) if shift.end > start and shift.start < end)


def _year(data: SiteData, person: str, shifts: Sequence[HeldShift], roads: Sequence[WakingRoad]) -> Iterator[PageBlock]:
    zone = data.catalog.oncall.people[person].time_zone
    yield FactList(tuple(_share(data, person, shifts, zone)))
    yield TextBlock(names.joined(_legend(data, person), between=" "))
    yield person_months(data, person, shifts)
    if free := data.holidays[person]:
        yield FoldBlock(many(len(free), "public holiday"), (_holiday_table(data, person, shifts),))
    yield FoldBlock(
        f"All {many(len(shifts), 'shift')} as a list",
        (_shift_table(data, person, shifts, roads, "Shifts of the year"),),
    )


def _share(data: SiteData, person: str, shifts: Sequence[HeldShift], zone: str) -> Iterator[tuple[str, Cell]]:
    load, duty = data.loads[person], longest_duty(shifts)
    yield "On call", load_in_words(load)
    yield "Public holidays", _holidays(load, len(data.holidays[person]), data.catalog.oncall.people[person].region)
    if load.rest is not None:
        yield "Shortest rest", _from(load.rest.seconds, load.rest.start, zone)
    if duty is not None:
        yield "Longest without rest", _from(duty[1] - duty[0], duty[0], zone)
    changes = clock_changes(zone, data.proof.start, data.proof.end)
    clocks = [f"{wall_time(each.at, zone)} ({change_in_words(each)})" for each in changes]
    yield "Clock changes", ", ".join(clocks) or "none"


def _from(seconds: int, start: int, zone: str) -> Cell:
    return Phrase(exact_length(seconds)), Phrase(f" from {wall_time(start, zone)}", tone="quiet")


def _holiday_table(data: SiteData, person: str, shifts: Sequence[HeldShift]) -> TableBlock:
    """The public holidays of a person's year, each with the schedules that have a part of it."""
    year = data.year(data.catalog.oncall.people[person].time_zone)
    rows: list[Sequence[Cell]] = []
    for day in year.days:
        if name := data.holidays[person].get(day.date):
            held = {shift.schedule for shift in shifts if shift.start < day.end and shift.end > day.start}
            on_call = names.joined(names.schedule(data.catalog, schedule) for schedule in sorted(held))
            rows.append((f"{day.date:%a %Y-%m-%d}", name, on_call or "free"))
    region = data.catalog.oncall.people[person].region
    return TableBlock(f"Public holidays of {region}", ("Day", "Holiday", "On call"), rows, compact=True)


def _holidays(load: Load, number: int, region: str | None) -> str:
    """On how many public holidays a person is on call, and of which region they are."""
    return f"on call on {load.holidays} of {number} in {region}" if region else "not known, since no region is named"


def load_in_words(load: Load) -> str:
    """Hours, nights and weekends."""
    return f"{load.hours:g} hours, {many(load.nights, 'night')}, {many(load.weekends, 'weekend')}"


# --- the list --------------------------------------------------------------------------------------------------


def _shift_table(
    data: SiteData, person: str, shifts: Sequence[HeldShift], roads: Sequence[WakingRoad], caption: str
) -> TableBlock:
    zone = data.catalog.oncall.people[person].time_zone
    rows = [_shift_row(data, shift, zone, roads) for shift in shifts[:MAX_ROWS]]
    more = f", the first {MAX_ROWS} of them" if len(shifts) > MAX_ROWS else ""
    return TableBlock(f"{caption}{more}", ("From", "To", "For", "Schedule", "Drill"), rows)


def _shift_row(data: SiteData, shift: HeldShift, zone: str, roads: Sequence[WakingRoad]) -> Sequence[Cell]:
    return (
        wall_time(shift.start, zone),
        wall_time(shift.end, zone),
        length(shift.end - shift.start),
        (names.schedule(data.catalog, shift.schedule),),
        _drill(data, shift, roads),
    )


def _drill(data: SiteData, shift: HeldShift, roads: Sequence[WakingRoad]) -> Cell:
    link = drill_link(data, max(shift.start, data.proof.start), shift.schedule, roads)
    return (Phrase("Play one", link),) if link else "wakes nobody"


def drill_link(data: SiteData, at: int, schedule: str, roads: Sequence[WakingRoad]) -> str:
    """The drill at an instant of the gravest rule that can wake a person by a schedule; empty where none can."""
    proved = next((road.rules[0] for road in roads if road.duty == schedule), None)
    if proved is None:
        return ""
    local = in_zone(at, page_zone(data.catalog, proved.path))
    return drill_of(proved.path.rule, f"{local:%Y-%m-%dT%H:%M}")


def _legend(data: SiteData, person: str) -> Iterator[Phrase]:
    """The person's schedules, in the colours that they have in the months."""
    for name, schedule in data.schedules_of(person).items():
        yield Phrase(schedule.title or name, tone=f"chip {schedule_hues(data)[name]}")


def schedule_hues(data: SiteData) -> Mapping[str, str]:
    """The colour of each schedule in a person's months."""
    return {name: hue(number) for number, name in enumerate(data.catalog.oncall.schedules)}


# --- the months ------------------------------------------------------------------------------------------------


def person_months(data: SiteData, person: str, shifts: Sequence[HeldShift]) -> MonthBlock:
    """The year of a person in the person's own zone: which schedules each day has, and from or until when."""
    year = data.year(data.catalog.oncall.people[person].time_zone)
    schedules, hues = data.catalog.oncall.schedules, schedule_hues(data)
    several = len(data.schedules_of(person)) > 1
    titles = {name: (schedule.title or name) if several else "" for name, schedule in schedules.items()}
    held = {name: [Shift(*shift) for shift in shifts if shift.schedule == name] for name in data.schedules_of(person)}
    days = zip(year.days, *(by_day(own, year.days) for own in held.values()), strict=True)
    return year.block(
        (_day(day, [part for each in parts for part in each], year.clock, titles, hues) for day, *parts in days),
        (data.holidays[person].get(day.date, "") for day in year.days),
    )


def _day(
    day: LocalDay, parts: Sequence[Shift], clock: WallClock, titles: Mapping[str, str], hues: Mapping[str, str]
) -> tuple[Sequence[str], str]:
    """The lines of a day, and the colour of its first schedule; the title of an only schedule is left out."""
    pairs = ((titles[str(part.person)], _when(part, day, clock)) for part in parts)
    lines = [line for title, when in pairs for line in (title, when or ("" if title else "all day")) if line]
    return lines, hues[str(parts[0].person)] if parts else ""


def _when(part: Shift, day: LocalDay, clock: WallClock) -> str:
    """The part of a day that a shift takes: nothing for all of it, else from a time, until one, or between two."""
    begins = "" if part.start == day.start else time_of_day(clock, part.start)
    ends = "" if part.end == day.end else time_of_day(clock, part.end)
    if begins and ends:
        return f"{begins}–{ends}"
    return f"from {begins}" if begins else f"to {ends}" if ends else ""
