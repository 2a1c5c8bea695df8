"""The pages of people: when they are on call, and what can wake them by which road."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import inf

from monitoring.model.oncall import Person, contacts
from monitoring.model.scalars import many
from monitoring.oncall.clock import in_zone
from monitoring.reach.formatting import length, wall_clock
from monitoring.reach.proof import RuleProof
from monitoring.reach.sweeps import LongestWait
from monitoring.reach.zones import page_zone
from monitoring.site import map_words, names
from monitoring.site.addresses import drill_of, feed_file, person_page
from monitoring.site.blocks import (
    Cell,
    FactList,
    ListBlock,
    PageBlock,
    PagePart,
    Phrase,
    SitePage,
    TableBlock,
    TextBlock,
)
from monitoring.site.data import SiteData
from monitoring.site.roads import WakingRoad, waking_roads
from monitoring.site.years import year_parts, year_shifts


def person_pages(data: SiteData) -> Iterator[SitePage]:
    """A page for each person."""
    return (_person_page(data, name) for name in data.catalog.oncall.people)


def _person_page(data: SiteData, name: str) -> SitePage:
    person, roads = data.catalog.oncall.people[name], waking_roads(data, name)
    next_shifts, *year = year_parts(data, name, roads)
    return SitePage(
        file=person_page(name),
        title=person.name,
        entry="Map",
        kicker=f"Person {name}",
        lead=f"Every time on this page is in {person.time_zone}.",
        parts=(
            PagePart("At a glance", (_glance(data, name, roads),), "glance"),
            next_shifts,
            PagePart("What can wake", tuple(_woken(data, roads)), "wakes"),
            PagePart("Contacts", (_contacts(person),), "contacts"),
            *year,
        ),
    )


def _glance(data: SiteData, name: str, roads: Sequence[WakingRoad]) -> FactList:
    """What somebody who is new looks for first: the next shift, the calendar file, what can wake, the worst drill."""
    return FactList(
        (
            ("Next shift", _next_shift(data, name)),
            ("Calendar file", (Phrase("Subscribe", feed_file(person_page(name))),)),
            ("What can wake", (Phrase(map_words.woken_in_words(roads), "#wakes"),)),
            ("Worst drill", _worst_drill(data, roads)),
        )
    )


def _next_shift(data: SiteData, name: str) -> Cell:
    """The shift that runs as the site is made, or the next one."""
    shift = next(iter(year_shifts(data, name)), None)
    if shift is None:
        return "none in the year"
    zone = data.catalog.oncall.people[name].time_zone
    when = f"{wall_clock(shift.start, zone)} to {wall_clock(shift.end, zone)}, "
    return Phrase(when), names.schedule(data.catalog, shift.schedule)


def _worst_drill(data: SiteData, roads: Sequence[WakingRoad]) -> Cell:
    """The gravest rule that can wake this person, and of those the one that reaches somebody latest, at its worst."""
    waits = [(proved, proved.first) for road in roads for proved in road.rules if proved.first is not None]
    if not waits:
        return "no rule wakes this person"
    proved, worst = min(waits, key=_grave_and_late)
    at = in_zone(worst.at, page_zone(data.catalog, proved.path))
    play = Phrase("Play it", drill_of(proved.path.rule, f"{at:%Y-%m-%dT%H:%M}"))
    return play, Phrase(f": {proved.path.rule} "), names.severity(proved.path)


def _grave_and_late(wait: tuple[RuleProof, LongestWait]) -> tuple[int, float, str]:
    """The gravest first, of these the longest wait; never is longer than any."""
    proved, worst = wait
    return proved.path.severity.rank, -(inf if worst.after is None else worst.after), proved.path.rule


def _woken(data: SiteData, roads: Sequence[WakingRoad]) -> Iterator[PageBlock]:
    if not roads:
        yield TextBlock("No rule can wake this person.")
        return
    rules = {proved.path.rule: proved for road in roads for proved in road.rules}
    yield TextBlock(f"{many(len(rules), 'rule')} by {many(len(roads), 'road')}, the soonest first.")
    columns = ("Road", "Asked as", "Step begins", "Reached", "Rules")
    yield TableBlock("Roads by which this person can be woken", columns, [_road_row(data, road) for road in roads])
    for policy in dict.fromkeys(road.policy for road in roads):
        yield TextBlock((Phrase("By "), names.policy(data.catalog, policy), Phrase(":")))
        yield ListBlock(names.ruled(_rules_of(roads, policy)))


def _rules_of(roads: Sequence[WakingRoad], policy: str) -> Sequence[RuleProof]:
    return next(road.rules for road in roads if road.policy == policy)


def _road_row(data: SiteData, road: WakingRoad) -> Sequence[Cell]:
    contact = road.contact
    reached: Cell = (Phrase("not before the next step", tone="warn"),)
    if contact is not None:
        reached = f"{length(road.begins + contact.after)} after it fires, by {contact.channel}"
    duty: Cell = "by name" if road.duty in data.catalog.oncall.people else (names.schedule(data.catalog, road.duty),)
    where = (names.policy(data.catalog, road.policy), Phrase(f", step {road.step}"))
    return where, duty, f"after {length(road.begins)}" if road.begins else "at once", reached, str(len(road.rules))


def _contacts(person: Person) -> FactList:
    rows = (("High urgency", person.contact.high), ("Low urgency", person.contact.low))
    return FactList(
        [
            (name, ", ".join(f"{kind.value} after {after}" for kind, after in contacts(rules)) or "none")
            for name, rules in rows
        ]
    )
