"""The pages of schedules: a year of days, handoffs, holes, covers, changes of the clock, and how time is shared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from monitoring.model.oncall import Schedule
from monitoring.model.scalars import many
from monitoring.oncall.clock import WallClock, instant
from monitoring.oncall.fairness import MEASURES
from monitoring.oncall.load import COUNTED, Load
from monitoring.oncall.moved import MovedShift, moved_shifts
from monitoring.oncall.rotation import layers_timeline
from monitoring.oncall.timeline import Shift, Timeline
from monitoring.reach.formatting import exact_length
from monitoring.reach.formatting import wall_clock as wall_time
from monitoring.site import names
from monitoring.site.addresses import feed_file, schedule_page
from monitoring.site.blocks import (
    Cell,
    FactList,
    FoldBlock,
    MonthBlock,
    PageBlock,
    PagePart,
    Phrase,
    SitePage,
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
    tones,
)

MAX_ROWS = 100
"""Holes and handoffs of one schedule that are listed; how many are left out is said below them."""


def schedule_pages(data: SiteData) -> Iterator[SitePage]:
    """A page for each schedule."""
    return (_schedule_page(data, name) for name in data.catalog.oncall.schedules)


def _schedule_page(data: SiteData, name: str) -> SitePage:
    schedule, line = data.catalog.oncall.schedules[name], data.timelines[name]
    file = schedule_page(name)
    return SitePage(
        file=file,
        title=schedule.title or name,
        entry="Calendar",
        kicker=f"Schedule {name}",
        lead=(
            Phrase(f"Every time on this page is in {schedule.time_zone}. "),
            Phrase("Calendar file", feed_file(file)),
        ),
        parts=(
            PagePart("Year", (_facts(schedule, line), schedule_months(data, name)), "year"),
            PagePart("People", tuple(_people(data, name)), "people"),
            PagePart("Holes", (_holes(schedule, line),), "holes"),
            PagePart("Covers", (_covers(data, schedule, line),), "covers"),
            PagePart("Handoffs", tuple(_handoffs(data, schedule, line)), "handoffs"),
        ),
    )


def _facts(schedule: Schedule, line: Timeline) -> FactList:
    changes = clock_changes(schedule.time_zone, line.start, line.end)
    clocks = [f"{wall_time(each.at, schedule.time_zone)} ({change_in_words(each)})" for each in changes]
    return FactList(
        (
            ("Handoffs", str(len(line) - 1)),
            ("Nobody on call", hole_in_words(line)),
            ("Covers", str(len(schedule.cover))),
            ("Clock changes", ", ".join(clocks) or "none"),
        )
    )


def hole_in_words(line: Timeline) -> Cell:
    """For how long nobody is on call."""
    seconds = sum(gap.end - gap.start for gap in line.gaps())
    return (Phrase(exact_length(seconds), tone="bad"),) if seconds else "never"


# --- the year --------------------------------------------------------------------------------------------------


def schedule_months(data: SiteData, name: str) -> MonthBlock:
    """The year of a schedule: who holds each day, at what time that changes, and in whose place."""
    schedule, line = data.catalog.oncall.schedules[name], data.around[name]
    year = data.year(schedule.time_zone)
    hues = {person: hue(number) for number, person in enumerate(schedule.people)}
    covered = [Shift(each.start, each.end, each.was) for each in covered_shifts(schedule, line)]
    parts_by_day = list(by_day(tuple(line), year.days))
    days = zip(year.days, parts_by_day, by_day(covered, year.days), strict=True)
    return year.block(
        (_day(day, parts, instead, year.clock, hues) for day, parts, instead in days),
        (_holiday(data, day, parts) for day, parts in zip(year.days, parts_by_day, strict=True)),
    )


def _day(
    day: LocalDay, parts: Sequence[Shift], instead: Sequence[Shift], clock: WallClock, hues: Mapping[str, str]
) -> tuple[Sequence[str], str]:
    """The lines of a day, and the colour of whoever holds most of it."""
    holder = max(parts, key=lambda part: part.end - part.start).person
    hole = "hole" if any(part.person is None for part in parts) else ""
    covers = [f"for {person}" for person in dict.fromkeys(part.person for part in instead) if person]
    lines = [*(_part(part, day, clock) for part in parts), *covers]
    return lines, tones(hues.get(holder or "", ""), hole, "covered" if covers else "")


def _holiday(data: SiteData, day: LocalDay, parts: Sequence[Shift]) -> str:
    """The public holiday of a date that somebody spends on call, of the region where that person lives."""
    names = (data.holidays[part.person].get(day.date) for part in parts if part.person)
    return "; ".join(name for name in dict.fromkeys(names) if name)


def covered_shifts(schedule: Schedule, line: Timeline) -> tuple[MovedShift, ...]:
    """The stretches of a timeline that a cover has given to somebody else."""
    own = layers_timeline(schedule.own_layers, schedule.time_zone, line.start, line.end) if schedule.cover else line
    return moved_shifts(own, line)


def _part(part: Shift, day: LocalDay, clock: WallClock) -> str:
    who = part.person or "nobody"
    return who if part.start == day.start else f"{time_of_day(clock, part.start)} {who}"


# --- who shares it ---------------------------------------------------------------------------------------------


def _people(data: SiteData, name: str) -> Iterator[PageBlock]:
    shares = data.shares[name]
    rows = [_share_row(data, load, hue(number)) for number, load in enumerate(shares.loads)]
    apart = {measure: spread.difference for measure, spread in shares.spreads.items()}
    if apart:
        rows.append(("Most less least", "", *(_number(apart.get(measure)) for measure in MEASURES)))
    if bounds := _bounds(data.catalog.oncall.schedules[name]):
        rows.append(("Agreed at most", "", *bounds))
    columns = ("Person", "In the days", *map(str.capitalize, MEASURES))
    numbers = frozenset(range(2, len(columns)))
    yield TableBlock("What each person holds of it in the year", columns, rows, numbers=numbers)
    yield TextBlock(COUNTED)
    if apart and (away := [load.person for load in shares.loads if load.person not in shares.compared]):
        people = names.joined(names.person(data.catalog, person) for person in away)
        yield TextBlock((Phrase("Not compared, since they do not take turns all year: "), *people, Phrase(".")))


def _share_row(data: SiteData, load: Load, tone: str) -> Sequence[Cell]:
    who, short = (names.person(data.catalog, load.person),), (Phrase(load.person, tone=f"chip {tone}"),)
    return who, short, *(_number(getattr(load, measure)) for measure in MEASURES)


def _number(number: float | None) -> str:
    return "–" if number is None else f"{number:g}"


def _bounds(schedule: Schedule) -> Sequence[Cell]:
    """How far people may be apart, by what is compared; nothing where no bound is written."""
    bounds = schedule.fairness.bounds if schedule.fairness else {}
    return [_number(bounds.get(measure)) for measure in MEASURES] if bounds else []


# --- holes, covers, handoffs -----------------------------------------------------------------------------------


def _holes(schedule: Schedule, line: Timeline) -> TableBlock:
    zone, gaps = schedule.time_zone, line.gaps()
    rows = [
        (wall_time(gap.start, zone), wall_time(gap.end, zone), exact_length(gap.end - gap.start))
        for gap in gaps[:MAX_ROWS]
    ]
    more = f", the first {MAX_ROWS} of {len(gaps)}" if len(gaps) > MAX_ROWS else ""
    return TableBlock(
        f"When nobody is on call{more}", ("From", "To", "For"), rows, "Somebody is on call at every instant."
    )


def _covers(data: SiteData, schedule: Schedule, line: Timeline) -> TableBlock:
    moved = covered_shifts(schedule, line)
    rows: list[Sequence[Cell]] = []
    for cover in schedule.cover:
        begin, end = (instant(local.instant(schedule.time_zone)) for local in (cover.from_, cover.to))
        taken = sum(
            min(each.end, end) - max(each.start, begin)
            for each in moved
            if each.was == cover.instead_of and each.becomes == cover.who and each.start < end and each.end > begin
        )
        people = (names.person(data.catalog, cover.who),), (names.person(data.catalog, cover.instead_of),)
        rows.append((*people, str(cover.from_), str(cover.to), exact_length(taken)))
    return TableBlock("Who covers whom", ("Who", "Instead of", "From", "To", "Takes, in the year"), rows, "No cover.")


def _handoffs(data: SiteData, schedule: Schedule, line: Timeline) -> Iterator[PageBlock]:
    rows = [_handoff_row(data, schedule, shift) for shift in list(line)[1:]]
    columns = ("When", "On call from then on", "For")
    more = f", the first {MAX_ROWS} of them" if len(rows) > MAX_ROWS else ""
    table = TableBlock(f"Handoffs{more}", columns, rows[:MAX_ROWS], "There is none in the year.", compact=True)
    yield FoldBlock(many(len(rows), "handoff"), (table,))


def _handoff_row(data: SiteData, schedule: Schedule, shift: Shift) -> Sequence[Cell]:
    who: Cell = "nobody" if shift.person is None else (names.person(data.catalog, shift.person),)
    return wall_time(shift.start, schedule.time_zone), who, exact_length(shift.end - shift.start)
