"""The pages of people: when they are on call, and what can wake them by which road."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from monitoring.model.oncall import Person, contacts
from monitoring.model.scalars import many
from monitoring.reach.formatting import length
from monitoring.reach.proof import RuleProof
from monitoring.site import names
from monitoring.site.addresses import feed_file, person_page
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
from monitoring.site.years import year_parts


def person_pages(data: SiteData) -> Iterator[SitePage]:
    """A page for each person."""
    return (_person_page(data, name) for name in data.catalog.oncall.people)


def _person_page(data: SiteData, name: str) -> SitePage:
    person, roads = data.catalog.oncall.people[name], waking_roads(data, name)
    return SitePage(
        file=person_page(name),
        title=person.name,
        entry="Map",
        kicker=f"Person {name}",
        lead=(
            Phrase(f"Every time on this page is in {person.time_zone}. "),
            Phrase("Calendar file", feed_file(person_page(name))),
        ),
        parts=(
            *year_parts(data, name, roads),
            PagePart("What can wake", tuple(_woken(data, roads)), "wakes"),
            PagePart("Contacts", (_contacts(person),), "contacts"),
        ),
    )


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
    asked: Cell = "by name" if road.duty in data.catalog.oncall.people else (names.schedule(data.catalog, road.duty),)
    where = (names.policy(data.catalog, road.policy), Phrase(f", step {road.step}"))
    return where, asked, f"after {length(road.begins)}" if road.begins else "at once", reached, str(len(road.rules))


def _contacts(person: Person) -> FactList:
    rows = (("High urgency", person.contact.high), ("Low urgency", person.contact.low))
    return FactList(
        [
            (name, ", ".join(f"{kind.value} after {after}" for kind, after in contacts(rules)) or "none")
            for name, rules in rows
        ]
    )
